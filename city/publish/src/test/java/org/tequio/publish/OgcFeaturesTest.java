package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * OGC API – Features Part 1 (OGC 17-069r4), requirement by requirement, over HTTP. The name of each
 * test begins with the requirement's identifier; docs/conformance.md lists them.
 */
class OgcFeaturesTest {
  private static final String ITEMS = "/ogc/collections/predios/items";

  @TempDir static Path folder;
  private static TestCity city;

  @BeforeAll
  static void start() {
    city = TestCity.start(folder);
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  @ParameterizedTest(name = "/req/core/query-param-unknown: {0} is refused")
  @ValueSource(
      strings = {
        "/ogc/?foo=1",
        "/ogc/conformance?foo=1",
        "/ogc/collections?foo=1",
        "/ogc/collections/predios?foo=1",
        ITEMS + "?foo=1",
        ITEMS + "/1?foo=1",
        ITEMS + "?propietario=x",
        ITEMS + "?exec(java.lang.Runtime)=1",
        ITEMS + "?clave%27%20OR%201%3D1--=1"
      })
  void unknownParametersAreRefused(String path) throws Exception {
    var reply = city.get(path);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @ParameterizedTest(name = "/req/core/query-param-invalid: {0} is refused")
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=x",
        "limit=1.5",
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=1,2,3,4,5",
        "bbox=0,10,0,-10",
        "bbox=NaN,0,1,1",
        "bbox=0,0,1,Infinity",
        "bbox=0,-91,1,1",
        "datetime=yesterday",
        "datetime=2020-13-01T00:00:00Z",
        "datetime=../..",
        "datetime=2021-01-01/2020-01-01",
        "datetime=a/b/c",
        "superficie=grande",
        "fecha=hoy",
        "f=gml",
        "after=-1",
        "limit=1&limit=2",
        "lang=fr"
      })
  void invalidParametersAreRefused(String query) throws Exception {
    assertThat(city.get(ITEMS + "?" + query).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest(name = "/req/core/fc-op: {0} does not exist")
  @ValueSource(
      strings = {
        "/ogc/collections/nada",
        "/ogc/collections/nada/items",
        ITEMS + "/999999",
        ITEMS + "/0",
        ITEMS + "/x",
        "/ogc/collections/UPPER/items",
        "/ogc/collections/a'--/items",
        "/ogc/nada"
      })
  void whatDoesNotExistIs404(String path) throws Exception {
    assertThat(city.get(path.replace("'", "%27")).statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("/req/core/http: every answer is HTTP/1.1")
  void speaksHttp11() throws Exception {
    assertThat(city.get("/ogc/").version().name()).isEqualTo("HTTP_1_1");
  }

  @Test
  @DisplayName("/req/core/root-success: the landing page links to the API, conformance and data")
  void landingPageHasItsLinks() throws Exception {
    for (String path : List.of("/ogc", "/ogc/")) {
      assertThat(rels(city.json(path)))
          .contains("self", "alternate", "service-desc", "service-doc", "conformance", "data");
    }
  }

  @Test
  @DisplayName("/req/core/conformance-success: declares core, GeoJSON, HTML and OpenAPI 3.0")
  void declaresItsConformance() throws Exception {
    assertThat(city.json("/ogc/conformance").get("conformsTo").toString())
        .contains("conf/core", "conf/geojson", "conf/html", "conf/oas30");
  }

  @Test
  @DisplayName("/req/oas30/oas-definition-1: service-desc is an OpenAPI 3.0 document of real paths")
  void theApiDefinitionDescribesRealPaths() throws Exception {
    String href = required(city.json("/ogc/"), "service-desc");
    var reply = city.get(href);
    assertThat(reply.headers().firstValue("Content-Type"))
        .contains("application/vnd.oai.openapi+json;version=3.0");
    JsonNode api = city.json(href.substring(city.base().length()));
    assertThat(api.get("openapi").asString()).startsWith("3.0.");
    String server = api.get("servers").get(0).get("url").asString();
    assertThat(api.get("paths").propertyNames())
        .contains(
            "/",
            "/conformance",
            "/collections",
            "/collections/{collectionId}",
            "/collections/{collectionId}/items",
            "/collections/{collectionId}/items/{featureId}");
    for (String path : api.get("paths").propertyNames()) {
      String real =
          server
              + path.replace("{collectionId}", "predios")
                  .replace("{featureId}", "1")
                  .replace("{style}", "predios")
                  .replace("{processID}", "download")
                  .replace("{tileMatrixSetId}", "WebMercatorQuad")
                  .replaceAll("\\{tile[A-Z][a-z]+}", "0");
      // A job exists for whoever has asked for it.
      if (real.contains("{jobID}")) {
        assertThat(city.get(real.replaceAll("\\{[a-zA-Z]+}", "none")).statusCode())
            .as(real)
            .isEqualTo(404);
        continue;
      }
      assertThat(city.get(real).statusCode()).as(real).isIn(200, 204, 405);
    }
  }

  @Test
  @DisplayName(
      "/req/core/fc-limit-definition, fc-bbox-definition, fc-time-definition: as asked for")
  void theParametersOfItemsAreDefinedAsTheStandardAsks() throws Exception {
    JsonNode parameters =
        city.json("/ogc/api")
            .get("paths")
            .get("/collections/{collectionId}/items")
            .get("get")
            .get("parameters");
    JsonNode limit = named(parameters, "limit");
    assertThat(limit.get("required").asBoolean()).isFalse();
    assertThat(limit.get("style").asString()).isEqualTo("form");
    assertThat(limit.get("explode").asBoolean()).isFalse();
    assertThat(limit.get("schema").get("type").asString()).isEqualTo("integer");
    assertThat(limit.get("schema").get("minimum").asInt()).isNotNegative();
    assertThat(limit.get("schema").has("default")).isTrue();
    JsonNode bbox = named(parameters, "bbox").get("schema");
    assertThat(bbox.get("minItems").asInt()).isEqualTo(4);
    assertThat(bbox.get("maxItems").asInt()).isEqualTo(6);
    assertThat(bbox.get("items").get("type").asString()).isEqualTo("number");
    assertThat(named(parameters, "datetime").get("schema").get("type").asString())
        .isEqualTo("string");
  }

  @Test
  @DisplayName("/req/oas30/valid: every $ref of the API definition is local and leads somewhere")
  void everyReferenceIsLocal() throws Exception {
    JsonNode api = city.json("/ogc/api");
    List<String> references = new ArrayList<>();
    for (JsonNode found : api.findValues("$ref")) {
      references.add(found.asString());
    }
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(reference).startsWith("#/components/schemas/");
      assertThat(api.get("components").get("schemas").has(reference.substring(21))).isTrue();
    }
  }

  @Test
  @DisplayName("/req/core/fc-md-items-links: every collection links to its items and itself")
  void everyCollectionLinksToItsItems() throws Exception {
    JsonNode collections = city.json("/ogc/collections");
    assertThat(rels(collections)).contains("self", "alternate");
    for (JsonNode collection : collections.get("collections")) {
      assertThat(rels(collection)).contains("self", "items");
      assertThat(city.get(required(collection, "items")).statusCode()).isEqualTo(200);
      assertThat(collection.get("crs").get(0).asString())
          .isEqualTo("http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    }
  }

  @Test
  @DisplayName("/req/core/sfc-md-success: a collection alone says what it says in the list")
  void aCollectionIsTheSameAloneAndInTheList() throws Exception {
    for (JsonNode listed : city.json("/ogc/collections").get("collections")) {
      assertThat(city.json("/ogc/collections/" + listed.get("id").asString())).isEqualTo(listed);
    }
  }

  @Test
  @DisplayName("/req/core/fc-md-extent: the extent holds every feature")
  void theExtentHoldsEveryFeature() throws Exception {
    JsonNode box =
        city.json("/ogc/collections/predios").get("extent").get("spatial").get("bbox").get(0);
    double[] corner = TestCity.lonLat(TestCity.X, TestCity.Y);
    assertThat(corner[0]).isBetween(box.get(0).asDouble() - 1e-6, box.get(2).asDouble());
    assertThat(corner[1]).isBetween(box.get(1).asDouble() - 1e-6, box.get(3).asDouble());
  }

  @ParameterizedTest(
      name = "/req/core/fc-links, fc-numberMatched: pages of {0} add up to what matches")
  @ValueSource(ints = {1, 7, 20, 59, 60, 61})
  void pagesAddUpToNumberMatched(int limit) throws Exception {
    String next = city.base() + ITEMS + "?limit=" + limit;
    Set<Long> seen = new HashSet<>();
    long matched = -1;
    int pages = 0;
    while (next != null) {
      JsonNode page = city.json(next.substring(city.base().length()));
      matched = page.get("numberMatched").asLong();
      assertThat(page.get("numberReturned").asInt()).isEqualTo(page.get("features").size());
      assertThat(page.get("features").size()).isLessThanOrEqualTo(limit);
      page.get("features").forEach(f -> assertThat(seen.add(f.get("id").asLong())).isTrue());
      next = link(page, "next");
      assertThat(++pages).isLessThan(100);
    }
    assertThat(seen).hasSize((int) matched).hasSize(TestCity.PARCELS);
  }

  @Test
  @DisplayName("/req/core/fc-limit-response: ten by default, never more than asked for")
  void theLimitIsObeyed() throws Exception {
    assertThat(city.json(ITEMS).get("features").size()).isEqualTo(10);
    assertThat(city.json(ITEMS + "?limit=99999999999").get("features").size()).isEqualTo(60);
  }

  @Test
  @DisplayName(
      "/req/core/fc-timeStamp, fc-response: a feature collection with the time of the answer")
  void aPageHasItsFrame() throws Exception {
    JsonNode page = city.json(ITEMS);
    assertThat(page.get("type").asString()).isEqualTo("FeatureCollection");
    assertThat(page.get("timeStamp").asString()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(rels(page)).contains("self", "alternate", "next");
    assertThat(city.get(ITEMS).headers().firstValue("Content-Crs"))
        .contains("<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
    assertThat(city.get(ITEMS).headers().firstValue("Content-Type"))
        .contains("application/geo+json");
  }

  @Test
  @DisplayName("/req/core/fc-bbox-response: only features that intersect the box")
  void bboxKeepsOnlyWhatItTouches() throws Exception {
    // The inside of the first parcel only.
    String box = box(TestCity.X + 5, TestCity.Y + 5, TestCity.X + 15, TestCity.Y + 20);
    JsonNode page = city.json(ITEMS + "?bbox=" + box);
    assertThat(page.get("features").size()).isEqualTo(1);
    assertThat(page.get("features").get(0).get("properties").get("clave").asString())
        .isEqualTo("000-00");
    // A box inside the hole of the zone touches its envelope and not the zone.
    String hole = box(484_160, 2_100_160, 484_190, 2_100_190);
    assertThat(city.json("/ogc/collections/zonas/items?bbox=" + hole).get("numberMatched").asInt())
        .isZero();
    String zone = box(484_110, 2_100_110, 484_120, 2_100_120);
    assertThat(city.json("/ogc/collections/zonas/items?bbox=" + zone).get("numberMatched").asInt())
        .isOne();
  }

  @Test
  @DisplayName(
      "/req/core/fc-bbox-response: six numbers, the whole world, the antimeridian, the poles")
  void bboxKnowsTheWholeWorld() throws Exception {
    assertThat(matched("bbox=-180,-90,180,90")).isEqualTo(60);
    assertThat(matched("bbox=-180,-90,-100,180,90,9000")).isEqualTo(60);
    assertThat(matched("bbox=177,-70,-90,70")).isEqualTo(60);
    assertThat(matched("bbox=177,65,-177,70")).isZero();
    assertThat(matched("bbox=-180,85,180,90")).isZero();
    assertThat(matched("bbox=-180,-90,180,-85")).isZero();
  }

  @Test
  @DisplayName("/req/core/fc-bbox-response: a feature without a place is in no box")
  void aFeatureWithoutAPlaceIsInNoBox() throws Exception {
    assertThat(city.json("/ogc/collections/arboles/items").get("numberMatched").asInt())
        .isEqualTo(26);
    assertThat(
            city.json("/ogc/collections/arboles/items?bbox=-180,-90,180,90")
                .get("numberMatched")
                .asInt())
        .isEqualTo(25);
  }

  @Test
  @DisplayName("/req/core/fc-bbox-response: pages of a box add up, too")
  void pagesOfABoxAddUp() throws Exception {
    String next =
        ITEMS
            + "?limit=3&bbox="
            + box(TestCity.X - 1, TestCity.Y - 1, TestCity.X + 99, TestCity.Y + 31);
    int seen = 0;
    while (next != null) {
      JsonNode page = city.json(next);
      seen += page.get("features").size();
      String link = link(page, "next");
      next = link == null ? null : link.substring(city.base().length());
    }
    assertThat(seen).isEqualTo(10);
  }

  @Test
  @DisplayName("/req/core/fc-time-response: instants, days and intervals open at either end")
  void datetimeKeepsOnlyWhatLiesInIt() throws Exception {
    assertThat(matched("datetime=2020-01-01")).isOne();
    assertThat(matched("datetime=2020-01-01T12:00:00Z")).isOne();
    assertThat(matched("datetime=2020-01-03/2020-01-05")).isEqualTo(3);
    assertThat(matched("datetime=2020-01-03T00:00:00Z/..")).isEqualTo(58);
    assertThat(matched("datetime=/2020-01-03T00:00:00Z")).isEqualTo(3);
    assertThat(matched("datetime=2019-01-01T00:00:00Z")).isZero();
    assertThat(
            city.json("/ogc/collections/calles/items?datetime=2019-01-01")
                .get("numberMatched")
                .asInt())
        .isEqualTo(3);
  }

  @Test
  @DisplayName("/rec/core/fc-filters: a property is equal to the value asked for")
  void propertiesFilter() throws Exception {
    assertThat(matched("uso=C")).isEqualTo(20);
    assertThat(matched("uso=C&clave=000-03")).isOne();
    assertThat(matched("superficie=600.5")).isEqualTo(60);
    assertThat(matched("uso=%27%20OR%201=1--")).isZero();
  }

  @Test
  @DisplayName("/req/core/fc-numberMatched: of people nobody is told how many match a filter")
  void howManyPeopleMatchAFilterIsNotTold() throws Exception {
    assertThat(city.json(ITEMS).get("numberMatched").asInt()).isEqualTo(60);
    String box = box(TestCity.X - 1, TestCity.Y - 1, TestCity.X + 99, TestCity.Y + 31);
    for (String filter : List.of("uso=C", "clave=000-03", "bbox=" + box, "datetime=2020-01-01")) {
      assertThat(city.json(ITEMS + "?limit=1&" + filter).has("numberMatched")).as(filter).isFalse();
      assertThat(city.get(ITEMS + "?limit=1&f=html&lang=en&" + filter).body())
          .as(filter)
          .doesNotContainPattern("[0-9]+ match");
    }
    assertThat(city.get(ITEMS + "?f=html&lang=en").body()).contains("60 match");
  }

  @Test
  @DisplayName("/req/core/f-links: a single feature links to itself and its collection")
  void aSingleFeatureHasItsLinks() throws Exception {
    JsonNode feature = city.json(ITEMS + "/1");
    assertThat(rels(feature)).contains("self", "alternate", "collection");
    assertThat(city.get(required(feature, "self")).statusCode()).isEqualTo(200);
    assertThat(feature.get("type").asString()).isEqualTo("Feature");
    assertThat(feature.get("id").asLong()).isOne();
  }

  @Test
  @DisplayName("/req/geojson/definition: longitude before latitude, outlines against the clock")
  void coordinatesAreLongitudeAndLatitude() throws Exception {
    JsonNode ring = city.json(ITEMS + "/1").get("geometry").get("coordinates").get(0);
    double[] corner = TestCity.lonLat(TestCity.X, TestCity.Y);
    assertThat(ring.get(0).get(0).asDouble())
        .isCloseTo(corner[0], org.assertj.core.data.Offset.offset(1e-6));
    assertThat(ring.get(0).get(1).asDouble())
        .isCloseTo(corner[1], org.assertj.core.data.Offset.offset(1e-6));
    double area = 0;
    for (int i = 0; i + 1 < ring.size(); i++) {
      area +=
          ring.get(i).get(0).asDouble() * ring.get(i + 1).get(1).asDouble()
              - ring.get(i + 1).get(0).asDouble() * ring.get(i).get(1).asDouble();
    }
    assertThat(area).isPositive();
  }

  @Test
  @DisplayName("/req/html/definition: pages for people, by f or by Accept, with every text inert")
  void pagesForPeopleAreInert() throws Exception {
    for (String path :
        List.of(
            "/ogc/",
            "/ogc/api",
            "/ogc/conformance",
            "/ogc/collections",
            "/ogc/collections/predios",
            ITEMS,
            ITEMS + "/1")) {
      for (String lang : List.of("es", "pt", "en")) {
        var page = city.get(path + "?f=html&lang=" + lang);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.body())
            .contains("lang=\"" + lang + "\"")
            .doesNotContain("<script")
            .doesNotContain("<img")
            .doesNotContain(TestCity.OWNER);
      }
    }
    assertThat(city.get(ITEMS, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8").body())
        .startsWith("<!doctype html>");
    assertThat(city.get(ITEMS, "Accept", "image/png").statusCode()).isEqualTo(406);
  }

  @Test
  @DisplayName("layers without a place or without features are collections, too")
  void emptyAndPlacelessLayersAnswer() throws Exception {
    assertThat(city.json("/ogc/collections/vacia/items").get("numberMatched").asInt()).isZero();
    assertThat(
            city.json("/ogc/collections/tarifas/items")
                .get("features")
                .get(0)
                .get("geometry")
                .isNull())
        .isTrue();
    assertThat(
            city.json("/ogc/collections/tarifas/items?bbox=-180,-90,180,90")
                .get("numberMatched")
                .asInt())
        .isZero();
  }

  private static int matched(String query) throws Exception {
    JsonNode page = city.json(ITEMS + "?limit=1000&" + query);
    // Parcels have owners: under a filter nothing is counted that subtracting could single out.
    assertThat(page.has("numberMatched")).isFalse();
    return page.get("features").size();
  }

  private static String box(double west, double south, double east, double north) {
    double[] sw = TestCity.lonLat(west, south);
    double[] ne = TestCity.lonLat(east, north);
    return String.format(Locale.ROOT, "%.8f,%.8f,%.8f,%.8f", sw[0], sw[1], ne[0], ne[1]);
  }

  private static JsonNode named(JsonNode parameters, String name) {
    for (JsonNode parameter : parameters) {
      if (parameter.get("name").asString().equals(name)) {
        return parameter;
      }
    }
    throw new AssertionError("no parameter " + name);
  }

  private static List<String> rels(JsonNode document) {
    List<String> rels = new ArrayList<>();
    document.get("links").forEach(link -> rels.add(link.get("rel").asString()));
    return rels;
  }

  private static @org.jspecify.annotations.Nullable String link(JsonNode document, String rel) {
    for (JsonNode link : document.get("links")) {
      if (link.get("rel").asString().equals(rel)) {
        return link.get("href").asString();
      }
    }
    return null;
  }

  private static String required(JsonNode document, String rel) {
    return java.util.Objects.requireNonNull(link(document, rel), rel);
  }
}
