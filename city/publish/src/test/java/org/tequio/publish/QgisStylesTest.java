package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.cartography.Scales;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Styles that Alicia the steward chose, as QGIS reads them out of QML and SLD, and the pictures
 * that it makes of them beside those of the server. QGIS is started once, for all of these tests.
 */
class QgisStylesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SIZE = 400;

  /** So that the map is at zoom 15, whose sizes styles of other programs have. */
  private static final String BOX = "483648,2099648,484552,2100552";

  /** A style and the layer that it is for; the features come as a GeoPackage. */
  private record Case(String name, String layer, String key, String look) {}

  private static final List<Case> CASES =
      List.of(
          new Case("single", "predios", "clave", "'color':'#8a3ffc','classes':[],'opacity':0.8"),
          new Case(
              "kinds",
              "predios",
              "uso",
              "'color':'#999999','field':'uso','others':true,"
                  + "'classes':[{'label':'Vivienda','color':'#1b7f5a','values':['H']}]"),
          new Case(
              "numbers",
              "arboles",
              "altura",
              "'color':'#999999','field':'altura','ordered':true,'others':true,'classes':["
                  + "{'label':'0-8','color':'#fde0a8','range':[0,8]},"
                  + "{'label':'8-16','color':'#e08214','range':[8,16]},"
                  + "{'label':'16 +','color':'#7f3b08','range':[16,null]}]"),
          new Case(
              "names",
              "calles",
              "nombre",
              "'color':'#b2182b','classes':[],'label':'nombre',"
                  + "'names':{'size':14,'halo':2,'from':13}"),
          new Case("near", "zonas", "zona", "'color':'#2166ac','classes':[],'zooms':[14,18]"),
          new Case("far", "zonas", "zona", "'color':'#2166ac','classes':[],'zooms':[5,9]"),
          new Case("signs", "paradas", "ruta", "'color':'#1a7a3c','classes':[],'icon':'bus'"),
          new Case("heat", "arboles", "altura", "'color':'#1a7a3c','classes':[],'heat':true"));

  @TempDir static Path folder;
  private static final Map<String, JsonNode> FACTS = new LinkedHashMap<>();

  @BeforeAll
  static void letQgisLook() throws Exception {
    try (TestCity city = TestCity.start(folder.resolve("city"))) {
      stops(city);
      List<Map<String, Object>> cases = new ArrayList<>();
      for (Case one : CASES) {
        city.say(
            one.layer,
            SavedStyleTest.saved(
                "{\"metadata\":{\"tequio:look\":{" + one.look.replace('\'', '"') + "}}}"));
        String style = "/ogc/styles/" + one.layer + "?lang=es&f=";
        keep(city, style + "qml", one.name + ".qml");
        keep(city, style + "sld11", one.name + ".sld11.sld");
        keep(city, style + "sld10", one.name + ".sld10.sld");
        keep(city, "/api/downloads/" + one.layer + ".gpkg", one.layer + ".gpkg");
        keep(
            city,
            "/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&STYLES=&FORMAT=image/png&CRS=EPSG:32614"
                + ("&LAYERS=" + one.layer + "&WIDTH=" + SIZE + "&HEIGHT=" + SIZE + "&BBOX=" + BOX),
            one.name + ".png");
        cases.add(
            Map.of(
                "name",
                one.name,
                "features",
                one.layer + ".gpkg",
                "key",
                one.key,
                "size",
                SIZE,
                "box",
                JSON.readTree("[" + BOX + "]")));
      }
      Files.write(folder.resolve("cases.json"), JSON.writeValueAsBytes(cases));
    }
    for (JsonNode fact : QgisFacts.of("read_styles.py", folder.toString())) {
      FACTS.put(fact.path("of").asString(), fact);
    }
  }

  /** Bus stops as far apart as their signs need. */
  private static void stops(TestCity city) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String place = "POINT(" + (TestCity.X + i % 4 * 120) + " " + (TestCity.Y + i / 4 * 120) + ")";
      rows.add(new Object[] {place, "R" + i});
    }
    city.layer(
        "paradas",
        "Paradas",
        "mov.tp",
        null,
        true,
        new LayerSchema(
            GeometryType.POINT, false, false, List.of(Field.of("ruta", FieldType.TEXT)), null),
        rows);
  }

  private static void keep(TestCity city, String address, String name) throws Exception {
    var reply = city.bytes(address);
    assertThat(reply.statusCode()).as(address).isEqualTo(200);
    Files.write(folder.resolve(name), reply.body());
  }

  @AfterAll
  static void showWhatWasDrawn() throws Exception {
    String kept = System.getProperty("tequio.test.pictures");
    if (kept != null) {
      try (var files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.write(
              Files.createDirectories(Path.of(kept)).resolve(file.getFileName()),
              Files.readAllBytes(file));
        }
      }
    }
  }

  private static JsonNode fact(String of) {
    return Objects.requireNonNull(FACTS.get(of), () -> of + " is not among " + FACTS.keySet());
  }

  @Test
  void everyStyleIsReadInEveryFormButTheGlowOfGeoServer() {
    assertThat(FACTS).hasSize(3 * CASES.size());
    FACTS.forEach(
        (name, fact) -> {
          if (name.equals("heat.sld10")) {
            assertThat(fact.path("loaded").asBoolean()).isFalse();
            return;
          }
          assertThat(fact.path("loaded").asBoolean()).as(fact.toString()).isTrue();
          assertThat(fact.path("errors")).as(fact.toString()).isEmpty();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "single.qml, singleSymbol",
    "kinds.qml, categorizedSymbol",
    "numbers.qml, graduatedSymbol",
    "names.qml, singleSymbol",
    "signs.qml, singleSymbol",
    "heat.qml, heatmapRenderer",
    "single.sld11, singleSymbol",
    "kinds.sld11, RuleRenderer",
    "numbers.sld11, RuleRenderer",
    "signs.sld11, RuleRenderer",
    "heat.sld11, singleSymbol"
  })
  void theKindOfRendererIsThatOfTheStyle(String name, String kind) {
    assertThat(fact(name).path("renderer").asString()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qml", "sld11", "sld10"})
  void everyFeatureHasTheColourOfItsClassAlsoWhereTwoClassesMeet(String form) {
    JsonNode single = fact("single." + form).path("colors");
    assertThat(single).hasSize(60);
    single.forEach(color -> assertThat(color.asString()).isEqualTo("#8a3ffc"));

    JsonNode kinds = fact("kinds." + form).path("colors");
    assertThat(kinds.path("H").asString()).isEqualTo("#1b7f5a");
    assertThat(kinds.path("C").asString()).isEqualTo("#999999");

    JsonNode numbers = fact("numbers." + form).path("colors");
    for (int height = 0; height < 25; height++) {
      String color = height < 8 ? "#fde0a8" : height < 16 ? "#e08214" : "#7f3b08";
      assertThat(numbers.path("" + height).asString()).as(height + " m").isEqualTo(color);
    }
    assertThat(fact("names." + form).path("colors").findValuesAsString("Cerrada de la Peña"))
        .allMatch("#b2182b"::equals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qml", "sld11", "sld10"})
  void legendsHaveTheWordsOfOurs(String form) {
    assertThat(texts(fact("numbers." + form).path("legend")))
        .containsSubsequence("0-8", "8-16", "16 +");
    assertThat(texts(fact("kinds." + form).path("legend")))
        .containsSubsequence("Vivienda", "Otros o sin dato");
  }

  @ParameterizedTest
  @ValueSource(strings = {"qml", "sld11", "sld10"})
  void sizesAndOpacitiesAreOurs(String form) {
    JsonNode area = fact("single." + form).at("/parts/0/0");
    assertThat(area.path("opacity").asDouble()).isCloseTo(0.12 * 0.8, within(0.005));
    assertThat(area.path("stroke").asString()).isEqualTo("#8a3ffc");
    assertThat(area.path("unit").asString()).isEqualTo("Pixel");
    JsonNode dot = fact("numbers." + form).at("/parts/0/0");
    assertThat(dot.path("sizeUnit").asString()).isEqualTo("Pixel");
    // A radius of 5.1 at zoom 15, and the ring around it, of which QGIS draws half inside.
    assertThat(dot.path("size").asDouble()).isCloseTo(2 * 5.1 + 1.2, within(0.05));
  }

  @Test
  void namesAreWrittenAsTheStewardChose() {
    JsonNode names = fact("names.qml").path("names");
    assertThat(names.path("on").asBoolean()).isTrue();
    assertThat(names.path("field").asString()).isEqualTo("nombre");
    // A point of print is 96/72 of a CSS pixel.
    assertThat(names.path("points").asDouble()).isCloseTo(14 * 0.75, within(0.01));
    assertThat(names.path("halo").asDouble()).isCloseTo(2, within(0.01));
    assertThat(names.path("farthest").asDouble()).isCloseTo(Scales.denominator(13), within(1.0));
    for (String form : List.of("sld11", "sld10")) {
      JsonNode read = fact("names." + form).path("names");
      assertThat(read.path("field").asString()).as(form).isEqualTo("nombre");
      assertThat(read.path("halo").asDouble()).as(form).isCloseTo(2, within(0.01));
    }
  }

  @Test
  void layersAreSeenAtTheScalesThatWereChosen() {
    JsonNode near = fact("near.qml");
    assertThat(near.path("farthest").asDouble()).isCloseTo(Scales.denominator(14), within(1.0));
    assertThat(near.path("nearest").asDouble()).isCloseTo(Scales.denominator(18), within(1.0));
    assertThat(near.path("visible").asBoolean()).isTrue();
    assertThat(fact("far.qml").path("visible").asBoolean()).isFalse();
    for (String form : List.of("qml", "sld11", "sld10")) {
      assertThat(drawn("near." + form)).as(form).isGreaterThan(1_000);
      assertThat(drawn("far." + form)).as(form).isZero();
    }
    assertThat(drawn("far")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qml", "sld11", "sld10"})
  void signsAreADiscWithADrawing(String form) {
    JsonNode symbols = fact("signs." + form).path("parts");
    assertThat(symbols.toString()).contains("SvgMarker", "#1a7a3c");
    assertThat(symbols.findValuesAsString("size")).contains("13", "22.5");
  }

  @Test
  void aGlowIsAGlowInQml() {
    JsonNode heat = fact("heat.qml").path("heat");
    assertThat(heat.path("radius").asDouble()).isEqualTo(18);
    // QgsUnitTypes.RenderPixels
    assertThat(heat.path("unit").asInt()).isEqualTo(2);
  }

  /**
   * QGIS and the server smooth edges differently and place names by rules of their own, so a tenth
   * of the covered pixels may differ; names, of which one may find room that the other has not, a
   * quarter; a glow, whose edge fades where each reckons it, two fifths.
   */
  @ParameterizedTest
  @CsvSource({
    "single, 0.1",
    "kinds, 0.1",
    "numbers, 0.1",
    "names, 0.25",
    "near, 0.1",
    "signs, 0.1",
    "heat, 0.4"
  })
  void qgisCoversWhatTheServerCovers(String name, double may) throws Exception {
    int ours = drawn(name);
    assertThat(ours).isGreaterThan(400);
    for (String form : List.of("qml", "sld11", "sld10")) {
      if (name.equals("heat") && !form.equals("qml")) {
        continue;
      }
      assertThat((double) drawn(name + '.' + form))
          .as(name + '.' + form)
          .isCloseTo(ours, within(may * ours));
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.asString()));
    return texts;
  }

  private static int drawn(String name) {
    BufferedImage image;
    try {
      image = Objects.requireNonNull(ImageIO.read(folder.resolve(name + ".png").toFile()));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    int drawn = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        drawn += (image.getRGB(x, y) & 0xffffff) == 0xffffff ? 0 : 1;
      }
    }
    return drawn;
  }
}
