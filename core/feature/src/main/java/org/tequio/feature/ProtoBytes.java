package org.tequio.feature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Growing bytes in the wire format of Protocol Buffers. Not thread-safe. */
final class ProtoBytes {
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] bytes;
  int size;

  ProtoBytes(int capacity) {
    bytes = new byte[capacity];
  }

  void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  void varint(int value) {
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

  void varint(long value) {
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

  void doubleBits(double value) {
    reserve(8);
    DOUBLE.set(bytes, size, value);
    size += 8;
  }

  /** A field that is a length and bytes. */
  void field(int number, ProtoBytes content) {
    field(number, content, 0, content.size);
  }

  /** A field that is a length and a part of other bytes. */
  void field(int number, ProtoBytes content, int from, int length) {
    varint(number << 3 | 2);
    varint(length);
    append(content, from, length);
  }

  void append(ProtoBytes other) {
    append(other, 0, other.size);
  }

  void append(ProtoBytes other, int from, int length) {
    append(other.bytes, from, length);
  }

  void append(byte[] other, int from, int length) {
    reserve(length);
    System.arraycopy(other, from, bytes, size, length);
    size += length;
  }

  void field(int number, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    varint(number << 3 | 2);
    varint(utf8.length);
    append(utf8, 0, utf8.length);
  }

  void field(int number, long value) {
    varint(number << 3);
    varint(value);
  }
}
