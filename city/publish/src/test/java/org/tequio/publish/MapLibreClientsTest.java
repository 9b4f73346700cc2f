package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.testing.ClientProgram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reader of PMTiles' own project and MapLibre in Chromium over an archive that the server
 * packed and hands out in ranges, and MapLibre's drawing of a style beside the server's.
 */
class MapLibreClientsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SIZE = 400;

  /** Two colours may differ by this much in each of red, green and blue. */
  private static final int NEAR = 24;

  @TempDir static Path folder;
  private static TestCity city;
  private static String archive;
  private static double[] view;

  @BeforeAll
  static void start() throws Exception {
    city = TestCity.start(folder.resolve("city"));
    city.say(
        "predios",
        SavedStyleTest.saved(
            """
            {"metadata":{"tequio:look":{"color":"#4477aa","field":"uso","others":true,"classes":[
              {"label":"Vivienda","color":"#1b7f5a","values":["H"]},
              {"label":"Comercio","color":"#c2410c","values":["C"]}]}}}
            """));
    String order =
        "{\"inputs\":{\"layers\":[\"predios\"],\"minZoom\":12,\"maxZoom\":16,\"format\":\"pmtiles\"},"
            + "\"response\":\"document\",\"outputs\":{\"file\":{\"transmissionMode\":\"reference\"}}}";
    String reply =
        city.send(
                "POST",
                "/ogc/processes/tile-archive/execution",
                order,
                "Content-Type",
                "application/json")
            .body();
    archive = JSON.readTree(reply).path("file").path("href").asString();
    double[] middle = {TestCity.X + 100, TestCity.Y + 90};
    CrsRegistry.standard().operation(TestCity.UTM, Crs.WEB_MERCATOR).apply(middle, 1);
    view = new double[] {middle[0] - 150, middle[1] - 150, middle[0] + 150, middle[1] + 150};
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  @Test
  void whatIsNoArchiveIsToldByTheReader() throws Exception {
    String said =
        ClientProgram.node("pmtiles.mjs", city.base() + "/api/layers", "predios", "clave");

    assertThat(said).contains("Wrong magic number for PMTiles archive");
  }

  @Test
  void theReaderOfPmtilesFindsEveryParcelByRanges() throws Exception {
    String said = ClientProgram.node("pmtiles.mjs", archive, "predios", "clave");
    assertThat(said).startsWith("{");
    JsonNode told = JSON.readTree(said);

    assertThat(told.path("version").asInt()).isEqualTo(3);
    assertThat(told.path("type").asInt()).as("MVT").isEqualTo(1);
    assertThat(told.path("clustered").asBoolean()).isTrue();
    assertThat(told.path("minZoom").asInt()).isEqualTo(12);
    assertThat(told.path("maxZoom").asInt()).isEqualTo(16);
    assertThat(told.path("keys").asInt()).isEqualTo(TestCity.PARCELS);
    assertThat(told.path("outside").asBoolean()).isTrue();
    assertThat(told.at("/metadata/attribution").asString()).contains("Catastro");
    assertThat(told.at("/metadata/vector_layers/0/fields").propertyNames())
        .contains("clave", "uso")
        .doesNotContain("propietario");
    int tiles = 0;
    for (JsonNode ofLevel : told.path("tiles")) {
      assertThat(ofLevel.asInt()).isPositive();
      tiles += ofLevel.asInt();
    }
    assertThat(told.path("addressed").asInt()).isEqualTo(tiles);
  }

  @Test
  void mapLibreDrawsTheArchiveByRangesInTheColoursOfTheServer() throws Exception {
    Map<String, Object> source = Map.of("type", "vector", "url", "pmtiles://" + archive);
    JsonNode said = draw("archive", source);

    assertThat(said.path("ranges").size()).isGreaterThan(1);
    said.path("ranges").forEach(status -> assertThat(status.asInt()).isEqualTo(206));
    assertSamePicture(picture("archive"), served());
  }

  @Test
  void mapLibreDrawsTheTilesOfTheServerInItsColours() throws Exception {
    Map<String, Object> source =
        Map.of(
            "type",
            "vector",
            "tiles",
            List.of(city.base() + "/tiles/predios/{z}/{x}/{y}"),
            "maxzoom",
            16);
    draw("tiles", source);

    assertSamePicture(picture("tiles"), served());
  }

  private static JsonNode draw(String name, Map<String, Object> source) throws Exception {
    JsonNode style = city.json("/ogc/styles/predios?f=mapbox");
    List<JsonNode> layers = new ArrayList<>();
    // Letters are another matter: the page draws them by itself, and here are no glyphs.
    style.path("layers").forEach(one -> layers.add(one));
    layers.removeIf(one -> one.path("type").asString().equals("symbol"));
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("site", city.base());
    wanted.put(
        "style", Map.of("version", 8, "sources", Map.of("predios", source), "layers", layers));
    double[] corners = view.clone();
    CrsRegistry.standard().operation(Crs.WEB_MERCATOR, Crs.CRS84).apply(corners, 2);
    wanted.put("west", corners[0]);
    wanted.put("south", corners[1]);
    wanted.put("east", corners[2]);
    wanted.put("north", corners[3]);
    wanted.put("size", SIZE);
    wanted.put("picture", folder.resolve(name + ".png").toString());
    Path order = folder.resolve(name + ".json");
    Files.write(order, JSON.writeValueAsBytes(wanted));

    String told = ClientProgram.node("map.mjs", order.toString());

    assertThat(told).startsWith("{");
    JsonNode said = JSON.readTree(told);
    assertThat(said.path("error").isNull()).as(told).isTrue();
    assertThat(said.path("faults")).as(told).isEmpty();
    return said;
  }

  private static BufferedImage picture(String name) throws IOException {
    Path file = folder.resolve(name + ".png");
    String kept = System.getProperty("tequio.test.pictures");
    if (kept != null) {
      Files.write(
          Files.createDirectories(Path.of(kept)).resolve("maplibre-" + name + ".png"),
          Files.readAllBytes(file));
    }
    return Objects.requireNonNull(ImageIO.read(file.toFile()));
  }

  private static BufferedImage served() throws Exception {
    // The same view without names.
    byte[] png =
        city.bytes(
                "/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=predios&STYLES=&CRS=EPSG:3857"
                    + "&FORMAT=image/png&WIDTH=400&HEIGHT=400&BBOX="
                    + (view[0] + "," + view[1] + "," + view[2] + "," + view[3]))
            .body();
    String kept = System.getProperty("tequio.test.pictures");
    if (kept != null) {
      Files.write(Files.createDirectories(Path.of(kept)).resolve("maplibre-served.png"), png);
    }
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)));
  }

  /**
   * The ground of each class must agree where it is inside of a parcel in both pictures. Outlines,
   * which each smooths in its own way and which lie to within a step of a tile (15 cm, a fifth of a
   * pixel), are a tenth of the pixels; so nine of ten must agree, and each colour's share to within
   * two hundredths of the picture.
   */
  private static void assertSamePicture(BufferedImage page, BufferedImage server) {
    int agreeing = 0;
    Map<String, Integer> ofPage = new LinkedHashMap<>();
    Map<String, Integer> ofServer = new LinkedHashMap<>();
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int ours = server.getRGB(x, y);
        int theirs = page.getRGB(x, y);
        agreeing += isNear(ours, theirs) ? 1 : 0;
        ofServer.merge(name(ours), 1, Integer::sum);
        ofPage.merge(name(theirs), 1, Integer::sum);
      }
    }
    assertThat(agreeing / (double) (SIZE * SIZE)).isGreaterThan(0.9);
    for (String color : List.of("white", "green", "orange")) {
      int wanted = ofServer.getOrDefault(color, 0);
      assertThat(wanted).as(color).isGreaterThan(SIZE * SIZE / 50);
      assertThat(ofPage.getOrDefault(color, 0))
          .as(color)
          .isCloseTo(wanted, within(SIZE * SIZE / 50));
    }
  }

  private static boolean isNear(int a, int b) {
    for (int shift = 0; shift < 24; shift += 8) {
      if (Math.abs((a >> shift & 255) - (b >> shift & 255)) > NEAR) {
        return false;
      }
    }
    return true;
  }

  private static String name(int rgb) {
    int red = rgb >> 16 & 255;
    int green = rgb >> 8 & 255;
    int blue = rgb & 255;
    return red > 245 && green > 245 && blue > 245 ? "white" : green > red ? "green" : "orange";
  }
}
