package org.tequio.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Progress;
import org.tequio.http.Endpoint;
import tools.jackson.databind.JsonNode;

class PrivacyTest {
  private static final String REASON = "?reason=answering%20her%20call";

  @TempDir Path temporary;
  private PeopledCity city;

  @BeforeEach
  void open() throws IOException {
    city = new PeopledCity(temporary);
  }

  @AfterEach
  void close() {
    city.close();
  }

  // ---- who may

  @Test
  void nobodyPassesWithoutAnAccountAndNoNeighborPassesWithOne() throws Exception {
    for (Endpoint endpoint : city.endpoints) {
      String path =
          endpoint
              .path()
              .replace("{layer}", "reportes")
              .replace("{feature}", "1")
              .replace("{request}", "1");
      String body = endpoint.takes() == null ? null : "{}";
      String what = endpoint.method() + " " + path;
      assertThat(city.send(null, endpoint.method(), path, body).statusCode())
          .as(what)
          .isEqualTo(401);
      assertThat(city.send("bruno", endpoint.method(), path, body).statusCode())
          .as(what)
          .isEqualTo(403);
    }
  }

  @Test
  void theStewardOfAnotherDepartmentIsNotToldThatItExists() throws Exception {
    String path = "/api/privacy/layers/reportes/features/8";
    assertThat(city.send("olga", "GET", path + REASON, null).statusCode()).isEqualTo(404);
    assertThat(city.send("simon", "GET", path, null).statusCode()).isEqualTo(200);
    assertThat(city.audit()).doesNotContain("read personal data");
  }

  // ---- looking

  @Test
  void withoutAReasonPersonalFieldsStayClosed() throws Exception {
    JsonNode seen = city.get("simon", "/api/privacy/layers/reportes/features/" + dolores());
    assertThat(seen.get("fields").findValuesAsString("name"))
        .contains("asunto")
        .doesNotContain("telefono");
    assertThat(seen.get("withheld").asInt()).isEqualTo(2);
    assertThat(seen.toString()).doesNotContain("Olmedo");
    assertThat(city.get("alicia", "/api/privacy/accesses?actor=simon").get("items").size())
        .isZero();
  }

  @Test
  void eachLookIsNotedWithoutWhatWasSeen() throws Exception {
    long feature = dolores();
    JsonNode seen = city.get("simon", "/api/privacy/layers/reportes/features/" + feature + REASON);
    assertThat(seen.toString()).contains("Olmedo", "555-765-4321");
    JsonNode look = city.get("alicia", "/api/privacy/accesses").get("items").get(0);
    assertThat(look.get("actor").asString()).isEqualTo("simon");
    assertThat(look.get("fields").toString()).contains("nombre_solicitante", "telefono");
    assertThat(look.get("reason").asString()).isEqualTo("answering her call");
    assertThat(city.audit())
        .contains("simon", "read personal data", "reportes: nombre_solicitante, telefono of 1")
        .doesNotContain("Olmedo", "765-4321");
    assertThat(city.store.audit().findBreak()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"555 765 4321", "(555) 765-4321", "OLMEDO PATINO, dolores"})
  void aPersonIsFoundHoweverTheIdentifierIsWritten(String text) throws Exception {
    JsonNode found = search(text);
    assertThat(found.get("items").size()).isPositive();
    assertThat(found.toString()).contains("Olmedo");
    assertThat(city.audit()).doesNotContain(text);
  }

  @Test
  void pastStatesAreSearchedToo() throws Exception {
    JsonNode old = search("555-123-4567").get("items");
    assertThat(old.size()).isEqualTo(1);
    assertThat(old.get(0).get("revision").isNull()).isFalse();
    assertThat(search("555-999-9999").get("items").size()).isZero();
    assertThat(search("Dolores").get("items").size()).isZero();
  }

  @Test
  void aShortIdentifierOrNoReasonIsRefused() throws Exception {
    assertThat(post("alicia", "/api/privacy/search", "{'text':'Ana','reason':'whatever'}"))
        .isEqualTo(400);
    assertThat(post("alicia", "/api/privacy/search", "{'text':'555-765-4321','reason':' '}"))
        .isEqualTo(400);
  }

  @Test
  void theClassesOfAllFieldsAreListed() throws Exception {
    JsonNode layer = city.get("alicia", "/api/privacy/classes").get("items").get(0);
    assertThat(layer.get("aboutPeople").asBoolean()).isTrue();
    assertThat(layer.get("fields").findValuesAsString("dataClass"))
        .contains("public", "internal", "personal");
  }

  // ---- the desk

  @Test
  void aRequestIsDueWhenTheLawSays() throws Exception {
    JsonNode opened = open("access", "2026-03-02");
    assertThat(opened.get("country").asString()).isEqualTo("MX");
    // Twenty working days after a Monday.
    assertThat(opened.get("due").asString()).isEqualTo("2026-03-30T23:59:00Z");
    assertThat(opened.get("confirmed").asBoolean()).isFalse();
    assertThat(opened.get("overdue").asBoolean()).isFalse();
    city.clock.advance(Duration.ofDays(40));
    assertThat(
            city.get("alicia", "/api/privacy/requests")
                .get("items")
                .get(0)
                .get("overdue")
                .asBoolean())
        .isTrue();
    assertThat(
            city.as(
                    "alicia",
                    "POST",
                    "/api/privacy/requests",
                    json(
                        "{'kind':'cancellation','received':'2026-03-06T12:00:00Z','country':'PE','subject':{'name':'','identifiers':['555-765-4321']}}"))
                .get("due")
                .asString())
        .isEqualTo("2026-03-20T23:59:00Z");
  }

  @Test
  void thePersonGetsEverythingAsAZip() throws Exception {
    open("access", "2026-03-02");
    JsonNode job = city.as("alicia", "POST", "/api/privacy/requests/1/export", null).get("job");
    JsonNode done = job;
    for (int i = 0; i < 200 && !done.get("state").asString().equals("done"); i++) {
      Thread.sleep(50);
      done = city.get("alicia", "/api/jobs/" + job.get("id").asString());
    }
    var reply = city.send("alicia", "GET", done.get("result").get("href").asString(), null);
    Map<String, String> files = unzip(reply.body());
    assertThat(files).containsOnlyKeys("data.html", "data.json");
    assertThat(files.get("data.html")).contains("Olmedo", "555-765-4321", "555-123-4567");
    assertThat(files.get("data.json")).contains("Bache 7");
    assertThat(city.send("simon", "GET", "/api/privacy/requests/1/export.zip", null).statusCode())
        .isEqualTo(403);
  }

  @Test
  void nothingIsErasedBeforeItWasBlocked() throws Exception {
    open("cancellation", "2026-03-02");
    assertThat(post("alicia", "/api/privacy/requests/1/erase", null)).isEqualTo(409);
    open("access", "2026-03-02");
    assertThat(post("alicia", "/api/privacy/requests/2/block", null)).isEqualTo(409);
    assertThat(search("555-765-4321").get("items").size()).isPositive();
  }

  @Test
  void whatIsBlockedIsSeenByTheDeskOnly() throws Exception {
    long feature = dolores();
    open("cancellation", "2026-03-02");
    JsonNode blocked = city.as("alicia", "POST", "/api/privacy/requests/1/block", null);
    assertThat(blocked.get("state").asString()).isEqualTo("blocked");
    String path = "/api/privacy/layers/reportes/features/" + feature + REASON;
    assertThat(city.get("simon", path).get("blocked").asBoolean()).isTrue();
    assertThat(city.get("simon", path).toString()).doesNotContain("Olmedo");
    assertThat(city.get("alicia", path).toString()).contains("Olmedo");
  }

  @Test
  void whatIsErasedIsNowhereAnyMore() throws Exception {
    open("cancellation", "2026-03-02");
    city.as("alicia", "POST", "/api/privacy/requests/1/block", null);
    assertThat(city.everyByte()).contains("Olmedo");

    JsonNode erased = city.as("alicia", "POST", "/api/privacy/requests/1/erase", null);

    assertThat(erased.get("state").asString()).isEqualTo("erased");
    assertThat(erased.get("subject").get("name").asString()).isEmpty();
    assertThat(erased.get("log").toString()).contains("every past state", "backups");
    assertThat(city.everyByte()).doesNotContain("Olmedo", "765-4321", "123-4567");
    assertThat(city.afterErasure()).isEqualTo(1);
    // Everybody else is still there, and the folder is whole.
    assertThat(search("555-000-0008").get("items").size()).isPositive();
    assertThat(city.store.features().findLayer(PeopledCity.REPORTS).orElseThrow().count())
        .isEqualTo(40);
    assertThat(city.store.verify(Progress.NONE)).isEmpty();
    assertThat(post("alicia", "/api/privacy/requests/1/export", null)).isEqualTo(409);
    city.as("alicia", "POST", "/api/privacy/requests/1/answer", json("{'text':'Hecho.'}"));
  }

  // ---- how long

  @Test
  void theClockBlocksFirstAndErasesLater() throws Exception {
    rule("P1Y");
    long due =
        city.get("alicia", "/api/privacy/retention").get("items").get(0).get("dueCount").asLong();
    assertThat(due).isPositive().isLessThan(40);

    city.privacy.chores().getFirst().work().run();
    assertThat(named()).isEqualTo(40);
    city.clock.advance(Duration.ofDays(29));
    city.privacy.chores().getFirst().work().run();
    assertThat(named()).isEqualTo(40);
    city.clock.advance(Duration.ofDays(2));
    city.privacy.chores().getFirst().work().run();

    assertThat(named()).isEqualTo(40 - due);
    assertThat(city.audit()).contains("retention", "features are due");
  }

  @Test
  void aLongerRuleSavesWhatWasBlocked() throws Exception {
    rule("P1Y");
    city.privacy.chores().getFirst().work().run();
    rule("P10Y");
    city.clock.advance(Duration.ofDays(31));
    city.privacy.chores().getFirst().work().run();
    assertThat(named()).isEqualTo(40);
  }

  @Test
  void aRuleForAFieldThatDoesNotExistIsRefused() throws Exception {
    String rule = json("{'rule':{'period':'P1Y','from':'nada','then':'block'}}");
    assertThat(city.send("alicia", "PUT", "/api/privacy/retention/reportes", rule).statusCode())
        .isEqualTo(400);
  }

  // ---- when it went wrong

  @Test
  void aBreachReportSaysWhoSawWhatAndWhatTheLawAsks() throws Exception {
    city.get("simon", "/api/privacy/layers/reportes/features/" + dolores() + REASON);
    city.get("simon", "/api/privacy/layers/reportes/features/3" + REASON);
    JsonNode report =
        city.as(
            "alicia",
            "POST",
            "/api/privacy/breach",
            json(
                "{'from':'2026-03-01T00:00:00Z','to':'2026-03-03T00:00:00Z','actor':'simon','layer':null,'country':'BR'}"));
    assertThat(report.get("accesses").asInt()).isEqualTo(2);
    assertThat(report.get("people").asInt()).isEqualTo(2);
    assertThat(report.get("fields").findValuesAsString("name")).contains("telefono");
    // Three working days after a Monday.
    assertThat(report.get("laws").get(0).get("due").asString()).isEqualTo("2026-03-05T23:59:00Z");
    assertThat(report.get("notification").asString())
        .contains("reportes (")
        .doesNotContain("Olmedo");
  }

  // ---- words

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private int post(String who, String path, @org.jspecify.annotations.Nullable String body)
      throws Exception {
    return city.send(who, "POST", path, body == null ? null : json(body)).statusCode();
  }

  private JsonNode search(String text) throws Exception {
    return city.as(
        "alicia",
        "POST",
        "/api/privacy/search",
        json("{'text':'" + text + "','reason':'a request of hers'}"));
  }

  private JsonNode open(String right, String received) throws Exception {
    return city.as(
        "alicia",
        "POST",
        "/api/privacy/requests",
        json(
            "{'kind':'"
                + right
                + "','received':'"
                + received
                + "T12:00:00Z','country':null,'subject':{'name':'"
                + PeopledCity.DOLORES
                + "','identifiers':['555-765-4321','555-123-4567']}}"));
  }

  private void rule(String period) throws Exception {
    city.as(
        "alicia",
        "PUT",
        "/api/privacy/retention/reportes",
        json("{'rule':{'period':'" + period + "','from':'fecha','then':'erase'}}"));
  }

  private long dolores() throws Exception {
    return search("555-765-4321")
        .get("items")
        .valueStream()
        .filter(item -> item.get("revision").isNull())
        .findFirst()
        .orElseThrow()
        .get("feature")
        .asLong();
  }

  private long named() {
    long[] named = new long[1];
    var layer = city.catalogue.catalogue().findLayer(PeopledCity.REPORTS).orElseThrow();
    int name = layer.schema().indexOf("nombre_solicitante");
    city.store
        .features()
        .scan(
            PeopledCity.REPORTS,
            org.tequio.storage.FeatureQuery.ALL,
            row -> {
              named[0] += row.value(name) == null ? 0 : 1;
              return true;
            });
    return named[0];
  }

  private static Map<String, String> unzip(byte[] bytes) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  @Test
  void theDataFileOfLawsIsWhole() {
    assertThat(org.tequio.privacy.law.Laws.standard().list())
        .extracting(org.tequio.privacy.law.Laws.Law::country)
        .containsExactlyElementsOf(List.of("MX", "BR", "PE"));
  }
}
