package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Language;
import org.tequio.procedure.LonLat;

/** What becomes of a pothole between the office that says it is filled and Bruno who looks. */
class ServiceDeskTest {
  @TempDir private Path folder;

  private static ServiceReport pothole(String account, double lon, double lat, String words) {
    return new ServiceReport(
        account,
        "sr.bache",
        Map.of(
            "place",
            Map.of("type", "Point", "coordinates", List.of(lon, lat)),
            "description",
            words),
        "",
        "",
        "",
        Map.of("phone", "555"),
        List.of(),
        false);
  }

  private static CaseFile reported(TrialOffice city, String account) {
    try {
      return city.files.services().report(pothole(account, -99.1, 19.4, "deep")).file();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static CaseFile fulfilled(TrialOffice city, CaseFile file, String officer) {
    CaseFile taken = city.desk().assign(file.id(), file.version(), officer, officer);
    return city.desk().decide(file.id(), taken.version(), officer, true, "filled");
  }

  @Test
  void nobodyObjectsToWhatIsNotSaidToBeDoneNorAfterTheTimeTo() {
    try (TrialOffice city = TrialOffice.create(folder, "2026-03-10T10:00")) {
      String bruno = city.person("bruno");
      String alicia = city.person("alicia", TrialOffice.OFFICE);
      CaseFile file = reported(city, bruno);
      assertThatThrownBy(() -> city.files.services().confirm(file.id(), bruno))
          .isInstanceOf(CaseRefused.class);
      fulfilled(city, file, alicia);

      city.clock.moveTo("2026-03-13T10:00");

      assertThatThrownBy(() -> city.files.services().reopen(file.id(), bruno, "no"))
          .isInstanceOf(CaseRefused.class);
      assertThat(city.find(file.id()).state()).isInstanceOf(CaseState.Granted.class);
    }
  }

  @Test
  void theClockClosesAfterSeventyTwoHoursAlsoWhereTheServerWasDown() {
    try (TrialOffice city = TrialOffice.create(folder, "2026-03-10T10:00")) {
      String alicia = city.person("alicia", TrialOffice.OFFICE);
      CaseFile file = reported(city, city.person("bruno"));
      fulfilled(city, file, alicia);
      city.clock.moveTo("2026-03-13T09:59");
      city.files.tick();
      assertThat(city.find(file.id()).state()).isInstanceOf(CaseState.Fulfilled.class);

      city.clock.moveTo("2026-04-20T03:00");
      city.files.tick();

      assertThat(city.find(file.id()).state())
          .isEqualTo(new CaseState.Granted(TrialOffice.at("2026-03-13T10:00"), alicia, "filled"));
      assertThat(city.desk().tables().history(file.id()).getLast().actor())
          .isEqualTo(CaseStep.CLOCK);
    }
  }

  @Test
  void whatIsReopenedGoesBackToTheOfficerAndCanBeDoneAgain() {
    try (TrialOffice city = TrialOffice.create(folder, "2026-03-10T10:00")) {
      String bruno = city.person("bruno");
      String alicia = city.person("alicia", TrialOffice.OFFICE);
      CaseFile file = reported(city, bruno);
      fulfilled(city, file, alicia);

      CaseFile back = city.files.services().reopen(file.id(), bruno, "still there");
      city.desk().decide(file.id(), back.version(), alicia, true, "filled again");
      CaseFile done = city.files.services().confirm(file.id(), bruno);

      assertThat(back.state()).isEqualTo(new CaseState.UnderReview(alicia));
      assertThat(done.state()).isInstanceOf(CaseState.Granted.class);
      // it is done, people read, and not granted
      assertThat(CaseView.json(done, Optional.empty(), false, Language.ES).report()).isTrue();
    }
  }

  @Test
  void aReportFiledAsACaseIsOnTheMapToo() {
    try (TrialOffice city = TrialOffice.create(folder, "2026-03-10T10:00")) {
      String bruno = city.person("bruno");
      Map<String, Object> inputs = pothole(bruno, -99.2, 19.5, "wide").inputs();
      CaseFile draft = city.desk().save("mine", 0, bruno, "sr.bache", inputs);
      city.desk().file("mine", draft.version(), bruno);

      assertThat(city.files.services().requests().near("sr.bache", new LonLat(-99.2, 19.5), 1, 9))
          .extracting(one -> one.file().id())
          .containsExactly("mine");
    }
  }

  @Test
  void contactsAreForgottenNinetyDaysAfterTheEndAndWithTheAccount() {
    try (TrialOffice city = TrialOffice.create(folder, "2026-03-10T10:00")) {
      String bruno = city.person("bruno");
      String alicia = city.person("alicia", TrialOffice.OFFICE);
      CaseFile file = reported(city, bruno);
      fulfilled(city, file, alicia);
      city.files.services().confirm(file.id(), bruno);
      RequestTables requests = city.files.services().requests();

      city.clock.moveTo("2026-06-07T10:00");
      city.files.services().forgetContacts();
      assertThat(requests.reports(file.id()).getFirst().contact()).containsEntry("phone", "555");
      city.clock.moveTo("2026-06-09T10:00");
      city.files.services().forgetContacts();
      assertThat(requests.reports(file.id()).getFirst().contact()).isEmpty();

      CaseFile other = reported(city, bruno);
      assertThat(city.files.personalData().heldAbout(bruno).toString()).contains("555");
      city.store
          .database()
          .write(
              connection -> {
                city.files.personalData().erase(connection, bruno);
                return true;
              });
      assertThat(requests.reports(other.id()).toString()).doesNotContain("555", bruno);
    }
  }
}
