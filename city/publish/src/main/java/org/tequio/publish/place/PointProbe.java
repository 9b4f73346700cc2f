package org.tequio.publish.place;

import org.tequio.feature.Wkb;

/**
 * How far a geometry is from one point, straight from its WKB: 0 inside a polygon or on its
 * outline. Immutable.
 *
 * @param x the point in the layer's CRS
 * @param y the point in the layer's CRS
 * @param metersPerX metres of one unit along x at the point
 * @param metersPerY metres of one unit along y at the point
 */
public record PointProbe(double x, double y, double metersPerX, double metersPerY) {
  private static final int OUTSIDE = 0;
  private static final int ON_OUTLINE = 1;
  private static final int INSIDE = 2;

  /** Metres to the geometry; infinite where it has no position. */
  public double distance(byte[] wkb, int offset) {
    double[] least = {Double.POSITIVE_INFINITY};
    walk(wkb, offset, least);
    return Math.sqrt(least[0]);
  }

  /** True where a polygon of the geometry holds the point or has it on its outline. */
  public boolean isHeldBy(byte[] wkb, int offset) {
    boolean[] held = new boolean[1];
    walkAreas(wkb, offset, held);
    return held[0];
  }

  private int walkAreas(byte[] wkb, int at, boolean[] held) {
    int code = Wkb.getInt(wkb, at + 1);
    int stride = 16 + (code / 1000 == 0 ? 0 : code / 1000 == 3 ? 16 : 8);
    int p = at + 5;
    switch (code % 1000) {
      case 1 -> {
        return p + stride;
      }
      case 2 -> {
        return p + 4 + Wkb.getInt(wkb, p) * stride;
      }
      case 3 -> {
        int rings = Wkb.getInt(wkb, p);
        p += 4;
        boolean inside = false;
        for (int i = 0; i < rings; i++) {
          int n = Wkb.getInt(wkb, p);
          int side = held[0] ? OUTSIDE : side(wkb, p + 4, stride, n);
          held[0] |= side == ON_OUTLINE;
          inside ^= side == INSIDE;
          p += 4 + n * stride;
        }
        held[0] |= inside;
        return p;
      }
      default -> {
        int parts = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < parts; i++) {
          p = walkAreas(wkb, p, held);
        }
        return p;
      }
    }
  }

  /** Where the point is to a ring: most segments are passed over by their northings alone. */
  private int side(byte[] wkb, int at, int stride, int n) {
    boolean odd = false;
    double by = n == 0 ? 0 : Wkb.getDouble(wkb, at + 8);
    for (int i = 1, p = at + stride; i < n; i++, p += stride) {
      double ay = by;
      by = Wkb.getDouble(wkb, p + 8);
      if (ay > y && by > y || ay < y && by < y) {
        continue;
      }
      double ax = Wkb.getDouble(wkb, p - stride) - x;
      double bx = Wkb.getDouble(wkb, p) - x;
      double turn = ax * (by - y) - bx * (ay - y);
      if (turn == 0 && Math.min(ax, bx) <= 0 && Math.max(ax, bx) >= 0) {
        return ON_OUTLINE;
      }
      odd ^= ay > y != by > y && turn < 0 == ay > by;
    }
    return odd ? INSIDE : OUTSIDE;
  }

  private int walk(byte[] wkb, int at, double[] least) {
    int code = Wkb.getInt(wkb, at + 1);
    int stride = 16 + (code / 1000 == 0 ? 0 : code / 1000 == 3 ? 16 : 8);
    int p = at + 5;
    switch (code % 1000) {
      case 1 -> {
        run(wkb, p, stride, 1, least);
        return p + stride;
      }
      case 2 -> {
        int n = Wkb.getInt(wkb, p);
        run(wkb, p + 4, stride, n, least);
        return p + 4 + n * stride;
      }
      case 3 -> {
        int rings = Wkb.getInt(wkb, p);
        p += 4;
        boolean inside = false;
        for (int i = 0; i < rings; i++) {
          int n = Wkb.getInt(wkb, p);
          inside ^= crossings(wkb, p + 4, stride, n);
          run(wkb, p + 4, stride, n, least);
          p += 4 + n * stride;
        }
        if (inside) {
          least[0] = 0;
        }
        return p;
      }
      default -> {
        int parts = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < parts; i++) {
          p = walk(wkb, p, least);
        }
        return p;
      }
    }
  }

  /** True where a ray from the point crosses the ring an odd number of times. */
  private boolean crossings(byte[] wkb, int at, int stride, int n) {
    boolean odd = false;
    for (int i = 0, p = at, q = at + (n - 1) * stride; i < n; i++, q = p, p += stride) {
      double ay = Wkb.getDouble(wkb, p + 8);
      double by = Wkb.getDouble(wkb, q + 8);
      if (ay > y != by > y) {
        double ax = Wkb.getDouble(wkb, p);
        double bx = Wkb.getDouble(wkb, q);
        odd ^= x < (bx - ax) * (y - ay) / (by - ay) + ax;
      }
    }
    return odd;
  }

  private void run(byte[] wkb, int at, int stride, int n, double[] least) {
    double ax = 0;
    double ay = 0;
    for (int i = 0, p = at; i < n; i++, p += stride) {
      double bx = (Wkb.getDouble(wkb, p) - x) * metersPerX;
      double by = (Wkb.getDouble(wkb, p + 8) - y) * metersPerY;
      double squared = i == 0 ? bx * bx + by * by : toSegment(ax, ay, bx, by);
      least[0] = squared < least[0] ? squared : least[0];
      ax = bx;
      ay = by;
    }
  }

  private static double toSegment(double ax, double ay, double bx, double by) {
    double dx = bx - ax;
    double dy = by - ay;
    double length = dx * dx + dy * dy;
    double t = length == 0 ? 0 : Math.clamp(-(ax * dx + ay * dy) / length, 0, 1);
    double px = ax + t * dx;
    double py = ay + t * dy;
    return px * px + py * py;
  }
}
