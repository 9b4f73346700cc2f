package org.tequio.feature;

import java.util.Arrays;

/**
 * The area of polygons, and the area that two of them share, computed on the bytes without building
 * their intersection: every edge stands for the trapezoid between it and a line below everything,
 * counted positive or negative, so that the trapezoids of a polygon add up to it; what two polygons
 * share is then the sum over pairs of trapezoids, each a closed formula. There is no topology that
 * could fail: rings that cross themselves are counted by their winding. Reused from geometry to
 * geometry; not thread-safe.
 */
public final class PolygonArea {
  private static final int FEW = 64;

  private double[] x1 = new double[64];
  private double[] y1 = new double[64];
  private double[] x2 = new double[64];
  private double[] y2 = new double[64];
  private byte[] sign = new byte[64];
  private int[] byX = new int[64];
  private int count;
  private boolean sorted;
  private double area;
  private double length;
  private double minX;
  private double maxX;
  private double minY;
  private double originX;
  private double originY;

  /**
   * Reads the polygons of a geometry; its points and lines have no area.
   *
   * @param originX near the geometry: numbers are kept relative to it, so that large coordinates
   *     cost no digits; the same for two that are compared
   * @param originY likewise
   */
  public PolygonArea read(byte[] wkb, int offset, double originX, double originY) {
    this.originX = originX;
    this.originY = originY;
    count = 0;
    area = 0;
    length = 0;
    sorted = false;
    minX = Double.POSITIVE_INFINITY;
    maxX = Double.NEGATIVE_INFINITY;
    minY = Double.POSITIVE_INFINITY;
    geometry(wkb, offset, 0);
    return this;
  }

  private int geometry(byte[] wkb, int offset, int depth) {
    if (depth > 16) {
      throw new IllegalArgumentException("geometry collections nested too deep");
    }
    int code = Wkb.getInt(wkb, offset + 1);
    int stride =
        switch (code / 1000) {
          case 0 -> 16;
          case 1, 2 -> 24;
          default -> 32;
        };
    int p = offset + 5;
    switch (code % 1000) {
      case 1 -> p += stride;
      case 2 -> p += 4 + Wkb.getInt(wkb, p) * stride;
      case 3 -> {
        int rings = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < rings; i++) {
          int n = Wkb.getInt(wkb, p);
          ring(wkb, p + 4, stride, n, i == 0);
          p += 4 + n * stride;
        }
      }
      default -> {
        int parts = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < parts; i++) {
          p = geometry(wkb, p, depth + 1);
        }
      }
    }
    return p;
  }

  private void ring(byte[] wkb, int at, int stride, int n, boolean shell) {
    reserve(count + n);
    int first = count;
    double twice = 0;
    for (int i = 0, p = at; i < n; i++, p += stride) {
      int next = i + 1 < n ? p + stride : at;
      double fromX = Wkb.getDouble(wkb, p) - originX;
      double fromY = Wkb.getDouble(wkb, p + 8) - originY;
      double toX = Wkb.getDouble(wkb, next) - originX;
      double toY = Wkb.getDouble(wkb, next + 8) - originY;
      if (!(Math.abs(fromX + fromY + toX + toY) < Double.POSITIVE_INFINITY)) {
        continue;
      }
      length += Math.hypot(toX - fromX, toY - fromY);
      twice += (fromX - toX) * (fromY + toY);
      minY = Math.min(minY, fromY);
      if (fromX == toX) {
        continue;
      }
      boolean left = toX < fromX;
      x1[count] = left ? toX : fromX;
      y1[count] = left ? toY : fromY;
      x2[count] = left ? fromX : toX;
      y2[count] = left ? fromY : toY;
      sign[count] = (byte) (left ? 1 : -1);
      minX = Math.min(minX, x1[count]);
      maxX = Math.max(maxX, x2[count]);
      count++;
    }
    // A shell counts positive and a hole negative, whichever way round they were drawn.
    if (twice < 0 == shell) {
      for (int i = first; i < count; i++) {
        sign[i] = (byte) -sign[i];
      }
    }
    area += (shell ? 0.5 : -0.5) * Math.abs(twice);
  }

  private void reserve(int edges) {
    if (edges > sign.length) {
      int size = Math.max(edges, 2 * sign.length);
      x1 = Arrays.copyOf(x1, size);
      y1 = Arrays.copyOf(y1, size);
      x2 = Arrays.copyOf(x2, size);
      y2 = Arrays.copyOf(y2, size);
      sign = Arrays.copyOf(sign, size);
      byX = new int[size];
    }
  }

  /** The area, in square units of the coordinates; holes are taken off. */
  public double area() {
    return area;
  }

  /** The length of all rings. */
  public double length() {
    return length;
  }

  /**
   * The area that this and another share.
   *
   * @param other read with the same origin
   * @param pairs the most pairs of edges that may be looked at
   * @return NaN where that was not enough
   */
  public double shared(PolygonArea other, long pairs) {
    double base = Math.min(minY, other.minY);
    double from = Math.max(minX, other.minX);
    double to = Math.min(maxX, other.maxX);
    if (!(from < to)) {
      return 0;
    }
    if (count <= FEW && other.count <= FEW) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < other.count; j++) {
          sum += sign[i] * other.sign[j] * common(i, other, j, base);
        }
      }
      return Math.max(0, sum);
    }
    return sweep(other, base, from, to, pairs);
  }

  private double sweep(PolygonArea other, double base, double from, double to, long pairs) {
    sort();
    other.sort();
    int[] mine = new int[Math.min(count, 256)];
    int[] theirs = new int[Math.min(other.count, 256)];
    int mineAlive = 0;
    int theirsAlive = 0;
    int i = 0;
    int j = 0;
    double sum = 0;
    long looked = 0;
    while (i < count || j < other.count) {
      boolean own = j >= other.count || i < count && x1[byX[i]] <= other.x1[other.byX[j]];
      int edge = own ? byX[i++] : other.byX[j++];
      PolygonArea of = own ? this : other;
      double begins = of.x1[edge];
      if (begins >= to) {
        break;
      }
      if (of.x2[edge] <= from) {
        continue;
      }
      PolygonArea against = own ? other : this;
      int[] active = own ? theirs : mine;
      int alive = own ? theirsAlive : mineAlive;
      int kept = 0;
      for (int k = 0; k < alive; k++) {
        int candidate = active[k];
        if (against.x2[candidate] > begins) {
          active[kept++] = candidate;
          sum +=
              of.sign[edge] * against.sign[candidate] * of.common(edge, against, candidate, base);
        }
      }
      looked += alive;
      if (looked > pairs) {
        return Double.NaN;
      }
      if (own) {
        theirsAlive = kept;
        mine = add(mine, mineAlive++, edge);
      } else {
        mineAlive = kept;
        theirs = add(theirs, theirsAlive++, edge);
      }
    }
    return Math.max(0, sum);
  }

  private static int[] add(int[] active, int alive, int edge) {
    int[] grown = alive < active.length ? active : Arrays.copyOf(active, 2 * alive + 16);
    grown[alive] = edge;
    return grown;
  }

  private void sort() {
    if (sorted) {
      return;
    }
    double width = Math.max(maxX - minX, Double.MIN_NORMAL);
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = (long) ((x1[i] - minX) / width * (1L << 31)) << 31 | i;
    }
    Arrays.sort(order);
    for (int i = 0; i < count; i++) {
      byX[i] = (int) (order[i] & 0x7fffffff);
    }
    sorted = true;
  }

  /** What the trapezoids under two edges share. */
  private double common(int edge, PolygonArea other, int otherEdge, double base) {
    double from = Math.max(x1[edge], other.x1[otherEdge]);
    double to = Math.min(x2[edge], other.x2[otherEdge]);
    if (!(from < to)) {
      return 0;
    }
    double slope = (y2[edge] - y1[edge]) / (x2[edge] - x1[edge]);
    double otherSlope =
        (other.y2[otherEdge] - other.y1[otherEdge]) / (other.x2[otherEdge] - other.x1[otherEdge]);
    double a = y1[edge] + (from - x1[edge]) * slope - base;
    double b = y1[edge] + (to - x1[edge]) * slope - base;
    double c = other.y1[otherEdge] + (from - other.x1[otherEdge]) * otherSlope - base;
    double d = other.y1[otherEdge] + (to - other.x1[otherEdge]) * otherSlope - base;
    double width = to - from;
    double left = a - c;
    double right = b - d;
    if (left <= 0 && right <= 0) {
      return width * (a + b) / 2;
    }
    if (left >= 0 && right >= 0) {
      return width * (c + d) / 2;
    }
    double share = left / (left - right);
    double middle = a + share * (b - a);
    return left < 0
        ? width * (share * (a + middle) + (1 - share) * (middle + d)) / 2
        : width * (share * (c + middle) + (1 - share) * (middle + b)) / 2;
  }
}
