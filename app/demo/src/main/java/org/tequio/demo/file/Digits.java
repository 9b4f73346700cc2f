package org.tequio.demo.file;

/** Writes numbers with a fixed number of decimals, quickly and the same everywhere. */
final class Digits {
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private Digits() {}

  /** Appends a number, without needless zeros at the end. */
  static void append(StringBuilder into, double value, int decimals, char point) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      into.append(value);
      return;
    }
    long power = POWERS[decimals];
    long scaled = Math.round(value * power);
    if (scaled < 0) {
      into.append('-');
      scaled = -scaled;
    }
    into.append(scaled / power);
    long rest = scaled % power;
    if (rest != 0) {
      into.append(point);
      for (long p = power / 10; p > 0 && rest > 0; p /= 10) {
        into.append((char) ('0' + rest / p));
        rest %= p;
      }
    }
  }

  static String of(double value, int decimals) {
    StringBuilder text = new StringBuilder();
    append(text, value, decimals, '.');
    return text.toString();
  }
}
