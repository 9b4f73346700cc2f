package org.tequio.procedure.file;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The check digits of folios and payment references: ISO/IEC 7064, MOD 97-10, over letters (A is
 * 10) and digits; whatever else stands between them is for reading. They find every wrong character
 * and every exchange of two neighbours.
 */
public final class CheckDigits {
  private static final Pattern FORM = Pattern.compile("[A-Z0-9-]{3,40}");

  private CheckDigits() {}

  /** A text with its two check digits, after a hyphen. */
  public static String append(String text) {
    int check = 98 - remainder(text + "00");
    return text + "-" + (check < 10 ? "0" : "") + check;
  }

  /** True where a text ends with the right check digits. */
  public static boolean areRight(String text) {
    return FORM.matcher(text).matches() && remainder(text) == 1;
  }

  /** What somebody typed or read out, as it is written: capital letters, no spaces. */
  public static String written(String typed) {
    return typed.strip().replace(" ", "").toUpperCase(Locale.ROOT);
  }

  private static int remainder(String text) {
    int rest = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        rest = (rest * 10 + c - '0') % 97;
      } else if (c >= 'A' && c <= 'Z') {
        rest = (rest * 100 + c - 'A' + 10) % 97;
      }
    }
    return rest;
  }
}
