package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Period;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.LocalText;
import org.tequio.http.Caller;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.StaticSite;
import org.tequio.procedure.Basis;
import org.tequio.procedure.Retention;
import org.tequio.procedure.Retention.Part;
import org.tequio.procedure.term.OfProcedures;

/** How long Bruno's files are kept, and what is left of them. */
class RetentionTest {
  @TempDir private Path folder;
  private TrialOffice city;
  private String alicia;
  private String bruno;

  @BeforeEach
  void start() {
    city = TrialOffice.create(folder, "2026-03-02T10:00");
    alicia = city.person("alicia", TrialOffice.OFFICE);
    bruno = city.person("bruno");
  }

  @AfterEach
  void stop() {
    city.close();
  }

  private static List<OfProcedures<Retention>> rule(boolean confirmed, Part... keeps) {
    return List.of(
        new OfProcedures<>(
            new Retention(
                Period.ofYears(1),
                Period.ofYears(5),
                Set.of(keeps),
                LocalText.same("proof"),
                new Basis("archives act", null, null, confirmed)),
            Set.of()));
  }

  private Attachments.Attachment decided(String id) throws IOException {
    CaseFile draft = city.draft(id, "pr.negativa", bruno, "secret of Bruno");
    Attachments.Attachment plan =
        city.files.attachments().add(id, bruno, false, "plan.pdf", TrialOffice.text("%PDF-1.7 x"));
    CaseFile filed = city.desk().file(id, draft.version(), bruno);
    CaseFile taken = city.desk().assign(id, filed.version(), alicia, alicia);
    city.desk().decide(id, taken.version(), alicia, false, "secret reasons");
    return plan;
  }

  @Test
  void aRuleThatNobodyConfirmedErasesNothingAndOnlySaysWhatItWould() throws Exception {
    city.use(TrialOffice.retaining(rule(false)));
    decided("c1");
    city.clock.moveTo("2040-01-01T10:00");
    city.files.tick();

    assertThat(city.find("c1").state()).isInstanceOf(CaseState.Refused.class);
    assertThat(city.find("c1").inputs()).isNotEmpty();
    assertThat(listed("steward", "2040-01-01"))
        .contains(city.folio("c1"), "\"step\":\"archive\"", "\"on\":\"2027-03-02\"")
        .contains("\"confirmed\":false", "archives act")
        .doesNotContain(bruno, "secret");
  }

  @Test
  void aConfirmedRuleArchivesAndThenErasesEverythingThatTellsOfBruno() throws Exception {
    city.use(TrialOffice.retaining(rule(true)));
    Attachments.Attachment plan = decided("c1");
    city.clock.moveTo("2027-03-01T23:59");
    city.files.tick();
    assertThat(city.find("c1").state()).isInstanceOf(CaseState.Refused.class);

    city.clock.moveTo("2027-03-02T00:00");
    city.files.tick();
    assertThat(city.find("c1").state())
        .isInstanceOfSatisfying(
            CaseState.Archived.class,
            archived -> assertThat(archived.keepUntil()).isEqualTo("2031-03-02"));
    assertThat(listed("steward", "2031-03-02")).contains("\"step\":\"erase\"", "\"answers\"");

    city.clock.moveTo("2031-03-02T00:00");
    city.files.tick();
    city.clock.moveTo("2032-03-02T00:00");
    city.files.tick();

    CaseFile left = city.find("c1");
    assertThat(left.getFiling().folio()).isNotEmpty();
    assertThat(CaseJson.write(left)).doesNotContain(bruno, "secret");
    assertThat(city.desk().tables().history("c1").toString()).doesNotContain(bruno, "secret");
    assertThat(city.desk().tables().listOf(bruno, "", 9)).isEmpty();
    assertThatThrownBy(() -> city.store.blobs().open(plan.sha256()))
        .isInstanceOf(IOException.class);
    assertThat(city.audited()).filteredOn(line -> line.startsWith("case-erase")).hasSize(1);
    assertThat(listed("steward", "2040-01-01")).contains("\"items\":[]");
  }

  @Test
  void aRuleThatComesLaterHoldsForWhatHadEndedBefore() throws Exception {
    city.use(TrialOffice.withoutRetention());
    decided("c1");
    city.clock.moveTo("2029-01-01T10:00");
    city.use(TrialOffice.retaining(rule(true, Part.WORDS, Part.ACCOUNT)));

    assertThat(city.find("c1").state()).isInstanceOf(CaseState.Archived.class);
    city.clock.moveTo("2031-03-02T00:00");
    city.files.tick();
    assertThat(city.find("c1").inputs()).isEmpty();
    assertThat(CaseJson.write(city.find("c1"))).contains(bruno, "secret reasons");
  }

  @Test
  void whoAsksForAnErasureBeforeIsToldWhatIsKeptAndWhy() throws Exception {
    city.use(TrialOffice.retaining(rule(true)));
    decided("c1");
    city.draft("c2", "pr.negativa", bruno, "draft");
    var holder = city.files.personalData();

    List<String> kept = holder.keeps(bruno);
    city.store
        .database()
        .write(
            connection -> {
              holder.erase(connection, bruno);
              return true;
            });

    assertThat(kept).singleElement().asString().contains("1 case files", "proof", "archives act");
    assertThat(city.find("c1").inputs()).isNotEmpty();
    assertThat(city.desk().tables().find("c2")).isEmpty();
  }

  @Test
  void nobodyButTheStewardLooksAtWhatWouldGo() throws Exception {
    assertThat(listed("alicia", "2040-01-01")).contains("forbidden");
    assertThat(listed("nobody", "2040-01-01")).contains("sign-in-first");
  }

  private String listed(String who, String until) throws IOException, InterruptedException {
    Caller steward =
        new Caller("s", "s", List.of(new Caller.Holding("steward", TrialOffice.OFFICE)), null);
    Caller officer =
        new Caller(
            alicia, "alicia", List.of(new Caller.Holding("officer", TrialOffice.OFFICE)), null);
    try (HttpServer server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, null),
            city.files.endpoints(city.identity.permissions()),
            StaticSite.NONE,
            request ->
                switch (who) {
                  case "steward" -> steward;
                  case "alicia" -> officer;
                  default -> Caller.ANYONE;
                })) {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:"
                              + server.port()
                              + "/api/case-retention?office="
                              + TrialOffice.OFFICE
                              + "&until="
                              + until))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
