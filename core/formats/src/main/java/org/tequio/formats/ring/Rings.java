package org.tequio.formats.ring;

import org.tequio.feature.Wkb;

/** Measures rings where they stand in little-endian WKB. Pure functions. */
public final class Rings {
  private Rings() {}

  /**
   * Twice the signed area: positive where the ring runs counter-clockwise with x to the right and y
   * up; NaN where a coordinate is.
   *
   * @param at where the first vertex's x stands
   * @param stride bytes from one vertex to the next
   * @param n how many vertices, the closing one included
   */
  public static double doubleArea(byte[] wkb, int at, int stride, int n) {
    if (n < 3) {
      return 0;
    }
    // Relative to the first vertex, so that seven-digit northings do not eat the precision.
    double x0 = Wkb.getDouble(wkb, at);
    double y0 = Wkb.getDouble(wkb, at + 8);
    double px = 0;
    double py = 0;
    double sum = 0;
    for (int i = 1, p = at + stride; i < n; i++, p += stride) {
      double x = Wkb.getDouble(wkb, p) - x0;
      double y = Wkb.getDouble(wkb, p + 8) - y0;
      sum += px * y - x * py;
      px = x;
      py = y;
    }
    return sum;
  }
}
