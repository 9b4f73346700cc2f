package org.tequio.catalogue.intake;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;

/**
 * Deduces a coordinate system by evidence: of the systems that are in use where the city is, those
 * that bring the positions into the city.
 */
final class CrsDeduction {
  /** Systems of countries in which cities publish, beside the UTM zones. */
  private static final int[] NATIONAL = {
    6372, 6362, 5880, 9377, 3116, 3115, 3114, 3117, 3118, 5343, 5344, 5345, 5346, 5347, 5348, 5349,
    22191, 22192, 22193, 22194, 22195, 22196, 22197, 5367, 5456, 5457, 24891, 24892, 24893, 5361,
    5362, 20048, 20049
  };

  /** So many of the positions must fall into the city. */
  private static final double ENOUGH = 0.8;

  /** Images closer than this, in degrees, are the same place: the systems differ by a datum. */
  private static final double SAME_PLACE = 3e-5;

  private final CrsRegistry registry;
  private final Crs cityCrs;

  CrsDeduction(CrsRegistry registry, Crs cityCrs) {
    this.registry = registry;
    this.cityCrs = cityCrs;
  }

  /**
   * A system that fits.
   *
   * @param crs the system
   * @param swapped true where the first ordinate is the northing
   * @param evidence the facts, for the specialist
   */
  record Deduced(Crs crs, boolean swapped, String evidence) {}

  private record Fit(Crs crs, boolean swapped, double share, double x, double y) {}

  /**
   * The only system that brings the positions into the area; empty where none or several do.
   *
   * @param centers pairs x, y as the source gives them
   * @param area in longitude and latitude
   */
  Optional<Deduced> deduce(double[] centers, Bbox area) {
    int n = centers.length / 2;
    if (n == 0) {
      return Optional.empty();
    }
    List<Fit> fits = new ArrayList<>();
    for (Crs crs : candidates(area)) {
      for (boolean swapped : new boolean[] {false, true}) {
        fit(crs, swapped, centers, area).ifPresent(fits::add);
      }
    }
    double best = fits.stream().mapToDouble(Fit::share).max().orElse(0);
    if (best < ENOUGH) {
      return Optional.empty();
    }
    List<Fit> good = fits.stream().filter(f -> f.share() >= best - 0.02).toList();
    Fit first = good.getFirst();
    for (Fit other : good) {
      if (Math.abs(other.x - first.x) > SAME_PLACE || Math.abs(other.y - first.y) > SAME_PLACE) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Deduced(
            first.crs,
            first.swapped,
            String.format(
                Locale.ROOT,
                "as %s%s %d of %d positions fall into the city; %d other systems in use there do"
                    + " not fit; an older datum of the same projection cannot be told apart",
                registry.name(first.crs),
                first.swapped ? " with the axes swapped" : "",
                Math.round(first.share * n),
                n,
                candidates(area).size() - good.size())));
  }

  /** The share of positions that a system brings into the area. */
  double share(Crs crs, double[] centers, Bbox area) {
    return fit(crs, false, centers, area).map(Fit::share).orElse(0.0);
  }

  private Optional<Fit> fit(Crs crs, boolean swapped, double[] centers, Bbox area) {
    double[] xy = centers.clone();
    if (swapped) {
      for (int i = 0; i < xy.length; i += 2) {
        xy[i] = centers[i + 1];
        xy[i + 1] = centers[i];
      }
    }
    int n = xy.length / 2;
    registry.operation(crs, Crs.CRS84).apply(xy, n);
    int inside = 0;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < xy.length; i += 2) {
      if (area.contains(xy[i], xy[i + 1])) {
        inside++;
        sumX += xy[i];
        sumY += xy[i + 1];
      }
    }
    return inside == 0
        ? Optional.empty()
        : Optional.of(new Fit(crs, swapped, inside / (double) n, sumX / inside, sumY / inside));
  }

  private Set<Crs> candidates(Bbox area) {
    double lon = (area.minX() + area.maxX()) / 2;
    double lat = (area.minY() + area.maxY()) / 2;
    Set<Crs> candidates = new LinkedHashSet<>();
    candidates.add(Crs.CRS84);
    candidates.add(cityCrs);
    int zone = (int) Math.floor((lon + 180) / 6) + 1;
    for (int z : new int[] {zone, zone - 1, zone + 1}) {
      if (z >= 1 && z <= 60) {
        candidates.add(new Crs((lat < 0 ? 32700 : 32600) + z));
      }
    }
    for (int code : NATIONAL) {
      Crs crs = new Crs(code);
      if (registry.knows(crs) && registry.areaOfUse(crs).contains(lon, lat)) {
        candidates.add(crs);
      }
    }
    candidates.add(Crs.WEB_MERCATOR);
    candidates.removeIf(crs -> !registry.knows(crs));
    return candidates;
  }
}
