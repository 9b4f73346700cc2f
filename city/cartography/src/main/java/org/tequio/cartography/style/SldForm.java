package org.tequio.cartography.style;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.MapLayer;
import org.tequio.cartography.Rgb;
import org.tequio.cartography.Scales;
import org.tequio.cartography.Shape;
import org.tequio.cartography.StyleClass;
import org.tequio.cartography.StyleForm;
import org.tequio.cartography.Symbol;
import org.tequio.cartography.canvas.Icons;
import org.tequio.feature.Language;
import org.tequio.formats.Xml;

/**
 * Styled Layer Descriptor: 1.1 with Symbology Encoding 1.1 (OGC 05-078r4, 05-077r4), and 1.0 (OGC
 * 02-070). Sizes are those of a street map. A glow is no thing of the standard: version 1.0, which
 * GeoServer reads, has it as GeoServer's {@code vec:Heatmap}; version 1.1 has its points.
 */
public final class SldForm implements StyleForm {
  private final boolean modern;

  private SldForm(boolean modern) {
    this.modern = modern;
  }

  /** Version 1.1. */
  public static SldForm version11() {
    return new SldForm(true);
  }

  /** Version 1.0. */
  public static SldForm version10() {
    return new SldForm(false);
  }

  @Override
  public String name() {
    return modern ? "sld11" : "sld10";
  }

  @Override
  public String mediaType() {
    return "application/vnd.ogc.sld+xml;version=" + (modern ? "1.1" : "1.0");
  }

  @Override
  public String extension() {
    return modern ? "sld" : "1_0.sld";
  }

  @Override
  public String title() {
    return "SLD " + (modern ? "1.1" : "1.0");
  }

  @Override
  public Specification specification() {
    return new Specification(
        "https://www.ogc.org/standard/sld/", modern ? "1.1.0" : "1.0.0", false);
  }

  @Override
  public byte[] write(MapLayer layer, LayerStyle style, Language language, String site) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("", "http://www.opengis.net/sld");
    prefixes.put("ogc", "http://www.opengis.net/ogc");
    prefixes.put("xlink", "http://www.w3.org/1999/xlink");
    if (modern) {
      prefixes.put("se", "http://www.opengis.net/se");
    }
    Xml xml = new Xml("StyledLayerDescriptor", prefixes);
    xml.attribute("version", modern ? "1.1.0" : "1.0.0");
    xml.start("NamedLayer").leaf(se("Name"), layer.id().value());
    xml.start("UserStyle").leaf(se("Name"), "default");
    title(xml, layer.record().title().in(language));
    xml.leaf("IsDefault", modern ? "true" : "1");
    if (style.heat() && !modern) {
      xml.start("FeatureTypeStyle");
      SldHeat.transformation(xml);
      xml.start("Rule");
      scales(xml, style.fromZoom(), style.toZoom());
      SldHeat.symbolizer(xml, style);
      xml.end().end();
    } else {
      rules(xml, style, layer.record().title().in(language), language);
    }
    if (style.label() != null) {
      names(xml, style, style.label());
    }
    return xml.end().end().toBytes();
  }

  private String se(String name) {
    return modern ? "se:" + name : name;
  }

  private void title(Xml xml, String title) {
    if (modern) {
      xml.start("se:Description").leaf("se:Title", title).end();
    } else {
      xml.leaf("Title", title);
    }
  }

  private void rules(Xml xml, LayerStyle style, String title, Language language) {
    xml.start(se("FeatureTypeStyle"));
    if (style.classes().isEmpty()) {
      rule(xml, title, style, null, false, style.color());
    }
    for (StyleClass one : style.classes()) {
      rule(xml, one.label(), style, one.test(), false, one.color());
    }
    if (style.others()) {
      rule(xml, LayerStyle.OTHERS.in(language), style, null, true, style.color());
    }
    xml.end();
  }

  /** What features of a class look like: dots from far and signs from near are two rules. */
  private void rule(
      Xml xml,
      String label,
      LayerStyle style,
      StyleClass.@Nullable Test test,
      boolean otherwise,
      Rgb color) {
    String icon = style.heat() ? null : style.icon();
    double from = style.fromZoom();
    double to = style.toZoom();
    if (icon == null || from < Symbol.SIGNS_FROM) {
      begin(xml, label, style, test, otherwise);
      scales(xml, from, icon == null ? to : Math.min(to, Symbol.SIGNS_FROM));
      symbolizers(xml, style, color);
      xml.end();
    }
    if (icon != null && to > Symbol.SIGNS_FROM) {
      begin(xml, label, style, test, otherwise);
      scales(xml, Math.max(from, Symbol.SIGNS_FROM), to);
      sign(xml, icon, color);
      xml.end();
    }
  }

  private void begin(
      Xml xml, String label, LayerStyle style, StyleClass.@Nullable Test test, boolean otherwise) {
    xml.start(se("Rule")).leaf(se("Name"), label);
    title(xml, label);
    String field = String.valueOf(style.field());
    if (test != null) {
      xml.start("ogc:Filter");
      test(xml, field, test);
      xml.end();
    } else if (otherwise) {
      others(xml, field, style.classes());
    }
  }

  private void symbolizers(Xml xml, LayerStyle style, Rgb color) {
    switch (style.shape()) {
      case POINT -> point(xml, style, color);
      case LINE -> line(xml, style, color);
      case AREA -> area(xml, style, color);
      case MIXED -> {
        area(xml, style, color);
        line(xml, style, color);
        point(xml, style, color);
      }
      case NONE -> {
        // A table has no signs.
      }
    }
  }

  private void scales(Xml xml, double fromZoom, double toZoom) {
    double least = Scales.nearest(toZoom);
    double most = Scales.farthest(fromZoom);
    // Whole numbers: QGIS passes over any other.
    if (least > 0) {
      xml.leaf(se("MinScaleDenominator"), String.valueOf(Math.round(least)));
    }
    if (most > 0) {
      xml.leaf(se("MaxScaleDenominator"), String.valueOf(Math.round(most)));
    }
  }

  /** In full, for QGIS takes an {@code ElseFilter} for no filter at all. */
  private static void others(Xml xml, String field, List<StyleClass> classes) {
    xml.start("ogc:Filter").start("ogc:Or");
    xml.start("ogc:PropertyIsNull").leaf("ogc:PropertyName", field).end();
    xml.start("ogc:Not");
    if (classes.size() > 1) {
      xml.start("ogc:Or");
    }
    classes.forEach(one -> test(xml, field, one.test()));
    if (classes.size() > 1) {
      xml.end();
    }
    xml.end().end().end();
  }

  private static void test(Xml xml, String field, StyleClass.Test test) {
    switch (test) {
      case StyleClass.OneOf some -> {
        boolean several = some.values().size() > 1;
        if (several) {
          xml.start("ogc:Or");
        }
        some.values().forEach(value -> compare(xml, "PropertyIsEqualTo", field, value));
        if (several) {
          xml.end();
        }
      }
      case StyleClass.Range range -> {
        boolean endless = range.below() == Double.POSITIVE_INFINITY;
        if (!endless) {
          xml.start("ogc:And");
        }
        compare(xml, "PropertyIsGreaterThanOrEqualTo", field, StyleClass.textOf(range.from()));
        if (!endless) {
          compare(xml, "PropertyIsLessThan", field, StyleClass.textOf(range.below()));
          xml.end();
        }
      }
    }
  }

  private static void compare(Xml xml, String operator, String field, String value) {
    xml.start("ogc:" + operator).leaf("ogc:PropertyName", field).leaf("ogc:Literal", value).end();
  }

  private void area(Xml xml, LayerStyle style, Rgb color) {
    Symbol symbol = style.symbol();
    xml.start(se("PolygonSymbolizer")).start(se("Fill"));
    parameter(xml, "fill", color.hex());
    parameter(xml, "fill-opacity", number(style.opacity() * symbol.fill()));
    xml.end().start(se("Stroke"));
    stroke(
        xml,
        color.hex(),
        style.opacity() * Symbol.EDGE_OPACITY,
        symbol.edge().at(Scales.TYPICAL_ZOOM));
    xml.end().end();
  }

  private void line(Xml xml, LayerStyle style, Rgb color) {
    Symbol symbol = style.symbol();
    for (boolean halo : new boolean[] {true, false}) {
      xml.start(se("LineSymbolizer")).start(se("Stroke"));
      if (halo) {
        stroke(
            xml,
            Symbol.LIGHT.hex(),
            style.opacity() * Symbol.HALO_OPACITY,
            symbol.halo().at(Scales.TYPICAL_ZOOM));
      } else {
        stroke(xml, color.hex(), style.opacity(), symbol.line().at(Scales.TYPICAL_ZOOM));
      }
      parameter(xml, "stroke-linejoin", "round");
      parameter(xml, "stroke-linecap", "round");
      xml.end().end();
    }
  }

  private void point(Xml xml, LayerStyle style, Rgb color) {
    Symbol symbol = style.symbol();
    disc(
        xml,
        color,
        style.opacity() * symbol.dot(),
        symbol.radius().at(Scales.TYPICAL_ZOOM),
        Symbol.LIGHT,
        style.opacity() * Symbol.EDGE_OPACITY,
        symbol.ring().at(Scales.TYPICAL_ZOOM));
  }

  /** A disc with a ring around it, half of which lies inside of the mark's size. */
  private void disc(
      Xml xml,
      Rgb color,
      double opacity,
      double radius,
      Rgb ringColor,
      double ringOpacity,
      double ring) {
    xml.start(se("PointSymbolizer")).start(se("Graphic")).start(se("Mark"));
    xml.leaf(se("WellKnownName"), "circle").start(se("Fill"));
    parameter(xml, "fill", color.hex());
    parameter(xml, "fill-opacity", number(opacity));
    xml.end();
    if (ring > 0) {
      xml.start(se("Stroke"));
      stroke(xml, ringColor.hex(), ringOpacity, ring);
      xml.end();
    }
    xml.end().leaf(se("Size"), number(2 * radius + ring)).end().end();
  }

  /** A disc and a drawing on it; whoever cannot read the drawing puts a white dot there. */
  private void sign(Xml xml, String icon, Rgb color) {
    double radius = Symbol.SIGN / 2 - Symbol.SIGN_RING;
    disc(xml, color, 1, radius, Rgb.WHITE, 1, Symbol.SIGN_RING);
    xml.start(se("PointSymbolizer")).start(se("Graphic")).start(se("ExternalGraphic"));
    String drawing = Icons.base64(icon, Rgb.WHITE.hex());
    xml.start(se("OnlineResource"), "xlink:type", "simple", "xlink:href", drawing).end();
    xml.leaf(se("Format"), "image/svg+xml").end();
    xml.start(se("Mark")).leaf(se("WellKnownName"), "circle").start(se("Fill"));
    parameter(xml, "fill", Rgb.WHITE.hex());
    xml.end().end().leaf(se("Size"), number(Symbol.SIGN_DRAWING)).end().end();
  }

  private void stroke(Xml xml, String color, double opacity, double width) {
    parameter(xml, "stroke", color);
    parameter(xml, "stroke-opacity", number(opacity));
    parameter(xml, "stroke-width", number(width));
  }

  private void parameter(Xml xml, String name, String value) {
    xml.leaf(modern ? "se:SvgParameter" : "CssParameter", value, "name", name);
  }

  private void names(Xml xml, LayerStyle style, String field) {
    xml.start(se("FeatureTypeStyle")).start(se("Rule")).leaf(se("Name"), field);
    scales(xml, Math.max(style.fromZoom(), style.labelZoom()), style.toZoom());
    xml.start(se("TextSymbolizer"));
    xml.start(se("Label")).leaf("ogc:PropertyName", field).end();
    xml.start(se("Font"));
    parameter(xml, "font-family", "Alegreya Sans");
    parameter(xml, "font-weight", "bold");
    parameter(xml, "font-size", number(style.names().size()));
    xml.end();
    if (style.shape() == Shape.LINE) {
      xml.start(se("LabelPlacement")).start(se("LinePlacement")).end().end();
    }
    xml.start(se("Halo")).leaf(se("Radius"), number(style.names().halo())).start(se("Fill"));
    parameter(xml, "fill", Symbol.LIGHT.hex());
    xml.end().end().start(se("Fill"));
    parameter(xml, "fill", Symbol.INK.hex());
    xml.end().end().end().end();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
