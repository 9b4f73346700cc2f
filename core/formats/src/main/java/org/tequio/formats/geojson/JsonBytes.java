package org.tequio.formats.geojson;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON tokens as UTF-8 bytes, gathered in one array before they go out. Not thread-safe. */
final class JsonBytes {
  private static final int FLUSH_AT = 1 << 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private final OutputStream out;
  private byte[] bytes = new byte[FLUSH_AT * 2];
  private int size;

  JsonBytes(OutputStream out) {
    this.out = out;
  }

  JsonBytes raw(String ascii) {
    int length = ascii.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  JsonBytes raw(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  JsonBytes number(long value) {
    return raw(Long.toString(value));
  }

  /** The shortest text that reads back as the same number; null where JSON has none. */
  JsonBytes number(double value) {
    if (!Double.isFinite(value)) {
      return raw("null");
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return number((long) value).raw(".0");
    }
    return raw(Double.toString(value));
  }

  /** A number with at most so many decimals, without trailing zeros. */
  JsonBytes rounded(double value, int decimals) {
    double scaled = value * POWERS[decimals];
    if (!(Math.abs(scaled) < 9e15)) {
      return number(value);
    }
    long digits = Math.round(scaled);
    reserve(24);
    if (digits < 0) {
      bytes[size++] = '-';
      digits = -digits;
    }
    long whole = digits / POWERS[decimals];
    long fraction = digits % POWERS[decimals];
    putWhole(whole);
    if (fraction != 0) {
      bytes[size++] = '.';
      int places = decimals;
      while (fraction % 10 == 0) {
        fraction /= 10;
        places--;
      }
      for (int i = places - 1; i >= 0; i--) {
        bytes[size + i] = (byte) ('0' + fraction % 10);
        fraction /= 10;
      }
      size += places;
    }
    return this;
  }

  /** A quoted text. A surrogate without its other half becomes U+FFFD. */
  JsonBytes text(String text) {
    int length = text.length();
    reserve(length * 6 + 2);
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
        bytes[size++] = (byte) c;
      } else if (c < 0x80) {
        escape(c);
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xc0 | c >> 6);
        bytes[size++] = (byte) (0x80 | c & 0x3f);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        bytes[size++] = (byte) (0xf0 | point >> 18);
        bytes[size++] = (byte) (0x80 | point >> 12 & 0x3f);
        bytes[size++] = (byte) (0x80 | point >> 6 & 0x3f);
        bytes[size++] = (byte) (0x80 | point & 0x3f);
      } else {
        int point = Character.isSurrogate(c) ? 0xfffd : c;
        bytes[size++] = (byte) (0xe0 | point >> 12);
        bytes[size++] = (byte) (0x80 | point >> 6 & 0x3f);
        bytes[size++] = (byte) (0x80 | point & 0x3f);
      }
    }
    bytes[size++] = '"';
    return this;
  }

  /** Sends what has gathered, once it is worth it. */
  void flushIfLarge() throws IOException {
    if (size >= FLUSH_AT) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  private void escape(char c) {
    bytes[size++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[size++] = (byte) c;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
      }
    }
  }

  private void putWhole(long whole) {
    if (whole == 0) {
      bytes[size++] = '0';
      return;
    }
    int places = 0;
    for (long rest = whole; rest > 0; rest /= 10) {
      places++;
    }
    for (int i = places - 1; i >= 0; i--) {
      bytes[size + i] = (byte) ('0' + whole % 10);
      whole /= 10;
    }
    size += places;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
