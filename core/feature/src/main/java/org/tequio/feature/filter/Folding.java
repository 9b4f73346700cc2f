package org.tequio.feature.filter;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes texts comparable: composed characters (Unicode form C), without capitals, without accents.
 * All functions are pure; ASCII passes without a copy where it can.
 */
final class Folding {
  /** Characters below it are composed as they stand. */
  private static final char FIRST_COMBINING = '\u0300';

  private static final String STROKED = "øØđĐłŁħĦŧŦıɨɉ";
  private static final String PLAIN = "oOdDlLhHtTiij";

  private Folding() {}

  /** The text in composed form. */
  static String composed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMBINING) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
      }
    }
    return text;
  }

  /** The text after full case folding: equal for texts that differ in capitals only. */
  static String caseless(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    StringBuilder folded = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(c -> fold(c, folded));
    return composed(folded.toString());
  }

  // Capitals make one of what has several small forms, such as both sigmas and the sharp s.
  private static void fold(int c, StringBuilder into) {
    if (c == 'ı') {
      into.append('ı');
      return;
    }
    Character.toString(Character.toLowerCase(c))
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .forEach(upper -> into.appendCodePoint(Character.toLowerCase(upper)));
  }

  /** The text without accents and other marks; marks of Japanese syllables stay. */
  static String unaccented(String text) {
    if (isAscii(text)) {
      return text;
    }
    String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
    StringBuilder bare = new StringBuilder(apart.length());
    apart
        .codePoints()
        .filter(c -> !isMark(c))
        .forEach(
            c -> {
              int stroked = STROKED.indexOf(c);
              bare.appendCodePoint(stroked < 0 ? c : PLAIN.charAt(stroked));
            });
    return composed(bare.toString());
  }

  private static boolean isMark(int c) {
    return Character.getType(c) == Character.NON_SPACING_MARK && c != 0x3099 && c != 0x309a;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
