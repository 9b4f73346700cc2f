package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sebasbaumh.mapbox.vectortile.VectorTile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.catalogue.LayerGaps;
import org.tequio.feature.LayerId;
import org.tequio.feature.TileCoord;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import tools.jackson.databind.JsonNode;

/** The JSON API, tiles, place, search and downloads over HTTP. */
class PublishTest {
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

  // ---- what must not happen

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tiles/predios/30/0/0", "/tiles/predios/-1/0/0", "/tiles/predios/3/8/0",
        "/tiles/predios/3/0/8", "/tiles/predios/3/-1/0", "/tiles/predios/19/0/0",
        "/tiles/predios/z/x/y", "/tiles/predios/3/1e1/0", "/tiles/predios/99999999999/1/1"
      })
  void aTileThatDoesNotExistIsTheCallersMistake(String path) throws Exception {
    assertThat(city.get(path).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tiles/nada/3/1/1",
        "/tiles/nada.json",
        "/tiles/tarifas.json",
        "/api/layers/nada",
        "/api/layers/nada/findings",
        "/api/layers/predios/features/99999",
        "/api/downloads/predios.exe",
        "/api/downloads/nada.geojson",
        "/api/downloads/..%2f..%2fetc.geojson",
        "/api/downloads/predios",
        "/api/layers/a%22b"
      })
  void whatDoesNotExistIsNotFound(String path) throws Exception {
    // A slash hidden in a segment is refused before any path is looked at.
    assertThat(city.get(path).statusCode()).isIn(path.contains("%2f") ? 400 : 404, 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/place",
        "/api/place?lon=1",
        "/api/place?lon=x&lat=1",
        "/api/place?lon=181&lat=0",
        "/api/place?lon=NaN&lat=0",
        "/api/place?lon=0x10&lat=0",
        "/api/place?lng=1&lat=1",
        "/api/search",
        "/api/search?q=a&limit=0",
        "/api/layers?x=1",
        "/api/layers/predios/values",
        "/api/layers/predios/values?field=nada",
        "/api/layers/predios/values?field=propietario",
        "/api/downloads/predios.geojson?crs=EPSG:999999",
        "/api/downloads/predios.geojson?crs=%27;DROP"
      })
  void aWrongRequestIsToldWhatWasWanted(String path) throws Exception {
    var reply = city.get(path, "Accept-Language", "en");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("\"detail\"");
  }

  @Test
  void closedFieldsLeaveByNoExit() throws Exception {
    double[] at = TestCity.lonLat(TestCity.X + 10, TestCity.Y + 10);
    String place = String.format(Locale.ROOT, "/api/place?lon=%.7f&lat=%.7f", at[0], at[1]);
    for (String path :
        List.of(
            "/api/city",
            "/api/layers",
            "/api/layers/predios",
            "/api/layers/predios/features/1",
            "/api/findings",
            "/api/layers/predios/findings",
            "/api/layers/predios/values?field=uso",
            "/api/search?q=Dolores",
            "/api/search?q=closedname",
            place,
            "/tiles/predios.json",
            "/ogc/collections/predios",
            "/ogc/collections/predios/items?limit=100",
            "/ogc/collections/predios/items?limit=100&f=html",
            "/ogc/collections/predios/items/1",
            "/openapi.json")) {
      var reply = city.get(path);
      assertThat(reply.statusCode()).as(path).isEqualTo(200);
      assertThat(reply.body()).as(path).doesNotContain("Closedname");
    }
    assertThat(new String(tile(15).body(), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain("Closedname")
        .doesNotContain("propietario");
  }

  @Test
  void closedFieldsAreInNoDownload() throws Exception {
    for (WriterFormat format : Formats.writers()) {
      if (format.extension().equals("gpx")) {
        continue; // It holds no polygons.
      }
      var reply = city.bytes("/api/downloads/predios." + format.extension());
      assertThat(reply.statusCode()).as(format.name()).isEqualTo(200);
      assertThat(reply.headers().firstValue("Content-Disposition").orElse(""))
          .startsWith("attachment");
      for (String secret : List.of("Closedname", "propietario")) {
        assertThat(new String(reply.body(), java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(format.name())
            .doesNotContain(secret);
      }
    }
  }

  /** A new endpoint that forgets its permission line answers 500 here, and fails this test. */
  @Test
  void everyRouteAsksForPermission() throws Exception {
    for (Endpoint endpoint : city.module.endpoints()) {
      String path =
          endpoint
              .path()
              .replace("{layer}", "predios")
              .replace("{feature}", "1")
              .replace("{z}", "3")
              .replace("{x}", "1")
              .replace("{y}", "3")
              .replace("{document}", "predios")
              .replace("{style}", endpoint.path().startsWith("/wmts/") ? "default" : "predios")
              .replace("{tileMatrixSet}", "WebMercatorQuad")
              .replace("{process}", "download")
              .replace("{job}", "none")
              .replace("{output}", "none")
              .replaceAll("\\{tile[A-Z][a-z]+}", "0")
              .replace(
                  "{file}",
                  endpoint.path().startsWith("/wmts/") ? "0.png" : "predios." + firstExtension());
      StringBuilder query = new StringBuilder("?lang=en");
      if (List.of("/wfs", "/wms", "/wmts").contains(path)) {
        query
            .append("&request=GetCapabilities&service=")
            .append(path.substring(1).toUpperCase(Locale.ROOT));
      }
      if (path.equals("/api/print")) {
        query.append("&layers=predios&bbox=-99.16,18.98,-99.14,19.0");
      }
      for (Parameter<?> parameter : endpoint.parameters()) {
        query.append(
            switch (parameter.name()) {
              case "lon" -> "&lon=-99.15";
              case "lat" -> "&lat=18.99";
              case "q" -> "&q=av";
              case "field" -> "&field=uso";
              default -> "";
            });
      }
      if (PROCESS.contains(endpoint.action())) {
        // Open to all, who have asked for no job yet; an order without a body is none.
        int status = city.send(endpoint.method(), path + query, "").statusCode();
        assertThat(status)
            .as(path)
            .isIn(path.contains("none") ? List.of(404) : List.of(200, 400, 415));
        continue;
      }
      if (!PUBLIC.contains(endpoint.action())) {
        int status = city.send(endpoint.method(), path + query, "").statusCode();
        assertThat(status).as(path).isEqualTo(401);
        continue;
      }
      int status = city.get(path + query).statusCode();
      assertThat(status).as(path).isIn(200, 204, Formats.writers().isEmpty() ? 404 : 200);
    }
  }

  private static final java.util.Set<org.tequio.http.Action> PUBLIC =
      java.util.Set.of(org.tequio.http.Action.CITY_READ, org.tequio.http.Action.LAYER_READ);

  private static final java.util.Set<org.tequio.http.Action> PROCESS =
      java.util.Set.of(
          new org.tequio.http.Action("process.run"), new org.tequio.http.Action("process.follow"));

  private static String firstExtension() {
    return Formats.writers().isEmpty() ? "none" : Formats.writers().getFirst().extension();
  }

  @Test
  void textsOfAttackersStayTexts() throws Exception {
    var json = city.get("/ogc/collections/predios/items?f=json");
    assertThat(json.headers().firstValue("Content-Type")).contains("application/geo+json");
    assertThat(json.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(city.json("/api/layers/predios/features/1").get("properties").get("nota").asString())
        .isEqualTo(TestCity.XSS);
  }

  // ---- catalogue

  @Test
  void healthSaysTheRevision() throws Exception {
    JsonNode health = city.json("/health");
    assertThat(health.get("status").asString()).isEqualTo("up");
    assertThat(health.get("revision").asLong()).isEqualTo(city.store.features().headRevision());
  }

  @Test
  void theCityCountsWhatItHas() throws Exception {
    JsonNode answer = city.json("/api/city");
    assertThat(answer.get("name").asString()).isEqualTo("Villa Prueba");
    assertThat(answer.get("crs").asString()).isEqualTo("EPSG:32614");
    assertThat(answer.get("counts").get("layers").asInt()).isEqualTo(8);
    assertThat(answer.get("bbox").size()).isEqualTo(4);
  }

  @Test
  void aLayerNamesItsPublicFieldsAndCountsTheClosed() throws Exception {
    JsonNode layer = city.json("/api/layers/predios");
    assertThat(layer.get("closedFields").asInt()).isOne();
    assertThat(layer.get("fields").findValuesAsString("name"))
        .containsExactly("clave", "uso", "superficie", "fecha", "nota");
    assertThat(layer.get("coverage").get("type").asString()).isEqualTo("MultiPolygon");
    assertThat(layer.get("key").asString()).isEqualTo("clave");
    assertThat(layer.get("history").get(0).get("author").asString()).isEqualTo("alicia");
    assertThat(layer.get("tiles").asString()).isEqualTo("/tiles/predios/{z}/{x}/{y}");
    assertThat(city.json("/api/layers/tarifas").get("tiles").isNull()).isTrue();
  }

  @Test
  void valuesAreCountedForLegends() throws Exception {
    JsonNode values = city.json("/api/layers/predios/values?field=uso&lang=en").get("values");
    assertThat(values.get(0).get("label").asString()).isEqualTo("Housing");
    assertThat(values.get(0).get("count").asInt()).isEqualTo(40);
    assertThat(values.get(1).get("value").asString()).isEqualTo("C");
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() throws Exception {
    for (String path :
        List.of("/api/layers", "/tiles/predios.json", "/tiles/predios/15/7360/14627")) {
      var tag = city.get(path).headers().firstValue("ETag");
      assertThat(tag).as(path).isPresent();
      assertThat(city.get(path, "If-None-Match", tag.get()).statusCode()).as(path).isEqualTo(304);
    }
  }

  // ---- tiles

  @Test
  void aTileHoldsTheFeaturesWithTheirPublicProperties() throws Exception {
    var reply = tile(16);
    assertThat(reply.statusCode()).isEqualTo(200);
    var layer = VectorTile.Tile.parseFrom(reply.body()).getLayers(0);
    assertThat(layer.getName()).isEqualTo("predios");
    assertThat(layer.getVersion()).isEqualTo(2);
    assertThat(layer.getKeysList()).containsExactly("clave", "uso", "superficie", "fecha", "nota");
    assertThat(layer.getFeaturesList()).anyMatch(feature -> feature.getId() == 1);
    assertThat(reply.headers().firstValue("Tequio-Tile").orElse("")).contains("attributes=5");
  }

  @Test
  void aTileWithNothingInItIsEmpty() throws Exception {
    assertThat(city.get("/tiles/predios/16/0/0").statusCode()).isEqualTo(204);
    assertThat(city.get("/tiles/vacia/3/1/3").statusCode()).isEqualTo(204);
    assertThat(city.get("/tiles/tarifas/0/0/0").statusCode()).isEqualTo(204);
  }

  @Test
  void everyLevelOfTheVillageIsAnswered() throws Exception {
    for (int z = 0; z <= 18; z++) {
      assertThat(tile(z).statusCode()).as("z" + z).isIn(200, 204);
    }
  }

  @Test
  void theTileChangesWithTheLayer() throws Exception {
    String tag = tile(14).headers().firstValue("ETag").orElseThrow();
    city.store.revise(
        new org.tequio.storage.Revision.Note("bruno", "api", "cut a tree"),
        work ->
            work.edit(
                new org.tequio.feature.LayerId("arboles"),
                List.of(
                    new org.tequio.storage.Edit.Delete(
                        new org.tequio.feature.FeatureId(25),
                        city.store.features().headRevision()))));
    assertThat(tile(14).headers().firstValue("ETag")).contains(tag);
    assertThat(city.json("/ogc/collections/arboles/items?limit=100").get("features").size())
        .isEqualTo(25);
  }

  @Test
  void tileJsonSaysWhatIsLeftOut() throws Exception {
    JsonNode json = city.json("/tiles/predios.json");
    assertThat(json.get("tiles").get(0).asString())
        .isEqualTo(city.base() + "/tiles/predios/{z}/{x}/{y}");
    assertThat(json.get("vector_layers").get(0).get("fields").has("propietario")).isFalse();
    assertThat(json.get("loss").get("maxTileBytes").asInt()).isEqualTo(500_000);
  }

  // ---- place

  @Test
  void aPlaceSaysWhatEveryLayerSaysThere() throws Exception {
    JsonNode place = place(TestCity.X + 10, TestCity.Y + 10);
    assertThat(place.get("insideCity").asBoolean()).isTrue();
    assertThat(place.get("parcel").get("key").asString()).isEqualTo("000-00");
    assertThat(place.get("title").asString()).isEqualTo("Av. Insurgentes 12");
    JsonNode catastro = place.get("departments").get(0);
    assertThat(catastro.get("name").asString()).isEqualTo("Catastro");
    assertThat(catastro.findValuesAsString("label")).contains("Uso").doesNotContain("propietario");
    assertThat(place.get("departments").findValuesAsString("id")).contains("arboles");
  }

  @Test
  void aFeatureThatIsAnElementOfTheCommunityMapLeadsThere() throws Exception {
    String item = "/ogc/collections/predios/items/1";
    JsonNode before = place(TestCity.X + 10, TestCity.Y + 10);
    String tag = city.get(item).headers().firstValue("ETag").orElseThrow();
    city.elements.put(1L, new CommunityLinks.Element("way", 123, 2));
    try {
      JsonNode parcel = firstOf(place(TestCity.X + 10, TestCity.Y + 10), "predios");
      assertThat(parcel.get("element").get("type").asString()).isEqualTo("way");
      assertThat(parcel.get("element").get("version").asInt()).isEqualTo(2);
      assertThat(parcel.get("element").get("text").asString()).contains("123", "2");
      assertThat(city.json(item).get("links").findValuesAsString("href"))
          .contains(city.base() + "/way/123", city.base() + "/api/0.6/way/123.json");
      assertThat(city.get(item, "If-None-Match", tag).statusCode()).isEqualTo(200);
      assertThat(city.get(item + "?f=html&lang=pt").body())
          .contains("Também no mapa comunitário: via 123, versão 2", "/way/123");
      assertThat(city.get(item + "?asOf=1").body()).doesNotContain("way/123");
    } finally {
      city.elements.clear();
    }
    assertThat(place(TestCity.X + 10, TestCity.Y + 10)).isEqualTo(before);
    assertThat(city.get(item, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  private static JsonNode firstOf(JsonNode place, String layer) {
    return place.get("departments").values().stream()
        .flatMap(department -> department.get("layers").values().stream())
        .filter(one -> one.get("id").asString().equals(layer))
        .findFirst()
        .orElseThrow()
        .get("features")
        .get(0);
  }

  @Test
  void aTaskThatFillsAGapIsSaidAtItsPlaceUntilItIsDoneAndOnlyOfLayersThatMayBeSeen()
      throws Exception {
    JsonNode before = place(TestCity.X + 10, TestCity.Y + 10);
    assertThat(before.get("mapping")).isEmpty();
    LayerId trees = new LayerId("arboles");
    city.tasks.add(new LayerGaps.OpenTask(trees, 7, 12));
    city.tasks.add(new LayerGaps.OpenTask(new LayerId("secreta"), 8, 1));
    try {
      JsonNode tasks = place(TestCity.X + 10, TestCity.Y + 10).get("mapping");
      assertThat(tasks).hasSize(1);
      assertThat(tasks.get(0).get("project").asLong()).isEqualTo(7);
      assertThat(tasks.get(0).get("task").asInt()).isEqualTo(12);
      JsonNode gap = city.json("/api/layers/arboles").get("gap");
      assertThat(gap.get("openTasks").asInt()).isEqualTo(1);
      assertThat(gap.get("openSquareMeters").asLong()).isEqualTo(1000);
    } finally {
      city.tasks.clear();
    }
    assertThat(place(TestCity.X + 10, TestCity.Y + 10)).isEqualTo(before);
    assertThat(city.json("/api/layers/arboles").get("gap").isNull()).isTrue();
  }

  @Test
  void aPlaceTellsNothingHereFromNoData() throws Exception {
    JsonNode place = place(TestCity.X + 10, TestCity.Y + 10);
    assertThat(place.get("nothingHere").findValuesAsString("id")).contains("zonas");
    assertThat(place.get("noData").findValuesAsString("id")).contains("riesgo", "vacia");
    JsonNode outside = city.json("/api/place?lon=10&lat=50");
    assertThat(outside.get("insideCity").asBoolean()).isFalse();
    assertThat(outside.get("departments").size()).isZero();
    assertThat(outside.get("parcel").isNull()).isTrue();
  }

  @Test
  void theHoleOfAZoneIsNotInTheZone() throws Exception {
    assertThat(place(484_175, 2_100_175).get("nothingHere").findValuesAsString("id"))
        .contains("zonas");
    assertThat(place(484_120, 2_100_120).get("departments").findValuesAsString("id"))
        .contains("zonas");
  }

  @Test
  void nearnessIsMeasuredInMetres() throws Exception {
    JsonNode near = place(TestCity.X + 100, TestCity.Y - 10);
    assertThat(near.toString()).contains("Avenida Insurgentes");
    JsonNode far = place(TestCity.X + 100, TestCity.Y - 15);
    assertThat(far.get("nothingHere").findValuesAsString("id")).contains("calles");
  }

  // ---- search

  @ParameterizedTest
  @ValueSource(strings = {"avenida insurgentes", "Av. Insurgentes", "AV INSURG", "insurgéntes"})
  void aStreetIsFoundHoweverItIsWritten(String typed) throws Exception {
    JsonNode results = search(typed);
    assertThat(results.findValuesAsString("kind")).contains("street");
    // Two pieces are one street.
    assertThat(results.findValuesAsString("title").stream().filter("Avenida Insurgentes"::equals))
        .hasSize(1);
  }

  @Test
  void accentsAndShortFormsAreForgiven() throws Exception {
    assertThat(search("cda de la pena").findValuesAsString("title")).contains("Cerrada de la Peña");
    assertThat(search("arboles").findValuesAsString("kind")).contains("layer");
    assertThat(search("000-05").get(0).get("kind").asString()).isEqualTo("parcel");
    assertThat(search("insurgentes 12").get(0).get("kind").asString()).isEqualTo("address");
    assertThat(search("zzzz").size()).isZero();
    assertThat(search("   ").size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18.99, -99.15",
        "-99.15, 18.99",
        "18.99 -99.15",
        "(18.99, -99.15)",
        "geo:18.99,-99.15",
        "18°59'24\"N 99°9'0\"W",
        "18° 59.4' N, 99° 9' O"
      })
  void coordinatesAreUnderstoodAsPeopleWriteThem(String typed) throws Exception {
    JsonNode result = search(typed).get(0);
    assertThat(result.get("kind").asString()).isEqualTo("coordinate");
    assertThat(result.get("lon").asDouble())
        .isCloseTo(-99.15, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(result.get("lat").asDouble())
        .isCloseTo(18.99, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void aCrossingIsFoundByItsTwoStreets() throws Exception {
    for (String typed :
        List.of(
            "insurgentes y peña",
            "Av Insurgentes esq. Cda de la Peña",
            "insurgentes/peña",
            "peña & insurgentes",
            "insurgentes con peña")) {
      JsonNode result = search(typed).get(0);
      assertThat(result.get("kind").asString()).as(typed).isEqualTo("crossing");
      assertThat(result.get("accuracy").asString()).isEqualTo("crossing");
      assertThat(result.get("meters").asDouble()).isBetween(5.0, 10.0);
      assertThat(result.get("precision").asString()).contains(" m");
    }
    assertThat(search("insurgentes y insurgentes").findValuesAsString("kind"))
        .doesNotContain("crossing");
  }

  @Test
  void whatWasTypedNeverFindsWhatIsClosed() throws Exception {
    assertThat(search("Closedname").size()).isZero();
    assertThat(search(TestCity.OWNER + " 7").size()).isZero();
    assertThat(search("Dolores").size()).isZero();
  }

  @Test
  void aPlusCodeIsFoundNearTheCity() throws Exception {
    JsonNode result = search("XVRX+22").get(0);
    assertThat(result.get("kind").asString()).isEqualTo("code");
    assertThat(result.get("lat").asDouble()).isBetween(18.5, 19.5);
    assertThat(result.get("meters").asDouble()).isBetween(6.0, 8.0);
  }

  @Test
  void whatChangesIsFoundAtOnce() throws Exception {
    assertThat(search("Calzada Nueva").size()).isZero();
    var street = new org.tequio.feature.LayerId("calles");
    var made = new java.util.ArrayList<org.tequio.feature.FeatureId>();
    city.store.revise(
        new org.tequio.storage.Revision.Note("alicia", "api", "a new street"),
        work ->
            made.addAll(
                work.edit(
                    street,
                    List.of(
                        new org.tequio.storage.Edit.Create(
                            new org.tequio.feature.Feature(
                                work.nextFeatureId(street),
                                TestCity.geometry("LINESTRING(484000 2100050,484200 2100050)"),
                                java.util.Map.of("nombre", "Calzada Nueva")))))));
    assertThat(search("calz nueva").findValuesAsString("title")).contains("Calzada Nueva");
    city.store.revise(
        new org.tequio.storage.Revision.Note("alicia", "api", "no new street"),
        work ->
            work.edit(
                street,
                List.of(
                    new org.tequio.storage.Edit.Delete(
                        made.getFirst(), city.store.features().headRevision()))));
    assertThat(search("calzada nueva").size()).isZero();
  }

  private static JsonNode search(String typed) throws Exception {
    return city.json(
            "/api/search?q="
                + java.net.URLEncoder.encode(typed, java.nio.charset.StandardCharsets.UTF_8))
        .get("results");
  }

  private static JsonNode place(double x, double y) throws Exception {
    double[] at = TestCity.lonLat(x, y);
    return city.json(String.format(Locale.ROOT, "/api/place?lon=%.8f&lat=%.8f", at[0], at[1]));
  }

  private static java.net.http.HttpResponse<byte[]> tile(int z) throws Exception {
    double[] at = TestCity.lonLat(TestCity.X + 10, TestCity.Y + 10);
    TileCoord tile = TileCoord.at(at[0], at[1], z);
    return city.bytes("/tiles/predios/" + z + "/" + tile.x() + "/" + tile.y());
  }
}
