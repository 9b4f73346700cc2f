package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import tools.jackson.databind.JsonNode;

/**
 * OGC API – Features Part 2 (OGC 18-058r1), Part 3 (OGC 19-079r2) and Part 5 (OGC 23-058r1),
 * requirement by requirement, over HTTP.
 */
class OgcFilterTest {
  private static final String TREES = "/ogc/collections/arboles/items";
  private static final String PARCELS = "/ogc/collections/predios/items";
  private static final String CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
  private static final String EPSG = "http://www.opengis.net/def/crs/EPSG/0/";

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

  @ParameterizedTest(name = "/req/features-filter/response: {0} is refused")
  @ValueSource(
      strings = {
        "filter=",
        "filter=especie",
        "filter=especie='a",
        "filter=propietario='Dolores Closedname'",
        "filter=nada IS NULL",
        "filter=exec('rm')='a'",
        "filter={\"op\":\"=\",\"args\":[1,1]}",
        "filter=altura=1&filter-lang=cql2-json",
        "filter=altura=1&filter-lang=ecql",
        "filter=altura=1&filter-crs=EPSG:999999",
        "filter=altura=1&filter-crs=" + EPSG + "6372",
        "filter-crs=here",
        "filter-lang=sql",
        "filter=S_INTERSECTS(geometry,BBOX(0,0,1))",
        "filter=altura IN (1,'a')"
      })
  void whatIsNoFilterIsRefusedWithAReason(String query) throws Exception {
    var reply = city.get(TREES + "?" + encoded(query));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(reply.body()).doesNotContain("Closedname");
  }

  @Test
  @DisplayName("/req/queryables/expression-construction: what is closed does not exist for filters")
  void closedFieldsAreUnknownProperties() throws Exception {
    var closed = city.get(PARCELS + "?" + encoded("filter=propietario IS NOT NULL&lang=en"));
    var unknown = city.get(PARCELS + "?" + encoded("filter=cosa IS NOT NULL&lang=en"));
    assertThat(closed.statusCode()).isEqualTo(400);
    assertThat(closed.body().replace("propietario", "cosa")).isEqualTo(unknown.body());
  }

  @Test
  void aNestedFilterIsRefusedAndTheServerGoesOn() throws Exception {
    String deep = "(".repeat(3000) + "TRUE" + ")".repeat(3000);
    assertThat(city.get(TREES + "?" + encoded("filter=" + deep)).statusCode()).isBetween(400, 431);
    assertThat(city.get(TREES).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest(name = "/req/filter/filter-param: {0} passes {1} trees")
  @CsvSource(
      delimiter = ';',
      value = {
        "altura < 5;5",
        "altura BETWEEN 2 AND 4 OR altura=99;4",
        "especie LIKE 'Fres%';25",
        "NOT (CASEI(especie)=CASEI('FRESNO'));1",
        "ACCENTI(especie) = 'Sin lugar';1",
        "geometry IS NULL;1",
        "id IN (1,2,3);3",
        "altura % 2 = 0 AND altura < 10;5",
        "FALSE;0",
        "TRUE;26",
        "length(especie) = 6;25"
      })
  void filtersInText(String filter, int expected) throws Exception {
    assertThat(matched(TREES, "filter=" + filter)).isEqualTo(expected);
    assertThat(matched(TREES, "filter=" + filter + "&filter-lang=cql2-text")).isEqualTo(expected);
  }

  @Test
  @DisplayName("/req/filter/filter-lang-param: the same filter in JSON")
  void filtersInJson() throws Exception {
    String filter =
        "{\"op\":\"and\",\"args\":[{\"op\":\"<\",\"args\":[{\"property\":\"altura\"},5]},"
            + "{\"op\":\"like\",\"args\":[{\"property\":\"especie\"},\"F%\"]}]}";
    assertThat(matched(TREES, "filter-lang=cql2-json&filter=" + filter)).isEqualTo(5);
    JsonNode parameters =
        city.json("/ogc/api")
            .get("paths")
            .get("/collections/{collectionId}/items")
            .get("get")
            .get("parameters");
    JsonNode lang = null;
    for (JsonNode parameter : parameters) {
      lang = parameter.get("name").asString().equals("filter-lang") ? parameter : lang;
    }
    JsonNode said = Objects.requireNonNull(lang);
    assertThat(said.get("schema").get("enum").toString())
        .isEqualTo("[\"cql2-text\",\"cql2-json\"]");
    assertThat(said.get("schema").get("default").asString()).isEqualTo("cql2-text");
  }

  @Test
  @DisplayName("/req/filter/filter-crs-wgs84, filter-crs-param: geometries in each CRS")
  void geometriesOfFiltersComeInTheirOwnCrs() throws Exception {
    String utm = "BBOX(484000,2099990,484025,2100000)";
    assertThat(
            matched(TREES, "filter=S_INTERSECTS(geometry," + utm + ")&filter-crs=" + EPSG + 32614))
        .isEqualTo(4);
    double[] sw = TestCity.lonLat(484_000, 2_099_990);
    double[] ne = TestCity.lonLat(484_025, 2_100_000);
    String lonLat =
        String.format(Locale.ROOT, "BBOX(%.8f,%.8f,%.8f,%.8f)", sw[0] - 1e-7, sw[1], ne[0], ne[1]);
    assertThat(matched(TREES, "filter=S_WITHIN(geometry," + lonLat + ")")).isEqualTo(4);
    String latLon =
        String.format(Locale.ROOT, "BBOX(%.8f,%.8f,%.8f,%.8f)", sw[1], sw[0] - 1e-7, ne[1], ne[0]);
    assertThat(
            matched(TREES, "filter=S_WITHIN(geometry," + latLon + ")&filter-crs=" + EPSG + "4326"))
        .isEqualTo(4);
  }

  @Test
  @DisplayName("/req/filter/mixing-expressions: filter, bbox, datetime and properties all hold")
  void filtersJoinTheOtherConditions() throws Exception {
    double[] sw = TestCity.lonLat(TestCity.X - 1, TestCity.Y - 1);
    double[] ne = TestCity.lonLat(TestCity.X + 99, TestCity.Y + 31);
    String box = String.format(Locale.ROOT, "%.8f,%.8f,%.8f,%.8f", sw[0], sw[1], ne[0], ne[1]);
    String all = "uso=H&bbox=" + box + "&datetime=2020-01-02/..&filter=clave <> '000-01'&limit=100";
    JsonNode page = city.json(PARCELS + "?" + encoded(all));
    Set<String> keys = new HashSet<>();
    page.get("features").forEach(f -> keys.add(f.get("properties").get("clave").asString()));
    assertThat(keys)
        .containsExactlyInAnyOrder("000-02", "000-04", "001-00", "001-01", "001-03", "001-04");
  }

  @ParameterizedTest(name = "/req/core/fc-numberMatched: pages of {0} of a filter add up")
  @ValueSource(ints = {1, 3, 12, 13})
  void pagesOfAFilterAddUp(int limit) throws Exception {
    String next =
        TREES + "?" + encoded("filter=altura % 2 = 0 AND altura < 24") + "&limit=" + limit;
    Set<Long> seen = new HashSet<>();
    while (next != null) {
      JsonNode page = city.json(next);
      assertThat(page.get("numberMatched").asInt()).isEqualTo(12);
      page.get("features").forEach(f -> assertThat(seen.add(f.get("id").asLong())).isTrue());
      next = null;
      for (JsonNode link : page.get("links")) {
        if (link.get("rel").asString().equals("next")) {
          next = link.get("href").asString().substring(city.base().length());
        }
      }
    }
    assertThat(seen).hasSize(12);
  }

  @Test
  @DisplayName("/req/queryables/get-queryables-response: what filters may name, and its type")
  void queryablesDescribeWhatFiltersMayName() throws Exception {
    var reply = city.get("/ogc/collections/predios/queryables");
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/schema+json");
    JsonNode schema = city.json("/ogc/collections/predios/queryables?lang=en");
    assertThat(schema.get("$schema").asString())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.get("$id").asString())
        .isEqualTo(city.base() + "/ogc/collections/predios/queryables");
    assertThat(schema.get("type").asString()).isEqualTo("object");
    assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
    JsonNode properties = schema.get("properties");
    assertThat(properties.propertyNames())
        .containsExactly("id", "geometry", "clave", "uso", "superficie", "fecha", "nota");
    assertThat(properties.get("geometry").get("format").asString()).isEqualTo("geometry-polygon");
    assertThat(properties.get("geometry").has("type")).isFalse();
    assertThat(properties.get("superficie").get("type").asString()).isEqualTo("number");
    for (String name : properties.propertyNames()) {
      String filter = "filter=\"" + name + "\" IS NOT NULL";
      assertThat(city.get(PARCELS + "?" + encoded(filter)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("/req/schemas, /req/core-roles-features: roles, units and code lists of a layer")
  void theSchemaHasRolesAndCodes() throws Exception {
    JsonNode properties = city.json("/ogc/collections/predios/schema?lang=en").get("properties");
    assertThat(properties.get("id").get("x-ogc-role").asString()).isEqualTo("id");
    assertThat(properties.get("geometry").get("x-ogc-role").asString())
        .isEqualTo("primary-geometry");
    assertThat(properties.get("fecha").get("x-ogc-role").asString()).isEqualTo("primary-instant");
    assertThat(properties.get("fecha").get("format").asString()).isEqualTo("date");
    assertThat(properties.get("uso").get("title").asString()).isEqualTo("Use");
    assertThat(properties.get("uso").get("oneOf").toString())
        .isEqualTo("[{\"const\":\"H\",\"title\":\"Housing\"}]");
    assertThat(city.json("/ogc/collections/tarifas/schema").get("properties").propertyNames())
        .containsExactly("id", "concepto");
    assertThat(
            city.json("/ogc/collections/zonas/schema")
                .get("properties")
                .get("geometry")
                .get("format")
                .asString())
        .isEqualTo("geometry-polygon-or-multipolygon");
  }

  @Test
  @DisplayName("/req/queryables/queryables-link, /req/returnables-and-receivables/link")
  void everyCollectionLinksToItsSchemas() throws Exception {
    for (JsonNode collection : city.json("/ogc/collections").get("collections")) {
      if (!collection.get("itemType").asString().equals("feature")) {
        continue;
      }
      for (String resource : List.of("schema", "queryables")) {
        String rel = "http://www.opengis.net/def/rel/ogc/1.0/" + resource;
        boolean found = false;
        for (JsonNode link : collection.get("links")) {
          if (link.get("rel").asString().equals(rel)) {
            assertThat(city.get(link.get("href").asString()).statusCode()).isEqualTo(200);
            found = true;
          }
        }
        assertThat(found).as(collection.get("id") + " " + resource).isTrue();
      }
    }
  }

  @Test
  @DisplayName("/req/functions/get-functions-response-json: the functions, and each can be called")
  void functionsAreListed() throws Exception {
    JsonNode functions = city.json("/ogc/functions").get("functions");
    assertThat(functions.size()).isGreaterThan(5);
    for (JsonNode function : functions) {
      List<String> arguments = new ArrayList<>();
      for (JsonNode argument : function.get("args")) {
        arguments.add(
            switch (argument.get("type").get(0).asString()) {
              case "string" -> "especie";
              case "number" -> arguments.isEmpty() ? "altura" : "9";
              case "geometry" -> arguments.isEmpty() ? "geometry" : "POINT(-99 19)";
              default -> "DATE('2024-02-29')";
            });
      }
      String filter =
          "altura IS NOT NULL AND geometry IS NOT NULL AND "
              + function.get("name").asString()
              + "("
              + String.join(",", arguments)
              + ") IS NULL";
      assertThat(matched(TREES, "filter=" + filter)).as(filter).isZero();
    }
  }

  @ParameterizedTest(name = "/req/crs/crs-exception, bbox-crs-exception: {0} is refused")
  @ValueSource(
      strings = {
        "crs=x",
        "crs=EPSG:0",
        "crs=http://www.opengis.net/def/crs/EPSG/0/999999",
        "crs=http://www.opengis.net/def/crs/EPSG/0/6372",
        "bbox-crs=here&bbox=1,2,3,4",
        "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/6372&bbox=1,2,3,4",
        "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326&bbox=-181,1,1,2",
        "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/32614&bbox=3,2,1,4",
        "bbox=300,0,200,1",
        "bbox=1,2,3,4,5,6,7"
      })
  void unknownSystemsAreRefused(String query) throws Exception {
    assertThat(city.get(PARCELS + "?" + query).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("/req/crs/fc-md-crs-list, fc-md-storageCrs: the systems of a collection")
  void collectionsListTheirSystems() throws Exception {
    JsonNode collection = city.json("/ogc/collections/predios");
    assertThat(collection.get("storageCrs").asString()).isEqualTo(EPSG + "32614");
    assertThat(collection.get("crs").toString())
        .isEqualTo(
            "[\"" + CRS84 + "\",\"" + EPSG + "32614\",\"" + EPSG + "4326\",\"" + EPSG + "3857\"]");
  }

  @ParameterizedTest(name = "/req/crs/fc-crs-action, ogc-crs-header-value: in {0}")
  @CsvSource({"32614,false", "4326,true", "3857,false"})
  void coordinatesComeInTheSystemThatWasAskedFor(int epsg, boolean latitudeFirst) throws Exception {
    double[] corner = {TestCity.X, TestCity.Y};
    CrsRegistry.standard().operation(TestCity.UTM, new Crs(epsg)).apply(corner, 1);
    String uri = EPSG + epsg;
    for (String path : List.of(PARCELS + "?limit=1&crs=" + uri, PARCELS + "/1?crs=" + uri)) {
      assertThat(city.get(path).headers().firstValue("Content-Crs")).contains("<" + uri + ">");
      JsonNode answer = city.json(path);
      JsonNode feature = answer.has("features") ? answer.get("features").get(0) : answer;
      JsonNode first = feature.get("geometry").get("coordinates").get(0).get(0);
      var close = org.assertj.core.data.Offset.offset(1e-4);
      assertThat(first.get(latitudeFirst ? 1 : 0).asDouble()).isCloseTo(corner[0], close);
      assertThat(first.get(latitudeFirst ? 0 : 1).asDouble()).isCloseTo(corner[1], close);
    }
  }

  @Test
  @DisplayName("/req/crs/fc-bbox-crs-action: a box finds the same features in every system")
  void aBoxFindsTheSameInEverySystem() throws Exception {
    double[] sw = {TestCity.X + 5, TestCity.Y + 5};
    double[] ne = {TestCity.X + 55, TestCity.Y + 35};
    for (int epsg : new int[] {32614, 4326, 3857}) {
      double[] a = sw.clone();
      double[] b = ne.clone();
      CrsRegistry.standard().operation(TestCity.UTM, new Crs(epsg)).apply(a, 1);
      CrsRegistry.standard().operation(TestCity.UTM, new Crs(epsg)).apply(b, 1);
      int x = epsg == 4326 ? 1 : 0;
      String box =
          String.format(Locale.ROOT, "%.8f,%.8f,%.8f,%.8f", a[x], a[1 - x], b[x], b[1 - x]);
      JsonNode page = city.json(PARCELS + "?limit=100&bbox=" + box + "&bbox-crs=" + EPSG + epsg);
      assertThat(page.get("features").size()).as("EPSG:" + epsg).isEqualTo(6);
    }
  }

  @Test
  void everyPageForPeopleStandsInThreeLanguages() throws Exception {
    for (String resource : List.of("schema", "queryables")) {
      for (String lang : List.of("es", "pt", "en")) {
        var page = city.get("/ogc/collections/predios/" + resource + "?f=html&lang=" + lang);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
            .contains("lang=\"" + lang + "\"", "superficie")
            .doesNotContain("<script", "propietario");
      }
    }
  }

  private static int matched(String items, String query) throws Exception {
    JsonNode page = city.json(items + "?limit=1000&" + encoded(query));
    assertThat(page.get("numberMatched").asInt()).isEqualTo(page.get("features").size());
    return page.get("features").size();
  }

  private static String encoded(String query) {
    StringBuilder text = new StringBuilder();
    for (String pair : query.split("&")) {
      int at = pair.indexOf('=');
      text.append(text.isEmpty() ? "" : "&")
          .append(pair, 0, at + 1)
          .append(URLEncoder.encode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return text.toString();
  }
}
