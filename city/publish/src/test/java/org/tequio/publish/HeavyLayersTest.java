package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;

/**
 * A polygon of a million vertices and a hundred thousand names, as contour surfaces and registers
 * of addresses have them: whoever asks for them gets the picture or a sentence, and soon.
 */
class HeavyLayersTest {
  private static final int VERTICES = 1_000_000;
  private static final int NAMES = 100_000;

  /**
   * A picture is given up after thirty seconds; a question is answered within two on a quiet
   * machine. Tests run beside others, so both have room.
   */
  private static final Duration PICTURE = Duration.ofSeconds(40);

  private static final Duration QUESTION = Duration.ofSeconds(10);

  @TempDir static Path folder;
  private static TestCity city;

  @BeforeAll
  static void start() {
    city = TestCity.start(folder);
    city.layer(
        "mancha",
        "Mancha",
        "other",
        null,
        true,
        schema(GeometryType.POLYGON),
        List.<Object[]>of(new Object[] {star(60), "Mancha"}));
    city.layer(
        "costa",
        "Costa",
        "other",
        null,
        true,
        schema(GeometryType.POLYGON),
        List.<Object[]>of(new Object[] {star(99.9), "Costa"}));
    List<Object[]> rows = new ArrayList<>(NAMES);
    for (int i = 0; i < NAMES; i++) {
      double x = TestCity.X + i % 400 * 0.5;
      double y = TestCity.Y + i / 400 * 0.8;
      rows.add(new Object[] {"POINT(" + x + " " + y + ")", "Domicilio " + i});
    }
    city.layer("letreros", "Letreros", "other", null, true, schema(GeometryType.POINT), rows);
    city.say(
        "letreros",
        SavedStyleTest.saved(
            "{\"metadata\":{\"tequio:look\":{\"color\":\"#123456\",\"classes\":[],"
                + "\"label\":\"nombre\",\"names\":{\"size\":9,\"halo\":1,\"from\":5}}}}"));
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  private static LayerSchema schema(GeometryType type) {
    return new LayerSchema(type, false, false, List.of(Field.of("nombre", FieldType.TEXT)), null);
  }

  /** A ring of 100 m whose every second vertex lies nearer to its middle: valid. */
  private static String star(double inner) {
    StringBuilder wkt = new StringBuilder(40 << 20).append("POLYGON((");
    for (int i = 0; i < VERTICES; i++) {
      double angle = 2 * Math.PI * i / VERTICES;
      double radius = i % 2 == 0 ? 100 : inner;
      wkt.append(TestCity.X + 100 + radius * Math.cos(angle)).append(' ');
      wkt.append(TestCity.Y + 100 + radius * Math.sin(angle)).append(',');
    }
    return wkt.append(TestCity.X + 200)
        .append(' ')
        .append(TestCity.Y + 100)
        .append("))")
        .toString();
  }

  private static final String MAP =
      "/wms?SERVICE=WMS&VERSION=1.3.0&STYLES=&CRS=EPSG:32614&WIDTH=600&HEIGHT=600"
          + "&BBOX=484000,2100000,484200,2100200";

  /** As coasts and contours are: far more vertices than pixels, and an outline as long as it is. */
  @ParameterizedTest
  @ValueSource(strings = {"image/png", "image/svg%2Bxml"})
  void aMillionVerticesThatLieCloseTogetherAreDrawn(String format) throws Exception {
    HttpResponse<String> reply = city.get(MAP + "&REQUEST=GetMap&LAYERS=costa&FORMAT=" + format);

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body().length()).isBetween(1_000, 2_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mancha", "letreros"})
  void aPictureIsDrawnOrRefusedWithASentence(String layer) throws Exception {
    for (String format : List.of("image/png", "image/svg%2Bxml", "image/jpeg")) {
      answers(MAP + "&REQUEST=GetMap&LAYERS=" + layer + "&FORMAT=" + format, PICTURE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mancha", "letreros"})
  void aSheetIsPrintedOrRefusedWithASentence(String layer) throws Exception {
    answers("/api/print?layers=" + layer + "&dpi=150&f=pdf", PICTURE);
    answers("/api/print?layers=" + layer + "&dpi=150&f=png", PICTURE);
  }

  @Test
  void aPlaceInTheMiddleOfThemTellsWhatIsThere() throws Exception {
    String ask = "&REQUEST=GetFeatureInfo&INFO_FORMAT=application/json&I=300&J=300&LAYERS=";
    String mancha = answers(MAP + ask + "mancha&QUERY_LAYERS=mancha", QUESTION);
    String hole =
        answers(MAP + ask.replace("I=300", "I=3") + "mancha&QUERY_LAYERS=mancha", QUESTION);
    String names = answers(MAP + ask + "letreros&QUERY_LAYERS=letreros", QUESTION);

    assertThat(mancha).contains("Mancha");
    assertThat(hole).doesNotContain("Mancha");
    assertThat(names).contains("Domicilio");
    double[] middle = TestCity.lonLat(TestCity.X + 100, TestCity.Y + 100);
    String place = answers("/api/place?lon=" + middle[0] + "&lat=" + middle[1], QUESTION);
    assertThat(place).contains("Mancha");
  }

  @Test
  void tilesOfThemStaySmall() throws Exception {
    double[] middle = TestCity.lonLat(TestCity.X + 100, TestCity.Y + 100);
    for (int z : new int[] {10, 14, 16}) {
      var at = org.tequio.feature.TileCoord.at(middle[0], middle[1], z);
      for (String layer : List.of("mancha", "letreros")) {
        HttpResponse<byte[]> tile =
            city.bytes(
                "/tiles/" + layer + "/" + z + "/" + at.x() + "/" + at.y(),
                "Accept-Encoding",
                "gzip");
        assertThat(tile.statusCode()).isIn(200, 204);
        assertThat(tile.body().length).as(layer + " at " + z).isLessThanOrEqualTo(500_000);
      }
    }
  }

  private static String answers(String path, Duration within) throws Exception {
    long begun = System.nanoTime();
    HttpResponse<String> reply = city.get(path, "Accept-Language", "en");
    Duration took = Duration.ofNanos(System.nanoTime() - begun);

    assertThat(took).as(path).isLessThan(within);
    if (reply.statusCode() != 200) {
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
      assertThat(reply.body()).contains("the picture would take too long");
    }
    return reply.body();
  }
}
