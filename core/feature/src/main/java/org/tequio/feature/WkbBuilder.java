package org.tequio.feature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Writes little-endian ISO WKB (OGC 06-103r4, section 8) into one growing array. Readers of formats
 * use it to pass geometry on without building objects. Counts may be written first and corrected
 * later with {@link #setInt}. Not thread-safe; {@link #reset()} makes it ready for the next
 * geometry.
 */
public final class WkbBuilder {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int size;

  /** Forgets what was written. */
  public WkbBuilder reset() {
    size = 0;
    return this;
  }

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** Begins a geometry: byte order and type code. */
  public WkbBuilder header(GeometryType type, boolean z, boolean m) {
    reserve(5);
    bytes[size++] = 1;
    return putInt(type.wkbCode() + (z ? 1000 : 0) + (m ? 2000 : 0));
  }

  /** Writes a count, or any 32-bit number, and says where it stands for {@link #setInt}. */
  public int count(int value) {
    int at = size;
    putInt(value);
    return at;
  }

  /** Corrects a number written before. */
  public void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  /** Writes one position. */
  public WkbBuilder xy(double x, double y) {
    reserve(16);
    DOUBLE.set(bytes, size, x);
    DOUBLE.set(bytes, size + 8, y);
    size += 16;
    return this;
  }

  /** Writes one further ordinate: a height or a measure. */
  public WkbBuilder ordinate(double value) {
    reserve(8);
    DOUBLE.set(bytes, size, value);
    size += 8;
    return this;
  }

  /** Copies bytes that are WKB already. */
  public WkbBuilder append(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
    return this;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** WKB of one 2-D point. */
  public static byte[] point(double x, double y) {
    return new WkbBuilder().header(GeometryType.POINT, false, false).xy(x, y).toBytes();
  }

  /**
   * A geometry as a layer of collections wants it: a single part becomes a collection of one.
   *
   * @param wanted the layer's type; types that are no collection of one kind leave it as it is
   */
  public static byte[] promoted(byte[] wkb, GeometryType wanted) {
    boolean multi =
        switch (wanted) {
          case MULTIPOINT, MULTILINESTRING, MULTIPOLYGON -> true;
          case NONE, GEOMETRY, POINT, LINESTRING, POLYGON, GEOMETRYCOLLECTION -> false;
        };
    return multi && Wkb.type(wkb, 0) != wanted ? collected(List.of(wkb), wanted) : wkb;
  }

  /**
   * Several geometries as one; parts of collections become parts of it.
   *
   * @param wanted the type of the layer that it goes to; another than a collection gives one that
   *     holds them all
   */
  public static byte[] collected(List<byte[]> geometries, GeometryType wanted) {
    GeometryType type = GeometryType.NONE;
    boolean z = Wkb.hasZ(geometries.getFirst(), 0);
    boolean m = Wkb.hasM(geometries.getFirst(), 0);
    for (byte[] each : geometries) {
      type = type.union(Wkb.type(each, 0));
      z &= Wkb.hasZ(each, 0);
      m &= Wkb.hasM(each, 0);
    }
    GeometryType whole =
        switch (type.dimension()) {
          case 0 -> GeometryType.MULTIPOINT;
          case 1 -> GeometryType.MULTILINESTRING;
          case 2 -> GeometryType.MULTIPOLYGON;
          default -> GeometryType.GEOMETRYCOLLECTION;
        };
    WkbBuilder builder = new WkbBuilder().header(wanted.dimension() < 0 ? whole : wanted, z, m);
    int counted = builder.count(0);
    int parts = 0;
    for (byte[] each : geometries) {
      boolean collection = Wkb.type(each, 0).wkbCode() >= GeometryType.MULTIPOINT.wkbCode();
      parts += collection && whole != GeometryType.GEOMETRYCOLLECTION ? Wkb.getInt(each, 5) : 1;
      int from = collection && whole != GeometryType.GEOMETRYCOLLECTION ? 9 : 0;
      builder.append(each, from, each.length - from);
    }
    builder.setInt(counted, parts);
    return builder.toBytes();
  }

  private WkbBuilder putInt(int value) {
    reserve(4);
    INT.set(bytes, size, value);
    size += 4;
    return this;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
