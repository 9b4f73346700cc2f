package org.tequio.feature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

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
