package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.PublishingRules;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;
import org.tequio.testing.ClientProgram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GDAL and QGIS themselves read the service and edit through it. */
class WfsClientsTest {
  private static final LayerId PARCELS = new LayerId("predios");

  @TempDir Path folder;
  private TestCity city;

  @BeforeEach
  void start() {
    city = TestCity.start(folder.resolve("city"));
    city.say("predios", LayerSettings.EMPTY.withRules(new PublishingRules(true, 0.05, 0.2, true)));
  }

  @AfterEach
  void stop() {
    city.close();
  }

  private static List<JsonNode> qgis(String address, String version, String task) throws Exception {
    return QgisFacts.of("wfs_qgis.py", address, version, task);
  }

  private Feature parcel(long id) {
    return city.store.features().findFeature(PARCELS, new FeatureId(id), AsOf.NOW).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0.0", "1.1.0"})
  void gdalReadsWhatTheStoreHolds(String version) throws Exception {
    ClientProgram.assumeGdal();
    String source = "WFS:" + city.base() + "/wfs?VERSION=" + version;
    String parcels = ClientProgram.run(List.of("ogrinfo", "-ro", "-so", source, "tq:predios"));

    assertThat(parcels)
        .contains("Feature Count: 60")
        .contains("Extent: (484000.000000, 2100000.000000) - (484200.000000, 2100180.000000)")
        .contains("superficie: Real")
        .contains("fecha: Date")
        .doesNotContain("propietario");
    assertThat(
            ClientProgram.run(
                List.of("ogrinfo", "-ro", source, "tq:arboles", "-where", "altura > 22")))
        .contains("arboles.24", "POINT (484184 2099997)", "arboles.26")
        .doesNotContain("arboles.23");
  }

  @Test
  void gdalCopiesALayerWholeAndExact() throws Exception {
    ClientProgram.assumeGdal();
    Path copy = folder.resolve("copy.geojson");
    String said =
        ClientProgram.run(
            List.of(
                "ogr2ogr",
                "-f",
                "GeoJSON",
                "-nlt",
                "CONVERT_TO_LINEAR",
                "-t_srs",
                "EPSG:32614",
                "-lco",
                "RFC7946=NO",
                "-lco",
                "COORDINATE_PRECISION=9",
                copy.toString(),
                "WFS:" + city.base() + "/wfs",
                "tq:zonas"));
    assertThat(copy).as(said).exists();
    JsonNode zone = JsonMapper.builder().build().readTree(Files.readString(copy));
    assertThat(zone.at("/features/0/properties/zona").asString()).isEqualTo("ZU");
    assertThat(zone.at("/features/0/geometry/coordinates/0/0/0/0").asDouble()).isEqualTo(484_100);
    assertThat(zone.at("/features/0/geometry/coordinates/0/1").size()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0.0", "1.1.0"})
  void qgisReadsFiltersAndDraws(String version) throws Exception {
    List<JsonNode> facts = qgis(city.base() + "/wfs", version, "read");

    JsonNode parcels = facts.getFirst();
    assertThat(parcels.path("valid").asBoolean()).isTrue();
    assertThat(parcels.path("count").asInt()).isEqualTo(60);
    assertThat(parcels.path("read").asInt()).isEqualTo(60);
    assertThat(parcels.path("crs").asString()).isEqualTo("EPSG:32614");
    assertThat(parcels.path("extent").get(2).asDouble()).isEqualTo(484_200);
    assertThat(parcels.path("fields").toString()).contains("uso").doesNotContain("propietario");
    assertThat(facts.get(1).path("read").asInt()).isEqualTo(26);
    assertThat(facts.get(4).path("read").asInt()).isEqualTo(1);
    assertThat(facts.get(5).path("filtered").asInt()).isEqualTo(20);
    assertThat(facts.get(6).path("colours").asInt()).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0.0", "1.1.0"})
  void qgisEditsAreRevisionsUnderThePersonsName(String version) throws Exception {
    long before = city.store.features().headRevision();
    List<JsonNode> facts = qgis(city.base() + "/wfs", version, "edit");

    assertThat(facts).allMatch(fact -> fact.path("committed").asBoolean(), facts.toString());
    assertThat(facts).hasSize(4);
    assertThat(parcel(61).properties().get("clave")).isEqualTo("900-01");
    assertThat(Objects.requireNonNull(parcel(61).geometry()).getArea()).isEqualTo(50.0);
    assertThat(parcel(2).properties().get("nota")).isEqualTo("Desde QGIS");
    assertThat(parcel(2).properties().get("propietario")).isEqualTo(TestCity.OWNER + " 1");
    assertThat(Objects.requireNonNull(parcel(3).geometry()).getCoordinate().x).isEqualTo(484_400);
    assertThat(city.store.features().findFeature(PARCELS, new FeatureId(4), AsOf.NOW)).isEmpty();
    assertThat(city.store.features().headRevision()).isEqualTo(before + 4);
    assertThat(city.store.features().listRevisions(java.util.Optional.of(PARCELS), 4))
        .allMatch(revision -> revision.note().author().equals("alicia"));
  }

  @Test
  void qgisIsToldWhenSomebodyWasQuicker() throws Exception {
    long seen = city.store.features().headRevision();
    city.post(
        "/wfs",
        "<Transaction xmlns='http://www.opengis.net/wfs/2.0' service='WFS' version='2.0.0'"
            + " xmlns:fes='http://www.opengis.net/fes/2.0'><Update typeName='predios'><Property>"
            + "<ValueReference>nota</ValueReference><Value>antes</Value></Property><fes:Filter>"
            + "<fes:ResourceId rid='predios.1'/></fes:Filter></Update></Transaction>",
        "As",
        "alicia");
    List<JsonNode> facts = qgis(city.base() + "/wfs?asOf=" + seen, "2.0.0", "stale");

    assertThat(facts.getLast().path("committed").asBoolean()).isFalse();
    assertThat(parcel(1).properties().get("nota")).isEqualTo("antes");
  }
}
