package org.tequio.cartography.style;

import java.util.Locale;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.Rgb;
import org.tequio.cartography.Symbol;
import org.tequio.formats.Xml;

/**
 * A glow in SLD 1.0, as GeoServer has it: the points are turned into a picture of how dense they
 * lie, from 0 to 1, which is coloured. The schema of the standard does not know the element {@code
 * Transformation}.
 */
final class SldHeat {
  private SldHeat() {}

  static void transformation(Xml xml) {
    xml.start("Transformation").start("ogc:Function", "name", "vec:Heatmap");
    xml.start("ogc:Function", "name", "parameter").leaf("ogc:Literal", "data").end();
    parameter(xml, "radiusPixels", String.valueOf(Math.round(Symbol.HEAT_REACH)));
    parameter(xml, "pixelsPerCell", "2");
    fromMap(xml, "outputBBOX", "wms_bbox");
    fromMap(xml, "outputWidth", "wms_width");
    fromMap(xml, "outputHeight", "wms_height");
    xml.end().end();
  }

  static void symbolizer(Xml xml, LayerStyle style) {
    xml.start("RasterSymbolizer").leaf("Opacity", number(style.opacity()));
    xml.start("ColorMap", "type", "ramp");
    entry(xml, Symbol.HEAT.getFirst(), 0, 0);
    entry(xml, Symbol.HEAT.getFirst(), 0.02, 0.3);
    for (int i = 0; i < Symbol.HEAT.size(); i++) {
      double share = Math.max(0.1, (double) i / (Symbol.HEAT.size() - 1));
      entry(xml, Symbol.HEAT.get(i), share, 0.85);
    }
    xml.end().end();
  }

  private static void entry(Xml xml, Rgb color, double share, double opacity) {
    xml.start(
            "ColorMapEntry",
            "color",
            color.hex(),
            "quantity",
            number(share),
            "opacity",
            number(opacity))
        .end();
  }

  private static void parameter(Xml xml, String name, String value) {
    xml.start("ogc:Function", "name", "parameter").leaf("ogc:Literal", name);
    xml.leaf("ogc:Literal", value).end();
  }

  private static void fromMap(Xml xml, String name, String variable) {
    xml.start("ogc:Function", "name", "parameter").leaf("ogc:Literal", name);
    xml.start("ogc:Function", "name", "env").leaf("ogc:Literal", variable).end().end();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
