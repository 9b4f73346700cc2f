package org.tequio.cartography.style;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.MapLayer;
import org.tequio.cartography.Rgb;
import org.tequio.cartography.Scales;
import org.tequio.cartography.Shape;
import org.tequio.cartography.StyleClass;
import org.tequio.cartography.Symbol;
import org.tequio.cartography.canvas.Icons;
import org.tequio.feature.Language;
import org.tequio.formats.Xml;

/** Writes a style in the words of QGIS, into a style file or a project. */
public final class QgisSymbols {
  /** The oldest QGIS that is known to read what is written. */
  public static final String VERSION = "3.22.16";

  private static final double POINTS_PER_PIXEL = 0.75;
  private static final double ENDLESS = 1e18;
  private static final String PIXELS = "2";
  private static final String EXPRESSION = "3";

  private QgisSymbols() {}

  /** Writes the limits of scale as attributes of the element that has just begun. */
  public static void scales(Xml xml, LayerStyle style) {
    double least = style.nearestScale();
    double most = style.farthestScale();
    xml.attribute("hasScaleBasedVisibilityFlag", least > 0 || most > 0 ? "1" : "0");
    xml.attribute("maxScale", number(least));
    xml.attribute("minScale", number(most > 0 ? most : 1e8));
  }

  /** Writes the symbols and names of features. */
  public static void symbols(Xml xml, LayerStyle style, Language language) {
    if (style.shape() != Shape.NONE) {
      renderer(xml, style, language);
      if (style.label() != null) {
        labels(xml, style, style.label());
      }
    }
  }

  /** Writes the symbols of vector tiles. */
  public static void tiles(Xml xml, MapLayer layer, LayerStyle style) {
    xml.start("renderer", "type", "basic").start("styles");
    StringBuilder others = new StringBuilder();
    for (StyleClass one : style.classes()) {
      String test = expression(String.valueOf(style.field()), one.test());
      tileStyle(xml, layer, style, one.label(), test, one.color());
      others.append(others.isEmpty() ? "" : " OR ").append(test);
    }
    if (style.classes().isEmpty() || style.others()) {
      String rest = others.isEmpty() ? "" : "(" + others + ") IS NOT TRUE";
      tileStyle(xml, layer, style, layer.id().value(), rest, style.color());
    }
    xml.end().end();
  }

  private static void tileStyle(
      Xml xml, MapLayer layer, LayerStyle style, String name, String expression, Rgb color) {
    xml.start(
        "style",
        "name",
        name,
        "layer",
        layer.id().value(),
        "geometry",
        switch (style.shape()) {
          case POINT -> "0";
          case LINE -> "1";
          case AREA, MIXED, NONE -> "2";
        },
        "enabled",
        "1",
        "expression",
        expression,
        "min-zoom",
        "-1",
        "max-zoom",
        "-1");
    xml.start("symbols");
    symbol(xml, style, "0", color);
    xml.end().end();
  }

  private static String expression(String field, StyleClass.Test test) {
    String name = '"' + field.replace("\"", "\"\"") + '"';
    return switch (test) {
      case StyleClass.OneOf some ->
          some.values().stream()
              .map(value -> "'" + value.replace("\\", "\\\\").replace("'", "''") + "'")
              .collect(Collectors.joining(", ", "to_string(" + name + ") IN (", ")"));
      case StyleClass.Range range -> {
        String from = "(" + name + " >= " + StyleClass.textOf(range.from());
        yield range.below() == Double.POSITIVE_INFINITY
            ? from + ")"
            : from + " AND " + name + " < " + StyleClass.textOf(range.below()) + ")";
      }
    };
  }

  private static void renderer(Xml xml, LayerStyle style, Language language) {
    if (style.heat()) {
      heat(xml);
      return;
    }
    List<StyleClass> classes = style.classes();
    boolean numbers = !classes.isEmpty() && classes.getFirst().test() instanceof StyleClass.Range;
    xml.start(
        "renderer-v2",
        "type",
        classes.isEmpty() ? "singleSymbol" : numbers ? "graduatedSymbol" : "categorizedSymbol",
        "attr",
        classes.isEmpty() ? null : style.field(),
        "graduatedMethod",
        numbers ? "GraduatedColor" : null,
        "forceraster",
        "0",
        "enableorderby",
        "0",
        "symbollevels",
        style.shape() == Shape.LINE ? "1" : "0");
    if (numbers) {
      ranges(xml, classes);
    } else if (!classes.isEmpty()) {
      categories(xml, style, language);
    }
    xml.start("symbols");
    for (int i = 0; i < classes.size(); i++) {
      symbol(xml, style, String.valueOf(i), classes.get(i).color());
    }
    if (classes.isEmpty() || style.others()) {
      symbol(xml, style, String.valueOf(classes.size()), style.color());
    }
    xml.end().end();
  }

  private static void categories(Xml xml, LayerStyle style, Language language) {
    xml.start("categories");
    for (int i = 0; i < style.classes().size(); i++) {
      StyleClass one = style.classes().get(i);
      if (one.test() instanceof StyleClass.OneOf some) {
        for (String value : some.values()) {
          category(xml, value, one.label(), i);
        }
      }
    }
    if (style.others()) {
      category(xml, "", LayerStyle.OTHERS.in(language), style.classes().size());
    }
    xml.end();
  }

  private static void category(Xml xml, String value, String label, int symbol) {
    xml.start(
            "category",
            "value",
            value,
            "label",
            label,
            "symbol",
            String.valueOf(symbol),
            "render",
            "true",
            "type",
            "string")
        .end();
  }

  private static void ranges(Xml xml, List<StyleClass> classes) {
    xml.start("ranges");
    for (int i = 0; i < classes.size(); i++) {
      if (classes.get(i).test() instanceof StyleClass.Range range) {
        xml.start(
                "range",
                "lower",
                StyleClass.textOf(range.from()),
                "upper",
                // A range of QGIS holds both of its ends.
                StyleClass.textOf(Math.nextDown(Math.min(range.below(), ENDLESS))),
                "label",
                classes.get(i).label(),
                "symbol",
                String.valueOf(i),
                "render",
                "true")
            .end();
      }
    }
    xml.end();
  }

  private static void heat(Xml xml) {
    xml.start(
        "renderer-v2",
        "type",
        "heatmapRenderer",
        "radius",
        number(Symbol.HEAT_REACH),
        "radius_unit",
        PIXELS,
        "max_value",
        "0",
        "quality",
        "2");
    xml.start("colorramp", "type", "gradient", "name", "[source]").start("Option", "type", "Map");
    option(xml, "color1", color(Symbol.HEAT.get(0), 0));
    option(xml, "color2", color(Symbol.HEAT.get(3), 1));
    option(xml, "discrete", "0");
    option(xml, "rampType", "gradient");
    option(
        xml,
        "stops",
        "0.33;" + color(Symbol.HEAT.get(1), 0.8) + ":0.66;" + color(Symbol.HEAT.get(2), 0.85));
    xml.end().end().end();
  }

  private static void symbol(Xml xml, LayerStyle style, String name, Rgb color) {
    Symbol symbol = style.symbol();
    xml.start(
        "symbol",
        "name",
        name,
        "type",
        switch (style.shape()) {
          case POINT -> "marker";
          case LINE -> "line";
          case AREA, MIXED, NONE -> "fill";
        },
        "alpha",
        number(style.opacity()),
        "clip_to_extent",
        "1",
        "force_rhr",
        "0");
    switch (style.shape()) {
      case POINT -> point(xml, style, color);
      case LINE -> {
        line(
            xml,
            color(Symbol.LIGHT, Symbol.HALO_OPACITY),
            symbol.halo().at(Scales.TYPICAL_ZOOM),
            0);
        line(xml, color(color, 1), symbol.line().at(Scales.TYPICAL_ZOOM), 1);
      }
      case AREA, MIXED, NONE -> {
        part(xml, "SimpleFill", 0);
        option(xml, "color", color(color, symbol.fill()));
        option(xml, "style", "solid");
        option(xml, "outline_color", color(color, Symbol.EDGE_OPACITY));
        option(xml, "outline_style", "solid");
        option(xml, "outline_width", number(symbol.edge().at(Scales.TYPICAL_ZOOM)));
        option(xml, "outline_width_unit", "Pixel");
        option(xml, "joinstyle", "round");
        xml.end().end();
      }
    }
    xml.end();
  }

  /** A dot, which gives way to a sign where the map is near enough. */
  private static void point(Xml xml, LayerStyle style, Rgb color) {
    Symbol symbol = style.symbol();
    String icon = style.icon();
    String far = "@map_scale > " + number(Scales.denominator(Symbol.SIGNS_FROM));
    disc(
        xml,
        color(color, symbol.dot()),
        symbol.radius().at(Scales.TYPICAL_ZOOM),
        color(Symbol.LIGHT, Symbol.EDGE_OPACITY),
        symbol.ring().at(Scales.TYPICAL_ZOOM),
        icon == null ? null : far);
    if (icon != null) {
      String near = "NOT " + far;
      disc(
          xml,
          color(color, 1),
          Symbol.SIGN / 2 - Symbol.SIGN_RING,
          color(Rgb.WHITE, 1),
          Symbol.SIGN_RING,
          near);
      part(xml, "SvgMarker", 0);
      option(xml, "name", Icons.base64(icon, Rgb.WHITE.hex()));
      option(xml, "color", color(Rgb.WHITE, 1));
      option(xml, "size", number(Symbol.SIGN_DRAWING));
      option(xml, "size_unit", "Pixel");
      xml.end();
      shownWhere(xml, near);
      xml.end();
    }
  }

  /** QGIS draws half of a ring inside of a marker's size. */
  private static void disc(
      Xml xml, String color, double radius, String ringColor, double ring, @Nullable String where) {
    part(xml, "SimpleMarker", 0);
    option(xml, "name", "circle");
    option(xml, "color", color);
    option(xml, "outline_color", ringColor);
    option(xml, "outline_style", ring > 0 ? "solid" : "no");
    option(xml, "outline_width", number(ring));
    option(xml, "outline_width_unit", "Pixel");
    option(xml, "size", number(2 * radius + ring));
    option(xml, "size_unit", "Pixel");
    xml.end();
    if (where != null) {
      shownWhere(xml, where);
    }
    xml.end();
  }

  private static void shownWhere(Xml xml, String expression) {
    xml.start("data_defined_properties").start("Option", "type", "Map");
    option(xml, "name", "");
    xml.start("Option", "name", "properties", "type", "Map");
    xml.start("Option", "name", "enabled", "type", "Map");
    xml.start("Option", "name", "active", "type", "bool", "value", "true").end();
    option(xml, "expression", expression);
    xml.start("Option", "name", "type", "type", "int", "value", EXPRESSION).end();
    xml.end().end();
    option(xml, "type", "collection");
    xml.end().end();
  }

  private static void line(Xml xml, String color, double width, int pass) {
    part(xml, "SimpleLine", pass);
    option(xml, "line_color", color);
    option(xml, "line_width", number(width));
    option(xml, "line_width_unit", "Pixel");
    option(xml, "capstyle", "round");
    option(xml, "joinstyle", "round");
    xml.end().end();
  }

  private static void part(Xml xml, String type, int pass) {
    xml.start("layer", "class", type, "enabled", "1", "locked", "0", "pass", String.valueOf(pass));
    xml.start("Option", "type", "Map");
  }

  private static void option(Xml xml, String name, String value) {
    xml.start("Option", "name", name, "type", "QString", "value", value).end();
  }

  private static void labels(Xml xml, LayerStyle style, String field) {
    double from = Math.max(style.fromZoom(), style.labelZoom());
    xml.start("labeling", "type", "simple").start("settings", "calloutType", "simple");
    xml.start(
        "text-style",
        "fieldName",
        field,
        "isExpression",
        "0",
        "fontFamily",
        "Alegreya Sans",
        "namedStyle",
        "Bold",
        "fontWeight",
        "75",
        "fontSize",
        number(style.names().size() * POINTS_PER_PIXEL),
        "fontSizeUnit",
        "Point",
        "textColor",
        color(Symbol.INK, 1),
        "textOpacity",
        "1");
    xml.start(
            "text-buffer",
            "bufferDraw",
            "1",
            "bufferSize",
            number(style.names().halo()),
            "bufferSizeUnits",
            "Pixel",
            "bufferColor",
            color(Symbol.LIGHT, 1),
            "bufferOpacity",
            "0.9")
        .end()
        .end();
    xml.start(
            "placement",
            "placement",
            switch (style.shape()) {
              case POINT -> "6";
              case LINE -> "3";
              case AREA, MIXED, NONE -> "1";
            },
            "dist",
            "1")
        .end();
    xml.start(
            "rendering",
            "scaleVisibility",
            "1",
            "scaleMin",
            "1",
            "scaleMax",
            number(Scales.denominator(from)),
            "drawLabels",
            "1")
        .end()
        .end()
        .end();
  }

  private static String color(Rgb color, double opacity) {
    return color.red() + "," + color.green() + "," + color.blue() + "," + Math.round(opacity * 255);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }
}
