package org.tequio.catalogue.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Theme;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LocalText;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The kinds of layers that cities keep, and the themes they are listed under: the content of {@code
 * packs/base/layers.yaml}. Immutable.
 */
public final class LayerDictionary {
  private static final String RESOURCE = "/packs/base/layers.yaml";

  private final Map<String, Theme> themes = new LinkedHashMap<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * One kind of layer.
   *
   * @param id such as {@code cat.predio}
   * @param title what people read
   * @param theme under which it is listed
   * @param shapes what it may hold: {@code point}, {@code line}, {@code polygon}, {@code table},
   *     {@code raster}
   * @param key the department's own identifier
   * @param attributes the usual fields
   * @param isPublic false where it should stay closed until someone opens it
   * @param closed fields that stay closed in any case
   * @param names words by which it is recognised, without accents
   */
  public record Entry(
      String id,
      LocalText title,
      Theme theme,
      List<String> shapes,
      String key,
      List<String> attributes,
      boolean isPublic,
      List<String> closed,
      List<List<String>> names) {
    /** Copies the lists. */
    public Entry {
      shapes = List.copyOf(shapes);
      attributes = List.copyOf(attributes);
      closed = List.copyOf(closed);
      names = List.copyOf(names);
    }

    /** True where a layer of this kind usually has it. */
    public boolean hasAttribute(String name) {
      return attributes.contains(name);
    }
  }

  private LayerDictionary(JsonNode root) {
    for (JsonNode node : root.required("themes")) {
      Theme theme = new Theme(node.required("id").asString(), text(node.required("title")));
      themes.put(theme.id(), theme);
    }
    for (JsonNode node : root.required("layers")) {
      Entry entry = entry(node);
      if (entries.put(entry.id(), entry) != null) {
        throw new IllegalArgumentException("two dictionary entries are called " + entry.id());
      }
    }
  }

  private Entry entry(JsonNode node) {
    String id = node.required("id").asString();
    Theme theme = themes.get(node.required("theme").asString());
    if (theme == null) {
      throw new IllegalArgumentException("the theme of " + id + " is not in the list of themes");
    }
    return new Entry(
        id,
        text(node.required("title")),
        theme,
        texts(node.required("geometry")),
        node.required("key").asString(),
        texts(node.required("attributes")),
        node.required("access").asString().equals("public"),
        node.has("closed") ? texts(node.required("closed")) : List.of(),
        texts(node.required("names")).stream().map(Words::telling).toList());
  }

  private static LocalText text(JsonNode node) {
    return new LocalText(
        node.required("es").asString(),
        node.required("pt").asString(),
        node.required("en").asString());
  }

  private static List<String> texts(JsonNode node) {
    return node.valueStream().map(JsonNode::asString).toList();
  }

  /** The dictionary that comes with Tequio. */
  public static LayerDictionary standard() {
    try (InputStream in = LayerDictionary.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + RESOURCE);
      }
      return new LayerDictionary(YAMLMapper.shared().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All entries, in the order of the file. */
  public List<Entry> listEntries() {
    return List.copyOf(entries.values());
  }

  /** One entry. */
  public Optional<Entry> findEntry(@Nullable String id) {
    return Optional.ofNullable(id == null ? null : entries.get(id));
  }

  /** All themes, in the order in which people should see them. */
  public List<Theme> listThemes() {
    return List.copyOf(themes.values());
  }

  /** A theme; "other" where there is none of this id. */
  public Theme theme(String id) {
    Theme theme = themes.get(id);
    return theme != null ? theme : other();
  }

  /** Where layers go that nobody recognised. */
  public Theme other() {
    Theme other = themes.get("other");
    if (other == null) {
      throw new IllegalStateException("the dictionary has no theme 'other'");
    }
    return other;
  }

  /**
   * The entry whose words stand in a name, the longest words first; none where the geometry speaks
   * against it.
   *
   * @param name a layer's or file's name
   * @param geometry what the layer holds
   */
  public Optional<Entry> recognize(String name, GeometryType geometry) {
    List<String> words = Words.telling(name);
    Entry best = null;
    int bestLength = 0;
    for (Entry entry : entries.values()) {
      for (List<String> pattern : entry.names()) {
        int length = String.join("", pattern).length();
        if (length > bestLength
            && Collections.indexOfSubList(words, pattern) >= 0
            && fits(entry, geometry)) {
          best = entry;
          bestLength = length;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean fits(Entry entry, GeometryType geometry) {
    if (geometry == GeometryType.NONE) {
      return true;
    }
    return switch (geometry.dimension()) {
      case 0 -> entry.shapes().contains("point") || isFacility(entry);
      case 1 -> entry.shapes().contains("line");
      case 2 -> entry.shapes().contains("polygon") || isFacility(entry);
      default -> true;
    };
  }

  /** Schools and markets are drawn as points by some departments and as outlines by others. */
  private static boolean isFacility(Entry entry) {
    return entry.shapes().contains("point") && !entry.shapes().contains("line")
        || entry.shapes().equals(List.of("polygon")) && entry.theme().id().equals("facilities");
  }
}
