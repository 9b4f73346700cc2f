package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.StaticSite;
import org.tequio.procedure.term.Office;
import org.tequio.procedure.term.OfficeText;
import org.tequio.procedure.term.OfficesFile;

/**
 * Alicia and Gloria share an office: notes, texts, and who stands in for whom. Wanda works
 * elsewhere, Bruno files.
 */
class OfficeWorkTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Map<String, Caller> PEOPLE = new LinkedHashMap<>();
  private static final Path PACKS = Path.of("../../packs");
  private static final String OF_OFFICE = "?office=" + TrialOffice.OFFICE;

  @TempDir static Path folder;
  private static TrialOffice city;
  private static HttpServer server;

  @BeforeAll
  static void start() {
    city = TrialOffice.create(folder, "2025-09-12T10:00");
    for (String name : List.of("alicia", "gloria", "ines", "wanda", "bruno")) {
      String[] offices =
          switch (name) {
            case "wanda" -> new String[] {"agua"};
            case "bruno" -> new String[0];
            default -> new String[] {TrialOffice.OFFICE};
          };
      String account = city.person(name, offices);
      PEOPLE.put(
          name,
          new Caller(
              account,
              name,
              java.util.Arrays.stream(offices)
                  .map(one -> new Caller.Holding("officer", one))
                  .toList(),
              null));
    }
    server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, null),
            city.files.endpoints(city.identity.permissions()),
            StaticSite.NONE,
            request -> PEOPLE.getOrDefault(String.valueOf(request.getHeader("As")), Caller.ANYONE));
  }

  @AfterAll
  static void stop() {
    server.close();
    city.close();
  }

  private static HttpResponse<String> send(String who, String method, String path, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("As", who)
            .header("Accept-Language", "en")
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String get(String who, String path) throws IOException, InterruptedException {
    return send(who, "GET", path, "").body();
  }

  private static String account(String name) {
    return String.valueOf(PEOPLE.getOrDefault(name, Caller.ANYONE).account());
  }

  private static CaseFile taken(String id, String officer) {
    return city.taken(id, "pr.negativa", account("bruno"), account(officer));
  }

  // ---- notes

  @Test
  void aNoteStaysInsideTheOffice() throws IOException, InterruptedException {
    CaseFile file = taken("noted", "alicia");
    city.desk().ask("noted", file.version(), account("alicia"), "agua", "¿hay agua?", false);
    String note = "{\"text\": \"llamar al vecino antes de resolver\"}";

    assertThat(send("bruno", "POST", "/api/inbox/noted/note", note).statusCode()).isEqualTo(403);
    assertThat(send("wanda", "POST", "/api/inbox/noted/note", note).statusCode()).isEqualTo(404);
    assertThat(send("gloria", "POST", "/api/inbox/noted/note", note).statusCode()).isEqualTo(204);

    assertThat(get("alicia", "/api/inbox/noted/history")).contains("llamar al vecino");
    assertThat(get("wanda", "/api/inbox/noted/history")).doesNotContain("vecino", "\"note\",");
    assertThat(get("bruno", "/api/cases/noted/history"))
        .doesNotContain("vecino", "\"verb\":\"note\"");
    assertThat(city.files.personalData().heldAbout(account("bruno")).toString())
        .contains("notes=1")
        .doesNotContain("vecino");
    assertThat(city.audited()).anyMatch(line -> line.startsWith("case-note"));
  }

  @Test
  void whoeverHasTheFileOpenMaySaveAfterAColleaguesNote() throws Exception {
    CaseFile file = taken("open", "alicia");
    send("gloria", "POST", "/api/inbox/open/note", "{\"text\": \"ojo\"}");

    city.desk().decide("open", file.version(), account("alicia"), true, "cumple");

    assertThat(city.find("open").state()).isInstanceOf(CaseState.Granted.class);
  }

  // ---- absence

  private static HttpResponse<String> absent(
      String who, String officer, String standIn, String from, String until) throws Exception {
    return send(
        who,
        "POST",
        "/api/office-absences",
        """
        {"office": "%s", "officer": "%s", "standIn": "%s", "from": "%s", "until": "%s"}"""
            .formatted(TrialOffice.OFFICE, account(officer), account(standIn), from, until));
  }

  @Test
  void theStandInHasTheFilesOnTheDaysOfTheAbsenceAndEachStepSaysForWhom() throws Exception {
    CaseFile file = taken("away", "gloria");
    assertThat(absent("alicia", "gloria", "alicia", "2025-09-17", "2025-09-18").statusCode())
        .isEqualTo(201);
    String mine = "/api/inbox" + OF_OFFICE + "&limit=200&officer=" + account("alicia");

    city.clock.moveTo("2025-09-16T23:59");
    assertThat(get("alicia", mine)).doesNotContain("\"away\"");
    // in Greenwich it is tomorrow already
    assertThat(get("alicia", "/api/office-absences" + OF_OFFICE))
        .contains("\"today\":\"2025-09-16\"");
    city.clock.moveTo("2025-09-17T00:00");
    assertThat(get("alicia", mine)).contains("\"away\"");
    CaseFile asked =
        city.desk()
            .visit("away", file.version(), account("alicia"), "todo bien", null, null, List.of());
    city.clock.moveTo("2025-09-19T00:00");
    assertThat(get("alicia", mine)).doesNotContain("\"away\"");
    city.desk()
        .visit("away", asked.version(), account("alicia"), "otra vez", null, null, List.of());

    assertThat(city.desk().tables().history("away"))
        .filteredOn(step -> step.verb() == Verb.VISIT)
        .extracting(CaseStep::behalf)
        .containsExactly(account("gloria"), null);
    assertThat(city.audited()).anyMatch(line -> line.endsWith(", for " + account("gloria")));
    city.clock.moveTo("2025-09-12T10:00");
  }

  @Test
  void anAbsenceIsRefusedTwiceInCirclesForStrangersAndBackwards() throws Exception {
    assertThat(absent("ines", "ines", "gloria", "2026-02-02", "2026-02-06").statusCode())
        .isEqualTo(201);

    assertThat(absent("ines", "ines", "alicia", "2026-02-06", "2026-02-09").body())
        .contains("absent-already");
    assertThat(absent("alicia", "gloria", "ines", "2026-02-03", "2026-02-04").body())
        .contains("absence-circle");
    assertThat(absent("ines", "ines", "ines", "2026-03-02", "2026-03-03").body())
        .contains("absence-circle");
    assertThat(absent("alicia", "alicia", "wanda", "2026-03-02", "2026-03-03").statusCode())
        .isEqualTo(400);
    assertThat(absent("alicia", "alicia", "ines", "2026-03-02", "2026-03-01").statusCode())
        .isEqualTo(400);
    assertThat(absent("wanda", "alicia", "ines", "2026-03-02", "2026-03-03").statusCode())
        .isEqualTo(404);
    assertThat(get("wanda", "/api/office-absences" + OF_OFFICE)).contains("not-found");
  }

  @Test
  void whereTheStandInIsAbsentTooTheirStandInActsAndAnEndedAbsenceIsOver() throws Exception {
    absent("alicia", "alicia", "gloria", "2026-04-06", "2026-04-10");
    HttpResponse<String> second = absent("gloria", "gloria", "ines", "2026-04-07", "2026-04-08");
    taken("chain", "alicia");
    String mine = "/api/inbox" + OF_OFFICE + "&limit=200&officer=" + account("ines");

    city.clock.moveTo("2026-04-07T09:00");
    String both = get("ines", mine);
    String number = second.body().replaceAll(".*\"number\":([0-9]+).*", "$1");
    assertThat(send("gloria", "POST", "/api/office-absences/" + number + "/end", "").statusCode())
        .isEqualTo(204);
    String after = get("ines", mine);
    city.clock.moveTo("2025-09-12T10:00");

    assertThat(both).contains("\"chain\"");
    assertThat(after).doesNotContain("\"chain\"");
  }

  // ---- texts

  private static HttpResponse<String> save(String who, long version, String texts)
      throws IOException, InterruptedException {
    return send(who, "PUT", "/api/office-templates/plans", body(version, "Plans", texts, false));
  }

  private static String body(long version, String title, String texts, boolean retired) {
    return """
    {"office": "%s", "version": %d, "act": "prevent", "title": "%s", "texts": %s, "retired": %s}"""
        .formatted(TrialOffice.OFFICE, version, title, texts, retired);
  }

  @Test
  void anOfficeBeginsWithTheTextsOfItsPackAndMakesThemItsOwn() throws Exception {
    String list = "/api/office-templates" + OF_OFFICE;
    String brought = "faltan-documentos-" + TrialOffice.OFFICE;
    assertThat(get("ines", list)).contains("\"id\":\"" + brought + "\",\"version\":0");
    assertThat(get("ines", "/api/office-templates/" + brought + "/versions")).contains("not-found");

    String own = body(0, "Faltan planos", "{\"es\": \"Falta el plano de {folio}\"}", false);
    assertThat(send("alicia", "PUT", "/api/office-templates/" + brought, own).statusCode())
        .isEqualTo(200);
    assertThat(get("ines", list))
        .containsOnlyOnce(brought)
        .contains("Falta el plano de {folio}", "\"version\":1");

    String retired = body(1, "Faltan planos", "{\"es\": \"Falta\"}", true);
    assertThat(send("alicia", "PUT", "/api/office-templates/" + brought, retired).statusCode())
        .isEqualTo(200);
    assertThat(get("ines", list)).doesNotContain(brought).contains("\"version\":0");
    assertThat(get("wanda", "/api/office-templates?office=agua"))
        .contains("faltan-documentos-agua");
  }

  @Test
  void theTextsOfEveryPackHaveNoBlankThatNobodyFills() throws IOException {
    for (String pack : List.of("mx", "br", "pe")) {
      for (Office office :
          OfficesFile.read("offices.yaml", Files.readString(PACKS.resolve(pack + "/offices.yaml")))
              .list()) {
        assertThat(office.texts()).as(pack).isNotEmpty();
        for (OfficeText text : office.texts()) {
          for (Language language : Language.values()) {
            assertThat(Blanks.unknown(text.text().in(language))).as(text.id()).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void aTextIsKeptInVersionsAndFilledInTheApplicantsLanguage() throws Exception {
    assertThat(save("alicia", 0, "{\"es\": \"Falta {firma}\"}").body()).contains("{firma}");
    assertThat(save("wanda", 0, "{\"es\": \"Falta\"}").statusCode()).isEqualTo(404);
    assertThat(save("alicia", 0, "{\"es\": \"Falta\", \"en\": \"Missing\"}").statusCode())
        .isEqualTo(200);
    assertThat(save("gloria", 0, "{\"es\": \"Otra\"}").body()).contains("template-changed");
    String text = "Estimada {applicant}: {folio}, {procedure}, en {cure}. {today} {officer}";
    assertThat(save("gloria", 1, "{\"es\": \"%s\"}".formatted(text)).body())
        .contains("\"version\":2");
    assertThat(get("ines", "/api/office-templates" + OF_OFFICE)).contains(text, "gloria");
    assertThat(get("ines", "/api/office-templates/plans/versions")).contains("Falta", "Estimada");
    assertThat(get("wanda", "/api/office-templates/plans/versions")).contains("not-found");

    taken("texts", "alicia");
    String filled =
        send(
                "alicia",
                "POST",
                "/api/inbox/texts/fill",
                "{\"texts\": {\"en\": \"Dear\", \"es\": \"%s\"}}".formatted(text))
            .body();

    assertThat(filled)
        .contains("Estimada bruno: " + city.folio("texts") + ", Permiso, en 5 días hábiles.")
        .contains("de septiembre de 2025 alicia", "\"missing\":[]", "\"language\":\"es\"");
  }

  @Test
  void anotherOfficeThatWasAskedDoesNotLearnWhoseFileItIs() throws Exception {
    CaseFile file = taken("asked", "alicia");
    city.desk().ask("asked", file.version(), account("alicia"), "agua", "¿hay agua?", false);

    assertThat(
            send(
                    "wanda",
                    "POST",
                    "/api/inbox/asked/fill",
                    "{\"texts\": {\"es\": \"De {applicant}\"}}")
                .body())
        .contains("De {applicant}", "\"missing\":[\"applicant\"]")
        .doesNotContain("bruno");
  }
}
