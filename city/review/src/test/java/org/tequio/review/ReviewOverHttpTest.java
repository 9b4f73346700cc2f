package org.tequio.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.DataClass;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.Guard;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Jobs;
import org.tequio.http.StaticSite;
import org.tequio.review.upload.Uploads;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alicia keeps the cadastre's layers, Oscar those of public works; Gloria reviews. */
class ReviewOverHttpTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BOWTIE =
      "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[-99.1,19.41],"
          + "[-99.0998,19.4102],[-99.0998,19.41],[-99.1,19.4102],[-99.1,19.41]]]},"
          + "\"properties\":{\"clave\":\"P900000\",\"uso\":\"H\",\"niveles\":1}}";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Map<String, Caller> PEOPLE =
      Map.of(
          "alicia", person("alicia", "steward", "catastro"),
          "oscar", person("oscar", "steward", "obras"),
          "gloria", person("gloria", "gis-admin", null),
          "bruno", new Caller("bruno", "Bruno", List.of(), null));

  private final Map<String, Caller> people = new ConcurrentHashMap<>();

  @TempDir Path folder;
  private TrialReview city;
  private Jobs jobs;
  private HttpServer server;

  private static Caller person(String name, String role, @Nullable String organisation) {
    return new Caller(name, name, List.of(new Caller.Holding(role, organisation)), null);
  }

  @BeforeEach
  void start() throws IOException {
    city = TrialReview.create(folder);
    city.publish(TrialReview.cadastre(300, true));
    jobs = new Jobs(city.identity.permissions(), Clock.systemUTC());
    List<Endpoint> endpoints = new ArrayList<>(city.module.endpoints(jobs));
    endpoints.addAll(jobs.endpoints());
    people.putAll(PEOPLE);
    Guard guard = request -> people.getOrDefault(request.getHeader("Who"), Caller.ANYONE);
    server = HttpServer.start(HttpConfig.local(0), endpoints, StaticSite.NONE, guard);
  }

  @AfterEach
  void stop() {
    server.close();
    jobs.close();
    city.close();
  }

  private record Answer(int status, JsonNode body, HttpResponse<String> raw) {}

  private Answer ask(String who, String method, String path, byte @Nullable [] body, String type) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
              .method(
                  method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
              .header("Who", who);
      if (body != null) {
        request.header("Content-Type", type);
      }
      HttpResponse<String> raw = CLIENT.send(request.build(), BodyHandlers.ofString());
      String text = raw.body().isEmpty() ? "null" : raw.body();
      return new Answer(raw.statusCode(), JSON.readTree(text), raw);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer get(String who, String path) {
    return ask(who, "GET", path, null, "");
  }

  private Answer post(String who, String path, Object body) {
    return ask(who, "POST", path, JSON.writeValueAsBytes(body), "application/json");
  }

  private Answer put(String who, String path, byte[] body) {
    return ask(who, "PUT", path, body, "application/octet-stream");
  }

  private String upload(String who, String name, byte[] bytes) {
    String id =
        post(who, "/api/uploads", Map.of("name", name, "bytes", bytes.length))
            .body
            .get("id")
            .asString();
    int half = bytes.length / 2;
    byte[] first = java.util.Arrays.copyOf(bytes, half);
    byte[] rest = java.util.Arrays.copyOfRange(bytes, half, bytes.length);
    assertThat(put(who, "/api/uploads/" + id + "?offset=0", first).status).isEqualTo(200);
    assertThat(put(who, "/api/uploads/" + id + "?offset=" + half, rest).status).isEqualTo(200);
    return id;
  }

  private byte[] version(Map<String, String> parcels) throws IOException {
    return Files.readAllBytes(city.file("version.geojson", parcels));
  }

  private JsonNode handIn(Map<String, String> parcels) throws Exception {
    String upload = upload("alicia", "entrega.geojson", version(parcels));
    Answer accepted =
        post(
            "alicia",
            "/api/submissions",
            Map.of("layer", "predios", "department", "catastro", "upload", upload));
    return finished(accepted);
  }

  /** A submission as it stands when its check has ended. */
  private JsonNode finished(Answer accepted) throws Exception {
    assertThat(accepted.status).isEqualTo(202);
    String job = "/api/jobs/" + accepted.body.get("job").get("id").asString();
    String state = "queued";
    while (state.equals("queued") || state.equals("running")) {
      Thread.sleep(20);
      state = get("alicia", job).body.get("state").asString();
    }
    String id = accepted.body.get("submission").get("id").asString();
    return get("alicia", "/api/submissions/" + id).body;
  }

  private static Map<String, String> changed() {
    Map<String, String> parcels = new HashMap<>(TrialReview.cadastre(300, true));
    parcels.put("P000007", TrialReview.parcel(7, 2, 9, true));
    parcels.remove("P000008");
    return parcels;
  }

  @Test
  void aVersionGoesFromTheBrowserToTheMapAndBack() throws Exception {
    String before = city.hash();

    JsonNode draft = handIn(changed());
    assertThat(draft.get("state").asString()).isEqualTo("draft");
    assertThat(draft.get("layers").get(0).get("summary").get("both").asInt()).isEqualTo(1);
    assertThat(draft.get("may").toString()).contains("submit").doesNotContain("approve");
    String path = "/api/submissions/" + draft.get("id").asString();

    JsonNode diff = get("alicia", path + "/diff?kind=both").body;
    JsonNode change = diff.get("items").get(0);
    assertThat(change.get("movedMeters").asDouble()).isBetween(1.8, 2.2);
    assertThat(change.get("fields").get(0).get("name").asString()).isEqualTo("niveles");
    JsonNode map = get("alicia", path + "/diff.geojson").body;
    assertThat(map.get("features").size()).isEqualTo(3);
    assertThat(get("alicia", path + "/diff.geojson?bbox=0,0,1,1").body.get("features").size())
        .isZero();

    assertThat(post("alicia", path + "/submit", Map.of()).body.get("state").asString())
        .isEqualTo("in-review");
    assertThat(post("alicia", path + "/approve", Map.of()).status).isEqualTo(403);
    Answer published = post("gloria", path + "/approve", Map.of("note", "bien"));
    assertThat(published.body.get("state").asString()).isEqualTo("published");
    assertThat(get("alicia", path + "/comments").body.get("items").size()).isEqualTo(1);
    long revision = published.body.get("revision").asLong();
    assertThat(city.hash()).isNotEqualTo(before);

    JsonNode past = get("gloria", "/api/revisions/" + revision + "/diff").body;
    assertThat(past.get("summary").get("removed").asInt()).isEqualTo(1);
    assertThat(get("gloria", "/api/revisions").body.get("items").get(0).get("undoable").asBoolean())
        .isTrue();
    String feature = change.get("n").asString();
    JsonNode history = get("nobody", "/api/layers/predios/features/" + feature + "/history").body;
    assertThat(history.get("items").size()).isEqualTo(2);
    assertThat(history.toString()).doesNotContain("curp");

    assertThat(post("alicia", "/api/revisions/" + revision + "/undo", Map.of()).status)
        .isEqualTo(403);
    assertThat(post("gloria", "/api/revisions/" + revision + "/undo", Map.of()).status)
        .isEqualTo(201);
    assertThat(city.hash()).isEqualTo(before);
  }

  @Test
  void aRevisionNamesThePersonAndAnUndoIsReadInOnesLanguage() throws Exception {
    city.publish(changed());
    Caller.Holding admin = new Caller.Holding("gis-admin", null);
    String account =
        city.identity
            .invite("Graça Reis", "graca@tequio.org", Language.PT, List.of(admin), "admin")
            .id();
    people.put("graca", new Caller(account, "Graça Reis", List.of(admin), null));

    post("graca", "/api/revisions/2/undo", Map.of("note", "era outra entrega"));

    JsonNode items = get("gloria", "/api/revisions?lang=en").body.get("items");
    assertThat(items.get(0).get("author").asString()).isEqualTo("Graça Reis");
    assertThat(items.get(0).get("message").asString())
        .isEqualTo("undo of revision 2: era outra entrega");
    assertThat(items.get(1).get("author").asString()).isEqualTo("alicia");
    assertThat(
            get("gloria", "/api/revisions?lang=es")
                .body
                .get("items")
                .get(0)
                .get("message")
                .asString())
        .isEqualTo("Se deshizo la revisión 2: era outra entrega");
  }

  @Test
  void findingsSayWhatWasDoneAndWhereAndQuoteNoClosedField() throws Exception {
    Map<String, String> parcels = changed();
    parcels.put("bowtie", BOWTIE);
    parcels.put("again", TrialReview.parcel(9, 700, 1, true));
    String id = handIn(parcels).get("id").asString();

    JsonNode findings = get("alicia", "/api/submissions/" + id + "/findings").body.get("findings");

    JsonNode knot = finding(findings, "geometry-self-intersection");
    assertThat(knot.get("action").asString()).isNotBlank();
    assertThat(knot.get("examples").get(0).get("lon").asDouble()).isBetween(-99.2, -99.0);
    assertThat(knot.get("examples").get(0).get("row").asLong()).isPositive();
    JsonNode key = finding(findings, "key-not-unique");
    assertThat(key.get("examples").get(0).get("text").asString()).contains("P000009");
    JsonNode personal = finding(findings, "personal-data");
    assertThat(personal.get("action").asString()).isNotBlank();
    assertThat(findings.toString()).doesNotContain("GOPA");
  }

  private static JsonNode finding(JsonNode findings, String code) {
    for (JsonNode each : findings) {
      if (each.get("code").asString().equals(code)) {
        return each;
      }
    }
    throw new AssertionError(code + " is not among " + findings);
  }

  @Test
  void whoIsNotOfTheDepartmentFindsNothing() throws Exception {
    String path = "/api/submissions/" + handIn(changed()).get("id").asString();
    String upload = upload("alicia", "a.geojson", new byte[] {1, 2, 3, 4});

    for (String each : List.of("", "/diff", "/diff.geojson", "/findings", "/comments")) {
      assertThat(get("oscar", path + each).status).as(each).isEqualTo(404);
      assertThat(get("bruno", path + each).status).as(each).isEqualTo(403);
      assertThat(get("nobody", path + each).status).as(each).isEqualTo(401);
    }
    assertThat(post("oscar", path + "/withdraw", Map.of()).status).isEqualTo(404);
    assertThat(get("oscar", "/api/uploads/" + upload).status).isEqualTo(404);
    assertThat(put("oscar", "/api/uploads/" + upload + "?offset=4", new byte[1]).status)
        .isEqualTo(404);
    assertThat(get("oscar", "/api/submissions").body.get("items").size()).isZero();
    assertThat(get("gloria", "/api/submissions").body.get("items").size()).isEqualTo(1);
    assertThat(
            post(
                    "oscar",
                    "/api/submissions",
                    Map.of("layer", "predios", "department", "obras", "upload", upload))
                .status)
        .isEqualTo(404);
  }

  @Test
  void thePastOfAnInternalLayerIsItsDepartmentsAndTheReviewersOnly() throws Exception {
    city.publish(changed());
    String diff = "/api/revisions/2/diff?layer=predios";
    assertThat(get("oscar", diff).status).isEqualTo(200);

    say(LayerSettings.EMPTY.withAccess(Access.INTERNAL));

    for (String path : List.of(diff, "/api/revisions/2/diff", "/api/revisions?layer=predios")) {
      assertThat(get("oscar", path).status).as(path).isEqualTo(404);
      assertThat(get("alicia", path).status).as(path).isEqualTo(200);
      assertThat(get("gloria", path).status).as(path).isEqualTo(200);
    }
    assertThat(get("oscar", "/api/revisions").body.get("items").size()).isZero();
    assertThat(get("alicia", "/api/revisions").body.get("items").size()).isEqualTo(2);
  }

  @Test
  void whatAStewardClosedStaysClosedInEveryComparisonOfThePast() throws Exception {
    city.publish(changed());
    say(
        LayerSettings.EMPTY.withFields(
            List.of(new FieldSettings("uso", null, null, DataClass.PERSONAL, null))));
    Map<String, String> parcels = changed();
    parcels.put("P000010", TrialReview.parcel(10, 0, 7, true));
    parcels.replaceAll((key, parcel) -> parcel.replaceAll("\"uso\":\"[A-Z]+\",", ""));
    String path = "/api/submissions/" + handIn(parcels).get("id").asString();

    for (String each :
        List.of(
            path + "/diff",
            "/api/revisions/2/diff",
            "/api/layers/predios/diff?from=1&to=2",
            "/api/layers/predios/features/8/history")) {
      Answer answer = get("gloria", each);
      assertThat(answer.status).as(each).isEqualTo(200);
      assertThat(answer.body.toString()).as(each).contains("niveles");
      assertThat(answer.body.toString()).as(each).doesNotContain("\"uso\":\"", "GOPA");
    }
  }

  @Test
  void aLayerThatWasWithdrawnIsAsClosedAsItWas() throws Exception {
    say(
        LayerSettings.EMPTY.withFields(
            List.of(new FieldSettings("uso", null, null, DataClass.PERSONAL, null))));
    assertThat(post("gloria", "/api/revisions/1/undo", Map.of()).status).isEqualTo(201);
    String past = "/api/revisions/1/diff?layer=predios";

    assertThat(get("oscar", past).status).isEqualTo(404);
    String seen = get("gloria", past).body.toString();
    assertThat(seen).contains("niveles").doesNotContain("\"uso\":\"", "GOPA");
  }

  private void say(LayerSettings settings) {
    var stewardship = city.catalogue.stewardship();
    stewardship.save(
        TrialReview.PARCELS, settings, stewardship.version(TrialReview.PARCELS), "alicia");
  }

  @Test
  void aPageThatIsCalledAPictureBecomesNothingThatAnybodyCouldOpen() throws Exception {
    for (String name : List.of("foto.png", "plano.svg", "mapa.jpg")) {
      byte[] page =
          "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>x</script></svg>"
              .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      String upload = upload("alicia", name, page);
      Answer kept = get("alicia", "/api/uploads/" + upload);
      assertThat(kept.raw.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(kept.raw.body()).doesNotContain("<svg");
      Answer accepted =
          post(
              "alicia",
              "/api/submissions",
              Map.of("layer", "predios", "department", "catastro", "upload", upload));
      JsonNode submission = finished(accepted);
      assertThat(submission.get("state").asString()).as(name).isEqualTo("failed");
    }
    assertThat(city.store.features().headRevision()).isEqualTo(1);
  }

  @Test
  void aVerbThatTheStateDoesNotHaveIsAConflict() throws Exception {
    String path = "/api/submissions/" + handIn(changed()).get("id").asString();

    assertThat(post("gloria", path + "/approve", Map.of()).status).isEqualTo(409);
    assertThat(post("alicia", path + "/withdraw", Map.of()).status).isEqualTo(200);
    assertThat(post("alicia", path + "/submit", Map.of()).status).isEqualTo(409);
    assertThat(city.store.listWaiting()).isEmpty();
  }

  @Test
  void aPieceInTheWrongPlaceIsRefusedAndSaysWhereToGoOn() {
    Answer begun = post("alicia", "/api/uploads", Map.of("name", "a.zip", "bytes", 100));
    String path = "/api/uploads/" + begun.body.get("id").asString();

    assertThat(put("alicia", path + "?offset=0", new byte[40]).status).isEqualTo(200);
    Answer again = put("alicia", path + "?offset=0", new byte[40]);
    assertThat(again.status).isEqualTo(409);
    assertThat(again.body.get("detail").asString()).contains("40");
    assertThat(put("alicia", path + "?offset=40", new byte[61]).status).isEqualTo(413);
    assertThat(get("alicia", path).body.get("received").asInt()).isEqualTo(40);
    assertThat(put("alicia", path + "?offset=40", new byte[60]).status).isEqualTo(200);
    assertThat(
            post("alicia", "/api/uploads", Map.of("name", "a.zip", "bytes", Uploads.MAX_BYTES + 1))
                .status)
        .isEqualTo(413);
    assertThat(post("alicia", "/api/uploads", Map.of("name", "a.zip", "bytes", -1)).status)
        .isEqualTo(400);
    assertThat(put("alicia", path + "?offset=100", new byte[(int) Uploads.MAX_CHUNK + 1]).status)
        .isEqualTo(413);
  }

  @Test
  void halfAFileIsNotHandedIn() {
    Answer begun = post("alicia", "/api/uploads", Map.of("name", "a.zip", "bytes", 100));
    String id = begun.body.get("id").asString();

    assertThat(
            post(
                    "alicia",
                    "/api/submissions",
                    Map.of("layer", "predios", "department", "catastro", "upload", id))
                .status)
        .isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..\\..\\x.zip",
        "a/../../b.zip",
        "nul\u0000.zip",
        "\u202Egpj.exe",
        "\r\nSet-Cookie: a=b",
        ".htaccess",
        "x'; DROP TABLE review_submission; --.zip",
        "<script>alert(1)</script>.geojson"
      })
  void aHostileNameBecomesAPlainOne(String name) throws IOException {
    Answer begun = post("alicia", "/api/uploads", Map.of("name", name, "bytes", 10));

    assertThat(begun.status).isEqualTo(201);
    String kept = begun.body.get("name").asString();
    assertThat(kept).doesNotContain("/", "\\", "\0", "\n", "\u202E", "<", ";").isNotBlank();
    assertThat(kept).doesNotStartWith(".");
    try (var inside = Files.walk(folder.resolve("city/review/uploads"))) {
      assertThat(inside.filter(path -> path.toString().contains("passwd"))).isEmpty();
    }
  }

  @Test
  void aNameOfTwoHundredAccentsIsShortened() {
    String kept = org.tequio.http.FileName.harmless("é".repeat(255) + ".shp.zip");

    assertThat(kept).endsWith(".zip");
    assertThat(kept.length()).isLessThanOrEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.1/x.zip",
        "http://[::1]/x.zip",
        "file:///etc/hostname",
        "http://2130706433/x.zip",
        "gopher://x/"
      })
  void anAddressInsideIsNotFetched(String url) throws Exception {
    Answer answer =
        post(
            "alicia",
            "/api/submissions",
            Map.of("layer", "predios", "department", "catastro", "url", url));
    if (answer.status == 202) {
      String job = "/api/jobs/" + answer.body.get("job").get("id").asString();
      String state = "running";
      while (state.equals("queued") || state.equals("running")) {
        Thread.sleep(20);
        state = get("alicia", job).body.get("state").asString();
      }
      assertThat(state).isEqualTo("failed");
    } else {
      assertThat(answer.status).isEqualTo(400);
    }
    assertThat(get("gloria", "/api/submissions").body.get("items").size()).isZero();
  }

  @Test
  void whatIsNotOnesToSetIsRefused() {
    Answer answer =
        post(
            "alicia",
            "/api/submissions",
            Map.of("layer", "predios", "department", "catastro", "state", "published"));

    assertThat(answer.status).isEqualTo(400);
  }

  @Test
  void settingsOfAnOlderVersionAreRefused() {
    String path = "/api/layers/predios/settings";
    Answer read = get("alicia", path);
    String tag = read.raw.headers().firstValue("ETag").orElseThrow();
    byte[] body = JSON.writeValueAsBytes(Map.of("rhythm", "P1M", "access", "internal"));

    assertThat(save("alicia", path, body, null)).isEqualTo(428);
    assertThat(save("oscar", path, body, tag)).isEqualTo(404);
    assertThat(save("alicia", path, body, tag)).isEqualTo(200);
    assertThat(save("alicia", path, body, tag)).isEqualTo(412);
    assertThat(get("alicia", path).body.get("rhythm").asString()).isEqualTo("P1M");
    // What is internal has no public history.
    assertThat(get("nobody", "/api/layers/predios/features/1/history").status).isEqualTo(404);
  }

  private int save(String who, String path, byte[] body, @Nullable String tag) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
              .PUT(BodyPublishers.ofByteArray(body))
              .header("Who", who)
              .header("Content-Type", "application/json");
      if (tag != null) {
        request.header("If-Match", tag);
      }
      return CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
