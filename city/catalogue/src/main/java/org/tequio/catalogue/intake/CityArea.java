package org.tequio.catalogue.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.tequio.feature.Bbox;

/**
 * Where the city is: as someone declared it, or as its layers agree.
 *
 * @param bounds in longitude and latitude
 * @param isDeclared true where someone said so
 * @param evidence how it was found
 */
public record CityArea(Bbox bounds, boolean isDeclared, String evidence) {
  /** No municipality is larger than this, in degrees; a state or a country is. */
  private static final double LARGEST = 2.5;

  /** Boxes that overlap so much are drawings of one thing. */
  private static final double ALIKE = 0.9;

  /**
   * What most layers agree on. Each layer speaks for the boxes that hold it: fully for one of its
   * own size, less the more it is dwarfed. So the city's outline wins over its quarters, and over
   * the country.
   *
   * @param extents of the layers, in longitude and latitude
   */
  public static Optional<CityArea> agreed(List<Bbox> extents) {
    List<Bbox> plausible =
        extents.stream()
            .filter(e -> e.width() <= LARGEST && e.height() <= LARGEST)
            .filter(e -> e.width() > 0 || e.height() > 0)
            .toList();
    List<Bbox> candidates = plausible.isEmpty() ? extents : plausible;
    Bbox best = null;
    double bestSupport = -1;
    for (Bbox candidate : candidates) {
      double support = 0;
      for (Bbox other : candidates) {
        support += support(candidate, other);
      }
      if (support > bestSupport + 1e-9) {
        best = candidate;
        bestSupport = support;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    List<Bbox> alike = new ArrayList<>();
    for (Bbox other : candidates) {
      if (overlap(best, other) >= ALIKE) {
        alike.add(other);
      }
    }
    Bbox bounds =
        new Bbox(
            median(alike, Bbox::minX),
            median(alike, Bbox::minY),
            median(alike, Bbox::maxX),
            median(alike, Bbox::maxY));
    return Optional.of(
        new CityArea(
            bounds,
            false,
            String.format(
                Locale.ROOT,
                "%d of %d layers have about this extent: %.4f,%.4f,%.4f,%.4f",
                alike.size(),
                extents.size(),
                bounds.minX(),
                bounds.minY(),
                bounds.maxX(),
                bounds.maxY())));
  }

  private static double support(Bbox candidate, Bbox other) {
    double margin = 0.1 * Math.max(candidate.width(), candidate.height());
    Bbox wide = candidate.expandedBy(margin);
    boolean holds =
        wide.contains(other.minX(), other.minY()) && wide.contains(other.maxX(), other.maxY());
    return holds ? Math.sqrt(Math.min(1, area(other) / Math.max(area(candidate), 1e-12))) : 0;
  }

  private static double overlap(Bbox a, Bbox b) {
    if (!a.intersects(b)) {
      return 0;
    }
    double common =
        (Math.min(a.maxX(), b.maxX()) - Math.max(a.minX(), b.minX()))
            * (Math.min(a.maxY(), b.maxY()) - Math.max(a.minY(), b.minY()));
    double union = area(a) + area(b) - common;
    return union <= 0 ? 1 : common / union;
  }

  private static double area(Bbox box) {
    return box.width() * box.height();
  }

  private static double median(List<Bbox> boxes, ToDoubleFunction<Bbox> side) {
    double[] values = boxes.stream().mapToDouble(side).toArray();
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** The bounds grown by a share of their larger side. */
  Bbox grown(double share) {
    double side = Math.max(Math.max(bounds.width(), bounds.height()), 1e-4);
    return bounds.expandedBy(share * side);
  }
}
