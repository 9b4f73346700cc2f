package org.tequio.feature.filter;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers of filters: {@link Long} where a number is written whole, else finite {@link Double}. */
final class Numbers {
  private static final double EXACT = 0x1p53;

  private Numbers() {}

  /** The value of a number's text; null where it is none, or not finite. */
  static @Nullable Object of(String text) {
    try {
      boolean whole = text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
      if (whole && text.length() <= 20) {
        return Long.valueOf(text);
      }
    } catch (NumberFormatException e) {
      // Longer than a whole number can be: the nearest that there is stands for it.
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Compares two of either kind by their exact values. */
  static int compare(Object a, Object b) {
    if (a instanceof Long left && b instanceof Long right) {
      return Long.compare(left, right);
    }
    double left = ((Number) a).doubleValue();
    double right = ((Number) b).doubleValue();
    if (left != right || Math.abs(left) < EXACT) {
      return left < right ? -1 : left > right ? 1 : 0;
    }
    return exact(a).compareTo(exact(b));
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Long whole
        ? BigDecimal.valueOf(whole)
        : new BigDecimal((Double) number);
  }

  /** The same object for equal numbers, for looking them up in a set. */
  static Object canonical(Object number) {
    if (number instanceof Double value && value == Math.rint(value) && Math.abs(value) < EXACT) {
      return value.longValue();
    }
    return number;
  }

  /** The result of an operator; null where there is none, such as for a division by zero. */
  static @Nullable Double calculate(Operator operator, double a, double b) {
    double result =
        switch (operator) {
          case PLUS -> a + b;
          case MINUS -> a - b;
          case TIMES -> a * b;
          case DIVIDE -> a / b;
          case MODULO -> a % b;
          case INTEGER_DIVIDE -> wholePart(a / b);
          case POWER -> Math.pow(a, b);
          default -> throw new IllegalArgumentException(operator + " does not calculate");
        };
    return Double.isFinite(result) ? result : null;
  }

  private static double wholePart(double quotient) {
    return quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
  }
}
