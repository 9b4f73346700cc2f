package org.tequio.formats.flatgeobuf;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One FlatBuffer after its length: tables before what they point to, so that every reference goes
 * forward and bytes are written once. Positions count from the length, which is what alignment is
 * measured by. Not thread-safe; {@link #begin} makes it empty again.
 */
final class FlatBytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int ROOT = 4;

  private byte[] bytes = new byte[1024];
  private int size;

  /** Begins a buffer; its root is the first table. */
  void begin() {
    size = ROOT;
    reserve(4);
    size += 4;
  }

  /**
   * A table.
   *
   * @param reference where its position is kept; 4 for the root
   * @param sizes bytes of each member, in the order of the schema: 1, 2, 4 (also for what is
   *     referred to) or 8; 0 for one that is left out
   * @return its position
   */
  int table(int reference, int... sizes) {
    align(2, 0);
    int vtable = size;
    int vtableBytes = 4 + 2 * sizes.length;
    reserve(vtableBytes + 16 + 8 * sizes.length);
    Arrays.fill(bytes, vtable, vtable + vtableBytes, (byte) 0);
    size += vtableBytes;
    // Behind the four bytes that lead to the member list, eight-byte members are aligned.
    align(8, 4);
    int table = size;
    size += 4;
    for (int width = 8; width > 0; width /= 2) {
      for (int i = 0; i < sizes.length; i++) {
        if (sizes[i] == width) {
          SHORT.set(bytes, vtable + 4 + 2 * i, (short) (size - table));
          size += width;
        }
      }
    }
    SHORT.set(bytes, vtable, (short) vtableBytes);
    SHORT.set(bytes, vtable + 2, (short) (size - table));
    INT.set(bytes, table, table - vtable);
    INT.set(bytes, reference, table - reference);
    return table;
  }

  /** Where a member of a table stands. */
  int member(int table, int index) {
    int vtable = table - (int) INT.get(bytes, table);
    return table + (short) SHORT.get(bytes, vtable + 4 + 2 * index);
  }

  void setByte(int at, int value) {
    bytes[at] = (byte) value;
  }

  void setShort(int at, int value) {
    SHORT.set(bytes, at, (short) value);
  }

  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  void setLong(int at, long value) {
    LONG.set(bytes, at, value);
  }

  /** A text that a member refers to. */
  void text(int reference, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int at = vector(reference, utf8.length, 1);
    System.arraycopy(utf8, 0, bytes, at, utf8.length);
    reserve(1);
    bytes[size++] = 0;
  }

  /**
   * A vector that a member refers to.
   *
   * @param width bytes of an element
   * @return where its first element stands
   */
  int vector(int reference, int length, int width) {
    align(Math.max(4, width), 4);
    INT.set(bytes, reference, size - reference);
    long needed = 4L + (long) length * width;
    if (needed > Integer.MAX_VALUE - size - 64) {
      throw new IllegalArgumentException("a feature of more than 2 GiB");
    }
    reserve((int) needed);
    INT.set(bytes, size, length);
    int at = size + 4;
    size += (int) needed;
    return at;
  }

  /** Begins a vector of bytes that grows as it is written; {@link #endGrowing} ends it. */
  int beginGrowing(int reference) {
    return vector(reference, 0, 1);
  }

  void endGrowing(int start) {
    INT.set(bytes, start - 4, size - start);
  }

  void appendByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void appendShort(int value) {
    reserve(2);
    SHORT.set(bytes, size, (short) value);
    size += 2;
  }

  void appendLong(long value) {
    reserve(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  void appendText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reserve(4 + utf8.length);
    INT.set(bytes, size, utf8.length);
    System.arraycopy(utf8, 0, bytes, size + 4, utf8.length);
    size += 4 + utf8.length;
  }

  void setDouble(int at, double value) {
    DOUBLE.set(bytes, at, value);
  }

  /** Ends the buffer and writes it; returns how many bytes it has. */
  int writeTo(OutputStream out) throws IOException {
    align(8, 0);
    INT.set(bytes, 0, size - 4);
    out.write(bytes, 0, size);
    return size;
  }

  // So that the place so many bytes further on is a multiple of the width.
  private void align(int width, int further) {
    int rest = (size + further) % width;
    if (rest != 0) {
      int gap = width - rest;
      reserve(gap);
      Arrays.fill(bytes, size, size + gap, (byte) 0);
      size += gap;
    }
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 64, (size + (long) more) * 2));
    }
  }
}
