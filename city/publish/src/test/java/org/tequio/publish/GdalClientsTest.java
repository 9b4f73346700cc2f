package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tequio.feature.TileCoord;
import org.tequio.testing.ClientProgram;

/** GDAL itself reads the village by every service and file; {@link WfsClientsTest} has the WFS. */
class GdalClientsTest {
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
