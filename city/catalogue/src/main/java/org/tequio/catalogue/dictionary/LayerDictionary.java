package org.tequio.catalogue.dictionary;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Theme;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LocalText;

/**
 * The kinds of layers that cities keep, and the themes they are listed under: the content of {@code
 * packs/base/layers.yaml}. Immutable.
 */
public final class LayerDictionary {
  private static final String RESOURCE = "/packs/base/layers.yaml";

  private final Map<String, Theme> themes;
  private final Map<String, Entry> entries;

  /**
   * One kind of layer.
   *
   * @param id such as {@code cat.predio}
   * @param title what people read
   * @param theme under which it is listed
   * @param shapes what it may hold: {@code point}, {@code line}, {@code polygon}, {@code table},
   *     {@code raster}
   * @param key the department's own identifier
   * @param attributes what it usually holds, in the usual order
   * @param isPublic false where it should stay closed until someone opens it
   * @param names words by which it is recognised, without accents
   * @param source where it comes from
   */
  public record Entry(
      String id,
      LocalText title,
      Theme theme,
      List<String> shapes,
      String key,
      List<Attribute> attributes,
      boolean isPublic,
      List<List<String>> names,
      SourceNotes source) {
    /** Copies the lists. */
    public Entry {
      shapes = List.copyOf(shapes);
      attributes = List.copyOf(attributes);
      names = List.copyOf(names);
    }

    /** One of its attributes. */
    public Optional<Attribute> findAttribute(String name) {
      return attributes.stream().filter(attribute -> attribute.name().equals(name)).findFirst();
    }

    /** True where a field of this name stays closed to the public in any case. */
    public boolean closes(String field) {
      return findAttribute(field)
          .filter(attribute -> !attribute.dataClass().isPublic())
          .isPresent();
    }
  }

  private LayerDictionary(DictionaryFile file) {
    this.themes = file.themes();
    this.entries = file.entries();
  }

  /** The dictionary that comes with Tequio. */
  public static LayerDictionary standard() {
    return Standard.DICTIONARY;
  }

  /** Read once, when it is first asked for. */
  private static final class Standard {
    static final LayerDictionary DICTIONARY =
        new LayerDictionary(new DictionaryFile(DictionaryFile.read(RESOURCE)));
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

  /** False where what a layer holds speaks against a kind. */
  public static boolean fits(Entry entry, GeometryType geometry) {
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
