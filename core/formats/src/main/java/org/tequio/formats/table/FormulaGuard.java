package org.tequio.formats.table;

import java.util.regex.Pattern;

/**
 * Keeps text from becoming a formula when a spreadsheet opens it (OWASP "CSV injection"): a text
 * that begins like one, or with a character that programs drop, gets an apostrophe before it. A
 * plain number stays as it is, sign and all.
 */
public final class FormulaGuard {
  private static final String STARTS = "=+-@\uff1d\uff0b\uff0d\uff20";
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.,]\\d+)?([eE][+-]?\\d+)?");

  private FormulaGuard() {}

  /** The text as it may be written to a cell. */
  public static String safe(String text) {
    if (text.isEmpty() || !isDangerous(text.charAt(0))) {
      return text;
    }
    return text.length() < 64 && NUMBER.matcher(text).matches() ? text : "'" + text;
  }

  private static boolean isDangerous(char first) {
    return STARTS.indexOf(first) >= 0
        || Character.isISOControl(first)
        || Character.getType(first) == Character.FORMAT;
  }
}
