package org.tequio.osm.preset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tequio.feature.LocalText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One file of presets: what can be drawn, and the questions that are asked of it. Immutable.
 *
 * @param presets in the order of the file
 * @param fields in the order of the file
 * @param replaced tags that have become others
 */
record PresetPack(List<Preset> presets, List<Field> fields, List<Replaced> replaced) {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]*(/[a-z0-9_]+)+");
  private static final Set<String> GEOMETRIES =
      Set.of("point", "vertex", "line", "area", "relation");
  private static final Set<String> TYPES =
      Set.of(
          "text",
          "textarea",
          "number",
          "integer",
          "check",
          "combo",
          "multiCombo",
          "radio",
          "date",
          "url",
          "tel");

  /**
   * A kind of thing that can be drawn.
   *
   * @param id unique, in iD's form: words joined by slashes
   * @param name what it is called
   * @param terms other words by which people look for it, joined by commas
   * @param geometry as what it can be drawn
   * @param tags what makes an element one
   * @param fields what is asked at once, by identifier: of this pack's fields or iD's
   * @param moreFields what can be asked besides
   * @param required those of this pack's fields in either that the city needs answered
   * @param icon of iD's sets, such as {@code maki-shelter}; empty for none
   */
  record Preset(
      String id,
      LocalText name,
      LocalText terms,
      List<String> geometry,
      Map<String, String> tags,
      List<String> fields,
      List<String> moreFields,
      List<String> required,
      String icon) {}

  /**
   * A question.
   *
   * @param id unique, in iD's form
   * @param key the tag's key that holds the answer
   * @param type how it is answered, in iD's words
   * @param label the question
   * @param options the answers to choose from by value, in order; empty where there are none
   */
  record Field(
      String id, String key, String type, LocalText label, Map<String, LocalText> options) {}

  /**
   * A tag that has become another.
   *
   * @param key of the old tag
   * @param value of the old tag; {@code *} for any
   * @param instead what is written now: {@code key=value}, several joined by spaces
   */
  record Replaced(String key, String value, String instead) {}

  PresetPack {
    presets = List.copyOf(presets);
    fields = List.copyOf(fields);
    replaced = List.copyOf(replaced);
  }

  /**
   * Reads a file.
   *
   * @param source what to call it where something is wrong with it
   * @throws PresetFault where something is
   */
  static PresetPack read(String source, byte[] yaml) {
    try {
      JsonNode root = YAMLMapper.shared().readTree(yaml);
      known(source, root, Set.of("presets", "fields", "replaced"));
      List<Field> fields = new ArrayList<>();
      for (JsonNode node : root.path("fields")) {
        fields.add(field(source, node));
      }
      List<Preset> presets = new ArrayList<>();
      for (JsonNode node : root.path("presets")) {
        presets.add(preset(source, node));
      }
      List<Replaced> replaced = new ArrayList<>();
      for (JsonNode node : root.path("replaced")) {
        replaced.add(replaced(source, node));
      }
      return new PresetPack(presets, fields, replaced);
    } catch (JacksonException e) {
      throw new PresetFault(source + ": " + e.getOriginalMessage(), e);
    }
  }

  private static Preset preset(String source, JsonNode node) {
    String id = id(source, node);
    String at = source + ", " + id;
    known(
        at,
        node,
        Set.of(
            "id",
            "name",
            "terms",
            "geometry",
            "tags",
            "fields",
            "more-fields",
            "required",
            "icon"));
    List<String> geometry = words(node.path("geometry"));
    if (geometry.isEmpty() || !GEOMETRIES.containsAll(geometry)) {
      throw new PresetFault(at + ": geometry is one or several of " + GEOMETRIES, null);
    }
    Map<String, String> tags = new LinkedHashMap<>();
    node.path("tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
    if (tags.isEmpty()) {
      throw new PresetFault(at + ": tags are missing", null);
    }
    List<String> fields = words(node.path("fields"));
    List<String> moreFields = words(node.path("more-fields"));
    List<String> required = words(node.path("required"));
    for (String field : required) {
      if (!fields.contains(field) && !moreFields.contains(field)) {
        throw new PresetFault(at + ": '" + field + "' is required and not asked", null);
      }
    }
    return new Preset(
        id,
        text(at, node, "name"),
        node.has("terms") ? text(at, node, "terms") : LocalText.same(""),
        geometry,
        tags,
        fields,
        moreFields,
        required,
        node.path("icon").asString(""));
  }

  private static Field field(String source, JsonNode node) {
    String id = id(source, node);
    String at = source + ", " + id;
    known(at, node, Set.of("id", "key", "type", "label", "options"));
    String key = node.path("key").asString("");
    String type = node.path("type").asString("");
    if (key.isEmpty() || !TYPES.contains(type)) {
      throw new PresetFault(at + ": a field has a key, and a type of " + TYPES, null);
    }
    Map<String, LocalText> options = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : node.path("options").properties()) {
      options.put(one.getKey(), text(at, node.path("options"), one.getKey()));
    }
    return new Field(id, key, type, text(at, node, "label"), options);
  }

  private static Replaced replaced(String source, JsonNode node) {
    known(source + ", replaced", node, Set.of("key", "value", "instead"));
    String key = node.path("key").asString("");
    String instead = node.path("instead").asString("");
    if (key.isEmpty() || instead.isEmpty()) {
      throw new PresetFault(source + ", replaced: key or instead is missing", null);
    }
    return new Replaced(key, node.path("value").asString("*"), instead);
  }

  private static String id(String source, JsonNode node) {
    String id = node.path("id").asString("");
    if (!ID.matcher(id).matches()) {
      throw new PresetFault(source + ": '" + id + "' is no identifier such as city/drain", null);
    }
    return id;
  }

  private static LocalText text(String at, JsonNode node, String member) {
    JsonNode text = node.path(member);
    for (String language : List.of("es", "pt", "en")) {
      if (text.path(language).asString("").isBlank()) {
        throw new PresetFault(at + ": " + member + " is not said in " + language, null);
      }
    }
    return new LocalText(
        text.path("es").asString(), text.path("pt").asString(), text.path("en").asString());
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(one -> words.add(one.asString()));
    return words;
  }

  private static void known(String at, JsonNode node, Set<String> members) {
    node.propertyNames()
        .forEach(
            name -> {
              if (!members.contains(name)) {
                throw new PresetFault(at + ": '" + name + "' is none of " + members, null);
              }
            });
  }
}
