package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.catalogue.LayerSettings;

/** Styles that a steward saved, those that nobody should have saved first. */
class SavedStyleTest {
  private static final String LAYER = "zonas";

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

  @AfterEach
  void aliciaTakesHerStyleBack() {
    city.say(LAYER, LayerSettings.EMPTY);
  }

  private static void save(String style) {
    city.say(LAYER, saved(style));
  }

  /** What a steward says of a layer who says how it looks and nothing else. */
  static LayerSettings saved(String style) {
    LayerSettings none = LayerSettings.EMPTY;
    return new LayerSettings(
        none.title(),
        none.description(),
        none.theme(),
        none.department(),
        none.licence(),
        none.rhythm(),
        none.contact(),
        none.keywords(),
        none.standard(),
        none.access(),
        none.fields(),
        none.rules(),
        style,
        null);
  }

  private static String look(String more) {
    return "{\"metadata\":{\"tequio:look\":{\"color\":\"#123456\",\"classes\":[]" + more + "}}}";
  }

  private static String style(String form) throws Exception {
    HttpResponse<String> reply = city.get("/ogc/styles/" + LAYER + "?f=" + form);
    assertThat(reply.statusCode()).isEqualTo(200);
    return reply.body();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"metadata\":{\"tequio:look\":[]}}",
        "{\"metadata\":{\"tequio:look\":{\"color\":\"url(http://evil.example/x)\"}}}",
        "{\"metadata\":{\"tequio:look\":{\"color\":\"#12345\",\"classes\":[]}}}",
        "{\"metadata\":{\"tequio:look\":{\"color\":\"#123456\",\"field\":\"zona\",\"classes\":[{\"label\":1}]}}}",
        "{\"metadata\":{\"tequio:look\":{\"color\":\"#123456\",\"opacity\":-1}}}",
        "{\"metadata\":{\"tequio:look\":{\"color\":\"#123456\",\"opacity\":0}}}",
        "{\"metadata\":{\"tequio:look\":{\"color\":\"#123456\",\"opacity\":NaN}}}",
        "{\"metadata\":{\"tequio:look\":{\"color\":\"#123456\",\"names\":{\"size\":1e9,\"halo\":1}}}}"
      })
  void whatIsNoStyleIsNotDrawnAndTheLayerLooksAsItDidBefore(String saved) throws Exception {
    String before = style("mapbox");
    save(saved);

    assertThat(style("mapbox")).isEqualTo(before);
  }

  @Test
  void aStyleThatIsDeepLongOrHasTenThousandClassesIsNone() throws Exception {
    String before = style("mapbox");
    String one = "{\"label\":\"x\",\"color\":\"#123456\",\"values\":[1]},";
    String many = one.repeat(10_000);
    for (String saved :
        new String[] {
          "[".repeat(100_000),
          look(",\"x\":" + "[".repeat(900) + "]".repeat(900)),
          look(",\"x\":\"" + "x".repeat(10_000_000) + "\""),
          look("").replace("[]", "[" + many.substring(0, many.length() - 1) + "]")
        }) {
      Instant begun = Instant.now();
      save(saved);

      assertThat(style("mapbox")).isEqualTo(before);
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void whatIsWrittenInAStyleIsNeverEvaluatedFetchedOrRun() throws Exception {
    save(
        look(
            ",\"icon\":\"http://evil.example/icon.svg\",\"label\":[\"get\",\"propietario\"],"
                + "\"layers\":[{\"type\":\"raster\",\"source\":\"http://evil.example\"}]"));
    for (String form : new String[] {"mapbox", "sld11", "sld10", "qml"}) {
      assertThat(style(form)).doesNotContain("evil.example").doesNotContain("propietario");
    }
    save(
        look(",\"field\":\"zona\"")
            .replace(
                "[]",
                "[{\"label\":\"<script>alert(1)</script>\",\"color\":\"#ff0000\","
                    + "\"values\":[\"x\"]}]"));
    assertThat(style("sld11")).doesNotContain("<script>");
    assertThat(style("qml")).doesNotContain("<script>");
    assertThat(city.get("/ogc/styles/" + LAYER + "/legend?f=svg").body())
        .doesNotContain("<script>");
  }

  @Test
  void opacityAndTheNamesThatAliciaChoseAreInEveryForm() throws Exception {
    save(
        look(
            ",\"opacity\":0.5,\"label\":\"zona\","
                + "\"names\":{\"size\":20,\"halo\":2.5,\"from\":13}"));

    assertThat(style("mapbox"))
        .contains("\"text-size\":20.0")
        .contains("\"text-halo-width\":2.5")
        .contains("\"minzoom\":13");
    assertThat(style("sld11")).contains(">20<").contains(">2.5<").contains("0.45");
    assertThat(style("qml")).contains("fontSize=\"15\"").contains("alpha=\"0.5\"");
  }
}
