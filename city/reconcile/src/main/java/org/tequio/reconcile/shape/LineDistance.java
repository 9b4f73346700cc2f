package org.tequio.reconcile.shape;

import org.tequio.feature.Wkb;

/**
 * How far two shapes lie apart: the farthest that a vertex of one is from the lines of the other,
 * whichever way is longer (the Hausdorff distance over vertices). In units of the coordinates.
 */
public final class LineDistance {
  private static final long MOST_PAIRS = 40_000_000;

  private LineDistance() {}

  /** The distance between two geometries; NaN where it would cost too much or one is empty. */
  public static double between(byte[] a, int offset, byte[] b, int otherOffset) {
    Segments mine = Segments.of(a, offset);
    Segments theirs = Segments.of(b, otherOffset);
    if (mine.count == 0 || theirs.count == 0 || (long) mine.count * theirs.count > MOST_PAIRS / 2) {
      return Double.NaN;
    }
    return Math.sqrt(Math.max(mine.farthest(theirs, 0), theirs.farthest(mine, 0)));
  }

  /** The edges of a shape; a point is an edge of no length. */
  private record Segments(double[] x1, double[] y1, double[] x2, double[] y2, int count) {
    static Segments of(byte[] wkb, int offset) {
      int capacity = Wkb.vertexCount(wkb, offset);
      Segments all =
          new Segments(
              new double[capacity],
              new double[capacity],
              new double[capacity],
              new double[capacity],
              0);
      int[] count = new int[1];
      Wkb.forEachRun(
          wkb,
          offset,
          (at, stride, n) -> {
            for (int i = 0, p = at; i < Math.max(1, n - 1) && n > 0; i++, p += stride) {
              int next = n == 1 ? p : p + stride;
              all.x1[count[0]] = Wkb.getDouble(wkb, p);
              all.y1[count[0]] = Wkb.getDouble(wkb, p + 8);
              all.x2[count[0]] = Wkb.getDouble(wkb, next);
              all.y2[count[0]] = Wkb.getDouble(wkb, next + 8);
              count[0]++;
            }
          });
      return new Segments(all.x1, all.y1, all.x2, all.y2, count[0]);
    }

    /** The greatest squared distance of a vertex of this from the other, at least {@code known}. */
    double farthest(Segments other, double known) {
      double worst = known;
      int hint = 0;
      for (int i = 0; i <= count; i++) {
        double x = i < count ? x1[i] : x2[count - 1];
        double y = i < count ? y1[i] : y2[count - 1];
        double nearest = other.squared(hint, x, y);
        for (int j = 0; j < other.count && nearest > worst; j++) {
          double one = other.squared(j, x, y);
          if (one < nearest) {
            nearest = one;
            hint = j;
          }
        }
        worst = Math.max(worst, nearest);
      }
      return worst;
    }

    private double squared(int i, double x, double y) {
      double dx = x2[i] - x1[i];
      double dy = y2[i] - y1[i];
      double length = dx * dx + dy * dy;
      double along =
          length == 0
              ? 0
              : Math.max(0, Math.min(1, ((x - x1[i]) * dx + (y - y1[i]) * dy) / length));
      double px = x1[i] + along * dx - x;
      double py = y1[i] + along * dy - y;
      return px * px + py * py;
    }
  }
}
