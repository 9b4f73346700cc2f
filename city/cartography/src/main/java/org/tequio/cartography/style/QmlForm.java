package org.tequio.cartography.style;

import java.util.Map;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.MapLayer;
import org.tequio.cartography.StyleForm;
import org.tequio.feature.Language;
import org.tequio.formats.Xml;

/** A style file of QGIS (from 3.22 on). */
public final class QmlForm implements StyleForm {
  @Override
  public String name() {
    return "qml";
  }

  @Override
  public String mediaType() {
    return "application/x-qgis-layer-style";
  }

  @Override
  public String extension() {
    return "qml";
  }

  @Override
  public String title() {
    return "QGIS (QML)";
  }

  @Override
  public Specification specification() {
    return new Specification("https://qgis.org/", QgisSymbols.VERSION, false);
  }

  @Override
  public byte[] write(MapLayer layer, LayerStyle style, Language language, String site) {
    Xml xml = new Xml("qgis", Map.of());
    xml.attribute("version", QgisSymbols.VERSION);
    xml.attribute("styleCategories", "Symbology|Labeling|Rendering");
    QgisSymbols.scales(xml, style);
    QgisSymbols.symbols(xml, style, language);
    return xml.toBytes();
  }
}
