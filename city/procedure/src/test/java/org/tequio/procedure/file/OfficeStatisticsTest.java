package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Caller;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.StaticSite;
import org.tequio.procedure.term.Due;
import org.tequio.storage.Sql;

/** How punctual Alicia's office is, and what anybody may know of it. */
class OfficeStatisticsTest {
  @TempDir private Path folder;
  private TrialOffice city;
  private HttpServer server;
  private String alicia;
  private String bruno;

  @BeforeEach
  void start() {
    city = TrialOffice.create(folder, "2026-03-02T10:00");
    alicia = city.person("alicia", TrialOffice.OFFICE);
    bruno = city.person("bruno");
    Caller officer =
        new Caller(
            alicia, "alicia", List.of(new Caller.Holding("officer", TrialOffice.OFFICE)), null);
    server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, null),
            city.files.endpoints(city.identity.permissions()),
            StaticSite.NONE,
            request -> request.getHeader("As") == null ? Caller.ANYONE : officer);
  }

  @AfterEach
  void stop() {
    server.close();
    city.close();
  }

  private String get(String path, String... headers) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void decide(String id) {
    CaseFile taken = city.taken(id, "pr.negativa", bruno, alicia);
    city.desk().decide(id, taken.version(), alicia, true, "fits");
  }

  @Test
  void ofFewFilesNoNumberIsToldAndOfTheApplicantNothingEver()
      throws IOException, InterruptedException {
    for (int i = 0; i < 4; i++) {
      decide("file" + i);
    }

    String few = get("/api/office-statistics");

    assertThat(few).contains("\"few\":true").contains("\"ended\":null").doesNotContain(bruno);
    assertThat(get("/api/office-statistics?f=csv"))
        .endsWith("desarrollo_urbano,pr.negativa,2026-03,true,,,,,\r\n");
  }

  @Test
  void whatFellSilentIsLateAndWhatTheApplicantTookBackIsNotCounted()
      throws IOException, InterruptedException {
    for (int i = 0; i < 5; i++) {
      decide("file" + i);
    }
    CaseFile back = city.filed("back", "pr.negativa", bruno);
    city.desk().withdraw("back", back.version(), bruno);
    city.filed("silent", "pr.negativa", bruno);
    city.clock.moveTo("2026-03-30T10:00");
    city.files.tick();

    // After a negative silence the office still resolves, and is no less late.
    CaseFile silent = city.find("silent");
    assertThat(silent.state()).isInstanceOf(CaseState.FellSilent.class);
    city.desk().decide("silent", silent.version(), alicia, true, "late");

    assertThat(get("/api/office-statistics?from=2026-03&to=2026-03"))
        .contains("\"ended\":6,\"inTime\":5,\"late\":1,\"untimed\":0");
    assertThat(get("/api/office-statistics?from=2026-04")).contains("\"items\":[]");
  }

  @Test
  void whatIsCountedStepByStepIsWhatThereIs() {
    decide("decided");
    city.filed("filed", "pr.negativa", bruno);
    CaseFile back = city.filed("back", "pr.negativa", bruno);
    city.desk().withdraw("back", back.version(), bruno);
    city.draft("draft", "pr.negativa", bruno, "unfiled");
    city.taken("silent", "pr.negativa", bruno, alicia);
    city.clock.moveTo("2026-03-30T10:00");
    city.files.tick();

    var told = city.desk().tables().count(TrialOffice.OFFICE);
    city.store
        .database()
        .write(
            connection -> {
              Sql.update(connection, "DELETE FROM procedure_tally");
              return Sql.update(connection, OfficeStatistics.COUNT);
            });

    assertThat(told).isEqualTo(city.desk().tables().count(TrialOffice.OFFICE)).isNotEmpty();
    assertThat(told).containsEntry("granted", 1L).containsEntry("fell-silent", 2L);
  }

  @Test
  void onlyTheOfficeSeesWhatLiesBeforeItsOfficers() throws IOException, InterruptedException {
    city.taken("mine", "pr.negativa", bruno, alicia);
    city.filed("nobodys", "pr.negativa", bruno);
    String path = "/api/inbox-workload?office=" + TrialOffice.OFFICE;

    assertThat(get(path)).contains("sign-in-first");
    assertThat(get("/api/inbox-workload?office=agua", "As", "alicia")).contains("not-found");
    assertThat(get(path, "As", "alicia"))
        .contains("\"name\":\"alicia\",\"open\":1,\"late\":0")
        .contains("\"officer\":null,\"name\":null,\"open\":1,\"late\":0");
  }

  @Test
  void aFileIsLateFromTheVeryMomentInWhichItsTermRunsOut()
      throws IOException, InterruptedException {
    CaseFile mine = city.taken("mine", "pr.afirmativa", bruno, alicia);
    Instant end = city.desk().due(mine).flatMap(Due::end).orElseThrow();
    String path = "/api/inbox-workload?office=" + TrialOffice.OFFICE;

    city.clock.moveTo(end.minusMillis(1));
    String before = get(path, "As", "alicia");
    city.clock.moveTo(end);
    String then = get(path, "As", "alicia");
    city.clock.moveTo(end.plus(Duration.ofDays(3)));
    String later = get(path, "As", "alicia");

    assertThat(before).contains("\"open\":1,\"late\":0");
    assertThat(then).contains("\"open\":1,\"late\":1");
    assertThat(later).contains("\"open\":1,\"late\":1");
  }
}
