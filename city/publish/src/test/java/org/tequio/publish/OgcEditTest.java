package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.PublishingRules;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OGC API – Features Part 4 (OGC 20-002), over HTTP: Alicia the steward edits Catastro's parcels,
 * Bruno the neighbour may not.
 */
class OgcEditTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final LayerId PARCELS = new LayerId("predios");
  private static final String ITEMS = "/ogc/collections/predios/items";
  private static final String FIRST = ITEMS + "/1";
  private static final String GEOJSON = "application/geo+json";
  private static final String PATCH = "application/merge-patch+json";
  private static final String UTM = "<http://www.opengis.net/def/crs/EPSG/0/32614>";
  private static final String SQUARE =
      "{\"type\":\"Polygon\",\"coordinates\":[[[484300,2100000],[484310,2100000],[484310,2100010],"
          + "[484300,2100010],[484300,2100000]]]}";

  @TempDir Path folder;
  private TestCity city;

  @BeforeEach
  void start() {
    city = TestCity.start(folder);
    city.say("predios", unreviewed());
  }

  @AfterEach
  void stop() {
    city.close();
  }

  private static LayerSettings unreviewed() {
    LayerSettings none = LayerSettings.EMPTY;
    return new LayerSettings(
        none.title(),
        none.description(),
        none.theme(),
        none.department(),
        none.licence(),
        none.rhythm(),
        none.contact(),
        none.keywords(),
        none.standard(),
        none.access(),
        none.fields(),
        new PublishingRules(true, 0.05, 0.2, true),
        none.style(),
        null);
  }

  private HttpResponse<String> asAlicia(
      String method, String path, String type, String body, String... more) throws Exception {
    List<String> headers = new ArrayList<>(List.of("As", "alicia", "Content-Type", type));
    headers.addAll(List.of(more));
    return city.send(method, path, body, headers.toArray(String[]::new));
  }

  private HttpResponse<String> patch(String body, String match) throws Exception {
    return asAlicia("PATCH", FIRST, PATCH, body, "If-Match", match);
  }

  private String tag(String path) throws Exception {
    return city.get(path).headers().firstValue("ETag").orElseThrow();
  }

  private Optional<Feature> parcel(long id) {
    return city.store.features().findFeature(PARCELS, new FeatureId(id), AsOf.NOW);
  }

  private Map<String, @Nullable Object> values(long id) {
    return parcel(id).orElseThrow().properties();
  }

  private long revision() {
    return city.store.features().headRevision();
  }

  private static String feature(String geometry, String properties) {
    return "{\"type\":\"Feature\",\"geometry\":" + geometry + ",\"properties\":" + properties + "}";
  }

  @ParameterizedTest(name = "{0} {1} by {2} is {3}")
  @CsvSource({
    "POST,'',,401", "PUT,/1,,401", "PATCH,/1,,401", "DELETE,/1,,401",
    "POST,'',bruno,403", "PUT,/1,bruno,403", "PATCH,/1,bruno,403", "DELETE,/1,bruno,403"
  })
  void whoMayNotEditChangesNothing(String method, String path, String who, int status)
      throws Exception {
    long before = revision();
    String body = feature("null", "{\"clave\":\"x\"}");
    HttpResponse<String> reply =
        who == null
            ? city.send(method, ITEMS + path, body, "Content-Type", GEOJSON)
            : city.send(method, ITEMS + path, body, "Content-Type", GEOJSON, "As", who);
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(revision()).isEqualTo(before);
  }

  @Test
  void anotherDepartmentsLayerIsNotAlicias() throws Exception {
    var reply = asAlicia("POST", "/ogc/collections/calles/items", GEOJSON, feature("null", "{}"));
    assertThat(reply.statusCode()).isEqualTo(403);
  }

  @Test
  void aLayerThatAsksForReviewRefusesEditsAndSaysHow() throws Exception {
    city.say("predios", LayerSettings.EMPTY);
    long before = revision();
    var reply = patch("{\"uso\":\"H\"}", tag(ITEMS + "/1"));
    assertThat(reply.statusCode()).isEqualTo(403);
    assertThat(reply.body()).contains("edit-needs-review");
    assertThat(revision()).isEqualTo(before);
  }

  @ParameterizedTest(name = "a body that is no feature is refused: {0}")
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{} {}",
        "{\"type\":\"Feature\",\"type\":\"Feature\",\"geometry\":null,\"properties\":{}}",
        "{\"type\":\"FeatureCollection\",\"features\":[]}",
        "{\"type\":\"Feature\",\"properties\":{}}",
        "{\"type\":\"Feature\",\"geometry\":null}",
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":[]}",
        "{\"type\":\"Feature\",\"geometry\":{},\"properties\":{}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Circle\"},\"properties\":{}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1]},\"properties\":{}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[\"a\",1]},\"properties\":{}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[]]},\"properties\":{}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
            + "[[[484300,2100000],[484310,2100010],[484310,2100000],[484300,2100010],[484300,2100000]]]},"
            + "\"properties\":{}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[484300,2100000]},"
            + "\"properties\":{}}",
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"nada\":1}}",
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"propietario\":\"x\"}}",
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"superficie\":\"grande\"}}",
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"fecha\":\"hoy\"}}",
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"uso\":\"X\"}}",
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"clave\":{\"a\":1}}}",
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"clave\":7}}"
      })
  void whatIsNoFeatureOfTheLayerChangesNothing(String body) throws Exception {
    long before = revision();
    var reply = asAlicia("POST", ITEMS, GEOJSON, body, "Content-Crs", UTM);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(revision()).isEqualTo(before);
  }

  @Test
  void hostileBodiesAreRefused() throws Exception {
    String deep = "{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(5000);
    assertThat(asAlicia("POST", ITEMS, GEOJSON, feature(deep, "{}")).statusCode()).isEqualTo(400);
    String large = "\"" + "a".repeat(9 << 20) + "\"";
    assertThat(
            asAlicia("POST", ITEMS, GEOJSON, feature("null", "{\"nota\":" + large + "}"))
                .statusCode())
        .isEqualTo(413);
    assertThat(asAlicia("POST", ITEMS, "text/plain", feature("null", "{}")).statusCode())
        .isEqualTo(415);
    assertThat(
            asAlicia("POST", ITEMS, GEOJSON, feature("null", "{}"), "Content-Crs", "<here>")
                .statusCode())
        .isEqualTo(400);
    assertThat(city.get(ITEMS).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("/req/create-replace-delete/post-response: 201, its Location, its state")
  void aFeatureIsMade() throws Exception {
    var reply =
        asAlicia(
            "POST",
            ITEMS,
            GEOJSON,
            feature(SQUARE, "{\"clave\":\"900-01\",\"uso\":\"H\",\"fecha\":\"2026-01-02\"}"),
            "Content-Crs",
            UTM);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
    String location = reply.headers().firstValue("Location").orElseThrow();
    JsonNode made = city.json(location.substring(city.base().length()));
    assertThat(made.get("properties").get("clave").asString()).isEqualTo("900-01");
    assertThat(made.get("properties").get("superficie").isNull()).isTrue();
    long id = made.get("id").asLong();
    assertThat(parcel(id).orElseThrow().geometry())
        .isEqualTo(
            TestCity.geometry(
                "POLYGON((484300 2100000,484310 2100000,484310 2100010,484300"
                    + " 2100010,484300 2100000))"));
    assertThat(tag(ITEMS + "/" + id)).isEqualTo(tag(location));
    var note = city.store.features().listRevisions(Optional.of(PARCELS), 1).getFirst().note();
    assertThat(note.author()).isEqualTo("alicia");
    assertThat(note.source()).isEqualTo("api");
  }

  @ParameterizedTest(name = "/req/optimistic-locking-etags: {0} without If-Match is 428")
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  void whoDoesNotSayWhatTheySawChangesNothing(String method) throws Exception {
    long before = revision();
    var reply = asAlicia(method, FIRST, GEOJSON, feature(SQUARE, "{\"clave\":\"x\"}"));
    assertThat(reply.statusCode()).isEqualTo(428);
    assertThat(revision()).isEqualTo(before);
  }

  @ParameterizedTest(name = "/req/optimistic-locking-etags/ifmatch-put-eval: {0}, stale, is 412")
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  void whoSawAnOlderStateChangesNothing(String method) throws Exception {
    String seen = tag(FIRST);
    assertThat(patch("{\"uso\":\"H\"}", seen).statusCode()).isEqualTo(200);
    long before = revision();
    for (String stale : List.of(seen, "W/" + tag(FIRST), "\"x\"", "\"" + before + "\"")) {
      var reply =
          asAlicia(
              method,
              FIRST,
              method.equals("PATCH") ? PATCH : GEOJSON,
              feature(SQUARE, "{\"clave\":\"x\"}"),
              "If-Match",
              stale);
      assertThat(reply.statusCode()).as(stale).isEqualTo(412);
    }
    assertThat(revision()).isEqualTo(before);
  }

  @Test
  void anEditOfAnotherFeatureIsNoConflict() throws Exception {
    String seen = tag(FIRST);
    asAlicia("PATCH", ITEMS + "/2", PATCH, "{\"uso\":\"H\"}", "If-Match", tag(ITEMS + "/2"));
    assertThat(tag(FIRST)).isEqualTo(seen);
    assertThat(patch("{\"uso\":\"H\"}", "\"other\", " + seen).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("/req/update: a patch changes what it names, null makes it unknown, the rest stays")
  void aPatchChangesWhatItNames() throws Exception {
    var before = parcel(1).orElseThrow();
    var reply = patch("{\"properties\":{\"uso\":\"H\",\"fecha\":null}}", tag(FIRST));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(reply.headers().firstValue("ETag")).contains(tag(FIRST));
    assertThat(values(1)).containsEntry("uso", "H").containsEntry("fecha", null);
    assertThat(values(1).get("clave")).isEqualTo(before.properties().get("clave"));
    assertThat(values(1).get("propietario")).isEqualTo(before.properties().get("propietario"));
    assertThat(parcel(1).orElseThrow().geometry()).isEqualTo(before.geometry());
    assertThat(patch("{\"superficie\":1.5}", tag(FIRST)).statusCode()).isEqualTo(200);
    assertThat(values(1)).containsEntry("superficie", 1.5);
  }

  @Test
  @DisplayName("/req/update/update-json-merge-patch: the identifier is not for changing")
  void thePatchOfAnIdentifierIsRefused() throws Exception {
    assertThat(patch("{\"id\":7}", tag(FIRST)).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName(
      "/req/create-replace-delete/put: what is not said is not known, but what is closed stays")
  void aReplacedFeatureKeepsWhatIsClosed() throws Exception {
    Object owner = values(1).get("propietario");
    var reply =
        asAlicia(
            "PUT",
            FIRST,
            GEOJSON,
            "{\"id\":999," + feature(SQUARE, "{\"clave\":\"1-1\"}").substring(1),
            "If-Match",
            tag(FIRST),
            "Content-Crs",
            UTM);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(values(1))
        .containsEntry("clave", "1-1")
        .containsEntry("uso", null)
        .containsEntry("propietario", owner);
    assertThat(parcel(999)).isEmpty();
    assertThat(reply.body()).doesNotContain(TestCity.OWNER);
  }

  @ParameterizedTest(name = "who sends back what was read in EPSG:{0} moves nothing")
  @ValueSource(strings = {"", "4326", "3857", "32614"})
  void whatIsSentBackAsItWasReadDoesNotMove(String epsg) throws Exception {
    String uri = epsg.isEmpty() ? "" : "http://www.opengis.net/def/crs/EPSG/0/" + epsg;
    String path = epsg.isEmpty() ? FIRST : FIRST + "?crs=" + uri;
    var before = parcel(1).orElseThrow();
    JsonNode read = MAPPER.readTree(city.get(path, "Accept", GEOJSON).body());
    List<String> headers = new ArrayList<>(List.of("If-Match", tag(FIRST)));
    if (!epsg.isEmpty()) {
      headers.addAll(List.of("Content-Crs", "<" + uri + ">"));
    }
    String edited = read.toString().replace("\"uso\":\"C\"", "\"uso\":\"H\"");
    var reply = asAlicia("PUT", FIRST, GEOJSON, edited, headers.toArray(String[]::new));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(
            Objects.requireNonNull(parcel(1).orElseThrow().geometry())
                .equalsExact(before.geometry()))
        .isTrue();
    assertThat(values(1)).containsEntry("uso", "H");
    assertThat(reply.headers().firstValue("Content-Crs"))
        .contains(
            "<" + (epsg.isEmpty() ? "http://www.opengis.net/def/crs/OGC/1.3/CRS84" : uri) + ">");
  }

  @Test
  @DisplayName("/req/create-replace-delete/put-rid-exception: what is not there")
  void whatIsNotThereIsNeitherReplacedNorMade() throws Exception {
    String body = feature(SQUARE, "{\"clave\":\"x\"}");
    assertThat(asAlicia("PUT", ITEMS + "/99999", GEOJSON, body).statusCode()).isEqualTo(404);
    assertThat(asAlicia("PUT", ITEMS + "/99999", GEOJSON, body, "If-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(asAlicia("POST", "/ogc/collections/nada/items", GEOJSON, body).statusCode())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("/req/create-replace-delete/delete-response: it goes, and stays in the past")
  void aDeletedFeatureStaysInThePast() throws Exception {
    long before = revision();
    var reply = asAlicia("DELETE", FIRST, GEOJSON, "", "If-Match", tag(FIRST));
    assertThat(reply.statusCode()).isEqualTo(204);
    assertThat(city.get(FIRST).statusCode()).isEqualTo(404);
    assertThat(city.get(FIRST + "?asOf=" + before).statusCode()).isEqualTo(200);
    assertThat(asAlicia("DELETE", FIRST, GEOJSON, "", "If-Match", "*").statusCode()).isEqualTo(412);
  }

  @Test
  @DisplayName("/req/create-replace-delete/options-response: the methods of a resource")
  void optionsNameTheMethods() throws Exception {
    var items = city.send("OPTIONS", ITEMS, "");
    assertThat(items.statusCode()).isEqualTo(200);
    assertThat(items.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
    assertThat(city.send("OPTIONS", FIRST, "").headers().firstValue("Allow").orElse(""))
        .contains("GET", "PUT", "PATCH", "DELETE");
  }

  @Test
  @DisplayName("/req/optimistic-locking-etags/get-etag-response: a tag of the state and its form")
  void aFeatureHasATagOfItsState() throws Exception {
    String seen = tag(FIRST);
    assertThat(seen).startsWith("\"").isNotEqualTo(tag(ITEMS + "/1?lang=en"));
    assertThat(city.get(FIRST, "If-None-Match", seen).statusCode()).isEqualTo(304);
    patch("{\"uso\":\"H\"}", tag(FIRST + "?lang=en"));
    assertThat(city.get(FIRST, "If-None-Match", seen).statusCode()).isEqualTo(200);
  }
}
