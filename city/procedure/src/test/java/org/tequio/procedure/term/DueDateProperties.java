package org.tequio.procedure.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Term;

/**
 * Any calendar, any term, any pauses: the due date is the one that somebody finds who goes through
 * the days one by one with a list of the closed ones in their hand.
 */
class DueDateProperties {
  private static final LocalDate BEGIN = LocalDate.of(2023, 11, 20);
  private static final List<String> ZONES =
      List.of("America/Mexico_City", "America/Tijuana", "America/Sao_Paulo", "America/Santiago");

  /** What one try is about, as plain as can be. */
  record Try(
      ZoneId zone,
      Set<DayOfWeek> weekdays,
      Set<LocalDate> holidays,
      List<Suspension> suspensions,
      List<Pause> pauses,
      LocalDate filed,
      LocalTime time,
      int amount,
      boolean business) {}

  @Provide
  Arbitrary<Try> tries() {
    Arbitrary<LocalDate> days = Arbitraries.integers().between(0, 500).map(BEGIN::plusDays);
    Arbitrary<Suspension> suspensions =
        Combinators.combine(
                days,
                Arbitraries.integers().between(0, 20),
                Arbitraries.integers().between(-30, 30))
            .as(
                (from, length, published) ->
                    new Suspension(
                        from,
                        from.plusDays(length),
                        LocalText.same("decreto"),
                        "Gaceta",
                        from.plusDays(published),
                        Set.of()));
    Arbitrary<Pause> pauses =
        Combinators.combine(
                days, Arbitraries.integers().between(0, 23), Arbitraries.integers().between(0, 400))
            .as(
                (from, hour, hours) -> {
                  Instant begin = from.atTime(hour, 15).atZone(ZoneId.of("UTC")).toInstant();
                  return new Pause(
                      begin, begin.plusSeconds(hours * 3600L), LocalText.same("opinión"));
                });
    return Combinators.combine(
            Arbitraries.of(ZONES).map(ZoneId::of),
            Arbitraries.of(DayOfWeek.class).set().ofMinSize(1),
            days.set().ofMaxSize(60),
            suspensions.list().ofMaxSize(4),
            pauses.list().ofMaxSize(3),
            Arbitraries.integers().between(0, 200).map(BEGIN::plusDays),
            Arbitraries.integers().between(0, 24 * 60 - 1).map(m -> LocalTime.MIN.plusMinutes(m)),
            Arbitraries.integers().between(1, 60))
        .as(
            (zone, week, holidays, suspended, paused, filed, time, amount) ->
                new Try(
                    zone,
                    week,
                    holidays,
                    suspended,
                    paused,
                    filed,
                    time,
                    amount,
                    (filed.getDayOfYear() + amount) % 2 == 0));
  }

  private static OfficeCalendar calendar(Try it) {
    OfficeCalendar calendar =
        Calendars.of(it.zone, new TreeSet<>(it.holidays).toArray(LocalDate[]::new));
    return new OfficeCalendar(
        "any",
        it.zone,
        it.weekdays,
        calendar.opens(),
        calendar.closes(),
        OfficeCalendar.Closed.NEXT_WORKING_DAY,
        OfficeCalendar.Closed.NEXT_WORKING_DAY,
        calendar.holidays(),
        it.suspensions,
        calendar.basis());
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void theDueDateIsTheOneFoundByGoingThroughTheDays(@ForAll("tries") Try it) {
    Instant event = it.filed.atTime(it.time).atZone(it.zone).toInstant();
    Term term =
        new Term(it.amount, it.business ? Term.Unit.BUSINESS_DAYS : Term.Unit.CALENDAR_DAYS);

    Due due = calendar(it).due(new Running("x", term, event, it.pauses));

    assertThat(due).isInstanceOf(Due.On.class);
    assertThat(((Due.On) due).day()).isEqualTo(byHand(it, event));
    assertEveryDayIsAccountedForOnce(due, it);
  }

  @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
  void aLongerTermNeverEndsSooner(@ForAll("tries") Try it) {
    Instant event = it.filed.atTime(it.time).atZone(it.zone).toInstant();
    OfficeCalendar calendar = calendar(it);
    LocalDate before = LocalDate.MIN;
    for (int amount = 1; amount <= 20; amount++) {
      Term term = new Term(amount, Term.Unit.BUSINESS_DAYS);
      Due.On due = (Due.On) calendar.due(new Running("x", term, event, List.of()));
      assertThat(due.day()).isAfter(before);
      before = due.day();
    }
  }

  private static void assertEveryDayIsAccountedForOnce(Due due, Try it) {
    LocalDate next = due.steps().getFirst().to().plusDays(1);
    int counted = 0;
    for (Due.Step step : due.steps().subList(1, due.steps().size())) {
      if (step.kind() == Due.Kind.LAST || step.kind() == Due.Kind.EXTENDED) {
        continue;
      }
      assertThat(step.from()).isEqualTo(next);
      next = step.to().plusDays(1);
      if (step.kind() == Due.Kind.COUNTED) {
        counted += (int) (step.to().toEpochDay() - step.from().toEpochDay()) + 1;
      }
    }
    assertThat(counted).isEqualTo(it.amount);
  }

  // ---- somebody with a list, who shares no line with what is tested

  private static LocalDate byHand(Try it, Instant event) {
    List<Suspension> inOrder = new ArrayList<>(it.suspensions);
    inOrder.sort(
        (a, b) ->
            a.published().equals(b.published())
                ? a.from().compareTo(b.from())
                : a.published().compareTo(b.published()));
    LocalDate received = receivedByHand(it, event);
    Set<LocalDate> standing = new HashSet<>();
    LocalDate last = lastByHand(it, received, standing);
    for (Suspension one : inOrder) {
      if (last.toEpochDay() >= one.published().toEpochDay()) {
        for (LocalDate day = one.from(); !day.isAfter(one.to()); day = day.plusDays(1)) {
          standing.add(day);
        }
        last = lastByHand(it, received, standing);
      }
    }
    return last;
  }

  private static LocalDate receivedByHand(Try it, Instant event) {
    LocalDate day = event.atZone(it.zone).toLocalDate();
    boolean late = event.atZone(it.zone).getHour() >= 15;
    while (late || isShut(it, day)) {
      day = day.plusDays(1);
      late = false;
    }
    return day;
  }

  private static boolean isShut(Try it, LocalDate day) {
    boolean decreed = false;
    for (Suspension one : it.suspensions) {
      boolean known = one.published().toEpochDay() <= day.toEpochDay();
      decreed |= known && day.compareTo(one.from()) >= 0 && day.compareTo(one.to()) <= 0;
    }
    return decreed || !it.weekdays.contains(day.getDayOfWeek()) || it.holidays.contains(day);
  }

  private static LocalDate lastByHand(Try it, LocalDate received, Set<LocalDate> standing) {
    LocalDate day = received;
    int counted = 0;
    while (counted < it.amount) {
      day = day.plusDays(1);
      boolean counts = !standing.contains(day);
      if (it.business) {
        counts &= it.weekdays.contains(day.getDayOfWeek()) && !it.holidays.contains(day);
      }
      for (Pause pause : it.pauses) {
        LocalDate from = pause.from().atZone(it.zone).toLocalDate();
        LocalDate until =
            java.util.Objects.requireNonNull(pause.until()).atZone(it.zone).toLocalDate();
        if (day.toEpochDay() > from.toEpochDay() && day.toEpochDay() <= until.toEpochDay()) {
          counts = false;
        }
      }
      if (counts) {
        counted++;
      }
    }
    while (!it.business
        && (standing.contains(day)
            || !it.weekdays.contains(day.getDayOfWeek())
            || it.holidays.contains(day))) {
      day = day.plusDays(1);
    }
    return day;
  }
}
