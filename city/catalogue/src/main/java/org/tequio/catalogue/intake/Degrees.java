package org.tequio.catalogue.intake;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Finding;

/** Gives places of a layer in longitude and latitude, for people. Not thread-safe. */
final class Degrees {
  private final @Nullable CrsOperation operation;
  private final double[] xy = new double[2];

  /**
   * For places in one system.
   *
   * @param from null where the system is not known: then places are not told
   */
  Degrees(CrsRegistry registry, @Nullable Crs from) {
    operation = from == null ? null : registry.operation(from, Crs.CRS84);
  }

  /** An example with its place. */
  Finding.Example example(long row, String text, double x, double y) {
    if (operation == null || !Double.isFinite(x) || !Double.isFinite(y)) {
      return Finding.Example.of(row, text);
    }
    xy[0] = x;
    xy[1] = y;
    operation.apply(xy, 1);
    boolean sound = Math.abs(xy[0]) <= 180 && Math.abs(xy[1]) <= 90;
    return sound ? new Finding.Example(row, text, xy[0], xy[1]) : Finding.Example.of(row, text);
  }
}
