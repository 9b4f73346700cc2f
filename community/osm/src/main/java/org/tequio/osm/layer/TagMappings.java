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
      for (JsonNode node : root.path("mappings")) {
        TagMapping mapping = mapping(source, node);
        mappings.put(mapping.id(), mapping);
      }
    } catch (JacksonException e) {
      throw new TagMappingFault(source + ": " + e.getOriginalMessage(), e);
    }
  }

  private static TagMapping mapping(String source, JsonNode node) {
    String id = node.path("id").asString("");
    String at = source + ", " + id;
    if (!id.matches("[a-z][a-z0-9_]{0,39}")) {
      throw new TagMappingFault(
          source + ": '" + id + "' is no identifier such as street_trees", null);
    }
    known(
        at,
        node,
        Set.of("id", "title", "layer", "shapes", "any", "none", "made", "fields", "never"));
    String layer = node.path("layer").asString("");
    Set<TagMapping.Shape> shapes = EnumSet.noneOf(TagMapping.Shape.class);
    for (String shape : words(node.path("shapes"))) {
      shapes.add(shape(at, shape));
    }
    List<Map<String, String>> any = new ArrayList<>();
    for (JsonNode tags : node.path("any")) {
      any.add(tags(tags));
    }
    Map<String, String> made = tags(node.path("made"));
    if (layer.isBlank() || shapes.isEmpty() || any.isEmpty() || made.isEmpty()) {
      throw new TagMappingFault(
          at + ": wanted layer, shapes, any and made; one of them is missing", null);
    }
    if (any.stream().anyMatch(Map::isEmpty)) {
      throw new TagMappingFault(at + ": an empty group of tags would take every element", null);
    }
    List<TagField> fields = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (JsonNode field : node.path("fields")) {
      TagField read = field(at, field);
      if (!keys.add(read.attribute())) {
        throw new TagMappingFault(at + ": '" + read.attribute() + "' is said twice", null);
      }
      fields.add(read);
    }
    Set<String> never = new HashSet<>(words(node.path("never")));
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
        tags(node.path("none")),
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
    String attribute = node.path("attribute").asString("");
    String tag = node.path("tag").asString("");
    String at = source + ", " + attribute;
    known(at, node, Set.of("attribute", "tag", "values", "silent", "unit", "required"));
    if (attribute.isBlank() || tag.isBlank()) {
      throw new TagMappingFault(at + ": a field has an attribute and a tag", null);
    }
    String unit = node.has("unit") ? node.path("unit").asString() : null;
    if (unit != null && !TagField.METERS.containsKey(unit)) {
      throw new TagMappingFault(
          at + ": '" + unit + "' is none of " + TagField.METERS.keySet(), null);
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    for (Map.Entry<String, JsonNode> one : node.path("values").properties()) {
      List<String> meanings = words(one.getValue());
      if (meanings.isEmpty()) {
        throw new TagMappingFault(at + ": '" + one.getKey() + "' has no value of the tag", null);
      }
      for (String meaning : meanings) {
        if (!used.add(meaning)) {
          throw new TagMappingFault(at + ": '" + meaning + "' would mean two things", null);
        }
      }
      values.put(one.getKey(), meanings);
    }
    return new TagField(
        attribute,
        tag,
        values,
        new HashSet<>(words(node.path("silent"))),
        unit,
        node.path("required").asBoolean(false));
  }

  private static LocalText text(String at, JsonNode text) {
    for (String language : List.of("es", "pt", "en")) {
      if (text.path(language).asString("").isBlank()) {
        throw new TagMappingFault(at + ": title is not said in " + language, null);
      }
    }
    return new LocalText(
        text.path("es").asString(), text.path("pt").asString(), text.path("en").asString());
  }

  private static Map<String, String> tags(JsonNode node) {
    Map<String, String> tags = new LinkedHashMap<>();
    node.properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
    return tags;
  }

  private static List<String> words(JsonNode list) {
    return list.values().stream().map(JsonNode::asString).toList();
  }

  private static void known(String at, JsonNode node, Set<String> members) {
    node.propertyNames()
        .forEach(
            name -> {
              if (!members.contains(name)) {
                throw new TagMappingFault(at + ": '" + name + "' is none of " + members, null);
              }
            });
  }
}
