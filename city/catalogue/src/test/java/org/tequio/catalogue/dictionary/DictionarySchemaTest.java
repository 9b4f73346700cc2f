package org.tequio.catalogue.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published form of the dictionary's file is the form that the file has. */
class DictionarySchemaTest {
  private final JsonNode schema = DictionaryFile.read("/packs/base/layers.schema.json");

  @Test
  void theFileHasThePublishedForm() {
    assertThat(faults(DictionaryFile.read("/packs/base/layers.yaml"))).isEmpty();
  }

  @Test
  void whatHasAnotherFormIsFound() {
    String wrong =
        """
        themes: [{id: water, title: {es: Agua, pt: Agua}, iso: environment, dcat: ENVI}]
        codes: []
        attributes: [{id: Nombre, type: string, label: {es: a, pt: b, en: c}, color: red}]
        layers: []
        """;

    assertThat(faults(YAMLMapper.shared().readTree(wrong)))
        .containsExactlyInAnyOrder(
            "/themes/0/title misses en",
            "/attributes/0/id does not match ^[a-z][a-z0-9_]*$",
            "/attributes/0/type is none of [\"text\",\"integer\",\"decimal\",\"boolean\",\"date\",\"instant\"]",
            "/attributes/0 has color");
  }

  private List<String> faults(JsonNode file) {
    List<String> faults = new ArrayList<>();
    check(file, schema, "", faults);
    return faults;
  }

  /** The part of JSON Schema that the schema uses. */
  private void check(JsonNode value, JsonNode rule, String at, List<String> faults) {
    if (rule.has("$ref")) {
      check(value, schema.at(rule.get("$ref").asString().substring(1)), at, faults);
      return;
    }
    if (rule.has("oneOf")) {
      List<List<String>> tries = new ArrayList<>();
      for (JsonNode one : rule.get("oneOf")) {
        List<String> own = new ArrayList<>();
        check(value, one, at, own);
        tries.add(own);
      }
      if (tries.stream().filter(List::isEmpty).count() != 1) {
        faults.add(at + " is not one of several");
      }
      return;
    }
    if (rule.has("enum") && rule.get("enum").valueStream().noneMatch(one -> one.equals(value))) {
      faults.add(at + " is none of " + JsonMapper.shared().writeValueAsString(rule.get("enum")));
    }
    if (rule.has("type") && !isOf(rule.get("type").asString(), value)) {
      faults.add(at + " is no " + rule.get("type").asString());
      return;
    }
    if (rule.has("pattern")
        && !java.util.regex.Pattern.compile(rule.get("pattern").asString())
            .matcher(value.asString())
            .find()) {
      faults.add(at + " does not match " + rule.get("pattern").asString());
    }
    for (JsonNode name : rule.path("required")) {
      if (!value.has(name.asString())) {
        faults.add(at + " misses " + name.asString());
      }
    }
    for (int i = 0; i < value.size() && value.isArray(); i++) {
      check(value.get(i), rule.required("items"), at + "/" + i, faults);
    }
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              member -> {
                JsonNode own = rule.path("properties").get(member.getKey());
                if (own == null) {
                  faults.add(at + " has " + member.getKey());
                } else {
                  check(member.getValue(), own, at + "/" + member.getKey(), faults);
                }
              });
    }
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "number" -> value.isNumber();
      default -> throw new IllegalArgumentException("the schema uses the type " + type);
    };
  }
}
