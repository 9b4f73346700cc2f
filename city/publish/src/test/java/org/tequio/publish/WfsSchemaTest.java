package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the WFS answers is valid by the official schemas of the OGC. */
class WfsSchemaTest {
  private static final List<String> WFS2 =
      List.of(
          "http://schemas.opengis.net/wfs/2.0/wfs.xsd",
          "http://schemas.opengis.net/gml/3.2.1/gml.xsd");
  private static final List<String> WFS1 = List.of("http://schemas.opengis.net/wfs/1.1.0/wfs.xsd");

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

  private static String answer(String version, String request) throws Exception {
    return city.get("/wfs?service=WFS&version=" + version + "&request=" + request).body();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GetCapabilities", "ListStoredQueries", "DescribeStoredQueries", "GetMap"})
  void documentsOfVersion20AreValid(String request) throws Exception {
    assertThat(OgcSchemas.faults(answer("2.0.0", request), WFS2)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetCapabilities", "GetMap"})
  void documentsOfVersion11AreValid(String request) throws Exception {
    assertThat(OgcSchemas.faults(answer("1.1.0", request), WFS1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GetFeature&typeNames=predios&count=3",
        "GetFeature&typeNames=zonas&srsName=urn:ogc:def:crs:EPSG::4326",
        "GetFeature&typeNames=(arboles)(calles)",
        "GetFeature&typeNames=predios&resultType=hits",
        "GetFeature&storedquery_id=urn:ogc:def:query:OGC-WFS::GetFeatureById&id=zonas.1",
        "GetPropertyValue&typeNames=arboles&valueReference=geometry",
        "GetFeature&typeNames=vacia",
        "GetFeature&typeNames=tarifas"
      })
  void featuresAreValidByTheSchemaThatIsDescribed(String request) throws Exception {
    String types = answer("2.0.0", "DescribeFeatureType");
    assertThat(OgcSchemas.faults(answer("2.0.0", request), WFS2, types)).isEmpty();
  }

  @Test
  void featuresOfVersion11AreValid() throws Exception {
    String types = answer("1.1.0", "DescribeFeatureType");
    for (String layer : List.of("predios", "zonas", "calles", "arboles", "tarifas", "vacia")) {
      String page = answer("1.1.0", "GetFeature&typeName=" + layer);
      assertThat(OgcSchemas.faults(page, WFS1, types)).as(layer).isEmpty();
    }
  }

  @Test
  void whatATransactionAnswersIsValid() throws Exception {
    String insert =
        "<Insert><arboles xmlns='urn:tequio:layers'><altura>3</altura></arboles></Insert>"
            + "</Transaction>";
    String wfs2 =
        "<Transaction xmlns='http://www.opengis.net/wfs/2.0' service='WFS' version='2.0.0'>";
    String wfs1 = "<Transaction xmlns='http://www.opengis.net/wfs' service='WFS' version='1.1.0'>";
    assertThat(OgcSchemas.faults(city.post("/wfs", wfs2 + insert, "As", "gerardo").body(), WFS2))
        .isEmpty();
    assertThat(OgcSchemas.faults(city.post("/wfs", wfs1 + insert, "As", "gerardo").body(), WFS1))
        .isEmpty();
    assertThat(OgcSchemas.faults(city.post("/wfs", wfs2 + insert).body(), WFS2)).isEmpty();
  }
}
