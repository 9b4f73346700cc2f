package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKTReader;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import tools.jackson.databind.JsonNode;

/**
 * QGIS itself reads the village by every service but the WFS, which {@link WfsClientsTest} has. It
 * is started once, for all of these tests. The view is a square of 400 m with 200 pixels a side, in
 * which the zone covers the pixels from 50 to 150 and has a hole.
 */
class QgisClientsTest {
  @TempDir static Path folder;
  private static TestCity city;
  private static final Map<String, JsonNode> FACTS = new LinkedHashMap<>();

  @BeforeAll
  static void letQgisLook() throws Exception {
    city = TestCity.start(folder.resolve("city"));
    Files.write(folder.resolve("project.qgz"), city.bytes("/project.qgz").body());
    for (JsonNode fact : QgisFacts.of("read_as_qgis.py", city.base(), folder.toString())) {
      FACTS.put(fact.path("of").asString(), fact);
    }
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  private static JsonNode fact(String of) {
    return Objects.requireNonNull(FACTS.get(of), () -> of + " is not among " + FACTS.keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"predios", "arboles", "calles", "zonas", "tarifas"})
  void featuresThroughTheApiAreThoseOfTheStore(String layer) throws Exception {
    JsonNode read = fact("oapif " + layer);
    FeatureStore store = city.store.features();
    List<Long> ids = new ArrayList<>();
    store.scan(new LayerId(layer), FeatureQuery.ALL, row -> ids.add(row.id()));

    assertThat(read.path("valid").asBoolean()).isTrue();
    assertThat(read.path("count").asInt()).isEqualTo(ids.size());
    assertThat(read.path("rows")).hasSize(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      var id = new FeatureId(ids.get(i));
      Feature kept = store.findFeature(new LayerId(layer), id, AsOf.NOW).orElseThrow();
      JsonNode row = read.path("rows").get(i);
      assertThat(read(row.path("values"))).isEqualTo(kept(kept.properties()));
      assertPlace(row.path("wkt").asString(""), kept.geometry());
    }
  }

  private static Map<String, String> read(JsonNode values) {
    Map<String, String> texts = new TreeMap<>();
    values.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asString("")));
    return texts;
  }

  private static Map<String, String> kept(Map<String, @Nullable Object> properties) {
    Map<String, String> texts = new TreeMap<>();
    properties.forEach((name, value) -> texts.put(name, value == null ? "" : value.toString()));
    texts.remove("propietario");
    return texts;
  }

  private static void assertPlace(String wkt, @Nullable Geometry kept) throws Exception {
    if (kept == null) {
      assertThat(wkt).isEmpty();
      return;
    }
    Coordinate[] read = new WKTReader().read(wkt).norm().getCoordinates();
    Geometry there = kept.copy();
    there.apply(
        (CoordinateFilter)
            at -> {
              double[] lonLat = TestCity.lonLat(at.x, at.y);
              at.setX(lonLat[0]);
              at.setY(lonLat[1]);
            });
    Coordinate[] wanted = there.norm().getCoordinates();
    assertThat(read).hasSameSizeAs(wanted);
    for (int i = 0; i < read.length; i++) {
      // A ten-millionth of a degree is a centimetre.
      assertThat(read[i].distance(wanted[i])).isLessThan(1.5e-7);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oapif",
        "wms 1.1.1 EPSG-4326",
        "wms 1.1.1 EPSG-32614",
        "wms 1.1.1 EPSG-3857",
        "wms 1.3.0 EPSG-4326",
        "wms 1.3.0 CRS-84",
        "wms 1.3.0 EPSG-32614",
        "wms 1.3.0 EPSG-3857",
        "wmts WebMercatorQuad",
        "wmts WorldCRS84Quad",
        "xyz",
        "tiles",
        "project picture"
      })
  void theZoneLiesWhereItIsWithItsHole(String way) {
    JsonNode picture = fact(way);

    assertThat(picture.path("valid").asBoolean()).isTrue();
    assertThat(picture.path("errors")).isEmpty();
    int[] expected = {50, 50, 150, 150};
    for (int side = 0; side < 4; side++) {
      assertThat(picture.path("drawn").get(side).asInt())
          .as(picture.toString())
          .isCloseTo(expected[side], within(3));
    }
    assertThat(picture.path("filled").asBoolean()).as("inside").isTrue();
    assertThat(picture.path("hole").asBoolean()).as("the hole").isTrue();
  }

  @Test
  void aPlaceTellsItsZoneInEveryOrderOfAxes() {
    List<JsonNode> told =
        FACTS.entrySet().stream()
            .filter(fact -> fact.getKey().startsWith("told "))
            .map(Map.Entry::getValue)
            .toList();

    assertThat(told).hasSize(7);
    assertThat(told).allMatch(fact -> fact.path("texts").toString().contains("ZU"));
  }

  @Test
  void everyLayerOfTheProjectIsThereInItsStyle() {
    assertThat(fact("project").path("opened").asBoolean()).isTrue();
    for (String title : List.of("Zonas", "Calles", "Árboles", "Domicilios", "Riesgo lejano")) {
      JsonNode layer = fact("project " + title);
      assertThat(layer.path("valid").asBoolean()).as(layer.toString()).isTrue();
      assertThat(layer.path("count").asInt()).as(title).isPositive();
    }
  }

  @Test
  void theStyleOfTilesIsUnderstoodWhole() {
    JsonNode style = fact("tiles style");
    assertThat(style.path("understood").asBoolean()).as(style.toString()).isTrue();
    assertThat(style.path("error").asString()).isEmpty();
    assertThat(style.path("rules").asInt()).isPositive();
  }
}
