package org.tequio.osm.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Language;

/** The presets that come with Tequio, and those that a city adds. */
class PresetsTest {
  @TempDir Path folder;

  private static final String WELL =
      """
      presets:
        - id: %s
          name: {es: "Pozo", pt: "Poço", en: "Well"}
          geometry: [point]
          tags: {man_made: water_well}
          fields: [name]
      """;

  private void write(String name, String yaml) throws IOException {
    Files.writeString(folder.resolve(name), yaml);
  }

  @Test
  void aFileThatLacksALanguageStopsTheStartAndSaysWhere() throws IOException {
    write("own.yaml", WELL.formatted("villa/well").replace("pt: \"Poço\", ", ""));

    assertThatThrownBy(() -> Presets.of(folder))
        .isInstanceOf(PresetFault.class)
        .hasMessage("own.yaml, villa/well: name is not said in pt");
  }

  @Test
  void wordsThatTheFormDoesNotKnowAreRefused() throws IOException {
    write("own.yaml", WELL.formatted("villa/well").replace("tags:", "tag:"));

    assertThatThrownBy(() -> Presets.of(folder)).hasMessageContaining("'tag' is none of");
  }

  @Test
  void brokenYamlNamesItsFile() throws IOException {
    write("own.yaml", "presets: [");

    assertThatThrownBy(() -> Presets.of(folder)).hasMessageStartingWith("own.yaml: ");
  }

  @Test
  void aCityAddsItsOwnAndTakesThePlaceOfOursByTheIdentifier() throws IOException {
    write("own.yaml", WELL.formatted("villa/well"));
    write("ours.yaml", WELL.formatted("tequio/drain"));

    var document = Presets.of(folder).document(Language.PT);

    assertThat(document.presets()).containsKeys("villa/well", "tequio/drain", "tequio/shelter");
    assertThat(document.presets().get("tequio/drain")).containsEntry("name", "Poço");
  }

  @Test
  void eachLanguageHasItsOwnWordsForPresetsFieldsAndAnswers() {
    Presets presets = Presets.of(folder);

    assertThat(presets.document(Language.ES).strings().presets().get("tequio/retaining_wall"))
        .containsEntry("name", "Muro de contención");
    assertThat(presets.document(Language.EN).strings().fields().get("tequio/blocked"))
        .asString()
        .contains("Is it blocked?", "Clear");
  }

  @Test
  void everyQuestionThatAPresetAsksIsThereOrIsOneOfIdsOwn() throws IOException {
    var document = Presets.of(folder).document(Language.EN);
    Path schema =
        Path.of("../../app/web/node_modules/@openstreetmap/id-tagging-schema/dist/fields.min.json");
    String theirs = Files.exists(schema) ? Files.readString(schema, StandardCharsets.UTF_8) : null;

    Set<String> missing = new TreeSet<>();
    for (var preset : document.presets().values()) {
      for (String list : List.of("fields", "moreFields")) {
        for (Object field : (List<?>) preset.getOrDefault(list, List.of())) {
          boolean known =
              document.fields().containsKey(field)
                  || !field.toString().startsWith("tequio/")
                      && (theirs == null || theirs.contains("\"" + field + "\":{"));
          if (!known) {
            missing.add(field.toString());
          }
        }
      }
    }

    assertThat(missing).isEmpty();
  }
}
