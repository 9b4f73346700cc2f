package org.tequio.formats.shapefile;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.ring.RingNesting;

/**
 * Turns the content of one shape record into ISO WKB (ESRI white paper, July 1998, pages 5-22).
 * Coordinates are copied as bytes: both formats are little-endian doubles, x before y. Not
 * thread-safe.
 */
final class ShapeDecoder {
  /** Measures below this stand for "no measure". */
  private static final double NO_MEASURE = -1e38;

  private final WkbBuilder builder = new WkbBuilder();
  private final RingNesting nesting = new RingNesting();
  private final boolean measuresAreReal;
  private int[] firsts = new int[16];

  /**
   * A decoder for one file.
   *
   * @param measuresAreReal false where shapes with heights carry measures only because the format
   *     has room for them
   */
  ShapeDecoder(boolean measuresAreReal) {
    this.measuresAreReal = measuresAreReal;
  }

  /**
   * Polygons so far whose rings all ran the same way, so that containment decided what is a hole.
   */
  RingNesting nesting() {
    return nesting;
  }

  /**
   * The geometry of one record; null for a null shape.
   *
   * @param at where the shape type stands
   * @param length bytes of the content, the shape type included
   */
  byte @Nullable [] decode(byte[] bytes, int at, int length) throws ShapeException {
    if (length < 4) {
      throw new ShapeException("a content of " + length + " bytes holds no shape");
    }
    int type = Wkb.getInt(bytes, at);
    boolean z = type / 10 == 1;
    boolean m = type / 10 == 2;
    return switch (type) {
      case 0 -> null;
      case 1, 11, 21 -> point(bytes, at, length, z, m);
      case 8, 18, 28 -> multiPoint(bytes, at, length, z, m);
      case 3, 13, 23 -> parts(bytes, at, length, z, m, false);
      case 5, 15, 25 -> parts(bytes, at, length, z, m, true);
      case 31 -> throw new ShapeException("a MultiPatch, a three-dimensional body");
      default -> throw new ShapeException("shape type " + type + " does not exist");
    };
  }

  private byte[] point(byte[] bytes, int at, int length, boolean z, boolean m)
      throws ShapeException {
    need(length, 20 + (z ? 8 : 0) + (m ? 8 : 0), "a point");
    int measureAt = at + (z ? 28 : 20);
    boolean withM = m || z && measuresAreReal && length >= 36 && isMeasure(bytes, measureAt);
    builder.reset().header(GeometryType.POINT, z, withM).append(bytes, at + 4, 16);
    if (z) {
      builder.ordinate(Wkb.getDouble(bytes, at + 20));
    }
    if (withM) {
      builder.ordinate(measure(bytes, measureAt));
    }
    return builder.toBytes();
  }

  private byte[] multiPoint(byte[] bytes, int at, int length, boolean z, boolean m)
      throws ShapeException {
    need(length, 40, "a multipoint");
    int n = Wkb.getInt(bytes, at + 36);
    Ordinates ordinates = ordinates(bytes, at, length, 40L, n, z, m);
    builder.reset().header(GeometryType.MULTIPOINT, z, ordinates.m).count(n);
    for (int i = 0; i < n; i++) {
      builder.header(GeometryType.POINT, z, ordinates.m);
      vertex(bytes, ordinates, i);
    }
    return builder.toBytes();
  }

  private byte[] parts(byte[] bytes, int at, int length, boolean z, boolean m, boolean polygon)
      throws ShapeException {
    need(length, 44, "lines or rings");
    int parts = Wkb.getInt(bytes, at + 36);
    int n = Wkb.getInt(bytes, at + 40);
    if (parts < 0 || parts > (length - 44) / 4) {
      throw new ShapeException(
          "it says " + parts + " parts, which do not fit in " + length + " bytes");
    }
    Ordinates ordinates = ordinates(bytes, at, length, 44 + 4L * parts, n, z, m);
    readFirsts(bytes, at + 44, parts, n);
    if (parts == 1 && !z && !ordinates.m) {
      return single(bytes, ordinates.xy, n, polygon);
    }
    builder.reset();
    if (polygon) {
      polygons(bytes, ordinates, parts);
    } else {
      lines(bytes, ordinates, parts);
    }
    return builder.toBytes();
  }

  // The one case that a layer of parcels consists of: copied straight to an array of its size.
  private byte[] single(byte[] bytes, int xy, int n, boolean polygon) {
    builder.reset();
    builder.header(polygon ? GeometryType.POLYGON : GeometryType.LINESTRING, false, false);
    if (polygon) {
      builder.count(n == 0 ? 0 : 1);
    }
    if (n > 0 || !polygon) {
      builder.count(n);
    }
    return builder.append(bytes, xy, 16 * n).toBytes();
  }

  private void lines(byte[] bytes, Ordinates ordinates, int parts) {
    if (parts != 1) {
      builder.header(GeometryType.MULTILINESTRING, ordinates.hasZ(), ordinates.m).count(parts);
    }
    for (int i = 0; i < parts; i++) {
      builder.header(GeometryType.LINESTRING, ordinates.hasZ(), ordinates.m);
      ring(bytes, ordinates, i);
    }
  }

  private void polygons(byte[] bytes, Ordinates ordinates, int parts) {
    int used = 0;
    for (int i = 0; i < parts; i++) {
      if (firsts[i + 1] > firsts[i]) {
        firsts[used++] = firsts[i];
      }
    }
    firsts[used] = firsts[parts];
    nesting.nest(bytes, ordinates.xy, firsts, used);
    int shells = nesting.shells();
    if (shells != 1) {
      builder.header(GeometryType.MULTIPOLYGON, ordinates.hasZ(), ordinates.m).count(shells);
    }
    int at = 0;
    while (at < used) {
      int rings = nesting.ringsFrom(at);
      builder.header(GeometryType.POLYGON, ordinates.hasZ(), ordinates.m).count(rings);
      for (int i = 0; i < rings; i++) {
        ring(bytes, ordinates, nesting.ring(at++));
      }
    }
  }

  private void ring(byte[] bytes, Ordinates ordinates, int part) {
    int from = firsts[part];
    int to = firsts[part + 1];
    builder.count(to - from);
    if (!ordinates.hasZ() && !ordinates.m) {
      builder.append(bytes, ordinates.xy + 16 * from, 16 * (to - from));
      return;
    }
    for (int i = from; i < to; i++) {
      vertex(bytes, ordinates, i);
    }
  }

  private void vertex(byte[] bytes, Ordinates ordinates, int i) {
    builder.append(bytes, ordinates.xy + 16 * i, 16);
    if (ordinates.hasZ()) {
      builder.append(bytes, ordinates.z + 8 * i, 8);
    }
    if (ordinates.m) {
      boolean present = ordinates.measures >= 0;
      builder.ordinate(present ? measure(bytes, ordinates.measures + 8 * i) : Double.NaN);
    }
  }

  private void readFirsts(byte[] bytes, int at, int parts, int n) throws ShapeException {
    if (firsts.length < parts + 1) {
      firsts = new int[Math.max(parts + 1, firsts.length * 2)];
    }
    int before = 0;
    for (int i = 0; i < parts; i++) {
      int first = Wkb.getInt(bytes, at + 4 * i);
      if (first < before || first > n) {
        throw new ShapeException("part " + (i + 1) + " begins at vertex " + first + " of " + n);
      }
      firsts[i] = first;
      before = first;
    }
    firsts[parts] = n;
  }

  private Ordinates ordinates(
      byte[] bytes, int at, int length, long xyAt, int n, boolean z, boolean m)
      throws ShapeException {
    long end = xyAt + 16L * n;
    long zAt = end + 16;
    if (z) {
      end = zAt + 8L * n;
    }
    if (n < 0 || end > length) {
      throw new ShapeException(
          "it says " + n + " vertices, which do not fit in " + length + " bytes");
    }
    long measuresAt = end + 16;
    boolean room = measuresAt + 8L * n <= length;
    boolean withM = m || z && room && measuresAreReal && anyMeasure(bytes, at + measuresAt, n);
    return new Ordinates(
        (int) (at + xyAt),
        z ? (int) (at + zAt) : -1,
        withM,
        withM && room ? (int) (at + measuresAt) : -1);
  }

  private static boolean anyMeasure(byte[] bytes, long at, int n) {
    for (int i = 0; i < n; i++) {
      if (isMeasure(bytes, (int) at + 8 * i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMeasure(byte[] bytes, int at) {
    return Wkb.getDouble(bytes, at) > NO_MEASURE;
  }

  private static double measure(byte[] bytes, int at) {
    double measure = Wkb.getDouble(bytes, at);
    return measure > NO_MEASURE ? measure : Double.NaN;
  }

  private static void need(int length, int wanted, String what) throws ShapeException {
    if (length < wanted) {
      throw new ShapeException(what + " needs " + wanted + " bytes and has " + length);
    }
  }

  /** Where the arrays of one record stand; -1 where it has none. */
  private record Ordinates(int xy, int z, boolean m, int measures) {
    boolean hasZ() {
      return z >= 0;
    }
  }
}
