package org.tequio.cartography.style;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.MapLayer;
import org.tequio.cartography.NameStyle;
import org.tequio.cartography.Rgb;
import org.tequio.cartography.Shape;
import org.tequio.cartography.StyleClass;
import org.tequio.cartography.Symbol;
import org.tequio.cartography.canvas.Icons;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the style that a steward saved: the facts under {@code tequio:look}, from which the
 * MapLibre layers beside them were made. Nothing in it is ever evaluated: expressions, functions
 * and addresses are not looked at. A style that says anything impossible is no style, as on the web
 * map; one that names a field which is closed, or gone, is drawn without it.
 */
final class SavedStyle {
  private static final int LONGEST = 64 * 1024;
  private static final int LONGEST_LABEL = 200;
  private static final int MOST_VALUES = 1_000;
  private static final double LABELS_FROM = 11;
  private static final double MANY_LABELS_FROM = 14;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(LONGEST)
                          .maxDocumentLength(LONGEST)
                          .build())
                  .build())
          .build();

  private SavedStyle() {}

  /** The style of a layer in what was saved; nothing where that is not a style of ours. */
  static Optional<LayerStyle> read(@Nullable String json, MapLayer layer) {
    if (json == null || json.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JsonNode look = MAPPER.readTree(json).path("metadata").path("tequio:look");
      return look.isObject() ? Optional.of(style(look, layer)) : Optional.empty();
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static LayerStyle style(JsonNode look, MapLayer layer) {
    Rgb color = Rgb.of(text(look, "color"));
    String field = open(look, "field", layer);
    JsonNode list = look.path("classes");
    if (list.size() > LayerStyle.MOST_CLASSES) {
      throw new IllegalArgumentException("too many classes: " + list.size());
    }
    List<StyleClass> classes = new ArrayList<>();
    if (field != null) {
      for (JsonNode one : list) {
        classes.add(styleClass(one));
      }
    }
    boolean ordered = look.path("ordered").asBoolean(false);
    boolean many = layer.stored().count() > Symbol.MANY;
    Shape shape = Shape.of(layer.stored().schema());
    String icon = look.path("icon").isString() ? look.path("icon").stringValue() : null;
    JsonNode zooms = look.path("zooms");
    double from = zoom(zooms.path(0), 0);
    return new LayerStyle(
        shape,
        Symbol.of(layer, !classes.isEmpty(), ordered),
        color,
        classes.isEmpty() ? null : field,
        classes,
        ordered,
        look.path("others").asBoolean(false),
        shape == Shape.POINT && !many && icon != null && Icons.isKnown(icon) ? icon : null,
        open(look, "label", layer),
        zoom(look.path("names").path("from"), many ? MANY_LABELS_FROM : LABELS_FROM),
        names(look.path("names")),
        look.path("opacity").isNumber() ? look.path("opacity").doubleValue() : 1,
        shape == Shape.POINT && look.path("heat").asBoolean(false),
        from,
        Math.max(from, zoom(zooms.path(1), LayerStyle.MOST_ZOOM)));
  }

  private static NameStyle names(JsonNode said) {
    return said.isObject()
        ? new NameStyle(said.path("size").doubleValue(), said.path("halo").doubleValue())
        : NameStyle.STANDARD;
  }

  private static StyleClass styleClass(JsonNode one) {
    return new StyleClass(text(one, "label"), Rgb.of(text(one, "color")), test(one));
  }

  private static StyleClass.Test test(JsonNode one) {
    JsonNode range = one.path("range");
    if (range.isArray()) {
      // Endless does not survive JSON: it is written as null.
      JsonNode below = range.path(1);
      return new StyleClass.Range(
          range.path(0).doubleValue(),
          below.isNumber() ? below.doubleValue() : Double.POSITIVE_INFINITY);
    }
    JsonNode values = one.path("values");
    if (values.size() > MOST_VALUES) {
      throw new IllegalArgumentException("too many values: " + values.size());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode value : values) {
      if (value.isContainer() || value.isNull()) {
        throw new IllegalArgumentException("a value is a text, a number or a truth");
      }
      texts.add(value.isNumber() ? StyleClass.textOf(value.doubleValue()) : value.asString());
    }
    return new StyleClass.OneOf(texts);
  }

  /** A field that the style names, by the name it has in the layer; null where it is not open. */
  private static @Nullable String open(JsonNode look, String member, MapLayer layer) {
    JsonNode named = look.path(member);
    if (!named.isString()) {
      return null;
    }
    return layer.fields().stream()
        .map(field -> field.name())
        .filter(name -> name.equalsIgnoreCase(named.stringValue()))
        .findFirst()
        .orElse(null);
  }

  private static String text(JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (!value.isString() || value.stringValue().length() > LONGEST_LABEL) {
      throw new IllegalArgumentException("wanted a short text as " + member);
    }
    return value.stringValue();
  }

  private static double zoom(JsonNode node, double otherwise) {
    return node.isNumber() ? Math.clamp(node.doubleValue(), 0, 24) : otherwise;
  }
}
