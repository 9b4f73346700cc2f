package org.tequio.reconcile.check;

import java.util.List;
import org.tequio.feature.LocalText;

/**
 * One place where something does not hold.
 *
 * @param text what is wrong there
 * @param lon where, in degrees
 * @param lat where, in degrees
 * @param bbox west, south, east, north around what is concerned
 * @param features what is concerned
 * @param measure how much: square metres, metres or a count, as the check says
 */
public record CheckFinding(
    LocalText text,
    double lon,
    double lat,
    List<Double> bbox,
    List<Concerned> features,
    double measure) {

  /** Copies the lists. */
  public CheckFinding {
    bbox = List.copyOf(bbox);
    features = List.copyOf(features);
  }

  /** A feature that a finding is about. */
  public record Concerned(String layer, long feature) {}
}
