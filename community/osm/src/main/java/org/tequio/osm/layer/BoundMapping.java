package org.tequio.osm.layer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Feature;
import org.tequio.feature.Field;
import org.tequio.formats.osm.OsmElement;
import org.tequio.storage.StoredLayer;

/**
 * A mapping and the layer of this city that it is for, with the fields that both sides have and
 * everyone may see. Of one moment; immutable.
 *
 * @param fields of the store, with their tags
 */
record BoundMapping(
    TagMapping mapping, LayerRecord layer, StoredLayer stored, List<BoundField> fields) {

  /** A field of the layer and its tag. */
  record BoundField(TagField tag, Field field) {}

  BoundMapping {
    fields = List.copyOf(fields);
  }

  /** Closed fields, and fields that the layer lacks, are left out. */
  static BoundMapping of(TagMapping mapping, LayerRecord layer, StoredLayer stored) {
    Set<String> never = new HashSet<>();
    for (String name : mapping.never()) {
      never.add(fieldName(layer, name).toLowerCase(java.util.Locale.ROOT));
    }
    List<BoundField> fields = new ArrayList<>();
    for (TagField tag : mapping.fields()) {
      stored
          .schema()
          .findField(fieldName(layer, tag.attribute()))
          .filter(layer::isOpen)
          .filter(field -> !never.contains(field.name().toLowerCase(java.util.Locale.ROOT)))
          .ifPresent(field -> fields.add(new BoundField(tag, described(layer, field))));
    }
    return new BoundMapping(mapping, layer, stored, fields);
  }

  private static String fieldName(LayerRecord layer, String attribute) {
    return layer.attribute(attribute).orElse(attribute);
  }

  /** With the code list that the catalogue knows of it. */
  private static Field described(LayerRecord layer, Field field) {
    return layer
        .schema()
        .findField(field.name())
        .filter(one -> one.type() == field.type())
        .orElse(field);
  }

  /**
   * What an element says of the fields.
   *
   * @param values by field; a field that it says nothing of is not there
   * @param unreadable tags that say something that the layer cannot hold, as {@code key=value}
   * @param missing keys that are required and not there
   */
  record Said(Map<String, Object> values, List<String> unreadable, List<String> missing) {}

  /** What an element says. */
  Said read(OsmElement element) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> unreadable = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (BoundField bound : fields) {
      String text = element.tag(bound.tag.tag());
      Optional<Object> value = text == null ? Optional.empty() : bound.tag.read(text, bound.field);
      if (value.isPresent()) {
        values.put(bound.field.name(), value.get());
      } else if (text != null && !bound.tag.silent().contains(text)) {
        unreadable.add(bound.tag.tag() + "=" + text);
      }
      if (value.isEmpty() && bound.tag.required()) {
        missing.add(bound.tag.tag());
      }
    }
    return new Said(values, unreadable, missing);
  }

  /** The tags of an element that says what a feature says, beside the others that it has. */
  Map<String, String> write(Map<String, ? extends @Nullable Object> values) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (BoundField bound : fields) {
      Object value = values.get(bound.field.name());
      if (value != null) {
        bound.tag.write(value, bound.field).ifPresent(text -> tags.put(bound.tag.tag(), text));
      }
    }
    return tags;
  }

  /** The tags of a new element. */
  Map<String, String> made(Feature feature) {
    Map<String, String> tags = new LinkedHashMap<>(mapping.made());
    tags.putAll(write(feature.properties()));
    return tags;
  }

  /** True where two values say the same as far as tags can tell. */
  boolean agree(String name, @Nullable Object one, @Nullable Object other) {
    if (Objects.equals(one, other)) {
      return true;
    }
    if (one == null || other == null) {
      return false;
    }
    return fields.stream()
        .filter(bound -> bound.field.name().equals(name))
        .allMatch(
            bound -> {
              Optional<String> written = bound.tag.write(one, bound.field);
              return written.isPresent() && written.equals(bound.tag.write(other, bound.field));
            });
  }
}
