package org.tequio.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Language;

/** Two wells of the works department that neighbours call otherwise. */
class OsmLayerCommandTest {
  private static final String WELLS =
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"nombre":"El Sabino"},"geometry":{"type":"Point","coordinates":[-99.13,19.43]}},
      {"type":"Feature","properties":{"nombre":"La Noria"},"geometry":{"type":"Point","coordinates":[-99.12,19.42]}}]}
      """;
  private static final String MAP =
      """
      <osm version="0.6">
      <node id="1" version="1" lon="-99.13" lat="19.43"><tag k="man_made" v="water_well"/><tag k="name" v="El Ahuehuete"/></node>
      <node id="2" version="1" lon="-99.12" lat="19.42"><tag k="man_made" v="water_well"/><tag k="name" v="La Pila"/></node>
      </osm>
      """;
  private static final String MAPPING =
      """
      mappings:
        - id: wells
          title: {es: "Pozos", pt: "Poços", en: "Wells"}
          layer: pozos
          shapes: [point]
          any: [{man_made: water_well}]
          made: {man_made: water_well}
          fields: [{attribute: nombre, tag: name}]
      """;

  @TempDir Path folder;
  private Prompt.Answer last = new Prompt.Answer(0, "", "");

  @BeforeEach
  void bothCallTheWellsOtherwise() throws IOException {
    Files.writeString(folder.resolve("pozos.geojson"), WELLS);
    Files.writeString(folder.resolve("wells.osm"), MAP);
    run("init", "city", "--crs", "EPSG:6369");
    Files.createDirectories(folder.resolve("city/community"));
    Files.writeString(folder.resolve("city/community/wells.yaml"), MAPPING);
    run("import", "city", "pozos.geojson");
    run("osm", "import", "city", "wells.osm");
    assertThat(run("osm", "layer", "propose", "city", "wells").code()).isEqualTo(1);
  }

  @Test
  void whatContradictsNothingOrNamesNoElementIsRefused() {
    for (String name : new String[] {"node/3", "node", "node/1/2", "house/1", "node/-1"}) {
      assertThat(run("osm", "layer", "settle", "city", "wells", "--city", name).code())
          .isEqualTo(4);
      assertThat(last.err()).contains(name);
    }
    assertThat(run("osm", "layer", "settle", "city", "castles").code()).isEqualTo(4);
  }

  @Test
  void contradictionsAreListedWithBothWordsInEveryLanguage() {
    for (Language language : Language.values()) {
      last = new Prompt(folder).run(language, "osm", "layer", "settle", "city", "wells");
      assertThat(last.code()).isEqualTo(1);
      assertThat(last.out()).contains("node/1", "El Sabino", "El Ahuehuete");
    }
  }

  @Test
  void oneIsTheCitysTheOtherTheCommunitysAndOneOfThemWaitsAgain() {
    assertThat(
            run(
                    "osm",
                    "layer",
                    "settle",
                    "city",
                    "wells",
                    "--city",
                    "node/1",
                    "--community",
                    "node/2",
                    "--json")
                .code())
        .isZero();
    assertThat(last.out()).contains("\"right\" : \"layer\"", "\"right\" : \"element\"");

    assertThat(run("osm", "layer", "settle", "city", "wells", "--open", "node/1").code())
        .isEqualTo(1);
    assertThat(run("osm", "layer", "propose", "city", "wells", "--json").out())
        .contains("\"changed\" : 1", "\"conflicts\" : 1");
  }

  private Prompt.Answer run(String... words) {
    last = new Prompt(folder).run(Language.EN, words);
    return last;
  }
}
