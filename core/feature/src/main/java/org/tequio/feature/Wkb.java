package org.tequio.feature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;

/**
 * Works on geometry as bytes: ISO WKB (OGC 06-103r4, section 8), with the EWKB flags understood on
 * the way in. Inside Tequio all WKB is little-endian ISO; {@link #normalize} makes it so. Offsets
 * are positions in the array. All functions are pure.
 */
public final class Wkb {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_DEPTH = 16;
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private Wkb() {}

  /** Sees every vertex of a geometry in order. */
  @FunctionalInterface
  public interface VertexVisitor {
    /**
     * One vertex.
     *
     * @param x easting or longitude
     * @param y northing or latitude
     */
    void vertex(double x, double y);
  }

  /** Changes positions in place: {@code n} pairs x, y from {@code offset} on. */
  @FunctionalInterface
  public interface PositionChange {
    /**
     * Changes some positions.
     *
     * @param xy pairs of x and y
     * @param pairs how many pairs
     */
    void apply(double[] xy, int pairs);
  }

  /** The type without Z and M. */
  public static GeometryType type(byte[] wkb, int offset) {
    return GeometryType.ofWkbCode(code(wkb, offset) % 1000);
  }

  /** True where positions carry heights. */
  public static boolean hasZ(byte[] wkb, int offset) {
    int thousands = code(wkb, offset) / 1000;
    return thousands == 1 || thousands == 3;
  }

  /** True where positions carry measures. */
  public static boolean hasM(byte[] wkb, int offset) {
    return code(wkb, offset) / 1000 >= 2;
  }

  /** Reads a little-endian number of 32 bits. */
  public static int getInt(byte[] wkb, int at) {
    return (int) INT.get(wkb, at);
  }

  /** Reads a little-endian floating-point number of 64 bits. */
  public static double getDouble(byte[] wkb, int at) {
    return (double) DOUBLE.get(wkb, at);
  }

  /**
   * The envelope, written as minX, minY, maxX, maxY.
   *
   * @return false where the geometry has no finite vertex; then {@code into} is NaN
   */
  public static boolean envelope(byte[] wkb, int offset, double[] into) {
    into[0] = Double.POSITIVE_INFINITY;
    into[1] = Double.POSITIVE_INFINITY;
    into[2] = Double.NEGATIVE_INFINITY;
    into[3] = Double.NEGATIVE_INFINITY;
    grow(wkb, offset, into, 0);
    if (into[0] > into[2]) {
      Arrays.fill(into, 0, 4, Double.NaN);
      return false;
    }
    return true;
  }

  /** Calls the visitor with every vertex; returns how many there were. */
  public static int forEachVertex(byte[] wkb, int offset, VertexVisitor visitor) {
    int[] count = new int[1];
    walk(
        wkb,
        offset,
        0,
        (at, stride, n) -> {
          for (int i = 0; i < n; i++, at += stride) {
            visitor.vertex((double) DOUBLE.get(wkb, at), (double) DOUBLE.get(wkb, at + 8));
          }
          count[0] += n;
        });
    return count[0];
  }

  /** How many vertices the geometry has. */
  public static int vertexCount(byte[] wkb, int offset) {
    int[] count = new int[1];
    walk(wkb, offset, 0, (at, stride, n) -> count[0] += n);
    return count[0];
  }

  /** Changes x and y of every vertex in place, leaving heights and measures alone. */
  public static void changePositions(byte[] wkb, int offset, PositionChange change) {
    walk(
        wkb,
        offset,
        0,
        (at, stride, n) -> {
          double[] xy = new double[2 * n];
          for (int i = 0, p = at; i < n; i++, p += stride) {
            xy[2 * i] = (double) DOUBLE.get(wkb, p);
            xy[2 * i + 1] = (double) DOUBLE.get(wkb, p + 8);
          }
          change.apply(xy, n);
          for (int i = 0, p = at; i < n; i++, p += stride) {
            DOUBLE.set(wkb, p, xy[2 * i]);
            DOUBLE.set(wkb, p + 8, xy[2 * i + 1]);
          }
        });
  }

  /**
   * True where the geometry is a point whose coordinates are NaN, or has no vertex at all: empty in
   * the sense of Simple Features.
   */
  public static boolean isEmpty(byte[] wkb, int offset) {
    boolean[] any = new boolean[1];
    walk(
        wkb,
        offset,
        0,
        (at, stride, n) -> {
          for (int i = 0, p = at; i < n && !any[0]; i++, p += stride) {
            any[0] = !Double.isNaN((double) DOUBLE.get(wkb, p));
          }
        });
    return !any[0];
  }

  /** True where a position lies inside the polygons of a geometry, by the rule of even and odd. */
  public static boolean contains(byte[] wkb, int offset, double x, double y) {
    boolean[] inside = new boolean[1];
    walk(
        wkb,
        offset,
        0,
        (at, stride, n) -> {
          for (int i = 1, p = at; i < n; i++, p += stride) {
            double fromY = (double) DOUBLE.get(wkb, p + 8);
            double toY = (double) DOUBLE.get(wkb, p + stride + 8);
            if (fromY <= y != toY <= y) {
              double fromX = (double) DOUBLE.get(wkb, p);
              double toX = (double) DOUBLE.get(wkb, p + stride);
              inside[0] ^= x < fromX + (y - fromY) / (toY - fromY) * (toX - fromX);
            }
          }
        });
    return inside[0];
  }

  /**
   * Little-endian ISO WKB of any WKB or EWKB: the same array where it is that already.
   *
   * @throws IllegalArgumentException when the bytes are not one whole geometry
   */
  public static byte[] normalize(byte[] wkb) {
    int end = validate(wkb, 0, 0);
    if (end == wkb.length) {
      return wkb;
    }
    if (end >= 0) {
      return Arrays.copyOf(wkb, end);
    }
    return of(toGeometry(wkb, 0, wkb.length));
  }

  /**
   * A geometry object of WKB bytes.
   *
   * @throws IllegalArgumentException when the bytes are not a geometry
   */
  public static Geometry toGeometry(byte[] wkb, int offset, int length) {
    byte[] exact =
        offset == 0 && length == wkb.length
            ? wkb
            : Arrays.copyOfRange(wkb, offset, offset + length);
    try {
      return new WKBReader(FACTORY).read(exact);
    } catch (ParseException | RuntimeException e) {
      throw new IllegalArgumentException("not a WKB geometry: " + e.getMessage(), e);
    }
  }

  /** A geometry object, or null for null. */
  public static @Nullable Geometry toGeometryOrNull(byte @Nullable [] wkb) {
    return wkb == null ? null : toGeometry(wkb, 0, wkb.length);
  }

  /** Little-endian ISO WKB of a geometry object, with heights where it has any. */
  public static byte[] of(Geometry geometry) {
    boolean z = false;
    for (var coordinate : geometry.getCoordinates()) {
      z |= !Double.isNaN(coordinate.getZ());
    }
    byte[] wkb = new WKBWriter(z ? 3 : 2, ByteOrderValues.LITTLE_ENDIAN).write(geometry);
    if (z) {
      isoHeader(wkb, 0);
    }
    return wkb;
  }

  // JTS marks heights with the EWKB flag; ISO adds 1000 to the type.
  private static int isoHeader(byte[] wkb, int at) {
    int raw = getInt(wkb, at + 1);
    int code = (raw & 0xff) + 1000;
    INT.set(wkb, at + 1, code);
    int p = at + 5;
    switch (code % 1000) {
      case 1 -> p += 24;
      case 2 -> p += 4 + 24 * getInt(wkb, p);
      case 3 -> {
        int rings = getInt(wkb, p);
        p += 4;
        for (int i = 0; i < rings; i++) {
          p += 4 + 24 * getInt(wkb, p);
        }
      }
      default -> {
        int parts = getInt(wkb, p);
        p += 4;
        for (int i = 0; i < parts; i++) {
          p = isoHeader(wkb, p);
        }
      }
    }
    return p;
  }

  /** Sees runs of vertices: positions of the first, bytes between two, and how many. */
  @FunctionalInterface
  public interface RunVisitor {
    /**
     * One run.
     *
     * @param at where the first vertex's x stands
     * @param stride bytes from one vertex to the next
     * @param n how many vertices
     */
    void run(int at, int stride, int n);
  }

  /**
   * Calls the visitor with each run of vertices (a point, a line, a ring) in order.
   *
   * @return the position after the geometry
   */
  public static int forEachRun(byte[] wkb, int offset, RunVisitor visitor) {
    return walk(wkb, offset, 0, visitor);
  }

  private static int walk(byte[] wkb, int offset, int depth, RunVisitor visitor) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("geometry collections nested too deep");
    }
    int code = code(wkb, offset);
    int stride = stride(code);
    int p = offset + 5;
    switch (code % 1000) {
      case 1 -> {
        visitor.run(p, stride, 1);
        p += stride;
      }
      case 2 -> {
        int n = getInt(wkb, p);
        p += 4;
        visitor.run(p, stride, n);
        p += n * stride;
      }
      case 3 -> {
        int rings = getInt(wkb, p);
        p += 4;
        for (int i = 0; i < rings; i++) {
          int n = getInt(wkb, p);
          p += 4;
          visitor.run(p, stride, n);
          p += n * stride;
        }
      }
      case 4, 5, 6, 7 -> {
        int parts = getInt(wkb, p);
        p += 4;
        for (int i = 0; i < parts; i++) {
          p = walk(wkb, p, depth + 1, visitor);
        }
      }
      default -> throw new IllegalArgumentException("not a WKB geometry type: " + code);
    }
    return p;
  }

  private static int grow(byte[] wkb, int offset, double[] into, int depth) {
    return walk(
        wkb,
        offset,
        depth,
        (at, stride, n) -> {
          double minX = into[0];
          double minY = into[1];
          double maxX = into[2];
          double maxY = into[3];
          for (int i = 0, p = at; i < n; i++, p += stride) {
            double x = (double) DOUBLE.get(wkb, p);
            double y = (double) DOUBLE.get(wkb, p + 8);
            if (Double.isFinite(x) && Double.isFinite(y)) {
              minX = x < minX ? x : minX;
              maxX = x > maxX ? x : maxX;
              minY = y < minY ? y : minY;
              maxY = y > maxY ? y : maxY;
            }
          }
          into[0] = minX;
          into[1] = minY;
          into[2] = maxX;
          into[3] = maxY;
        });
  }

  /** The end of a well-formed little-endian ISO geometry, or -1 where it is something else. */
  private static int validate(byte[] wkb, int offset, int depth) {
    if (depth > MAX_DEPTH || offset + 9 > wkb.length || wkb[offset] != 1) {
      return -1;
    }
    int code = getInt(wkb, offset + 1);
    int base = code % 1000;
    if (code < 0 || code >= 4000 || base < 1 || base > 7) {
      return -1;
    }
    long stride = stride(code);
    long p = offset + 5L;
    if (base == 1) {
      p += stride;
      return p <= wkb.length ? (int) p : -1;
    }
    int n = getInt(wkb, (int) p);
    p += 4;
    if (n < 0 || n > wkb.length) {
      return -1;
    }
    if (base == 2) {
      p += n * stride;
      return p <= wkb.length ? (int) p : -1;
    }
    for (int i = 0; i < n; i++) {
      if (base == 3) {
        if (p + 4 > wkb.length) {
          return -1;
        }
        int vertices = getInt(wkb, (int) p);
        if (vertices < 0) {
          return -1;
        }
        p += 4 + vertices * stride;
      } else {
        p = validate(wkb, (int) p, depth + 1);
      }
      if (p < 0 || p > wkb.length) {
        return -1;
      }
    }
    return (int) p;
  }

  private static int code(byte[] wkb, int offset) {
    return (int) INT.get(wkb, offset + 1);
  }

  private static int stride(int code) {
    return switch (code / 1000) {
      case 0 -> 16;
      case 1, 2 -> 24;
      default -> 32;
    };
  }
}
