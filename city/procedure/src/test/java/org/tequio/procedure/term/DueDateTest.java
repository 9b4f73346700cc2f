package org.tequio.procedure.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.procedure.term.Calendars.MEXICO;
import static org.tequio.procedure.term.Calendars.at;
import static org.tequio.procedure.term.Calendars.suspension;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Term;
import org.tequio.procedure.Term.Unit;

/** Terms on calendars that fit on one's fingers. */
class DueDateTest {
  private static final Term FIVE = new Term(5, Unit.BUSINESS_DAYS);
  private final OfficeCalendar office = Calendars.of(MEXICO, LocalDate.parse("2025-09-16"));

  private static LocalDate day(OfficeCalendar calendar, Running running) {
    return ((Due.On) calendar.due(running)).day();
  }

  private LocalDate day(Term term, String filed, Pause... pauses) {
    return day(office, new Running("permiso", term, at(filed), List.of(pauses)));
  }

  private static Pause pause(String from, String until) {
    return new Pause(at(from), at(until), LocalText.same("prevención"));
  }

  @Test
  void daysRunFromTheDayAfterTheFilingAndLeaveOutTheWeekend() {
    assertThat(day(FIVE, "2025-09-03T10:00")).isEqualTo("2025-09-10");
  }

  @Test
  void aFilingOverAWeekendAHolidayAndASuspensionSkipsAllThree() {
    OfficeCalendar closed = office.with(suspension("2025-09-18", "2025-09-19", "2025-09-17"));

    Due due = closed.due(Running.of("permiso", FIVE, at("2025-09-12T10:00")));

    // Monday 15, Wednesday 17, Monday 22, Tuesday 23, Wednesday 24.
    assertThat(((Due.On) due).day()).isEqualTo("2025-09-24");
    assertThat(due.steps())
        .extracting(step -> step.kind() + " " + step.from() + " " + step.to())
        .containsExactly(
            "RECEIVED 2025-09-12 2025-09-12",
            "CLOSED 2025-09-13 2025-09-14",
            "COUNTED 2025-09-15 2025-09-15",
            "CLOSED 2025-09-16 2025-09-16",
            "COUNTED 2025-09-17 2025-09-17",
            "SUSPENDED 2025-09-18 2025-09-19",
            "CLOSED 2025-09-20 2025-09-21",
            "COUNTED 2025-09-22 2025-09-24",
            "LAST 2025-09-24 2025-09-24");
    assertThat(due.steps().get(5).text().es())
        .isEqualTo(
            "no cuenta: jueves 18 de septiembre de 2025 a viernes 19 de septiembre de 2025:"
                + " contingencia (Gaceta 1, miércoles 17 de septiembre de 2025)");
    assertThat(due.steps().get(7).text().en())
        .isEqualTo("business days 3–5: Monday 22 September 2025 to Wednesday 24 September 2025");
  }

  @Test
  void aFilingAfterClosingCountsOnTheNextWorkingDayAndOneBeforeOpeningOnItsOwn() {
    assertThat(day(FIVE, "2025-09-05T15:00")).isEqualTo("2025-09-15");
    assertThat(day(FIVE, "2025-09-05T14:59")).isEqualTo("2025-09-12");
    assertThat(day(FIVE, "2025-09-05T00:00")).isEqualTo("2025-09-12");
    assertThat(day(FIVE, "2025-09-06T11:00")).isEqualTo("2025-09-15");
  }

  @Test
  void theOfficesMidnightDecidesOnWhichDayItWas() {
    Instant lateInMexico = Instant.parse("2025-09-04T05:30:00Z");
    OfficeCalendar lima = Calendars.of(ZoneId.of("America/Lima"));

    // 23:30 of the 3rd in Mexico City, 00:30 of the 4th in Lima.
    assertThat(office.receivedOn(lateInMexico, "permiso")).isEqualTo("2025-09-04");
    assertThat(day(lima, Running.of("permiso", FIVE, lateInMexico))).isEqualTo("2025-09-11");
    assertThat(day(office, Running.of("permiso", FIVE, lateInMexico))).isEqualTo("2025-09-11");
  }

  @Test
  void aTermRunsOutWhenItsLastDayEndsAlsoWhereThatDayHasNoMidnight() {
    // Santiago's clocks went from 24:00 of 6 September 2025 to 01:00 of the 7th.
    OfficeCalendar santiago = Calendars.of(ZoneId.of("America/Santiago"));
    Instant filed = Instant.parse("2025-09-03T14:00:00Z");

    Due.On due =
        (Due.On) santiago.due(Running.of("permiso", new Term(2, Unit.BUSINESS_DAYS), filed));
    Due.On weekend = (Due.On) due(santiago, new Term(3, Unit.CALENDAR_DAYS), filed);

    assertThat(due.until()).isEqualTo("2025-09-06T04:00:00Z");
    assertThat(weekend.day()).as("extended to Monday").isEqualTo("2025-09-08");
    assertThat(weekend.until()).isEqualTo("2025-09-09T03:00:00Z");
  }

  private static Due due(OfficeCalendar calendar, Term term, Instant filed) {
    return calendar.due(Running.of("permiso", term, filed));
  }

  @Test
  void calendarDaysCountTheWeekendButDoNotEndInIt() {
    assertThat(day(new Term(2, Unit.CALENDAR_DAYS), "2025-09-03T10:00")).isEqualTo("2025-09-05");
    assertThat(day(new Term(3, Unit.CALENDAR_DAYS), "2025-09-03T10:00")).isEqualTo("2025-09-08");
    assertThat(day(new Term(13, Unit.CALENDAR_DAYS), "2025-09-03T10:00")).isEqualTo("2025-09-17");
  }

  @Test
  void hoursRunByTheClockAndStandStillInAPause() {
    Term hours = new Term(72, Unit.HOURS);
    Running running =
        new Running(
            "reporte",
            hours,
            at("2025-09-05T18:30"),
            List.of(pause("2025-09-06T00:30", "2025-09-06T02:30")));

    assertThat(office.due(running).end()).contains(at("2025-09-08T20:30"));
  }

  @Test
  void whatIsDueAtOnceIsDueWhenItHappens() {
    assertThat(due(office, Term.IMMEDIATE, at("2025-09-06T11:00")).end())
        .contains(at("2025-09-06T11:00"));
  }

  @Test
  void aPauseTakesTheDaysAfterItsBeginningUpToItsEnd() {
    // Counts: Thursday 4 and Friday 5, on which it begins; then Thursday 11, Friday 12, Monday 15.
    assertThat(day(FIVE, "2025-09-03T10:00", pause("2025-09-05T12:00", "2025-09-10T09:30")))
        .isEqualTo("2025-09-15");
    assertThat(day(FIVE, "2025-09-03T10:00", pause("2025-09-05T09:00", "2025-09-05T13:00")))
        .isEqualTo("2025-09-10");
  }

  @Test
  void whileAPauseLastsNobodySaysADate() {
    Pause open = new Pause(at("2025-09-05T12:00"), null, LocalText.same("prevención"));
    Due due = office.due(new Running("permiso", FIVE, at("2025-09-03T10:00"), List.of(open)));

    assertThat(due).isInstanceOf(Due.Standing.class);
    assertThat(due.end()).isEmpty();
    assertThat(((Due.Standing) due).left()).isEqualTo(3);
    assertThat(due.steps().getLast().text().en())
        .isEqualTo("the term stands still since Saturday 6 September 2025: prevención; left: 3");
  }

  @Test
  void aSuspensionPublishedLaterMovesWhatRunsAndNotWhatHasEnded() {
    LocalDate was = day(FIVE, "2025-09-03T10:00");
    OfficeCalendar onTheLastDay = office.with(suspension("2025-09-08", "2025-09-09", "2025-09-10"));
    OfficeCalendar theDayAfter = office.with(suspension("2025-09-08", "2025-09-09", "2025-09-11"));
    Running running = Running.of("permiso", FIVE, at("2025-09-03T10:00"));

    assertThat(was).isEqualTo("2025-09-10");
    assertThat(day(onTheLastDay, running)).isEqualTo("2025-09-12");
    assertThat(day(theDayAfter, running)).isEqualTo(was);
  }

  @Test
  void oneSuspensionCanKeepATermRunningUntilTheNextIsPublished() {
    OfficeCalendar twice =
        office
            .with(suspension("2025-09-15", "2025-09-19", "2025-09-12"))
            .with(suspension("2025-09-09", "2025-09-10", "2025-09-09"));

    assertThat(day(twice, Running.of("permiso", FIVE, at("2025-09-03T10:00"))))
        .isEqualTo("2025-09-12");
    assertThat(
            day(
                twice,
                Running.of("permiso", new Term(6, Unit.BUSINESS_DAYS), at("2025-09-03T10:00"))))
        .isEqualTo("2025-09-22");
  }

  @Test
  void aSuspensionOfOneProcedureLeavesTheOthersAlone() {
    OfficeCalendar one = office.with(suspension("2025-09-08", "2025-09-08", "2025-09-01", "obra"));

    assertThat(day(one, Running.of("permiso", FIVE, at("2025-09-03T10:00"))))
        .isEqualTo("2025-09-10");
    assertThat(day(one, Running.of("obra", FIVE, at("2025-09-03T10:00")))).isEqualTo("2025-09-11");
  }

  @Test
  void theEndOfTheYearAndALeapDayAreDaysLikeOthers() {
    assertThat(day(FIVE, "2027-12-29T10:00")).isEqualTo("2028-01-05");
    assertThat(day(FIVE, "2028-02-24T10:00")).isEqualTo("2028-03-02");
    assertThat(day(new Term(1, Unit.CALENDAR_DAYS), "2028-02-28T10:00")).isEqualTo("2028-02-29");
  }

  @Test
  void anOfficeThatNeverOpensAgainIsRefusedAndNotCountedForEver() {
    OfficeCalendar closed = office.with(suspension("2025-09-01", "2525-09-01", "2025-08-01"));

    assertThatThrownBy(() -> due(closed, FIVE, at("2025-08-29T10:00")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never ends");
  }
}
