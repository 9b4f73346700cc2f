package org.tequio.procedure;

import java.util.Locale;

/**
 * How long something may take. Days begin on the day after the event from which the term runs.
 *
 * @param amount how many, at least 0; 0 is at once
 * @param unit of what
 */
public record Term(int amount, Unit unit) {
  /** At once. */
  public static final Term IMMEDIATE = new Term(0, Unit.CALENDAR_DAYS);

  /** Refuses a negative amount. */
  public Term {
    if (amount < 0) {
      throw new IllegalArgumentException("a term of " + amount);
    }
  }

  /** What a term counts. */
  public enum Unit {
    /** Days on which the office works, suspensions aside. */
    BUSINESS_DAYS,
    /** All days. */
    CALENDAR_DAYS,
    /** Hours by the clock, from the event itself. */
    HOURS;

    /** The name in packs and on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
