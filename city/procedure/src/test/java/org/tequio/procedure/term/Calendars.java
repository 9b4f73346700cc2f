package org.tequio.procedure.term;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Basis;

/** Calendars that tests make by hand. */
final class Calendars {
  static final ZoneId MEXICO = ZoneId.of("America/Mexico_City");
  static final Basis BASIS = new Basis("a law", null, null, false);
  static final Set<DayOfWeek> WEEK =
      Set.of(
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY);

  private Calendars() {}

  static OfficeCalendar of(ZoneId zone, LocalDate... holidays) {
    List<Holiday> all = new ArrayList<>();
    for (LocalDate day : holidays) {
      all.add(new Holiday(LocalText.same("fiesta"), new DayRule.Once(day), null, null, BASIS));
    }
    return new OfficeCalendar(
        "hand-made",
        zone,
        new TreeSet<>(WEEK),
        LocalTime.of(9, 0),
        LocalTime.of(15, 0),
        OfficeCalendar.Closed.NEXT_WORKING_DAY,
        OfficeCalendar.Closed.NEXT_WORKING_DAY,
        all,
        List.of(),
        BASIS);
  }

  static Suspension suspension(String from, String to, String published, String... procedures) {
    return new Suspension(
        LocalDate.parse(from),
        LocalDate.parse(to),
        LocalText.same("contingencia"),
        "Gaceta 1",
        LocalDate.parse(published),
        Set.of(procedures));
  }

  static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(MEXICO).toInstant();
  }

  /** Mexico's offices as the pack has them. */
  static Offices mexico() {
    try {
      return OfficesFile.read(
          "offices.yaml",
          java.nio.file.Files.readString(java.nio.file.Path.of("../../packs/mx/offices.yaml")));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
