package org.tequio.procedure.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Offices and calendars as data. */
class OfficesFileTest {
  private static final Path PACKS = Path.of("../../packs");
  private final Offices offices = Calendars.mexico();

  private List<LocalDate> holidays(int year) {
    OfficeCalendar calendar = offices.getOffice("catastro").calendar();
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = LocalDate.of(year, 1, 1); day.getYear() == year; day = day.plusDays(1)) {
      if (calendar.findHoliday(day).isPresent()) {
        days.add(day);
      }
    }
    return days;
  }

  @Test
  void whatIsWrongIsNamedByItsPlace() throws IOException {
    String right = Files.readString(PACKS.resolve("mx/offices.yaml"));

    assertRefused(
        right.replace("calendar: cdmx", "calendar: lima"),
        "offices.yaml/offices/0/calendar: wanted one of [cdmx], got 'lima'");
    assertRefused(
        right.replace("weekday: monday", "weekday: lunes"),
        "offices.yaml/calendars/0/holidays/1/on/weekday: wanted one of monday, tuesday");
    assertRefused(right.replace("zone: America", "zone: Amerika"), "/calendars/0/zone");
    assertRefused(right.replace("opens: \"09:00\"", "opens: \"16:00\""), "never works");
    assertRefused(right.replace("day: 25}", "day: 32}"), "/holidays/7/on: ");
    assertRefused(right.replace("prefix: ALC", "prefix: DU"), "begin alike");
    assertRefused(right.replace("prefix: ALC", "prefx: ALC"), "there is no 'prefx' here");
    assertRefused("calendars: [", "offices.yaml: ");
  }

  private static void assertRefused(String yaml, String said) {
    assertThatThrownBy(() -> OfficesFile.read("offices.yaml", yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @Test
  void thePacksFileHasThePublishedForm() throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(PACKS.resolve("base/offices.schema.json")), InputFormat.JSON);

    assertThat(
            schema.validate(Files.readString(PACKS.resolve("mx/offices.yaml")), InputFormat.YAML))
        .isEmpty();
    assertThat(schema.validate("calendars: []\noffices: [{id: A}]", InputFormat.YAML)).isNotEmpty();
  }

  @Test
  void mexicosHolidaysFallWhereTheLawPutsThem() {
    assertThat(holidays(2026).stream().map(LocalDate::toString))
        .containsExactly(
            "2026-01-01",
            "2026-02-02",
            "2026-03-16",
            "2026-05-01",
            "2026-09-16",
            "2026-11-16",
            "2026-12-25");
    assertThat(holidays(2030)).contains(LocalDate.of(2030, 10, 1));
    assertThat(holidays(2018)).doesNotContain(LocalDate.of(2018, 10, 1));
  }

  @Test
  void easterMovesWithTheMoon() {
    DayRule friday = new DayRule.Easter(-2);

    assertThat(friday.in(2024)).contains(LocalDate.of(2024, 3, 29));
    assertThat(friday.in(2025)).contains(LocalDate.of(2025, 4, 18));
    assertThat(friday.in(2038)).contains(LocalDate.of(2038, 4, 23));
  }

  @Test
  void anOfficeIsFoundByTheNameThatItHadAndCarriesTheNewOne() {
    assertThat(offices.findByName("Sistema de Aguas").map(Office::name))
        .contains("Secretaría de Gestión Integral del Agua");
    assertThat(offices.findByName("Sistema de aguas")).isEmpty();
  }

  @Test
  void nothingIsShownAsConfirmedThatNobodyConfirmed() {
    assertThat(offices.list())
        .allSatisfy(
            office ->
                assertThat(office.calendar().holidays())
                    .allMatch(holiday -> !holiday.basis().confirmed()));
  }
}
