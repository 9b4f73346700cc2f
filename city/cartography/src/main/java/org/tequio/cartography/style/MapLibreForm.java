package org.tequio.cartography.style;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.MapLayer;
import org.tequio.cartography.Rgb;
import org.tequio.cartography.Shape;
import org.tequio.cartography.Stops;
import org.tequio.cartography.StyleClass;
import org.tequio.cartography.StyleForm;
import org.tequio.cartography.Symbol;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;
import tools.jackson.databind.json.JsonMapper;

/** A MapLibre style (version 8) over the layer's vector tiles. */
public final class MapLibreForm implements StyleForm {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String LIGHT = Symbol.LIGHT.hex();
  private static final int TILES_TO = 16;
  private static final double HEAT_OPACITY = 0.85;
  private static final Object HEAT_INTENSITY = size(Stops.of(1, 9, 0.15, 13, 0.5, 17, 1.4));

  @Override
  public String name() {
    return "mapbox";
  }

  @Override
  public String mediaType() {
    return "application/vnd.mapbox.style+json";
  }

  @Override
  public String extension() {
    return "json";
  }

  @Override
  public String title() {
    return "MapLibre";
  }

  @Override
  public Specification specification() {
    return new Specification("https://maplibre.org/maplibre-style-spec/", "8", true);
  }

  @Override
  public byte[] write(MapLayer layer, LayerStyle style, Language language, String site) {
    Map<String, Object> source = map("type", "vector");
    source.put("tiles", List.of(site + "/tiles/" + layer.id() + "/{z}/{x}/{y}"));
    source.put("minzoom", 0);
    source.put("maxzoom", TILES_TO);
    Bbox box = layer.record().extent();
    if (box != null) {
      source.put("bounds", List.of(box.minX(), box.minY(), box.maxX(), box.maxY()));
    }
    Map<String, Object> document = map("version", 8);
    document.put("name", layer.record().title().in(language));
    document.put("sources", map(layer.id().value(), source));
    document.put("layers", layers(layer, style));
    return MAPPER.writeValueAsBytes(document);
  }

  private static List<Object> layers(MapLayer layer, LayerStyle style) {
    List<Object> layers = new ArrayList<>();
    Symbol symbol = style.symbol();
    Object color = color(style);
    boolean mixed = style.shape() == Shape.MIXED;
    if (mixed || style.shape() == Shape.AREA) {
      layers.add(
          drawn(layer, style, "area", "fill", "Polygon")
              .paint("fill-color", color, "fill-opacity", style.opacity() * symbol.fill())
              .members());
      layers.add(
          drawn(layer, style, "edge", "line", "Polygon")
              .paint("line-color", color, "line-width", size(symbol.edge()))
              .paint("line-opacity", style.opacity() * Symbol.EDGE_OPACITY)
              .members());
    }
    if (mixed || style.shape() == Shape.LINE) {
      layers.add(
          drawn(layer, style, "line-halo", "line", "LineString")
              .layout("line-cap", "round", "line-join", "round")
              .paint("line-color", LIGHT, "line-width", size(symbol.halo()))
              .paint("line-opacity", style.opacity() * Symbol.HALO_OPACITY)
              .members());
      layers.add(
          drawn(layer, style, "line", "line", "LineString")
              .layout("line-cap", "round", "line-join", "round")
              .paint("line-color", color, "line-width", size(symbol.line()))
              .members());
    }
    if (style.heat()) {
      layers.add(
          drawn(layer, style, "heat", "heatmap", "Point")
              .paint("heatmap-radius", Symbol.HEAT_REACH, "heatmap-intensity", HEAT_INTENSITY)
              .paint("heatmap-opacity", style.opacity() * HEAT_OPACITY)
              .paint("heatmap-color", heat())
              .members());
    } else if (mixed || style.shape() == Shape.POINT) {
      layers.add(
          drawn(layer, style, "point", "circle", "Point")
              .paint("circle-color", color, "circle-radius", size(symbol.radius()))
              .paint("circle-stroke-color", LIGHT, "circle-stroke-width", size(symbol.ring()))
              .paint("circle-opacity", style.opacity() * symbol.dot())
              .paint("circle-stroke-opacity", style.opacity() * Symbol.EDGE_OPACITY)
              .members());
    }
    if (style.label() != null) {
      layers.add(names(layer, style, style.label()));
    }
    return layers;
  }

  private static Object names(MapLayer layer, LayerStyle style, String field) {
    Drawn names =
        new Drawn(layer, style, "label", "symbol", Math.max(style.fromZoom(), style.labelZoom()))
            .layout(
                "text-field",
                List.of("to-string", List.of("get", field)),
                "text-size",
                style.names().size())
            .layout("text-font", List.of("Alegreya Sans Bold"), "text-max-width", 8)
            .layout("symbol-placement", style.shape() == Shape.LINE ? "line" : "point")
            .paint(
                "text-color",
                Symbol.INK.hex(),
                "text-halo-color",
                LIGHT,
                "text-halo-width",
                style.names().halo());
    if (style.shape() == Shape.POINT) {
      names.layout("text-anchor", "top", "text-offset", List.of(0, 0.7));
    }
    return names.members();
  }

  private static Drawn drawn(
      MapLayer layer, LayerStyle style, String part, String type, String geometry) {
    return new Drawn(layer, style, part, type, style.fromZoom())
        .member("filter", List.of("==", List.of("geometry-type"), geometry));
  }

  /** Colours by density, nothing where there is nothing. */
  private static Object heat() {
    Rgb first = Symbol.HEAT.getFirst();
    String rgb = first.red() + "," + first.green() + "," + first.blue();
    List<Object> steps =
        new ArrayList<>(List.of("interpolate", List.of("linear"), List.of("heatmap-density"), 0));
    steps.addAll(List.of("rgba(" + rgb + ",0)", 0.02, "rgba(" + rgb + ",0.3)"));
    for (int i = 0; i < Symbol.HEAT.size(); i++) {
      steps.add(Math.max(0.1, (double) i / (Symbol.HEAT.size() - 1)));
      steps.add(Symbol.HEAT.get(i).hex());
    }
    return steps;
  }

  private static Object color(LayerStyle style) {
    if (style.field() == null || style.classes().isEmpty()) {
      return style.color().hex();
    }
    List<Object> value = List.of("get", style.field());
    List<Object> cases = new ArrayList<>(List.of("case"));
    for (StyleClass one : style.classes()) {
      cases.add(test(value, one.test()));
      cases.add(one.color().hex());
    }
    cases.add(style.color().hex());
    return cases;
  }

  private static Object test(List<Object> value, StyleClass.Test test) {
    return switch (test) {
      case StyleClass.OneOf some ->
          List.of("in", List.of("to-string", value), List.of("literal", some.values()));
      case StyleClass.Range range -> {
        List<Object> all = new ArrayList<>(List.of("all"));
        all.add(List.of("==", List.of("typeof", value), "number"));
        all.add(List.of(">=", List.of("to-number", value), range.from()));
        if (range.below() != Double.POSITIVE_INFINITY) {
          all.add(List.of("<", List.of("to-number", value), range.below()));
        }
        yield all;
      }
    };
  }

  private static Object size(Stops stops) {
    if (stops.stops().size() == 1) {
      return stops.stops().getFirst().size();
    }
    List<Object> steps =
        new ArrayList<>(
            List.of("interpolate", List.of("exponential", stops.base()), List.of("zoom")));
    for (Stops.Stop stop : stops.stops()) {
      steps.add(stop.zoom());
      steps.add(stop.size());
    }
    return steps;
  }

  private static Map<String, Object> map(String name, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(name, value);
    return map;
  }

  /** One layer of the document while it is put together. */
  private static final class Drawn {
    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Map<String, Object> layout = new LinkedHashMap<>();
    private final Map<String, Object> paint = new LinkedHashMap<>();

    Drawn(MapLayer layer, LayerStyle style, String part, String type, double fromZoom) {
      members.put("id", layer.id() + "~" + part);
      members.put("type", type);
      members.put("source", layer.id().value());
      members.put("source-layer", layer.id().value());
      if (fromZoom > 0) {
        members.put("minzoom", fromZoom);
      }
      if (style.toZoom() < LayerStyle.MOST_ZOOM) {
        members.put("maxzoom", style.toZoom());
      }
    }

    Drawn member(String name, Object value) {
      members.put(name, value);
      return this;
    }

    Drawn layout(Object... pairs) {
      return put(layout, pairs);
    }

    Drawn paint(Object... pairs) {
      return put(paint, pairs);
    }

    private Drawn put(Map<String, Object> into, Object... pairs) {
      for (int i = 0; i < pairs.length; i += 2) {
        into.put((String) pairs[i], pairs[i + 1]);
      }
      return this;
    }

    Map<String, Object> members() {
      if (!layout.isEmpty()) {
        members.put("layout", layout);
      }
      if (!paint.isEmpty()) {
        members.put("paint", paint);
      }
      return members;
    }
  }
}
