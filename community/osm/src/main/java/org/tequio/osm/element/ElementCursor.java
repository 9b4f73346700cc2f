package org.tequio.osm.element;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ElementBytes} wrote, from front to back. Not thread-safe. */
final class ElementCursor {
  private final byte[] bytes;
  private int at;

  ElementCursor(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = bytes[at++];
      number |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return number;
      }
    }
  }

  int integer() {
    return (int) number();
  }

  long signed() {
    return unzigzag(number());
  }

  static long unzigzag(long number) {
    return number >>> 1 ^ -(number & 1);
  }

  String text() {
    int length = integer();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}
