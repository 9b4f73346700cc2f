package org.tequio.catalogue.geometry;

import java.util.Arrays;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;

/**
 * The facts of one geometry, gathered in one pass over its little-endian ISO WKB. Reused from row
 * to row, so that a million rows make no objects. Not thread-safe.
 */
public final class GeometryScan {
  private static final int MAX_DEPTH = 16;

  private final double[] envelope = new double[4];
  private GeometryType type = GeometryType.GEOMETRY;
  private boolean z;
  private int vertices;
  private int rings;
  private int parts;
  private boolean finite;
  private boolean closed;
  private boolean enoughPoints;
  private int singleRingAt;
  private int singleRingStride;
  private int singleRingVertices;

  /** Reads a geometry; what was read before is forgotten. */
  public void read(byte[] wkb) {
    envelope[0] = Double.POSITIVE_INFINITY;
    envelope[1] = Double.POSITIVE_INFINITY;
    envelope[2] = Double.NEGATIVE_INFINITY;
    envelope[3] = Double.NEGATIVE_INFINITY;
    type = Wkb.type(wkb, 0);
    z = Wkb.hasZ(wkb, 0);
    vertices = 0;
    rings = 0;
    parts = 0;
    finite = true;
    closed = true;
    enoughPoints = true;
    geometry(wkb, 0, 0);
    if (envelope[0] > envelope[2]) {
      Arrays.fill(envelope, Double.NaN);
    }
  }

  private int geometry(byte[] wkb, int at, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("geometry collections nested too deep");
    }
    int code = Wkb.getInt(wkb, at + 1);
    int stride =
        switch (code / 1000) {
          case 0 -> 16;
          case 1, 2 -> 24;
          default -> 32;
        };
    int p = at + 5;
    switch (code % 1000) {
      case 1 -> {
        double x = Wkb.getDouble(wkb, p);
        double y = Wkb.getDouble(wkb, p + 8);
        if (!Double.isNaN(x) || !Double.isNaN(y)) {
          parts++;
          run(wkb, p, stride, 1);
        }
        p += stride;
      }
      case 2 -> {
        int n = Wkb.getInt(wkb, p);
        p += 4;
        if (n > 0) {
          parts++;
          enoughPoints &= n >= 2;
          run(wkb, p, stride, n);
        }
        p += n * stride;
      }
      case 3 -> p = polygon(wkb, p, stride);
      default -> {
        int n = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < n; i++) {
          p = geometry(wkb, p, depth + 1);
        }
      }
    }
    return p;
  }

  private int polygon(byte[] wkb, int at, int stride) {
    int n = Wkb.getInt(wkb, at);
    int p = at + 4;
    parts += n > 0 ? 1 : 0;
    for (int i = 0; i < n; i++) {
      int count = Wkb.getInt(wkb, p);
      p += 4;
      rings++;
      if (count > 0) {
        enoughPoints &= count >= 4;
        int last = p + (count - 1) * stride;
        closed &=
            Wkb.getDouble(wkb, p) == Wkb.getDouble(wkb, last)
                && Wkb.getDouble(wkb, p + 8) == Wkb.getDouble(wkb, last + 8);
        singleRingAt = p;
        singleRingStride = stride;
        singleRingVertices = count;
        run(wkb, p, stride, count);
      }
      p += count * stride;
    }
    return p;
  }

  private void run(byte[] wkb, int at, int stride, int n) {
    double minX = envelope[0];
    double minY = envelope[1];
    double maxX = envelope[2];
    double maxY = envelope[3];
    boolean good = true;
    for (int i = 0, p = at; i < n; i++, p += stride) {
      double x = Wkb.getDouble(wkb, p);
      double y = Wkb.getDouble(wkb, p + 8);
      if (Math.abs(x) <= Double.MAX_VALUE && Math.abs(y) <= Double.MAX_VALUE) {
        minX = x < minX ? x : minX;
        maxX = x > maxX ? x : maxX;
        minY = y < minY ? y : minY;
        maxY = y > maxY ? y : maxY;
      } else {
        good = false;
      }
    }
    envelope[0] = minX;
    envelope[1] = minY;
    envelope[2] = maxX;
    envelope[3] = maxY;
    finite &= good;
    vertices += n;
  }

  /** minX, minY, maxX, maxY over the finite vertices; NaN where there is none. Reused. */
  public double[] envelope() {
    return envelope;
  }

  /** The type without Z and M. */
  public GeometryType type() {
    return type;
  }

  /** True where positions carry heights. */
  public boolean hasZ() {
    return z;
  }

  /** How many vertices there are. */
  public int vertices() {
    return vertices;
  }

  /** How many rings there are. */
  public int rings() {
    return rings;
  }

  /** How many points, lines or polygons there are. */
  public int parts() {
    return parts;
  }

  /** True where there is no vertex. */
  public boolean isEmpty() {
    return vertices == 0;
  }

  /** True where every position is a pair of finite numbers. */
  public boolean isFinite() {
    return finite;
  }

  /** True where every ring ends where it begins. */
  public boolean isClosed() {
    return closed;
  }

  /** True where lines have two points and rings four. */
  public boolean hasEnoughPoints() {
    return enoughPoints;
  }

  int singleRingAt() {
    return singleRingAt;
  }

  int singleRingStride() {
    return singleRingStride;
  }

  int singleRingVertices() {
    return singleRingVertices;
  }
}
