package org.tequio.formats.table;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one coordinate as people write it in a table. */
final class Coordinate {
  private static final Pattern SEXAGESIMAL =
      Pattern.compile(
          "([+-]?)(\\d{1,3})\\s*[°º:\\s]\\s*(\\d{1,2})\\s*['′’´:\\s]\\s*(\\d{1,2}(?:[.,]\\d+)?)\\s*"
              + "(?:''|[\"″”'’´])?\\s*([NSEWOLnsewol]?)");
  private static final Pattern POINT =
      Pattern.compile("[+-]?(\\d+|\\d{1,3}(,\\d{3})+)?(\\.\\d*)?([eE][+-]?\\d{1,3})?");
  private static final Pattern COMMA =
      Pattern.compile("[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+)?(,\\d*)?([eE][+-]?\\d{1,3})?");
  private static final int MAX_TEXT = 64;

  private Coordinate() {}

  /** True for an empty cell and for the words that offices write for "not known". */
  static boolean isMissing(@Nullable Object cell) {
    if (cell == null) {
      return true;
    }
    if (cell instanceof Number) {
      return false;
    }
    return switch (cell.toString().strip().toUpperCase(Locale.ROOT)) {
      case "",
          "-",
          "--",
          "NA",
          "N/A",
          "#N/A",
          "N/D",
          "ND",
          "N.D.",
          "S/D",
          "SD",
          "S/N",
          "NULL",
          "NONE",
          "NAN",
          "*" ->
          true;
      default -> false;
    };
  }

  /**
   * The number, or NaN where it is none.
   *
   * @param comma true where the comma is the decimal mark
   */
  static double parse(@Nullable Object cell, boolean comma) {
    if (cell instanceof Number number) {
      return number.doubleValue();
    }
    String text = cell == null ? "" : cell.toString().strip().replace("\u00a0", "");
    text = text.replace('\u2212', '-');
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      return Double.NaN;
    }
    double plain = number(text, comma);
    if (!Double.isNaN(plain)) {
      return plain;
    }
    Matcher parts = SEXAGESIMAL.matcher(text);
    if (parts.matches()) {
      double minutes = Double.parseDouble(parts.group(3));
      double seconds = Double.parseDouble(parts.group(4).replace(',', '.'));
      if (minutes >= 60 || seconds >= 60) {
        return Double.NaN;
      }
      double value = Double.parseDouble(parts.group(2)) + minutes / 60 + seconds / 3600;
      boolean negative = parts.group(1).equals("-") || isNegative(parts.group(5));
      return negative ? -value : value;
    }
    char last = text.charAt(text.length() - 1);
    if ("NSEWOLnsewol°º".indexOf(last) >= 0) {
      double value =
          number(text.substring(0, text.length() - 1).replaceAll("[°º\\s]+$", ""), comma);
      return isNegative(String.valueOf(last)) ? -Math.abs(value) : value;
    }
    return Double.NaN;
  }

  // South, West, Oeste.
  private static boolean isNegative(String hemisphere) {
    return !hemisphere.isEmpty() && "SWOswo".contains(hemisphere);
  }

  private static double number(String text, boolean comma) {
    Pattern wanted = comma ? COMMA : POINT;
    String digits = text;
    if (!wanted.matcher(text).matches()) {
      // One value in the other convention is still clear where both marks or one decimal mark
      // stand.
      Pattern other = comma ? POINT : COMMA;
      if (!other.matcher(text).matches()) {
        return Double.NaN;
      }
      comma = !comma;
    }
    digits = comma ? digits.replace(".", "").replace(',', '.') : digits.replace(",", "");
    try {
      double value = Double.parseDouble(digits);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Says with which mark a text shows its decimals: 1 comma, -1 point, 0 not clear. */
  static int decimalMark(@Nullable Object cell) {
    if (cell == null || cell instanceof Number) {
      return 0;
    }
    String text = cell.toString().strip();
    int comma = text.lastIndexOf(',');
    int point = text.lastIndexOf('.');
    if (comma < 0 && point < 0) {
      return 0;
    }
    if (comma >= 0 && point >= 0) {
      return comma > point ? 1 : -1;
    }
    int at = Math.max(comma, point);
    boolean several = text.indexOf(text.charAt(at)) != at;
    if (several) {
      return comma >= 0 ? -1 : 1;
    }
    boolean thousands = text.length() - at - 1 == 3 && at <= 4;
    if (thousands) {
      return 0;
    }
    return comma >= 0 ? 1 : -1;
  }
}
