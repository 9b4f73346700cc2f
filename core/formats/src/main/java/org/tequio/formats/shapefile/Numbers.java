package org.tequio.formats.shapefile;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads decimal numbers from bytes, without a text between where that is exact. */
final class Numbers {
  private static final double[] POWERS = new double[23];
  private static final long EXACT = 1L << 53;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private Numbers() {}

  /**
   * A whole number.
   *
   * @param from the first byte, not a space
   * @param to after the last byte, not a space
   * @return null where the bytes are not one that fits 64 bits
   */
  static @Nullable Long integer(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    int i = negative || bytes[from] == '+' ? from + 1 : from;
    if (i == to) {
      return null;
    }
    if (to - i > 18) {
      return longInteger(bytes, from, to);
    }
    long value = 0;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return wholeOfDecimal(bytes, from, to);
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /** A decimal number, in plain or scientific writing; null where the bytes are not one. */
  static @Nullable Double decimal(byte[] bytes, int from, int to) {
    int i = from;
    boolean negative = bytes[i] == '-';
    if (negative || bytes[i] == '+') {
      i++;
    }
    long digits = 0;
    int count = 0;
    int scale = 0;
    boolean point = false;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        if (digits < EXACT) {
          digits = digits * 10 + digit;
        } else {
          return slow(bytes, from, to);
        }
        count++;
        scale += point ? 1 : 0;
      } else if (bytes[i] == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (count == 0) {
      return null;
    }
    if (i < to) {
      if (bytes[i] != 'e' && bytes[i] != 'E') {
        return null;
      }
      Long exponent = i + 1 < to && to - i < 6 ? integer(bytes, i + 1, to) : null;
      if (exponent == null) {
        return null;
      }
      scale -= exponent.intValue();
    }
    if (digits > EXACT || scale > 22 || scale < -22) {
      return slow(bytes, from, to);
    }
    // Both are exact as doubles, so one division or multiplication rounds correctly.
    double value = scale >= 0 ? digits / POWERS[scale] : digits * POWERS[-scale];
    return negative ? -value : value;
  }

  private static @Nullable Double slow(byte[] bytes, int from, int to) {
    try {
      double value =
          Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Long longInteger(byte[] bytes, int from, int to) {
    try {
      return Long.valueOf(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      return wholeOfDecimal(bytes, from, to);
    }
  }

  // Some programs write "12.000" or "1.2e3" into a column that is declared without decimals.
  private static @Nullable Long wholeOfDecimal(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '.' || bytes[i] == 'e' || bytes[i] == 'E') {
        Double value = decimal(bytes, from, to);
        if (value == null || value != Math.rint(value) || Math.abs(value) >= EXACT) {
          return null;
        }
        return value.longValue();
      }
    }
    return null;
  }
}
