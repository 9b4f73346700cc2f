package org.tequio.procedure.term;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.Year;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** By which rule a holiday falls on a day of a year. */
public sealed interface DayRule {
  /** The day in a year; nothing where it does not fall in that year. */
  Optional<LocalDate> in(int year);

  /**
   * The same day in every so many years.
   *
   * @param day of the month; 29 February falls in leap years only
   * @param first a year in which it falls; the years counted from it may lie before it, too
   * @param every at least 1: each year
   */
  record Fixed(MonthDay day, int first, int every) implements DayRule {
    /** Refuses a rhythm of no years. */
    public Fixed {
      if (every < 1) {
        throw new IllegalArgumentException("every " + every + " years");
      }
    }

    /** Each year. */
    public static Fixed yearly(int month, int day) {
      return new Fixed(MonthDay.of(month, day), 2000, 1);
    }

    @Override
    public Optional<LocalDate> in(int year) {
      boolean falls = Math.floorMod(year - first, every) == 0 && day.isValidYear(year);
      return falls ? Optional.of(day.atYear(year)) : Optional.empty();
    }
  }

  /**
   * The first, second … such weekday of a month.
   *
   * @param month of the year
   * @param nth 1 to 5, or -1 for the last
   * @param weekday which
   */
  record NthWeekday(Month month, int nth, DayOfWeek weekday) implements DayRule {
    /** Refuses what no month has. */
    public NthWeekday {
      if (nth != -1 && (nth < 1 || nth > 5)) {
        throw new IllegalArgumentException("no month has a weekday number " + nth);
      }
    }

    @Override
    public Optional<LocalDate> in(int year) {
      LocalDate day =
          LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(nth, weekday));
      return day.getMonth() == month ? Optional.of(day) : Optional.empty();
    }
  }

  /**
   * So many days after Easter Sunday of the Gregorian calendar.
   *
   * @param days negative before it: -3 is Maundy Thursday
   */
  record Easter(int days) implements DayRule {
    @Override
    public Optional<LocalDate> in(int year) {
      return Optional.of(sunday(year).plusDays(days));
    }

    /** Gauss' rule in the form of Meeus, Jones and Butcher, for every Gregorian year. */
    static LocalDate sunday(int year) {
      int moon = year % 19;
      int century = year / 100;
      int rest = year % 100;
      int correction = (century - (century + 8) / 25 + 1) / 3;
      int epact = (19 * moon + century - century / 4 - correction + 15) % 30;
      int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
      int late = (moon + 11 * epact + 22 * weekday) / 451;
      int day = epact + weekday - 7 * late + 114;
      return LocalDate.of(year, day / 31, day % 31 + 1);
    }
  }

  /** One date and no other. */
  record Once(LocalDate date) implements DayRule {
    @Override
    public Optional<LocalDate> in(int year) {
      return Year.from(date).getValue() == year ? Optional.of(date) : Optional.empty();
    }
  }
}
