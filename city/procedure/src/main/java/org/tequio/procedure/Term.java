package org.tequio.procedure;

import java.util.Locale;
import org.tequio.feature.LocalText;

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

  /** The same in words. */
  public LocalText says() {
    return switch (unit) {
      case BUSINESS_DAYS ->
          words(
              amount == 1 ? "día hábil" : "días hábiles",
              amount == 1 ? "dia útil" : "dias úteis",
              amount == 1 ? "business day" : "business days");
      case CALENDAR_DAYS ->
          words(
              amount == 1 ? "día natural" : "días naturales",
              amount == 1 ? "dia corrido" : "dias corridos",
              amount == 1 ? "calendar day" : "calendar days");
      case HOURS ->
          words(
              amount == 1 ? "hora" : "horas",
              amount == 1 ? "hora" : "horas",
              amount == 1 ? "hour" : "hours");
    };
  }

  private LocalText words(String es, String pt, String en) {
    return new LocalText(amount + " " + es, amount + " " + pt, amount + " " + en);
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
