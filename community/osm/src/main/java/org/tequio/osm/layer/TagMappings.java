package org.tequio.osm.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tequio.feature.LocalText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * How tags stand to the layers of a city: what comes with Tequio, and the YAML files in the city's
 * folder {@code community}, which add to it and take the place of one by its identifier. Read once;
 * a file that cannot be used stops the start and says why. Immutable.
 */
final class TagMappings {
  private static final String BASE = "/packs/base/community.yaml";

  private final Map<String, TagMapping> mappings = new LinkedHashMap<>();

  private TagMappings() {}

  /**
   * Reads what holds for a city.
   *
   * @param folder with YAML files; need not exist
   * @throws TagMappingFault where a file cannot be used
   */
  static TagMappings of(Path folder) {
    TagMappings all = new TagMappings();
    try (InputStream in = TagMappings.class.getResourceAsStream(BASE)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + BASE);
      }
      all.add(BASE, in.readAllBytes());
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file :
              files.filter(one -> one.toString().endsWith(".yaml")).sorted().toList()) {
            all.add(file.getFileName().toString(), Files.readAllBytes(file));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** All, in order. */
  List<TagMapping> list() {
    return List.copyOf(mappings.values());
  }

  /** One of them. */
  Optional<TagMapping> find(String id) {
    return Optional.ofNullable(mappings.get(id));
  }

  void add(String source, byte[] yaml) {
    try {
      JsonNode root = YAMLMapper.shared().readTree(yaml);
      known(source, root, Set.of("mappings"));
      JsonNode all = root.path("mappings");
      if (!all.isArray()) {
        throw new TagMappingFault(source + ": 'mappings' is no list", null);
      }
      for (JsonNode node : all) {
        TagMapping mapping = mapping(source, node);
        mappings.put(mapping.id(), mapping);
      }
    } catch (JacksonException e) {
      throw new TagMappingFault(source + ": " + e.getOriginalMessage(), e);
    }
  }

  private static TagMapping mapping(String source, JsonNode node) {
    known(
        source,
        node,
        Set.of("id", "title", "layer", "shapes", "any", "none", "made", "fields", "never"));
    String id = said(source, node, "id");
    String at = source + ", " + id;
    if (!id.matches("[a-z][a-z0-9_]{0,39}")) {
      throw new TagMappingFault(
          source + ": '" + id + "' is no identifier such as street_trees", null);
    }
    String layer = said(at, node, "layer");
    Set<TagMapping.Shape> shapes = EnumSet.noneOf(TagMapping.Shape.class);
    for (String shape : words(at, node, "shapes")) {
      shapes.add(shape(at, shape));
    }
    List<Map<String, String>> any = new ArrayList<>();
    for (JsonNode tags : list(at, node, "any")) {
      any.add(tags(at, tags, "any"));
    }
    Map<String, String> made = tags(at, node.path("made"), "made");
    if (layer.isBlank() || shapes.isEmpty() || any.isEmpty() || made.isEmpty()) {
      throw new TagMappingFault(
          at + ": wanted layer, shapes, any and made; one of them is missing", null);
    }
    if (any.stream().anyMatch(Map::isEmpty)) {
      throw new TagMappingFault(at + ": an empty group of tags would take every element", null);
    }
    List<TagField> fields = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (JsonNode field : list(at, node, "fields")) {
      TagField read = field(at, field);
      if (!keys.add(read.attribute())) {
        throw new TagMappingFault(at + ": '" + read.attribute() + "' is said twice", null);
      }
      fields.add(read);
    }
    Set<String> never = new HashSet<>(words(at, node, "never"));
    for (TagField field : fields) {
      if (never.contains(field.attribute())) {
        throw new TagMappingFault(
            at + ": '" + field.attribute() + "' is among what never leaves, and has a tag", null);
      }
    }
    return new TagMapping(
        id,
        text(at, node.path("title")),
        layer,
        shapes,
        any,
        tags(at, node.path("none"), "none"),
        made,
        fields,
        never);
  }

  private static TagMapping.Shape shape(String at, String name) {
    for (TagMapping.Shape shape : TagMapping.Shape.values()) {
      if (shape.name().toLowerCase(Locale.ROOT).equals(name)) {
        return shape;
      }
    }
    throw new TagMappingFault(at + ": a shape is point, line or area, not '" + name + "'", null);
  }

  private static TagField field(String source, JsonNode node) {
    known(source, node, Set.of("attribute", "tag", "values", "silent", "unit", "required"));
    String attribute = said(source, node, "attribute");
    String tag = said(source, node, "tag");
    String at = source + ", " + attribute;
    if (attribute.isBlank() || tag.isBlank()) {
      throw new TagMappingFault(at + ": a field has an attribute and a tag", null);
    }
    String unit = node.has("unit") ? said(at, node, "unit") : null;
    if (unit != null && !TagField.METERS.containsKey(unit)) {
      throw new TagMappingFault(
          at + ": '" + unit + "' is none of " + TagField.METERS.keySet(), null);
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    JsonNode required = node.path("required");
    if (!required.isMissingNode() && !required.isBoolean()) {
      throw new TagMappingFault(at + ": 'required' is true or false", null);
    }
    JsonNode table = node.path("values");
    if (!table.isMissingNode() && !table.isObject()) {
      throw new TagMappingFault(at + ": 'values' is no table", null);
    }
    for (String value : table.propertyNames()) {
      List<String> meanings = words(at, table, value);
      if (meanings.isEmpty()) {
        throw new TagMappingFault(at + ": '" + value + "' has no value of the tag", null);
      }
      for (String meaning : meanings) {
        if (!used.add(meaning)) {
          throw new TagMappingFault(at + ": '" + meaning + "' would mean two things", null);
        }
      }
      values.put(value, meanings);
    }
    return new TagField(
        attribute,
        tag,
        values,
        new HashSet<>(words(at, node, "silent")),
        unit,
        required.asBoolean(false));
  }

  private static LocalText text(String at, JsonNode text) {
    known(at + ", title", text, Set.of("es", "pt", "en"));
    for (String language : List.of("es", "pt", "en")) {
      if (said(at + ", title", text, language).isBlank()) {
        throw new TagMappingFault(at + ": title is not said in " + language, null);
      }
    }
    return new LocalText(
        text.path("es").asString(), text.path("pt").asString(), text.path("en").asString());
  }

  private static Map<String, String> tags(String at, JsonNode node, String name) {
    if (!node.isMissingNode() && !node.isObject()) {
      throw new TagMappingFault(at + ": '" + name + "' is no table of tags", null);
    }
    Map<String, String> tags = new LinkedHashMap<>();
    for (String key : node.propertyNames()) {
      String value = said(at + ", " + name, node, key);
      if (value.isEmpty()) {
        throw new TagMappingFault(at + ", " + name + ": '" + key + "' has no value", null);
      }
      tags.put(key, value);
    }
    return tags;
  }

  /** A text; empty where it is not there. What YAML takes for a number or a truth is none. */
  private static String said(String at, JsonNode node, String name) {
    JsonNode text = node.path(name);
    if (!text.isMissingNode() && !text.isString()) {
      throw new TagMappingFault(at + ": '" + name + "' is no text: quote it", null);
    }
    return text.asString("");
  }

  private static List<JsonNode> list(String at, JsonNode node, String name) {
    JsonNode list = node.path(name);
    if (!list.isMissingNode() && !list.isArray()) {
      throw new TagMappingFault(at + ": '" + name + "' is no list", null);
    }
    return List.copyOf(list.values());
  }

  private static List<String> words(String at, JsonNode node, String name) {
    List<String> words = new ArrayList<>();
    for (JsonNode word : list(at, node, name)) {
      if (!word.isString() || word.asString().isEmpty()) {
        throw new TagMappingFault(
            at + ": '" + name + "' has " + word + ", which is no text: quote it", null);
      }
      words.add(word.asString());
    }
    return words;
  }

  private static void known(String at, JsonNode node, Set<String> members) {
    if (!node.isObject()) {
      throw new TagMappingFault(at + ": wanted " + members + ", not " + node, null);
    }
    node.propertyNames()
        .forEach(
            name -> {
              if (!members.contains(name)) {
                throw new TagMappingFault(at + ": '" + name + "' is none of " + members, null);
              }
            });
  }
}
