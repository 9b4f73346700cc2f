package org.tequio.feature.filter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Dates and instants of filters. A date is a day of UTC: beside an instant it stands for its first
 * moment in a comparison, and for the whole day in a temporal function.
 */
final class Moments {
  private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

  private Moments() {}

  /** The date or the instant of a text; null where it is none. */
  static @Nullable Object of(String text, boolean day) {
    try {
      if (day) {
        return text.matches(DAY) ? LocalDate.parse(text) : null;
      }
      return text.length() <= 40 && text.indexOf('T') == 10 ? Instant.parse(text) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** The end of an interval that a text names; null where it is none. */
  static @Nullable Expression end(String text) {
    if (text.equals("..")) {
      return new Expression.Unbounded();
    }
    Object value = of(text, text.length() == 10);
    return value == null ? null : new Expression.Literal(value);
  }

  /** Compares two of either kind. */
  static int compare(Object a, Object b) {
    if (a instanceof LocalDate left && b instanceof LocalDate right) {
      return left.compareTo(right);
    }
    return first(a).compareTo(first(b));
  }

  /** The first moment. */
  static Instant first(Object moment) {
    return moment instanceof LocalDate day
        ? day.atStartOfDay(ZoneOffset.UTC).toInstant()
        : (Instant) moment;
  }

  /** The last moment. */
  static Instant last(Object moment) {
    return moment instanceof LocalDate day
        ? day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1)
        : (Instant) moment;
  }
}
