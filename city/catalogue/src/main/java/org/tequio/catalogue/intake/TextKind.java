package org.tequio.catalogue.intake;

import java.util.Locale;
import java.util.Set;

/**
 * What a text looks like. Told from its characters alone, without regular expressions, because it
 * is asked once per cell.
 */
enum TextKind {
  /** Nothing, or only blanks. */
  BLANK,
  /** A whole number as people write it: no leading zero, at most 18 digits. */
  INTEGER,
  /** Digits with a leading zero, or too many of them: a code, never an amount. */
  CODE,
  /** A number with a decimal point. */
  DECIMAL,
  /** A number with a decimal comma. */
  DECIMAL_COMMA,
  /** true or false, in any of the languages. */
  TRUTH,
  /** 2024-03-31. */
  DATE_ISO,
  /** 31/03/2024: the first number can only be a day. */
  DATE_DAY_FIRST,
  /** 03/31/2024: the second number can only be a day. */
  DATE_MONTH_FIRST,
  /** 01/02/2024: either. */
  DATE_EITHER,
  /** 2024-03-31T10:00:00Z, with an offset or Z. */
  INSTANT,
  /** A mark that hides a value on purpose: {@code *}, {@code N/D}. */
  SUPPRESSED,
  /** A mark that means "not known" among numbers only: {@code NA}, {@code NULL}, {@code -}. */
  NOT_KNOWN,
  /** Anything else. */
  OTHER;

  private static final int LONGEST_MARK = 13;
  private static final Set<String> SUPPRESSED_MARKS =
      Set.of("*", "**", "***", "N/D", "N.D.", "S/D", "N/A", "#N/A", "#N/D");
  private static final Set<String> NOT_KNOWN_MARKS =
      Set.of(
          "ND",
          "SD",
          "NA",
          "NULL",
          "<NULL>",
          "NAN",
          "NONE",
          "-",
          "--",
          "---",
          ".",
          "N.A.",
          "NO DATO",
          "SIN DATO",
          "SEM DADO",
          "NO DATA",
          "S/I",
          "#DIV/0!",
          "#VALUE!",
          "#REF!");

  /** Tells the kind. */
  static TextKind of(String text) {
    int n = text.length();
    if (n == 0) {
      return BLANK;
    }
    char first = text.charAt(0);
    char last = text.charAt(n - 1);
    if (first <= ' ' || last <= ' ') {
      String bare = text.strip();
      return bare.isEmpty() ? BLANK : of(bare, bare.length());
    }
    return of(text, n);
  }

  private static TextKind of(String text, int n) {
    char first = text.charAt(0);
    if (first >= '0' && first <= '9' || (first == '-' || first == '+' || first == '.') && n > 1) {
      TextKind number = number(text, n);
      if (number != OTHER) {
        return number;
      }
    }
    return n <= LONGEST_MARK ? word(text) : OTHER;
  }

  private static TextKind word(String text) {
    char first = text.charAt(0);
    if (first == '*' || first == '#' || first == '-' || first == '.' || first == '<') {
      return mark(text);
    }
    int upper = first & ~0x20;
    return switch (upper) {
      case 'N', 'S' -> mark(text);
      case 'T', 'F', 'V' -> isTruth(text) ? TRUTH : OTHER;
      default -> OTHER;
    };
  }

  private static TextKind mark(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return SUPPRESSED_MARKS.contains(upper)
        ? SUPPRESSED
        : NOT_KNOWN_MARKS.contains(upper) ? NOT_KNOWN : OTHER;
  }

  private static boolean isTruth(String text) {
    return text.equalsIgnoreCase("true")
        || text.equalsIgnoreCase("false")
        || text.equalsIgnoreCase("verdadero")
        || text.equalsIgnoreCase("falso")
        || text.equalsIgnoreCase("verdadeiro");
  }

  /** The truth that a text of kind {@link #TRUTH} states. */
  static boolean truth(String text) {
    char first = text.strip().charAt(0);
    return (first & ~0x20) != 'F';
  }

  private static TextKind number(String text, int n) {
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    int digits = 0;
    int points = 0;
    int commas = 0;
    int p = start;
    boolean exponent = false;
    boolean signedExponent = false;
    for (; p < n; p++) {
      char c = text.charAt(p);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.') {
        points++;
      } else if (c == ',') {
        commas++;
      } else if ((c == 'e' || c == 'E') && digits > 0 && p + 1 < n && !exponent) {
        exponent = true;
        char next = text.charAt(p + 1);
        if (next == '-' || next == '+') {
          signedExponent = true;
          p++;
        }
        if (p + 1 == n) {
          return OTHER;
        }
      } else {
        return start == 0 ? date(text, n) : OTHER;
      }
    }
    if (digits == 0 || points + commas > 1) {
      return OTHER;
    }
    boolean leadingZero =
        text.charAt(start) == '0' && start + 1 < n && Character.isDigit(text.charAt(start + 1));
    if (leadingZero) {
      return CODE;
    }
    if (points + commas == 0 && !exponent) {
      return digits <= 18 ? INTEGER : CODE;
    }
    if (exponent && commas > 0 || exponent && points == 0 && !signedExponent) {
      // 12E5 is a zone or a house number more often than 1,200,000.
      return OTHER;
    }
    return commas > 0 ? DECIMAL_COMMA : DECIMAL;
  }

  private static TextKind date(String text, int n) {
    if (n < 8) {
      return OTHER;
    }
    if (n >= 10 && text.charAt(4) == '-' && text.charAt(7) == '-') {
      boolean day =
          isDigits(text, 0, 4) && inRange(text, 5, 7, 1, 12) && inRange(text, 8, 10, 1, 31);
      if (!day) {
        return OTHER;
      }
      if (n == 10) {
        return DATE_ISO;
      }
      boolean zoned =
          text.charAt(10) == 'T'
              && (text.charAt(n - 1) == 'Z'
                  || n > 16 && (text.charAt(n - 6) == '+' || text.charAt(n - 6) == '-'));
      return zoned ? INSTANT : OTHER;
    }
    char separator = text.charAt(1) > '9' || text.charAt(1) < '0' ? text.charAt(1) : text.charAt(2);
    if (separator != '/' && separator != '-') {
      return OTHER;
    }
    int one = text.indexOf(separator);
    int two = text.indexOf(separator, one + 1);
    if (two < 0 || two - one < 2 || two - one > 3 || n - two != 5 || !isDigits(text, two + 1, n)) {
      return OTHER;
    }
    boolean dayFirst = inRange(text, 0, one, 1, 31) && inRange(text, one + 1, two, 1, 12);
    boolean monthFirst = inRange(text, 0, one, 1, 12) && inRange(text, one + 1, two, 1, 31);
    if (dayFirst && monthFirst) {
      return DATE_EITHER;
    }
    return dayFirst ? DATE_DAY_FIRST : monthFirst ? DATE_MONTH_FIRST : OTHER;
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return to > from;
  }

  private static boolean inRange(String text, int from, int to, int low, int high) {
    if (!isDigits(text, from, to)) {
      return false;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      value = 10 * value + text.charAt(i) - '0';
    }
    return value >= low && value <= high;
  }

  /** True for the kinds that are amounts. */
  boolean isNumber() {
    return this == INTEGER || this == DECIMAL || this == DECIMAL_COMMA;
  }

  /** True for days. */
  boolean isDate() {
    return this == DATE_ISO
        || this == DATE_DAY_FIRST
        || this == DATE_MONTH_FIRST
        || this == DATE_EITHER;
  }
}
