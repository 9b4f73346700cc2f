package org.tequio.catalogue.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Theme;
import org.tequio.feature.Code;
import org.tequio.feature.DataClass;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads files of the base pack; {@code layers.yaml} has the form of {@code layers.schema.json}. A
 * reference to what is not in the file stops the start and names it.
 */
final class DictionaryFile {
  private final Map<String, Theme> themes = new LinkedHashMap<>();
  private final Map<String, CodeList> codes = new LinkedHashMap<>();
  private final Map<String, Attribute> attributes = new LinkedHashMap<>();
  private final Map<String, LayerDictionary.Entry> entries = new LinkedHashMap<>();

  DictionaryFile(JsonNode root) {
    for (JsonNode node : root.required("themes")) {
      String id = string(node, "id");
      once(
          themes,
          id,
          new Theme(id, text(node.required("title")), string(node, "iso"), string(node, "dcat")));
    }
    for (JsonNode node : root.required("codes")) {
      List<Code> values = new ArrayList<>();
      Map<String, List<String>> names = new LinkedHashMap<>();
      for (JsonNode value : node.required("values")) {
        values.add(new Code(string(value, "value"), text(value.required("label"))));
        names.put(string(value, "value"), texts(value.path("names")));
      }
      once(
          codes,
          string(node, "id"),
          CodeList.of(values, node.path("open").asBoolean(false), names));
    }
    for (JsonNode node : root.required("attributes")) {
      once(attributes, string(node, "id"), attribute(node));
    }
    for (JsonNode node : root.required("layers")) {
      once(entries, string(node, "id"), entry(node));
    }
  }

  /** The content of a file of the pack. */
  static JsonNode read(String resource) {
    try (InputStream in = DictionaryFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return YAMLMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Theme> themes() {
    return themes;
  }

  Map<String, LayerDictionary.Entry> entries() {
    return entries;
  }

  private Attribute attribute(JsonNode node) {
    List<List<String>> names = new ArrayList<>();
    for (String name : texts(node.path("names"))) {
      names.add(Words.of(name));
    }
    return new Attribute(
        string(node, "id"),
        FieldType.valueOf(string(node, "type").toUpperCase(Locale.ROOT)),
        text(node.required("label")),
        optional(node, "unit"),
        dataClass(node, DataClass.PUBLIC),
        codes(node, CodeList.NONE),
        node.has("pattern") ? Pattern.compile(string(node, "pattern")) : null,
        node.path("min").asDouble(Double.NEGATIVE_INFINITY),
        node.path("max").asDouble(Double.POSITIVE_INFINITY),
        Words.of(string(node, "id")),
        names);
  }

  private CodeList codes(JsonNode node, CodeList otherwise) {
    return node.has("codes") ? known(codes, string(node, "codes")) : otherwise;
  }

  private static DataClass dataClass(JsonNode node, DataClass otherwise) {
    return node.has("class")
        ? DataClass.valueOf(string(node, "class").toUpperCase(Locale.ROOT))
        : otherwise;
  }

  private LayerDictionary.Entry entry(JsonNode node) {
    List<Attribute> own = new ArrayList<>();
    for (JsonNode one : node.required("attributes")) {
      Attribute shared = known(attributes, one.isString() ? one.asString() : string(one, "id"));
      own.add(shared.with(codes(one, shared.codeList()), dataClass(one, shared.dataClass())));
    }
    return new LayerDictionary.Entry(
        string(node, "id"),
        text(node.required("title")),
        known(themes, string(node, "theme")),
        texts(node.required("geometry")),
        string(node, "key"),
        own,
        string(node, "access").equals("public"),
        texts(node.required("names")).stream().map(Words::telling).toList(),
        source(node.required("source")));
  }

  private static SourceNotes source(JsonNode node) {
    String rhythm = optional(node, "rhythm");
    return new SourceNotes(
        string(node, "owner"),
        optional(node, "elsewhere"),
        string(node, "update"),
        rhythm == null ? null : Period.parse(rhythm),
        optional(node, "procedures"),
        texts(node.required("evidence")),
        optional(node, "note"));
  }

  private static <T> void once(Map<String, T> all, String id, T value) {
    if (all.put(id, value) != null) {
      throw new IllegalArgumentException("two things of the dictionary are called " + id);
    }
  }

  private static <T> T known(Map<String, T> all, String id) {
    T value = all.get(id);
    if (value == null) {
      throw new IllegalArgumentException("the dictionary speaks of '" + id + "' and has none");
    }
    return value;
  }

  static LocalText text(JsonNode node) {
    return new LocalText(string(node, "es"), string(node, "pt"), string(node, "en"));
  }

  private static String string(JsonNode node, String member) {
    return node.required(member).asString();
  }

  private static @Nullable String optional(JsonNode node, String member) {
    return node.has(member) ? string(node, member) : null;
  }

  private static List<String> texts(JsonNode node) {
    return node.valueStream().map(JsonNode::asString).toList();
  }
}
