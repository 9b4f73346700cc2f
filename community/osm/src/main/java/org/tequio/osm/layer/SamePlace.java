package org.tequio.osm.layer;

import java.util.List;
import java.util.Optional;
import org.locationtech.jts.algorithm.distance.DiscreteHausdorffDistance;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Whether two things that stand in one place are one thing: areas that share more than half of what
 * both cover, lines that run beside each other, points a step apart.
 */
final class SamePlace {
  /** The greatest distance of two points of one thing. */
  static final double POINTS_METERS = 2;

  /** The greatest distance between two lines of one thing. */
  static final double LINES_METERS = 10;

  private static final double SHARED = 0.5;

  /** Two that are alike by less than this much more are both meant, or neither. */
  private static final double CLEARLY = 0.05;

  private SamePlace() {}

  /** A thing that may be the one. */
  record Candidate<T>(T thing, Geometry place) {}

  /** Several stand there, and none of them clearly more than the others. */
  static final class Ambiguous extends Exception {
    private static final long serialVersionUID = 1L;

    Ambiguous() {
      super("several stand there", null, false, false);
    }
  }

  /**
   * The one of several that stands where a place is.
   *
   * @param meter one metre in the units of all places
   */
  static <T> Optional<T> find(Geometry place, List<Candidate<T>> near, double meter)
      throws Ambiguous {
    Candidate<T> best = null;
    double bestScore = 0;
    double second = 0;
    for (Candidate<T> candidate : near) {
      double score = likeness(place, candidate.place, meter);
      if (score > bestScore) {
        second = bestScore;
        bestScore = score;
        best = candidate;
      } else {
        second = Math.max(second, score);
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    if (bestScore - second < CLEARLY) {
      throw new Ambiguous();
    }
    return Optional.of(best.thing);
  }

  /** Between 0, where they are two things, and 1. */
  static double likeness(Geometry a, Geometry b, double meter) {
    int da = a.getDimension();
    int db = b.getDimension();
    if (da == 2 && db == 2) {
      double shared = OverlayNGRobust.overlay(a, b, OverlayNG.INTERSECTION).getArea();
      double ratio = shared / (a.getArea() + b.getArea() - shared);
      return ratio >= SHARED ? ratio : 0;
    }
    if (da == 1 && db == 1) {
      double apart = DiscreteHausdorffDistance.distance(a, b) / meter;
      return apart <= LINES_METERS ? 1 - apart / (2 * LINES_METERS) : 0;
    }
    if (da == 0 || db == 0) {
      double apart = a.distance(b) / meter;
      return apart <= POINTS_METERS ? 1 - apart / (2 * POINTS_METERS) : 0;
    }
    return 0;
  }
}
