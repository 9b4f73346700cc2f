package org.tequio.formats.flatgeobuf;

import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;

/**
 * Goes from WKB to FlatGeobuf's table {@code Geometry} without a geometry object between. In a
 * column of many parts a single part becomes one of many. Not thread-safe.
 */
final class FlatGeometry {
  private static final int ENDS = 0;
  private static final int XY = 1;
  private static final int Z = 2;
  private static final int M = 3;
  private static final int TYPE = 6;
  private static final int PARTS = 7;

  private final FlatBytes out;
  private final GeometryType column;
  private final boolean columnZ;
  private final boolean columnM;
  private int[] runs = new int[16];
  private int runCount;
  private int end;

  FlatGeometry(FlatBytes out, GeometryType column, boolean columnZ, boolean columnM) {
    this.out = out;
    this.column = column;
    this.columnZ = columnZ;
    this.columnM = columnM;
  }

  /** The number that FlatGeobuf has for a type; the same as WKB's, 0 for any. */
  static int code(GeometryType type) {
    return switch (type) {
      case NONE, GEOMETRY -> 0;
      case POINT -> 1;
      case LINESTRING -> 2;
      case POLYGON -> 3;
      case MULTIPOINT -> 4;
      case MULTILINESTRING -> 5;
      case MULTIPOLYGON -> 6;
      case GEOMETRYCOLLECTION -> 7;
    };
  }

  /** Writes the geometry that a member refers to. */
  void write(int reference, byte[] wkb, int offset) {
    GeometryType type = Wkb.type(wkb, offset);
    boolean single =
        type == GeometryType.POINT && column == GeometryType.MULTIPOINT
            || type == GeometryType.LINESTRING && column == GeometryType.MULTILINESTRING
            || type == GeometryType.POLYGON && column == GeometryType.MULTIPOLYGON;
    if (single && type == GeometryType.POLYGON) {
      int table = out.table(reference, 0, 0, 0, 0, 0, 0, 1, 4);
      out.setByte(out.member(table, TYPE), code(column));
      int parts = out.vector(out.member(table, PARTS), 1, 4);
      geometry(parts, wkb, offset, type);
    } else {
      geometry(reference, wkb, offset, single ? column : type);
    }
  }

  private void geometry(int reference, byte[] wkb, int offset, GeometryType as) {
    switch (as) {
      case POINT, MULTIPOINT -> simple(reference, wkb, offset, as, false);
      case LINESTRING -> simple(reference, wkb, offset, as, false);
      case POLYGON, MULTILINESTRING -> simple(reference, wkb, offset, as, true);
      case MULTIPOLYGON, GEOMETRYCOLLECTION -> {
        int count = Wkb.getInt(wkb, offset + 5);
        int table = out.table(reference, 0, 0, 0, 0, 0, 0, 1, 4);
        out.setByte(out.member(table, TYPE), code(as));
        int parts = out.vector(out.member(table, PARTS), count, 4);
        int at = offset + 9;
        for (int i = 0; i < count; i++) {
          geometry(parts + 4 * i, wkb, at, Wkb.type(wkb, at));
          at = end;
        }
        end = at;
      }
      case NONE, GEOMETRY -> throw new IllegalArgumentException("not a geometry: " + as);
    }
  }

  private void simple(int reference, byte[] wkb, int offset, GeometryType as, boolean hasEnds) {
    boolean z = Wkb.hasZ(wkb, offset);
    boolean m = Wkb.hasM(wkb, offset);
    runCount = 0;
    end = Wkb.forEachRun(wkb, offset, this::remember);
    boolean empty = Wkb.isEmpty(wkb, offset);
    int n = 0;
    for (int i = 0; i < runCount && !empty; i++) {
      n += runs[2 * i + 1];
    }
    boolean ends = hasEnds && runCount > 1 && !empty;
    int table = out.table(reference, ends ? 4 : 0, 4, columnZ ? 4 : 0, columnM ? 4 : 0, 0, 0, 1, 0);
    out.setByte(out.member(table, TYPE), code(as));
    int stride = 16 + (z ? 8 : 0) + (m ? 8 : 0);
    if (ends) {
      int at = out.vector(out.member(table, ENDS), runCount, 4);
      for (int i = 0, sum = 0; i < runCount; i++) {
        sum += runs[2 * i + 1];
        out.setInt(at + 4 * i, sum);
      }
    }
    int used = empty ? 0 : runCount;
    int at = out.vector(out.member(table, XY), 2 * n, 8);
    copy(wkb, used, stride, 0, at, 16);
    copy(wkb, used, stride, 8, at + 8, 16);
    if (columnZ) {
      copy(wkb, used, stride, z ? 16 : -1, out.vector(out.member(table, Z), n, 8), 8);
    }
    if (columnM) {
      int measure = z ? 24 : 16;
      copy(wkb, used, stride, m ? measure : -1, out.vector(out.member(table, M), n, 8), 8);
    }
  }

  private void remember(int at, int stride, int n) {
    if (2 * runCount + 2 > runs.length) {
      runs = java.util.Arrays.copyOf(runs, runs.length * 2);
    }
    runs[2 * runCount] = at;
    runs[2 * runCount + 1] = n;
    runCount++;
  }

  // One ordinate of every vertex; NaN where the geometry does not have it.
  private void copy(byte[] wkb, int used, int stride, int ordinate, int to, int step) {
    int at = to;
    for (int i = 0; i < used; i++) {
      int from = runs[2 * i];
      for (int j = 0; j < runs[2 * i + 1]; j++, from += stride, at += step) {
        out.setDouble(at, ordinate < 0 ? Double.NaN : Wkb.getDouble(wkb, from + ordinate));
      }
    }
  }
}
