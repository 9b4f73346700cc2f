package org.tequio.feature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Growing bytes in the wire format of Protocol Buffers. Not thread-safe. */
public final class ProtoBytes {
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] bytes;
  int size;

  /** Begins without bytes, with room for some. */
  public ProtoBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  /** A number from 0 on as a varint. */
  public void varint(int value) {
    reserve(5);
    putVarint(value);
  }

  /** The same where room has been made. */
  void putVarint(int value) {
    int v = value;
    while ((v & ~0x7f) != 0) {
      bytes[size++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    bytes[size++] = (byte) v;
  }

  /** A number as a varint; a negative one in ten bytes. */
  public void varint(long value) {
    reserve(10);
    long v = value;
    while ((v & ~0x7fL) != 0) {
      bytes[size++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    bytes[size++] = (byte) v;
  }

  /** How many bytes a number takes as a varint; a negative one ten, as protocol buffers have it. */
  static int length(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  /** A signed number, where room has been made. */
  void putZigzag(int value) {
    putVarint((value << 1) ^ (value >> 31));
  }

  /** A signed number. */
  public void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  void doubleBits(double value) {
    reserve(8);
    DOUBLE.set(bytes, size, value);
    size += 8;
  }

  /** Four bytes, the highest first: no number of the format, but what stands before a message. */
  public void bigEndianInt(int value) {
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /** A field that is a length and bytes. */
  public void field(int number, ProtoBytes content) {
    field(number, content, 0, content.size);
  }

  /** A field that is a length and a part of other bytes. */
  void field(int number, ProtoBytes content, int from, int length) {
    varint(number << 3 | 2);
    varint(length);
    append(content, from, length);
  }

  /** Adds other bytes. */
  public void append(ProtoBytes other) {
    append(other, 0, other.size);
  }

  void append(ProtoBytes other, int from, int length) {
    append(other.bytes, from, length);
  }

  /** Adds a part of an array. */
  public void append(byte[] other, int from, int length) {
    reserve(length);
    System.arraycopy(other, from, bytes, size, length);
    size += length;
  }

  /** A field that is a text. */
  public void field(int number, String text) {
    field(number, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A field that is bytes. */
  public void field(int number, byte[] content) {
    varint(number << 3 | 2);
    varint(content.length);
    append(content, 0, content.length);
  }

  /** A field that is a number. */
  public void field(int number, long value) {
    varint(number << 3);
    varint(value);
  }
}
