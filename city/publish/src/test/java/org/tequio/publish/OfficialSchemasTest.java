package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the maps, tiles, styles, metadata and files answer is valid by the official schemas; {@link
 * WfsSchemaTest} has the WFS.
 */
class OfficialSchemasTest {
  private static final String WMS13 = "http://schemas.opengis.net/wms/1.3.0/";
  private static final String MAP =
      "&request=GetMap&styles=&width=10&height=10&format=image/png&bbox=0,0,1,1&crs=EPSG:32614";

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

  private static void assertValid(String path, String... schemas) throws Exception {
    assertThat(OgcSchemas.faults(city.get(path).body(), List.of(schemas))).as(path).isEmpty();
  }

  @Test
  void capabilitiesOfWms13AreValid() throws Exception {
    assertValid(
        "/wms?service=WMS&version=1.3.0&request=GetCapabilities", WMS13 + "capabilities_1_3_0.xsd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&request=GetNothing",
        MAP + "&layers=nada",
        MAP + "&layers=zonas&time=yesterday",
        "&request=GetCapabilities&updatesequence=999999999"
      })
  void exceptionsOfWms13AreValid(String request) throws Exception {
    assertValid("/wms?service=WMS&version=1.3.0" + request, WMS13 + "exceptions_1_3_0.xsd");
  }

  @ParameterizedTest
  @CsvSource({
    "WMT_MS_Capabilities, capabilities_1_1_1.dtd, &request=GetCapabilities",
    "ServiceExceptionReport, exception_1_1_1.dtd, &request=GetNothing",
    "ServiceExceptionReport, exception_1_1_1.dtd, &request=GetMap&layers=nada&srs=EPSG:4326"
  })
  void documentsOfWms111AreValid(String root, String dtd, String request) throws Exception {
    String document = city.get("/wms?service=WMS&version=1.1.1" + request).body();
    assertThat(OgcSchemas.faultsByDtd(document, root, "wms/1.1.1/" + dtd)).isEmpty();
  }

  @Test
  void capabilitiesOfWmtsAreValid() throws Exception {
    String schema = "http://schemas.opengis.net/wmts/1.0/wmtsGetCapabilities_response.xsd";
    for (String path :
        List.of(
            "/wmts?service=WMTS&request=GetCapabilities",
            "/wmts?service=WMTS&request=GetCapabilities&sections=Themes,ServiceProvider",
            "/wmts?service=WMTS&request=GetCapabilities&sections=Contents",
            "/wmts/1.0.0/WMTSCapabilities.xml")) {
      // The schema's first row and column are 1, which it says itself is wrong: "from 0".
      assertThat(OgcSchemas.faults(city.get(path).body(), List.of(schema)))
          .as(path)
          .filteredOn(fault -> !fault.matches(".*'0'.*(positiveInteger|M(in|ax)Tile(Row|Col)).*"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/wmts?service=WMTS&request=GetNothing",
        "/wmts?service=WMTS&version=1.0.0&request=GetTile&layer=nada",
        "/wmts/zonas/default/WebMercatorQuad/99/0/0.png"
      })
  void exceptionsOfWmtsAreValid(String path) throws Exception {
    assertValid(path, "http://schemas.opengis.net/ows/1.1.0/owsExceptionReport.xsd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zonas", "predios", "calles", "arboles"})
  void stylesAreValid(String layer) throws Exception {
    String style = "/ogc/styles/" + layer + "?f=";
    assertValid(style + "sld11", "http://schemas.opengis.net/sld/1.1.0/StyledLayerDescriptor.xsd");
    assertValid(style + "sld10", "http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zonas", "predios", "calles", "arboles", "vacia", "tarifas"})
  void metadataAreValid(String layer) throws Exception {
    assertValid(
        "/catalogue/" + layer + ".iso.xml",
        "http://schemas.opengis.net/iso/19139/20070417/gmd/gmd.xsd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zonas", "predios", "calles", "arboles", "vacia"})
  void filesForGoogleEarthAreValid(String layer) throws Exception {
    String kml = city.get("/api/downloads/" + layer + ".kml").body();
    assertThat(kml).contains("http://www.opengis.net/kml/2.");
    assertValid(
        "/api/downloads/" + layer + ".kml",
        "http://schemas.opengis.net/kml/"
            + (kml.contains("kml/2.3") ? "2.3/ogckml23" : "2.2.0/ogckml22")
            + ".xsd");
  }
}
