package org.tequio.osm.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.formats.osm.OsmElement;

/**
 * Which elements are the features of a layer, and how what is said of the one is said of the other.
 * Immutable.
 *
 * @param id a word
 * @param title what people call it
 * @param layer an entry of the layer dictionary, or the identifier of a layer
 * @param shapes as what such an element is drawn
 * @param any tags, one group of which an element has: {@code *} for any value, several joined by
 *     {@code |}
 * @param none tags that it has none of
 * @param made the tags that an element gets that is made from a feature
 * @param fields what is said of it
 * @param never fields of the layer that never leave it for an element, whatever else is said
 */
record TagMapping(
    String id,
    LocalText title,
    String layer,
    Set<Shape> shapes,
    List<Map<String, String>> any,
    Map<String, String> none,
    Map<String, String> made,
    List<TagField> fields,
    Set<String> never) {

  /** As what an element is drawn. */
  enum Shape {
    /** A node. */
    POINT,
    /** A way. */
    LINE,
    /** A closed way, or a relation of several. */
    AREA
  }

  TagMapping {
    shapes = Set.copyOf(shapes);
    any = List.copyOf(any);
    none = Map.copyOf(none);
    made = Collections.unmodifiableMap(new LinkedHashMap<>(made));
    fields = List.copyOf(fields);
    never = Set.copyOf(never);
  }

  /** True where an element's tags make it one. */
  boolean isMeant(OsmElement element) {
    boolean isOne = any.stream().anyMatch(tags -> hasAll(element, tags));
    return isOne
        && none.entrySet().stream().noneMatch(tag -> has(element, tag.getKey(), tag.getValue()));
  }

  private static boolean hasAll(OsmElement element, Map<String, String> tags) {
    return tags.entrySet().stream().allMatch(tag -> has(element, tag.getKey(), tag.getValue()));
  }

  private static boolean has(OsmElement element, String key, String wanted) {
    String value = element.tag(key);
    return value != null
        && (wanted.equals("*") || List.of(wanted.split("\\|", -1)).contains(value));
  }

  /** As what an element is drawn, of those that the layer takes; null for none of them. */
  @Nullable Shape shape(OsmElement element) {
    Shape drawn =
        switch (element.type()) {
          case NODE -> Shape.POINT;
          case WAY -> element.isClosed() && shapes.contains(Shape.AREA) ? Shape.AREA : Shape.LINE;
          case RELATION -> "multipolygon".equals(element.tag("type")) ? Shape.AREA : null;
        };
    return drawn != null && shapes.contains(drawn) ? drawn : null;
  }
}
