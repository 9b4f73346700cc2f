package org.tequio.osm.element;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ElementBytes} wrote, from front to back. Not thread-safe. */
public final class ElementCursor {
  private final byte[] bytes;
  private int at;
  private int length;

  ElementCursor(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes that texts lie in. */
  public byte[] bytes() {
    return bytes;
  }

  /** A number that is not negative. */
  public long number() {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = bytes[at++];
      number |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return number;
      }
    }
  }

  /** The same, where it fits 32 bits. */
  public int integer() {
    return (int) number();
  }

  /** A number with a sign. */
  public long signed() {
    return unzigzag(number());
  }

  /** The number behind one that has its sign in the lowest bit. */
  public static long unzigzag(long number) {
    return number >>> 1 ^ -(number & 1);
  }

  /** Goes past a text; returns where in the bytes it begins. */
  public int textStart() {
    length = integer();
    int start = at;
    at += length;
    return start;
  }

  /** How many bytes of UTF-8 the text has that was passed last. */
  public int textLength() {
    return length;
  }

  /** A text. */
  public String text() {
    int start = textStart();
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }
}
