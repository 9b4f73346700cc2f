package org.tequio.formats.osm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Goes through one protocol buffer message in an array, checking every length. Not thread-safe.
 *
 * <p>Faults are {@link IllegalArgumentException}; the reader of the file says where they are.
 */
final class ProtobufCursor {
  private static final int MOST_IN_PIECES = 4096;

  private final byte[] bytes;
  private int at;
  private int end;
  private int wire;

  ProtobufCursor(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.at = start;
    this.end = start + length;
  }

  /** The number of the next field; 0 at the end. */
  int next() {
    if (at >= end) {
      return 0;
    }
    long key = varint();
    wire = (int) key & 7;
    return (int) (key >>> 3);
  }

  /** A number of the field. */
  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw new IllegalArgumentException("a number is cut off");
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is too long");
  }

  /** A number of the field, zigzag. */
  long signed() {
    return zigzag(varint());
  }

  static long zigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  /** A message inside the field. */
  ProtobufCursor message() {
    int length = length();
    ProtobufCursor inner = new ProtobufCursor(bytes, at, length);
    at += length;
    return inner;
  }

  /** A text of the field. */
  String text() {
    int length = length();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** Bytes of the field. */
  byte[] copy() {
    int length = length();
    byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return copy;
  }

  /**
   * Numbers of the field, packed or single, after those that were there already. Nobody writes a
   * long list in pieces, and each piece costs a copy of those before it.
   */
  long[] packed(long[] before) {
    if (before.length > MOST_IN_PIECES) {
      throw new IllegalArgumentException("a long list in pieces");
    }
    if (wire == 0) {
      long[] more = Arrays.copyOf(before, before.length + 1);
      more[before.length] = varint();
      return more;
    }
    int length = length();
    int stop = at + length;
    int count = 0;
    for (int i = at; i < stop; i++) {
      count += bytes[i] >= 0 ? 1 : 0;
    }
    long[] numbers = Arrays.copyOf(before, before.length + count);
    int outer = end;
    end = stop;
    for (int i = before.length; i < numbers.length; i++) {
      numbers[i] = varint();
    }
    at = stop;
    end = outer;
    return numbers;
  }

  /** Leaves the field out. */
  void skip() {
    switch (wire) {
      case 0 -> varint();
      case 1 -> advance(8);
      case 2 -> advance(length());
      case 5 -> advance(4);
      default -> throw new IllegalArgumentException("a field of kind " + wire);
    }
  }

  private void advance(int n) {
    if (n > end - at) {
      throw new IllegalArgumentException("a field is cut off");
    }
    at += n;
  }

  private int length() {
    if (wire != 2) {
      throw new IllegalArgumentException("a field of kind " + wire);
    }
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new IllegalArgumentException("a field is cut off");
    }
    return (int) length;
  }
}
