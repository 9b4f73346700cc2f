package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.TileCoord;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.testing.ClientProgram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GDAL itself reads the village by every service and file; {@link WfsClientsTest} has the WFS. */
class GdalClientsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EXTENT = "Extent: (484100.000000, 2100100.000000) - (484300.0";

  @TempDir static Path folder;
  private static TestCity city;

  @BeforeAll
  static void start() {
    city = TestCity.start(folder.resolve("city"));
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  static Stream<Arguments> sources() {
    double[] zone = TestCity.lonLat(484_110, 2_100_110);
    TileCoord tile = TileCoord.at(zone[0], zone[1], 14);
    String tileAt = tile.z() + "/" + tile.x() + "/" + tile.y();
    return Stream.of(
        arguments("OAPIF:{site}/ogc", "predios", List.of("Feature Count: 60", "uso: String")),
        arguments("OAPIF:{site}/ogc", "zonas", List.of("Feature Count: 1", "zona: String")),
        arguments("MVT:{site}/tiles/zonas/14", "zonas", List.of("zona: String")),
        arguments("MVT:{site}/tiles/zonas/" + tileAt + ".pbf", "zonas", List.of("Count: 1")),
        arguments(
            "/vsicurl_streaming/{site}/ogc/collections/zonas/items?f=json&limit=10",
            "items",
            List.of("Feature Count: 1")),
        arguments(
            "GPKG:{file}zonas.gpkg", "zonas", List.of("Feature Count: 1", EXTENT, "zona: String")),
        arguments("{file}predios.gpkg", "predios", List.of("Feature Count: 60", "fecha: Date")),
        arguments("{file}predios.shp.zip", "predios", List.of("Feature Count: 60")),
        arguments("{file}predios.geojson", "predios", List.of("Feature Count: 60")),
        arguments("{file}zonas.fgb", "zonas", List.of("Feature Count: 1", EXTENT, "zona: String")),
        arguments("{file}predios.fgb", "predios", List.of("Feature Count: 60", "fecha: Date")),
        arguments("{file}predios.kmz", "Predios", List.of("Feature Count: 60")),
        arguments("{file}arboles.gpx", "waypoints", List.of("Feature Count: 25")),
        arguments("{file}predios.kml", "Predios", List.of("Feature Count: 60")),
        arguments("{file}predios.csv", "predios", List.of("Feature Count: 60")),
        arguments("{file}predios.xlsx", "predios", List.of("Feature Count: 60")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void ogrinfoCountsWhatTheStoreHolds(String source, String layer, List<String> told)
      throws Exception {
    ClientProgram.assumeGdal();
    String said = ClientProgram.run(List.of("ogrinfo", "-ro", "-so", "-al", fetched(source)));

    assertThat(said).containsIgnoringCase(layer).contains(told).doesNotContain("propietario");
    assertThat(said).doesNotContain("ERROR", "Warning");
  }

  /** Files are downloaded first, as people do. */
  private static String fetched(String source) throws Exception {
    int at = source.indexOf("{file}");
    if (at < 0) {
      return source.replace("{site}", city.base());
    }
    String name = source.substring(at + "{file}".length());
    Path file = folder.resolve(name);
    Files.write(file, city.bytes("/api/downloads/" + name).body());
    String prefix = name.endsWith(".zip") ? "/vsizip/" : "";
    return source.substring(0, at) + prefix + file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OAPIF:{site}/ogc predios",
        "{file}predios.gpkg",
        "{file}predios.shp.zip",
        "{file}predios.geojson",
        "{file}predios.fgb"
      })
  void ogr2ogrCopiesEveryValueAndPlaceOfTheStore(String source) throws Exception {
    ClientProgram.assumeGdal();
    Path copy = folder.resolve("copy.json");
    Files.deleteIfExists(copy);
    List<String> command = new ArrayList<>(List.of("ogr2ogr", "-f", "GeoJSON", copy.toString()));
    command.addAll(List.of("-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=9"));
    command.addAll(List.of(fetched(source).split(" ")));
    assertThat(ClientProgram.run(command)).doesNotContain("ERROR", "Warning");

    Map<String, String> copied = new TreeMap<>();
    Map<String, Envelope> places = new TreeMap<>();
    for (JsonNode feature : JSON.readTree(Files.readAllBytes(copy)).path("features")) {
      JsonNode values = feature.path("properties");
      String key = values.path("clave").asString();
      copied.put(key, told(values));
      Envelope around = new Envelope();
      feature.path("geometry").findValue("coordinates").forEach(ring -> grow(around, ring));
      places.put(key, around);
    }

    LayerId parcels = new LayerId("predios");
    List<FeatureId> ids = new ArrayList<>();
    city.store.features().scan(parcels, FeatureQuery.ALL, row -> ids.add(new FeatureId(row.id())));
    assertThat(copied).hasSize(ids.size());
    for (FeatureId id : ids) {
      Feature kept = city.store.features().findFeature(parcels, id, AsOf.NOW).orElseThrow();
      String key = String.valueOf(kept.properties().get("clave"));
      assertThat(copied.get(key)).isEqualTo(kept(kept));
      assertSamePlace(Objects.requireNonNull(places.get(key)), kept);
    }
  }

  /** FlatGeobuf has no dates, only midnights. */
  private static String told(JsonNode values) {
    return values.path("uso").asString()
        + values.path("superficie").asDouble()
        + values.path("fecha").asString().replace('/', '-').substring(0, 10)
        + values.path("nota").asString();
  }

  private static String kept(Feature feature) {
    Map<String, @Nullable Object> values = feature.properties();
    return ""
        + values.get("uso")
        + values.get("superficie")
        + values.get("fecha")
        + values.get("nota");
  }

  private static void grow(Envelope around, JsonNode positions) {
    if (positions.path(0).isNumber()) {
      around.expandToInclude(positions.path(0).asDouble(), positions.path(1).asDouble());
    } else {
      positions.forEach(one -> grow(around, one));
    }
  }

  /** In the city's system to a millimetre, or in degrees to a centimetre. */
  private static void assertSamePlace(Envelope read, Feature kept) {
    Geometry geometry = Objects.requireNonNull(kept.geometry());
    boolean degrees = read.getMaxX() < 180;
    Envelope wanted = new Envelope();
    for (Coordinate at : geometry.getCoordinates()) {
      double[] xy = degrees ? TestCity.lonLat(at.x, at.y) : new double[] {at.x, at.y};
      wanted.expandToInclude(xy[0], xy[1]);
    }
    double near = degrees ? 1.5e-7 : 1e-3;
    assertThat(read.getMinX()).isCloseTo(wanted.getMinX(), within(near));
    assertThat(read.getMinY()).isCloseTo(wanted.getMinY(), within(near));
    assertThat(read.getMaxX()).isCloseTo(wanted.getMaxX(), within(near));
    assertThat(read.getMaxY()).isCloseTo(wanted.getMaxY(), within(near));
  }

  /** GDAL cuts at the edges of tiles, so it is the keys that are counted. */
  @Test
  void ogrinfoFindsEveryParcelInTheTilesThatTheServerPacked() throws Exception {
    ClientProgram.assumeGdal();
    Path file = folder.resolve("predios.mbtiles");
    Files.write(file, tileArchive("mbtiles"));

    String said =
        ClientProgram.run(
            List.of(
                "ogrinfo",
                "-ro",
                "-q",
                "-dialect",
                "SQLite",
                "-sql",
                "SELECT count(DISTINCT clave) AS n, min(superficie) AS least, max(uso) AS use"
                    + " FROM predios",
                file.toString()));
    String about = ClientProgram.run(List.of("ogrinfo", "-ro", "-so", "-al", file.toString()));

    assertThat(said).contains("n (Integer) = 60", "= 600.5", "= H").doesNotContain("ERROR");
    assertThat(about).contains("fecha: String").doesNotContain("propietario", "ERROR");
    Matcher extent =
        Pattern.compile("Extent: \\((\\S+), (\\S+)\\) - \\((\\S+), (\\S+)\\)").matcher(about);
    assertThat(extent.find()).as(about).isTrue();
    double[] sw = mercator(TestCity.X, TestCity.Y);
    // A tile has 4096 steps a side: at the deepest level a step is 15 cm.
    assertThat(Double.parseDouble(extent.group(1))).isCloseTo(sw[0], within(1.0));
    assertThat(Double.parseDouble(extent.group(2))).isCloseTo(sw[1], within(1.0));
  }

  private static byte[] tileArchive(String format) throws Exception {
    String order =
        "{\"inputs\":{\"layers\":[\"predios\"],\"minZoom\":14,\"maxZoom\":16,\"format\":\""
            + format
            + "\"},\"response\":\"document\",\"outputs\":{\"file\":{\"transmissionMode\":\"reference\"}}}";
    String reply =
        city.send(
                "POST",
                "/ogc/processes/tile-archive/execution",
                order,
                "Content-Type",
                "application/json")
            .body();
    String href = JSON.readTree(reply).path("file").path("href").asString();
    return city.bytes(href.substring(city.base().length())).body();
  }

  private static double[] mercator(double x, double y) {
    double[] xy = {x, y};
    CrsRegistry.standard().operation(TestCity.UTM, Crs.WEB_MERCATOR).apply(xy, 1);
    return xy;
  }

  static Stream<Arguments> pictures() {
    String map =
        "SERVICE=WMS&REQUEST=GetMap&LAYERS=zonas&STYLES=&FORMAT=image/png&TRANSPARENT=TRUE";
    double[] sw = TestCity.lonLat(484_000, 2_100_000);
    double[] ne = TestCity.lonLat(484_400, 2_100_400);
    String lonLat = sw[0] + "," + sw[1] + "," + ne[0] + "," + ne[1];
    String latLon = sw[1] + "," + sw[0] + "," + ne[1] + "," + ne[0];
    return Stream.of(
        arguments("WMS:{site}/wms?VERSION=1.1.1&SRS=EPSG:4326&BBOX=" + lonLat + "&" + map),
        arguments("WMS:{site}/wms?VERSION=1.3.0&CRS=EPSG:4326&BBOX=" + latLon + "&" + map),
        arguments(
            "WMS:{site}/wms?VERSION=1.1.1&SRS=EPSG:32614&BBOX=484000,2100000,484400,2100400&"
                + map),
        arguments("WMTS:{site}/wmts?SERVICE=WMTS&REQUEST=GetCapabilities,layer=zonas"),
        arguments("WMTS:{site}/wmts/1.0.0/WMTSCapabilities.xml,layer=zonas"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void gdalDrawsTheZoneWhereItIs(String source) throws Exception {
    ClientProgram.assumeGdal();
    Path picture = folder.resolve("picture.tif");
    List<String> command =
        new ArrayList<>(List.of("gdalwarp", "-q", "-overwrite", "-t_srs", "EPSG:32614", "-te"));
    command.addAll(List.of("484000", "2100000", "484400", "2100400", "-ts", "200", "200"));
    command.addAll(List.of(source.replace("{site}", city.base()), picture.toString()));
    String said = ClientProgram.run(command);

    assertThat(picture).as(said).exists();
    BufferedImage map = Objects.requireNonNull(ImageIO.read(picture.toFile()), said);
    assertThat(map.getRGB(65, 135) >>> 24).as("inside: %s", said).isPositive();
    assertThat(map.getRGB(87, 112) >>> 24).as("the hole").isZero();
    assertThat(map.getRGB(25, 175) >>> 24).as("outside").isZero();
  }
}
