package org.tequio.procedure.term;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Term;

/**
 * Counts one term on one calendar.
 *
 * <p>Days run from the day after the one as of which the event counts. Business days leave out
 * closed days; days of both kinds leave out suspensions by decree and pauses. A suspension counts
 * only where the term was still running on the day on which it was published, so they are taken up
 * one after another in the order of their publication.
 */
final class TermCount {
  /** Past any term: a calendar that closes for longer is wrong. */
  private static final int MOST_DAYS = 40_000;

  private final OfficeCalendar calendar;
  private final Running running;
  private final List<Suspension> suspensions = new ArrayList<>();
  private final Map<Integer, Map<LocalDate, Holiday>> holidays = new HashMap<>();
  private final LocalDate received;

  private TermCount(OfficeCalendar calendar, Running running) {
    this.calendar = calendar;
    this.running = running;
    this.received = calendar.receivedOn(running.event(), running.procedure());
  }

  static Due due(OfficeCalendar calendar, Running running) {
    TermCount count = new TermCount(calendar, running);
    if (running.term().unit() == Term.Unit.HOURS || running.term().amount() == 0) {
      return count.byTheClock();
    }
    End end = count.end();
    for (Suspension one : calendar.suspensions()) {
      if (one.isOf(running.procedure()) && !end.isBefore(one.published())) {
        count.suspensions.add(one);
        end = count.end();
      }
    }
    return count.account(end);
  }

  /** The last day, or how much is left where nobody can say it. */
  private record End(@Nullable LocalDate day, int left) {
    boolean isBefore(LocalDate other) {
      return day != null && day.isBefore(other);
    }
  }

  private End end() {
    int left = running.term().amount();
    LocalDate day = received;
    for (int days = 0; left > 0; days++) {
      day = day.plusDays(1);
      if (days > MOST_DAYS) {
        throw new IllegalArgumentException("a term that never ends on calendar " + calendar.id());
      }
      if (isPausedForGood(day)) {
        return new End(null, left);
      }
      left -= reason(day) == null ? 1 : 0;
    }
    return new End(extended(day), 0);
  }

  /** Where the last of calendar days is a closed one, the law may let the term go on. */
  private LocalDate extended(LocalDate last) {
    LocalDate day = last;
    if (running.term().unit() == Term.Unit.CALENDAR_DAYS
        && calendar.ends() == OfficeCalendar.Closed.NEXT_WORKING_DAY) {
      for (int days = 0; closed(day) != null || suspended(day) != null; days++) {
        if (days > MOST_DAYS) {
          throw new IllegalArgumentException("a term that never ends on " + calendar.id());
        }
        day = day.plusDays(1);
      }
    }
    return day;
  }

  /** Why a day does not count. */
  private record Reason(Due.Kind kind, LocalText text) {}

  private @Nullable Reason reason(LocalDate day) {
    Reason closed = running.term().unit() == Term.Unit.BUSINESS_DAYS ? closed(day) : null;
    if (closed != null) {
      return closed;
    }
    Reason suspended = suspended(day);
    return suspended == null ? paused(day) : suspended;
  }

  private @Nullable Reason closed(LocalDate day) {
    if (!calendar.weekdays().contains(day.getDayOfWeek())) {
      return new Reason(Due.Kind.CLOSED, TermTexts.NO_WORKDAY);
    }
    Holiday holiday = holidaysOf(day.getYear()).get(day);
    return holiday == null ? null : new Reason(Due.Kind.CLOSED, TermTexts.holiday(holiday));
  }

  private Map<LocalDate, Holiday> holidaysOf(int year) {
    return holidays.computeIfAbsent(
        year,
        wanted -> {
          Map<LocalDate, Holiday> days = new HashMap<>();
          for (Holiday holiday : calendar.holidays()) {
            holiday.in(wanted).ifPresent(day -> days.putIfAbsent(day, holiday));
          }
          return days;
        });
  }

  private @Nullable Reason suspended(LocalDate day) {
    for (Suspension one : suspensions) {
      if (one.holds(running.procedure(), day)) {
        return new Reason(Due.Kind.SUSPENDED, TermTexts.suspension(one));
      }
    }
    return null;
  }

  private @Nullable Reason paused(LocalDate day) {
    for (Pause pause : running.pauses()) {
      Instant until = pause.until();
      if (date(pause.from()).isBefore(day) && (until == null || !date(until).isBefore(day))) {
        return new Reason(Due.Kind.SUSPENDED, pause.reason());
      }
    }
    return null;
  }

  private boolean isPausedForGood(LocalDate day) {
    return running.pauses().stream()
        .anyMatch(pause -> pause.until() == null && date(pause.from()).isBefore(day));
  }

  private LocalDate date(Instant instant) {
    return instant.atZone(calendar.zone()).toLocalDate();
  }

  // ---- hours, and what is due at once

  private Due byTheClock() {
    Duration left = Duration.ofHours(running.term().amount());
    Instant at = running.event();
    List<Due.Step> steps = new ArrayList<>();
    LocalDate first = date(at);
    steps.add(
        new Due.Step(
            first, first, Due.Kind.RECEIVED, TermTexts.at(running.event(), calendar.zone())));
    List<Pause> pauses =
        running.pauses().stream().sorted(Comparator.comparing(Pause::from)).toList();
    for (Pause pause : running.term().amount() == 0 ? List.<Pause>of() : pauses) {
      Duration before = Duration.between(at, pause.from());
      if (before.compareTo(left) >= 0) {
        break;
      }
      Instant until = pause.until();
      if (!before.isNegative()) {
        left = left.minus(before);
        at = pause.from();
      }
      if (until == null) {
        steps.add(pausedStep(pause, date(at)));
        return new Due.Standing((int) Math.ceilDiv(left.toSeconds(), 3600), steps);
      }
      if (until.isAfter(at)) {
        at = until;
        steps.add(pausedStep(pause, date(until)));
      }
    }
    Instant end = at.plus(left);
    steps.add(
        new Due.Step(date(end), date(end), Due.Kind.LAST, TermTexts.end(end, calendar.zone())));
    return new Due.On(date(end), end, steps);
  }

  private Due.Step pausedStep(Pause pause, LocalDate to) {
    LocalDate from = date(pause.from());
    return new Due.Step(from, to, Due.Kind.SUSPENDED, TermTexts.skipped(from, to, pause.reason()));
  }

  // ---- the account

  private Due account(End end) {
    List<Due.Step> steps = new ArrayList<>();
    steps.add(
        new Due.Step(
            received,
            received,
            Due.Kind.RECEIVED,
            TermTexts.received(running.event(), received, calendar)));
    LocalDate last = end.day;
    Segments segments = new Segments(steps, running.term());
    int left = running.term().amount() - end.left;
    LocalDate day = received;
    while (left > 0) {
      day = day.plusDays(1);
      Reason reason = reason(day);
      segments.add(day, reason);
      left -= reason == null ? 1 : 0;
    }
    if (last == null) {
      LocalDate still = day.plusDays(1);
      for (; !isPausedForGood(still); still = still.plusDays(1)) {
        segments.add(still, reason(still));
      }
      segments.close();
      LocalText why =
          Optional.ofNullable(paused(still)).map(Reason::text).orElse(TermTexts.NO_WORKDAY);
      steps.add(
          new Due.Step(still, still, Due.Kind.SUSPENDED, TermTexts.standing(still, why, end.left)));
      return new Due.Standing(end.left, steps);
    }
    segments.close();
    if (last.isAfter(day)) {
      steps.add(new Due.Step(day, last, Due.Kind.EXTENDED, TermTexts.extended(day, last)));
    }
    steps.add(new Due.Step(last, last, Due.Kind.LAST, TermTexts.last(last)));
    return new Due.On(last, calendar.start(last.plusDays(1)), steps);
  }

  /** Brings consecutive days of one kind together. */
  private static final class Segments {
    private final List<Due.Step> steps;
    private final Term term;
    private @Nullable LocalDate from;
    private LocalDate to = LocalDate.MIN;
    private @Nullable Reason why;
    private int counted;
    private int before;

    Segments(List<Due.Step> steps, Term term) {
      this.steps = steps;
      this.term = term;
    }

    void add(LocalDate day, @Nullable Reason reason) {
      if (from != null && !java.util.Objects.equals(reason, why)) {
        close();
      }
      if (from == null) {
        from = day;
        why = reason;
        before = counted;
      }
      to = day;
      counted += reason == null ? 1 : 0;
    }

    void close() {
      LocalDate first = from;
      if (first == null) {
        return;
      }
      Reason reason = why;
      steps.add(
          reason == null
              ? new Due.Step(
                  first,
                  to,
                  Due.Kind.COUNTED,
                  TermTexts.counted(first, to, before + 1, counted, term))
              : new Due.Step(first, to, reason.kind, TermTexts.skipped(first, to, reason.text)));
      from = null;
    }
  }
}
