package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.TileCoord;
import tools.jackson.databind.JsonNode;

/** OGC API – Maps and Styles, map tiles, and WMTS over HTTP. */
class MapsAndStylesTest {
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
        "/ogc/collections/zonas/map?width=8192&height=8192",
        "/ogc/collections/zonas/map?width=0",
        "/ogc/collections/zonas/map?bbox=1,2,3",
        "/ogc/collections/zonas/map?bbox=NaN,2,3,4",
        "/ogc/collections/zonas/map?bbox=3,3,1,1",
        "/ogc/collections/zonas/map?crs=latlon",
        "/ogc/collections/zonas/map?crs=http://www.opengis.net/def/crs/EPSG/0/999999",
        "/ogc/collections/zonas/map?f=gif",
        "/ogc/collections/zonas/map?bgcolor=red",
        "/ogc/collections/zonas/map?colour=red",
        "/ogc/map?collections=..",
        "/ogc/styles/zonas?f=sld12"
      })
  void aWrongPictureIsTheCallersMistake(String path) throws Exception {
    assertThat(city.get(path).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ogc/collections/nada/map",
        "/ogc/collections/tarifas/map",
        "/ogc/map?collections=zonas,nada",
        "/ogc/styles/nada",
        "/ogc/styles/tarifas",
        "/ogc/collections/zonas/styles/predios",
        "/ogc/collections/zonas/map/tiles/WebMercatorQuad/25/0/0",
        "/ogc/collections/zonas/map/tiles/WebMercatorQuad/3/0/0",
        "/ogc/collections/zonas/map/tiles/Nowhere/3/0/0"
      })
  void whatDoesNotExistIsNotFound(String path) throws Exception {
    assertThat(city.get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "service=, MissingParameterValue, service",
    "service=WFS, InvalidParameterValue, service",
    "request=, MissingParameterValue, request",
    "request=GetMoney, InvalidParameterValue, request",
    "version=2.0.0, InvalidParameterValue, version",
    "layer=, MissingParameterValue, layer",
    "layer=nada, InvalidParameterValue, layer",
    "layer=tarifas, InvalidParameterValue, layer",
    "style=pretty, InvalidParameterValue, style",
    "format=image/gif, InvalidParameterValue, format",
    "tilematrixset=Nowhere, InvalidParameterValue, tilematrixset",
    "tilematrix=99, InvalidParameterValue, tilematrix",
    "tilematrix=x, InvalidParameterValue, tilematrix",
    "tilerow=0, TileOutOfRange, tilerow",
    "tilecol=99999999, TileOutOfRange, tilecol",
    "tilecol=-1, InvalidParameterValue, tilecol"
  })
  void aWrongTileIsToldWithItsCodeAndLocator(String change, String code, String locator)
      throws Exception {
    var reply = city.get(changed(kvp(tile(16)), change));

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body())
        .contains("ows:ExceptionReport")
        .contains("exceptionCode=\"" + code + "\"")
        .contains("locator=\"" + locator + "\"");
  }

  @Test
  void noStyleNamesAClosedField() throws Exception {
    for (String form : List.of("mapbox", "sld11", "sld10", "qml")) {
      assertThat(city.get("/ogc/styles/predios?f=" + form).body())
          .as(form)
          .doesNotContain("propietario")
          .doesNotContain("Closedname");
    }
    for (String form : List.of("sld11", "sld10", "qml")) {
      assertThat(city.get("/ogc/styles/predios?f=" + form).body())
          .as(form)
          .doesNotContain("<script>");
    }
  }

  // ---- maps

  @Test
  void aCollectionIsDrawnWithItsExtent() throws Exception {
    var reply = city.bytes("/ogc/collections/zonas/map?width=200");

    BufferedImage map = image(reply);
    assertThat(map.getWidth()).isEqualTo(200);
    assertThat(map.getHeight()).isBetween(190, 210);
    assertThat(inked(map)).isBetween(33_000L, 40_000L);
    assertThat(reply.headers().firstValue("Content-Crs").orElse(""))
        .isEqualTo("<http://www.opengis.net/def/crs/EPSG/0/3857>");
  }

  @Test
  void aMapCanBeOfSeveralCollectionsAndOfTheCity() throws Exception {
    assertThat(inked(image(city.bytes("/ogc/map?collections=zonas,predios&width=300"))))
        .isPositive();
    assertThat(inked(image(city.bytes("/ogc/map?width=300")))).isPositive();
  }

  @Test
  void theFormFollowsAcceptAndF() throws Exception {
    assertThat(contentType(city.bytes("/ogc/collections/zonas/map", "Accept", "image/jpeg")))
        .isEqualTo("image/jpeg");
    assertThat(contentType(city.bytes("/ogc/collections/zonas/map?f=svg")))
        .isEqualTo("image/svg+xml");
  }

  // ---- styles

  @Test
  void everyLayerWithAPlaceHasAStyleInEveryForm() throws Exception {
    JsonNode styles = city.json("/ogc/styles").path("styles");
    List<String> ids = new ArrayList<>();
    for (JsonNode style : styles) {
      ids.add(style.path("id").stringValue());
      for (JsonNode link : style.path("links")) {
        var reply = city.get(link.path("href").stringValue());
        assertThat(reply.statusCode()).as(link.toString()).isEqualTo(200);
      }
    }
    assertThat(ids).contains("predios", "zonas", "calles", "arboles").doesNotContain("tarifas");
  }

  @Test
  void classesAreThoseOfTheWebMap() throws Exception {
    // 'uso' tells kinds, whose code list names one of them.
    String sld = city.get("/ogc/styles/predios?f=sld11&lang=es").body();
    assertThat(sld)
        .contains("<ogc:PropertyName>uso</ogc:PropertyName><ogc:Literal>H</ogc:Literal>")
        .contains("<se:Title>Habitacional</se:Title>")
        .contains("#0072b2")
        .contains("#e69f00");
    assertThat(city.get("/ogc/styles/predios?f=sld10&lang=pt").body())
        .contains("<Title>Residencial</Title>")
        .contains("CssParameter");
    assertThat(city.json("/ogc/styles/predios?f=mapbox").path("version").intValue()).isEqualTo(8);
  }

  // ---- tiles

  @Test
  void tilesAreTheSameByPathParametersAndApi() throws Exception {
    TileCoord tile = tile(16);
    byte[] byParameters = city.bytes(kvp(tile)).body();
    String at = "/16/" + tile.y() + "/" + tile.x();

    assertThat(inked(image(city.bytes(kvp(tile))))).isPositive();
    assertThat(city.bytes("/wmts/zonas/default/WebMercatorQuad" + at + ".png").body())
        .isEqualTo(byParameters);
    assertThat(city.bytes("/ogc/collections/zonas/map/tiles/WebMercatorQuad" + at).body())
        .isEqualTo(byParameters);
  }

  @Test
  void tilesInDegreesLieWhereTheirSetSays() throws Exception {
    double[] at = TestCity.lonLat(484_120, 2_100_120);
    int column = (int) ((at[0] + 180) / 180 * (1 << 15));
    int row = (int) ((90 - at[1]) / 180 * (1 << 15));
    assertThat(
            inked(
                image(
                    city.bytes(
                        "/ogc/collections/zonas/map/tiles/WorldCRS84Quad/15/"
                            + row
                            + "/"
                            + column))))
        .isPositive();
  }

  @Test
  void capabilitiesListLimitsAndTemplates() throws Exception {
    String body = city.get("/wmts/1.0.0/WMTSCapabilities.xml").body();
    assertThat(body)
        .contains("<ows:Identifier>zonas</ows:Identifier>")
        .contains("WorldCRS84Quad")
        .contains("<MinTileRow>")
        .contains(city.base() + "/wmts/zonas/{Style}/{TileMatrixSet}")
        .doesNotContain("tarifas");
    assertThat(city.get("/wmts?service=WMTS&request=GetCapabilities").body()).isEqualTo(body);
  }

  private static TileCoord tile(int z) {
    double[] at = TestCity.lonLat(484_120, 2_100_120);
    return TileCoord.at(at[0], at[1], z);
  }

  private static String kvp(TileCoord tile) {
    return "/wmts?service=WMTS&request=GetTile&version=1.0.0&layer=zonas&style=default"
        + "&format=image/png&tilematrixset=WebMercatorQuad&tilematrix="
        + tile.z()
        + "&tilerow="
        + tile.y()
        + "&tilecol="
        + tile.x();
  }

  private static String changed(String path, String change) {
    String name = change.substring(0, change.indexOf('='));
    return path.replaceFirst("([?&])" + name + "=[^&]*", "$1" + change);
  }

  private static String contentType(HttpResponse<byte[]> reply) {
    return reply.headers().firstValue("Content-Type").orElse("");
  }

  private static BufferedImage image(HttpResponse<byte[]> reply) throws Exception {
    assertThat(reply.statusCode())
        .as(() -> new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(reply.body())));
  }

  private static long inked(BufferedImage image) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) >>> 24 != 0 ? 1 : 0;
      }
    }
    return count;
  }
}
