package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sebasbaumh.mapbox.vectortile.VectorTile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.TileCoord;
import tools.jackson.databind.JsonNode;

/** OGC API – Tiles Part 1 (OGC 20-057) and OGC 17-083r4, requirement by requirement, over HTTP. */
class OgcTilesTest {
  private static final String PARCELS = "/ogc/collections/predios/tiles";
  private static final String RELATION = "http://www.opengis.net/def/rel/ogc/1.0/";

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

  @ParameterizedTest(name = "/req/core/tc-error: {0} does not exist")
  @ValueSource(
      strings = {
        PARCELS + "/WebMercatorQuad/19/0/0",
        PARCELS + "/WebMercatorQuad/30/0/0",
        PARCELS + "/WebMercatorQuad/x/0/0",
        PARCELS + "/WebMercatorQuad/-1/0/0",
        PARCELS + "/WebMercatorQuad/3/0/0",
        PARCELS + "/WebMercatorQuad/3/8/8",
        PARCELS + "/WebMercatorQuad/99999999999/0/0",
        PARCELS + "/Nada/0/0/0",
        PARCELS + "/Nada",
        "/ogc/collections/nada/tiles",
        "/ogc/collections/nada/tiles/WebMercatorQuad/0/0/0",
        "/ogc/collections/tarifas/tiles",
        "/ogc/collections/tarifas/tiles/WebMercatorQuad/0/0/0",
        "/ogc/collections/vacia/tiles/WebMercatorQuad/0/0/0",
        "/ogc/tiles/WebMercatorQuad/3/0/0",
        "/ogc/tiles/WebMercatorQuad/0/0/0?collections=nada",
        "/ogc/tileMatrixSets/Nada"
      })
  void whatDoesNotExistIs404(String path) throws Exception {
    assertThat(city.get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest(name = "{0} is refused")
  @ValueSource(
      strings = {
        PARCELS + "/WebMercatorQuad/0/0/0?f=png",
        PARCELS + "/WebMercatorQuad/0/0/0?collections=predios",
        PARCELS + "/WebMercatorQuad/0/0/0?asOf=never",
        "/ogc/tiles/WebMercatorQuad/0/0/0?collections=A,B",
        "/ogc/tiles/WebMercatorQuad/0/0/0?collections=",
        "/ogc/tiles/WebMercatorQuad?f=mvt"
      })
  void wrongParametersAreRefused(String path) throws Exception {
    assertThat(city.get(path).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("/req/dataset-tilesets/landingpage, geodata-tilesets/desc-links: where tiles are")
  void landingPageAndCollectionsLeadToTheTileSets() throws Exception {
    assertThat(link(city.json("/ogc/"), RELATION + "tilesets-vector"))
        .isEqualTo(city.base() + "/ogc/tiles");
    assertThat(link(city.json("/ogc/collections/predios"), RELATION + "tilesets-vector"))
        .isEqualTo(city.base() + PARCELS);
    assertThat(city.json("/ogc/collections/tarifas").toString()).doesNotContain("tilesets-vector");
  }

  @ParameterizedTest(name = "/req/tilesets-list/tileset-links, /req/tileset/success: {0}")
  @ValueSource(strings = {"/ogc/tiles", PARCELS})
  void everyTileSetDescribesItself(String path) throws Exception {
    JsonNode list = city.json(path);
    assertThat(list.get("tilesets").size()).isPositive();
    for (JsonNode item : list.get("tilesets")) {
      String self = link(item, "self").substring(city.base().length());
      JsonNode set = city.json(self);
      assertThat(set.get("dataType").asString()).isEqualTo("vector");
      assertThat(set.get("tileMatrixSetURI")).isEqualTo(item.get("tileMatrixSetURI"));
      assertThat(set.get("crs")).isEqualTo(item.get("crs"));
      assertThat(set.get("tileMatrixSetLimits")).isEqualTo(item.get("tileMatrixSetLimits"));
      assertThat(link(item, "item")).isEqualTo(link(set, "item"));
      String scheme = link(set, RELATION + "tiling-scheme");
      assertThat(city.json(scheme.substring(city.base().length())).get("uri"))
          .isEqualTo(set.get("tileMatrixSetURI"));
      String template = link(set, "item");
      assertThat(template).endsWith("/{tileMatrix}/{tileRow}/{tileCol}");
      for (JsonNode limits : set.get("tileMatrixSetLimits")) {
        int z = limits.get("tileMatrix").asInt();
        String inside = tile(template, z, limits.get("minTileRow"), limits.get("minTileCol"));
        assertThat(city.get(inside).statusCode()).as(inside).isIn(200, 204);
        if (z > 2) {
          int row = limits.get("maxTileRow").asInt() + 1;
          String outside =
              template
                  .replace("{tileMatrix}", "" + z)
                  .replace("{tileRow}", "" + row)
                  .replace("{tileCol}", limits.get("minTileCol").asString());
          assertThat(city.get(outside).statusCode()).as(outside).isEqualTo(404);
        }
      }
    }
  }

  @Test
  @DisplayName("/req/core/tc-success: the tile of a collection is that of the fast path")
  void aCollectionsTileIsTheSameOnBothPaths() throws Exception {
    double[] corner = TestCity.lonLat(TestCity.X, TestCity.Y);
    TileCoord at = TileCoord.at(corner[0], corner[1], 16);
    var ogc = city.bytes(PARCELS + "/WebMercatorQuad/16/" + at.y() + "/" + at.x() + "?f=mvt");
    assertThat(ogc.statusCode()).isEqualTo(200);
    assertThat(ogc.headers().firstValue("Content-Type"))
        .contains("application/vnd.mapbox-vector-tile");
    assertThat(ogc.body())
        .isEqualTo(city.bytes("/tiles/predios/16/" + at.x() + "/" + at.y()).body());
  }

  @Test
  @DisplayName("WorldCRS84Quad: a parcel lies in the tile of degrees where its corner is")
  void tilesAreCutInDegreesToo() throws Exception {
    double[] corner = TestCity.lonLat(TestCity.X, TestCity.Y);
    int z = 16;
    double side = 180.0 / (1 << z);
    int column = (int) Math.floor((corner[0] + 180) / side);
    int row = (int) Math.floor((90 - corner[1]) / side);
    String path = PARCELS + "/WorldCRS84Quad/" + z + "/" + row + "/" + column;
    var reply = city.bytes(path);
    assertThat(reply.statusCode()).isEqualTo(200);
    List<Integer> first =
        VectorTile.Tile.parseFrom(reply.body()).getLayers(0).getFeatures(0).getGeometryList();
    double[] far = TestCity.lonLat(TestCity.X + 200, TestCity.Y + 180);
    // The first vertex of a parcel, as MVT writes a move: zigzag, in 4096 parts of the tile.
    double x = first.get(1) / 2 / 4096.0;
    double y = first.get(2) / 2 / 4096.0;
    assertThat(x)
        .isBetween((corner[0] + 180) / side - column - 0.01, (far[0] + 180) / side - column + 0.01);
    assertThat(y)
        .isBetween((90 - far[1]) / side - row - 0.01, (90 - corner[1]) / side - row + 0.01);
    assertThat(city.get(PARCELS + "/WorldCRS84Quad?f=tilejson").statusCode()).isEqualTo(400);
    assertThat(city.get(PARCELS + "/WorldCRS84Quad/0/0/0").statusCode()).isIn(200, 204);
    assertThat(city.get(PARCELS + "/WorldCRS84Quad/0/0/1").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("/req/dataset-tilesets, /req/collections-selection: all layers in one tile")
  void theDatasetsTileHoldsItsLayers() throws Exception {
    double[] corner = TestCity.lonLat(TestCity.X, TestCity.Y);
    TileCoord at = TileCoord.at(corner[0], corner[1], 14);
    String path = "/ogc/tiles/WebMercatorQuad/14/" + at.y() + "/" + at.x();
    assertThat(layersOf(path)).contains("predios", "calles", "arboles", "domicilios");
    assertThat(layersOf(path + "?collections=calles,predios")).containsExactly("calles", "predios");
    var first = city.bytes(path);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(city.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  private static List<String> layersOf(String path) throws Exception {
    var reply = city.bytes(path);
    assertThat(reply.statusCode()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    VectorTile.Tile.parseFrom(reply.body()).getLayersList().forEach(l -> names.add(l.getName()));
    return names;
  }

  @Test
  @DisplayName("/req/tilejson: each tile set is TileJSON, too, and its template leads to tiles")
  void tileSetsAreTileJsonToo() throws Exception {
    for (String path : List.of("/ogc/tiles/WebMercatorQuad", PARCELS + "/WebMercatorQuad")) {
      var reply = city.get(path + "?f=tilejson");
      assertThat(reply.headers().firstValue("Content-Type"))
          .contains("application/vnd.mapbox.tile+json");
      JsonNode json = city.json(path + "?f=tilejson");
      assertThat(json.get("tilejson").asString()).isEqualTo("3.0.0");
      assertThat(json.get("vector_layers").toString()).doesNotContain("propietario");
      String template = json.get("tiles").get(0).asString();
      String tile = template.replace("{z}", "0").replace("{x}", "0").replace("{y}", "0");
      assertThat(city.get(tile).statusCode()).isIn(200, 204);
    }
  }

  @Test
  @DisplayName("OGC 17-083r4, annex D: the registered numbers of the matrix sets")
  void matrixSetsHaveTheRegisteredNumbers() throws Exception {
    JsonNode sets = city.json("/ogc/tileMatrixSets").get("tileMatrixSets");
    assertThat(sets.get(0).get("id").asString()).isEqualTo("WebMercatorQuad");
    JsonNode mercator = city.json("/ogc/tileMatrixSets/WebMercatorQuad");
    JsonNode tenth = mercator.get("tileMatrices").get(10);
    assertThat(mercator.get("crs").asString())
        .isEqualTo("http://www.opengis.net/def/crs/EPSG/0/3857");
    assertThat(tenth.get("id").asString()).isEqualTo("10");
    assertThat(tenth.get("scaleDenominator").asDouble()).isCloseTo(545978.773465544, within(1e-3));
    assertThat(tenth.get("cellSize").asDouble()).isCloseTo(152.874056570353, within(1e-9));
    assertThat(tenth.get("matrixWidth").asInt()).isEqualTo(1024);
    assertThat(tenth.get("pointOfOrigin").get(1).asDouble())
        .isCloseTo(20037508.3427892, within(1e-6));
  }

  @Test
  void pagesForPeopleStandInThreeLanguages() throws Exception {
    for (String path :
        List.of(
            "/ogc/tiles",
            "/ogc/tiles/WebMercatorQuad",
            PARCELS,
            PARCELS + "/WebMercatorQuad",
            "/ogc/tileMatrixSets",
            "/ogc/tileMatrixSets/WebMercatorQuad")) {
      for (String lang : List.of("es", "pt", "en")) {
        var page = city.get(path + "?f=html&lang=" + lang);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.body()).contains("lang=\"" + lang + "\"").doesNotContain("<script");
      }
    }
  }

  private static String tile(String template, int z, JsonNode row, JsonNode column) {
    return template
        .replace("{tileMatrix}", "" + z)
        .replace("{tileRow}", row.asString())
        .replace("{tileCol}", column.asString());
  }

  private static String link(JsonNode document, String rel) {
    for (JsonNode link : document.get("links")) {
      if (link.get("rel").asString().equals(rel)) {
        return link.get("href").asString();
      }
    }
    throw new AssertionError("no link " + rel + " in " + document);
  }
}
