package org.tequio.feature.filter;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A span of time with both its ends, or an instant, whose ends are the same.
 *
 * @param from a date or an instant; null where it has no beginning
 * @param until a date or an instant; null where it has no end
 */
record Span(@Nullable Object from, @Nullable Object until) {

  /** What a temporal function says of two spans (W3C OWL-Time, Allen's relations). */
  static boolean test(Operator operator, Span a, Span b) {
    boolean days = a.isOfDays() && b.isOfDays();
    Instant from = a.first();
    Instant until = a.last(days);
    Instant otherFrom = b.first();
    Instant otherUntil = b.last(days);
    int begin = from.compareTo(otherFrom);
    int end = until.compareTo(otherUntil);
    boolean disjoint = from.isAfter(otherUntil) || until.isBefore(otherFrom);
    return switch (operator) {
      case T_AFTER -> from.isAfter(otherUntil);
      case T_BEFORE -> until.isBefore(otherFrom);
      case T_DISJOINT -> disjoint;
      case T_INTERSECTS -> !disjoint;
      case T_EQUALS -> begin == 0 && end == 0;
      case T_CONTAINS -> begin < 0 && end > 0;
      case T_DURING -> begin > 0 && end < 0;
      case T_FINISHES -> begin > 0 && end == 0;
      case T_FINISHED_BY -> begin < 0 && end == 0;
      case T_STARTS -> begin == 0 && end < 0;
      case T_STARTED_BY -> begin == 0 && end > 0;
      case T_MEETS -> until.equals(otherFrom);
      case T_MET_BY -> from.equals(otherUntil);
      case T_OVERLAPS -> begin < 0 && end < 0 && until.isAfter(otherFrom);
      case T_OVERLAPPED_BY -> begin > 0 && end > 0 && from.isBefore(otherUntil);
      default -> throw new IllegalArgumentException(operator + " is no temporal function");
    };
  }

  private boolean isOfDays() {
    return !(from instanceof Instant) && !(until instanceof Instant);
  }

  private Instant first() {
    return from == null ? Instant.MIN : Moments.first(from);
  }

  // Among days a day is a point; beside instants it lasts.
  private Instant last(boolean days) {
    if (until == null) {
      return Instant.MAX;
    }
    return days && until instanceof LocalDate ? Moments.first(until) : Moments.last(until);
  }
}
