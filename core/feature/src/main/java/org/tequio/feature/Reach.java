package org.tequio.feature;

/**
 * How far up the levels of a map a feature is still drawn. Of the features too small for a level a
 * share is drawn, so that on average the covered area, length or number stays: one of measure
 * {@code m} is always drawn where the least measure is below {@code m}, and with a chance of {@code
 * m / least} otherwise. The chance is the feature's own and always the same, so that one number
 * tells it all: a feature is drawn where its reach is above the least measure, and whatever is
 * drawn at one level is drawn at every deeper one.
 *
 * <p>The measure is the area of a polygon's outline or the length of lines in units of their CRS,
 * and 1 for a point. Not thread-safe.
 */
final class Reach {
  private static final int MAX_DEPTH = 16;

  private long id;
  private int part;
  private double widest;
  private double length;
  private int points;

  /** The reach of a feature; infinite where its parts are of several dimensions. */
  float of(long feature, byte[] wkb, int offset) {
    id = feature;
    part = 0;
    widest = 0;
    length = 0;
    points = 0;
    int dimension = Wkb.type(wkb, offset).dimension();
    if (dimension < 0) {
      return Float.POSITIVE_INFINITY;
    }
    geometry(wkb, offset, 0);
    double reach =
        switch (dimension) {
          case 0 -> points / MvtDetail.share(id, 0);
          case 1 -> length / MvtDetail.share(id, 0);
          default -> widest;
        };
    // Where coordinates are no numbers the writer decides.
    return Double.isNaN(reach) ? Float.POSITIVE_INFINITY : Math.nextUp((float) reach);
  }

  private int geometry(byte[] wkb, int at, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("geometry collections nested too deep");
    }
    int code = Wkb.getInt(wkb, at + 1);
    int stride = 16 + (code / 1000 == 0 ? 0 : code / 1000 == 3 ? 16 : 8);
    int p = at + 5;
    switch (code % 1000) {
      case 1 -> {
        points++;
        return p + stride;
      }
      case 2 -> {
        int n = Wkb.getInt(wkb, p);
        length += length(wkb, p + 4, stride, n);
        return p + 4 + n * stride;
      }
      case 3 -> {
        int rings = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < rings; i++) {
          int n = Wkb.getInt(wkb, p);
          if (i == 0) {
            double reach = area(wkb, p + 4, stride, n) / MvtDetail.share(id, part);
            widest = reach > widest || Double.isNaN(reach) ? reach : widest;
          }
          p += 4 + n * stride;
        }
        part++;
        return p;
      }
      default -> {
        int parts = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < parts; i++) {
          p = geometry(wkb, p, depth + 1);
        }
        return p;
      }
    }
  }

  private static double length(byte[] wkb, int at, int stride, int n) {
    double sum = 0;
    for (int i = 1, p = at; i < n; i++, p += stride) {
      double dx = Wkb.getDouble(wkb, p + stride) - Wkb.getDouble(wkb, p);
      double dy = Wkb.getDouble(wkb, p + stride + 8) - Wkb.getDouble(wkb, p + 8);
      sum += Math.sqrt(dx * dx + dy * dy);
    }
    return sum;
  }

  private static double area(byte[] wkb, int at, int stride, int n) {
    if (n == 0) {
      return 0;
    }
    double ox = Wkb.getDouble(wkb, at);
    double oy = Wkb.getDouble(wkb, at + 8);
    double sum = 0;
    for (int i = 1, p = at; i < n; i++, p += stride) {
      sum +=
          (Wkb.getDouble(wkb, p) - ox) * (Wkb.getDouble(wkb, p + stride + 8) - oy)
              - (Wkb.getDouble(wkb, p + stride) - ox) * (Wkb.getDouble(wkb, p + 8) - oy);
    }
    return Math.abs(sum) / 2;
  }
}
