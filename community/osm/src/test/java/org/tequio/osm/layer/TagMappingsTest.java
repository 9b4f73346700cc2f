package org.tequio.osm.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the declared mappings, and what reads them, to the JSON Schema that is published. */
class TagMappingsTest {
  private static final Path BASE = Path.of("../../packs/base");
  private static final String WELLS =
      """
      mappings:
        - id: wells
          title: {es: "Pozos", pt: "Poços", en: "Wells"}
          layer: pozos
          shapes: [point]
          any: [{man_made: water_well}]
          none: {disused: "yes"}
          made: {man_made: water_well}
          fields:
            - {attribute: caudal, tag: flow, silent: ["?"], values: {A: [high]}, unit: m, required: true}
          never: [dueno]
      """;

  @TempDir Path folder;

  @Test
  void whatComesWithTequioHasThePublishedForm() throws IOException {
    assertThat(faults(Files.readString(BASE.resolve("community.yaml")))).isEmpty();
    assertThat(TagMappings.of(folder).list()).hasSizeGreaterThan(3);
  }

  @Test
  void theMappingOfACityIsReadWhole() throws IOException {
    assertThat(faults(WELLS)).isEmpty();

    TagMapping wells = read(WELLS).find("wells").orElseThrow();

    assertThat(wells.never()).containsExactly("dueno");
    assertThat(wells.none()).containsEntry("disused", "yes");
    assertThat(wells.fields())
        .singleElement()
        .satisfies(field -> assertThat(field.required()).isTrue());
  }

  /**
   * What would leave out a condition, or let a field leave that must not, if it were passed over.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "never: [dueno]|never: dueno|'never' is no list",
        "never: [dueno]|never: [7]|'never' has 7",
        "never: [dueno]|nevr: [dueno]|'nevr' is none of",
        "none: {disused: \"yes\"}|none: [disused]|'none' is no table of tags",
        "none: {disused: \"yes\"}|none: {disused: true}|'disused' is no text",
        "none: {disused: \"yes\"}|none: {disused: \"\"}|'disused' has no value",
        "any: [{man_made: water_well}]|any: {man_made: water_well}|'any' is no list",
        "any: [{man_made: water_well}]|any: [{}]|an empty group",
        "shapes: [point]|shapes: point|'shapes' is no list",
        "shapes: [point]|shapes: [circle]|not 'circle'",
        "layer: pozos|layer: 5|'layer' is no text",
        "en: \"Wells\"|en: 5|'en' is no text",
        "en: \"Wells\"|en: \"Wells\", fr: \"Puits\"|'fr' is none of",
        "required: true|required: \"true\"|'required' is true or false",
        "values: {A: [high]}|values: [high]|'values' is no table",
        "values: {A: [high]}|values: {A: high}|'A' is no list",
        "values: {A: [high]}|values: {A: []}|'A' has no value",
        "unit: m|unit: mile|'mile' is none of",
        "unit: m|unity: m|'unity' is none of",
        "attribute: caudal|attribute: 5|'attribute' is no text",
      })
  void whatIsMeantOtherwiseIsRefusedWithItsPlaceAndNeverPassedOver(
      String right, String wrong, String why) {
    assertThat(WELLS).contains(right);
    String yaml = WELLS.replace(right, wrong);

    assertThat(faults(yaml)).isNotEmpty();
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(TagMappingFault.class)
        .hasMessageContaining("wells")
        .hasMessageContaining(why);
  }

  @Test
  void aFileThatIsNoListOfMappingsIsRefused() {
    for (String yaml :
        new String[] {"", "5", "mappings: 5", "mappings: [5]", "[]", "mappings: ["}) {
      assertThatThrownBy(() -> read(yaml))
          .as(yaml)
          .isInstanceOf(TagMappingFault.class)
          .hasMessageContaining("wells.yaml");
    }
  }

  private TagMappings read(String yaml) throws IOException {
    Files.writeString(folder.resolve("wells.yaml"), yaml, StandardCharsets.UTF_8);
    return TagMappings.of(folder);
  }

  private static String faults(String yaml) {
    try {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(Files.readString(BASE.resolve("community.schema.json")), InputFormat.JSON);
      return String.join(
          "\n", schema.validate(yaml, InputFormat.YAML).stream().map(String::valueOf).toList());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
