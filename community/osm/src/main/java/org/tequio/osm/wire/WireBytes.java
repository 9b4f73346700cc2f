package org.tequio.osm.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Writes numbers, places, times and escaped texts as bytes, and hands them on in large portions.
 * Not thread-safe.
 */
final class WireBytes {
  private static final int PORTION = 1 << 16;
  private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);
  private static final byte[][] XML = new byte[128][];
  private static final byte[][] JSON = new byte[128][];
  private static final byte[] PAIRS = new byte[200];
  private static final long[] POWERS = new long[20];
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
    POWERS[0] = 1;
    for (int i = 1; i < 19; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
    POWERS[19] = Long.MAX_VALUE;
    for (int c = 0; c < 32; c++) {
      XML[c] = REPLACEMENT;
      JSON[c] = ascii("\\u00" + (char) DIGITS[c >> 4] + (char) DIGITS[c & 15]);
    }
    XML['\t'] = ascii("&#9;");
    XML['\n'] = ascii("&#10;");
    XML['\r'] = ascii("&#13;");
    XML['&'] = ascii("&amp;");
    XML['<'] = ascii("&lt;");
    XML['>'] = ascii("&gt;");
    XML['"'] = ascii("&quot;");
    JSON['"'] = ascii("\\\"");
    JSON['\\'] = ascii("\\\\");
    JSON['\n'] = ascii("\\n");
    // Nobody who puts the answer into a page by mistake opens a script with it.
    JSON['<'] = ascii("\\u003c");
  }

  private final OutputStream out;
  private byte[] bytes = new byte[PORTION + 4096];
  private int size;
  private long day = Long.MIN_VALUE;
  private byte[] dayText = new byte[0];

  WireBytes(OutputStream out) {
    this.out = out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Hands everything on. */
  void flush() throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  private void reserve(int more) throws IOException {
    if (size >= PORTION) {
      flush();
    }
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, size + more + PORTION);
    }
  }

  /** Text of ASCII that needs no escaping. */
  WireBytes plain(String text) throws IOException {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  /** A whole number. */
  WireBytes number(long number) throws IOException {
    reserve(20);
    if (number < 0) {
      bytes[size++] = '-';
    }
    putDigits(Math.abs(number), 1);
    return this;
  }

  /** A count of 1e-7 degrees, in degrees with seven decimals. */
  WireBytes degrees(int e7) throws IOException {
    reserve(20);
    long rest = e7;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    putDigits(rest / 10_000_000, 1);
    bytes[size++] = '.';
    putDigits(rest % 10_000_000, 7);
    return this;
  }

  /** A number that is not negative, with zeros before it where it has fewer digits. */
  private void putDigits(long number, int least) {
    int digits = least;
    for (long most = POWERS[least]; digits < POWERS.length - 1 && number >= most; ) {
      most = POWERS[++digits];
    }
    size += digits;
    int at = size;
    long rest = number;
    for (; digits > 1; digits -= 2) {
      long hundreds = rest / 100;
      int pair = 2 * (int) (rest - 100 * hundreds);
      bytes[--at] = PAIRS[pair + 1];
      bytes[--at] = PAIRS[pair];
      rest = hundreds;
    }
    if (digits == 1) {
      bytes[--at] = (byte) ('0' + rest);
    }
  }

  /** A moment, in seconds since 1970. */
  WireBytes time(long seconds) throws IOException {
    reserve(40);
    long thisDay = Math.floorDiv(seconds, 86_400);
    if (thisDay != day) {
      day = thisDay;
      dayText = ascii(LocalDate.ofEpochDay(thisDay) + "T");
    }
    System.arraycopy(dayText, 0, bytes, size, dayText.length);
    size += dayText.length;
    int second = (int) Math.floorMod(seconds, 86_400L);
    putDigits2(second / 3600);
    bytes[size++] = ':';
    putDigits2(second / 60 % 60);
    bytes[size++] = ':';
    putDigits2(second % 60);
    bytes[size++] = 'Z';
    return this;
  }

  private void putDigits2(int number) {
    bytes[size++] = (byte) ('0' + number / 10);
    bytes[size++] = (byte) ('0' + number % 10);
  }

  /** A text as the value of an XML attribute. */
  WireBytes xml(byte[] utf8, int start, int length) throws IOException {
    return escaped(utf8, start, length, XML);
  }

  /** A text as the value of an XML attribute. */
  WireBytes xml(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return xml(utf8, 0, utf8.length);
  }

  /** A text inside a JSON string. */
  WireBytes json(byte[] utf8, int start, int length) throws IOException {
    return escaped(utf8, start, length, JSON);
  }

  /** A text inside a JSON string. */
  WireBytes json(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return json(utf8, 0, utf8.length);
  }

  private WireBytes escaped(byte[] utf8, int start, int length, byte[][] escapes)
      throws IOException {
    reserve(6 * length);
    int end = start + length;
    for (int i = start; i < end; i++) {
      byte one = utf8[i];
      byte[] escape = one >= 0 ? escapes[one] : null;
      if (escape == null && one == (byte) 0xef && isNoCharacter(utf8, i, end)) {
        // U+FFFE and U+FFFF, which XML cannot hold.
        escape = REPLACEMENT;
        i += 2;
      }
      if (escape == null) {
        bytes[size++] = one;
      } else {
        System.arraycopy(escape, 0, bytes, size, escape.length);
        size += escape.length;
      }
    }
    return this;
  }

  private static boolean isNoCharacter(byte[] utf8, int at, int end) {
    return at + 2 < end && utf8[at + 1] == (byte) 0xbf && (utf8[at + 2] & 0xfe) == 0xbe;
  }
}
