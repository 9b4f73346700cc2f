package org.tequio.reconcile.merge;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that are equal for values which say the same: texts of the same letters and digits
 * whatever their case, accents and spaces; numbers that agree to seven digits, also where one is
 * written as text. 0 stands for a value that is not known, which agrees with nothing.
 */
final class ValueHash {
  private ValueHash() {}

  static long of(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Long number -> ofNumber(number);
      case Double number -> ofNumber(number);
      case String text -> ofText(text);
      default -> mix(value.toString().hashCode(), 3);
    };
  }

  private static long ofNumber(double number) {
    if (number == 0) {
      return mix(0, 2);
    }
    double scale = Math.pow(10, 6 - Math.floor(Math.log10(Math.abs(number))));
    double rounded = Math.rint(number * scale) / scale;
    return mix(Double.doubleToLongBits(Double.isFinite(rounded) ? rounded : number), 2);
  }

  private static long ofText(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return 0;
    }
    char first = stripped.charAt(0);
    boolean digits = first >= '0' && first <= '9' || first == '-' || first == '.';
    if (digits && stripped.length() < 25 && !isKey(stripped)) {
      try {
        return ofNumber(Double.parseDouble(stripped));
      } catch (NumberFormatException e) {
        // A text that only begins like a number.
        return ofLetters(stripped);
      }
    }
    return ofLetters(stripped);
  }

  /** "002" is a key, not the number two: its zeros say something. */
  private static boolean isKey(String text) {
    return text.length() > 1 && text.charAt(0) == '0' && text.charAt(1) != '.';
  }

  private static long ofLetters(String text) {
    String folded = text;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        folded = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        break;
      }
    }
    folded = folded.toLowerCase(Locale.ROOT);
    long hash = 0xcbf29ce484222325L;
    int letters = 0;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        hash = (hash ^ c) * 0x100000001b3L;
        letters++;
      }
    }
    return mix(letters == 0 ? text.hashCode() : hash, 1);
  }

  private static long mix(long value, int tag) {
    long mixed = (value + tag) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed ^= mixed >>> 27;
    return mixed == 0 ? 1 : mixed;
  }
}
