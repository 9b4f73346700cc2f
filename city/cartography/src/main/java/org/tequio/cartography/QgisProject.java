package org.tequio.cartography;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tequio.cartography.style.QgisSymbols;
import org.tequio.catalogue.Theme;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Xml;

/**
 * A project file of QGIS (3.22 and later): every layer connected to the city's services, drawn in
 * its own style, under its theme. Layers of moderate size are features through the OGC API, large
 * ones vector tiles. A value.
 *
 * @param city its name
 * @param bounds the box that is shown first, in longitude and latitude
 * @param layers with their styles
 * @param language of titles
 * @param site the address of the city's site
 */
public record QgisProject(
    String city, Bbox bounds, List<Picture.Drawn> layers, Language language, String site) {

  /** QGIS keeps all features of a view in memory; past so many, tiles serve it better. */
  static final long MOST_FEATURES = 20_000;

  private static final LocalText MAP_OF = new LocalText("Mapa de ", "Mapa de ", "Map of ");
  private static final int TILES_TO = 16;

  /** Copies the layers. */
  public QgisProject {
    layers = List.copyOf(layers);
  }

  /** The packed project. */
  public byte[] toQgz() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      ZipEntry entry = new ZipEntry("project.qgs");
      // The same layers give the same file.
      entry.setTime(0);
      zip.putNextEntry(entry);
      zip.write(toQgs());
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private byte[] toQgs() {
    Xml xml = new Xml("qgis", Map.of());
    String title = MAP_OF.in(language) + city;
    xml.attribute("projectname", title).attribute("version", QgisSymbols.VERSION);
    xml.leaf("title", title);
    system(xml, "projectCrs", Crs.WEB_MERCATOR);
    tree(xml);
    canvas(xml);
    xml.start("projectlayers");
    layers.forEach(one -> layer(xml, one));
    xml.end();
    return xml.toBytes();
  }

  private static void system(Xml xml, String element, Crs crs) {
    xml.start(element).start("spatialrefsys");
    // Without a number of its own list QGIS does not look the authority's name up, and draws the
    // layer without transforming it: nowhere.
    xml.leaf("srsid", crs.equals(Crs.CRS84) ? "3452" : Integer.toString(crs.epsg()));
    xml.leaf("authid", crs.toString()).end().end();
  }

  private void tree(Xml xml) {
    Map<String, List<Picture.Drawn>> byTheme = new LinkedHashMap<>();
    for (Picture.Drawn one : layers) {
      Theme theme = one.layer().record().theme();
      byTheme.computeIfAbsent(theme.title().in(language), name -> new ArrayList<>()).add(one);
    }
    xml.start("layer-tree-group");
    byTheme.forEach(
        (theme, of) -> {
          xml.start("layer-tree-group", "name", theme, "checked", "Qt::Checked", "expanded", "0");
          for (Picture.Drawn one : of) {
            MapLayer layer = one.layer();
            xml.start(
                    "layer-tree-layer",
                    "id",
                    layer.id().value(),
                    "name",
                    layer.record().title().in(language),
                    "source",
                    source(layer),
                    "providerKey",
                    isTiled(layer) ? "" : "OAPIF",
                    "checked",
                    "Qt::Unchecked",
                    "expanded",
                    "0")
                .end();
          }
          xml.end();
        });
    xml.end();
  }

  private void canvas(Xml xml) {
    Bbox box = CrsRegistry.standard().operation(Crs.CRS84, Crs.WEB_MERCATOR).apply(bounds);
    xml.start("mapcanvas", "name", "theMapCanvas").leaf("units", "meters");
    extent(xml, box);
    system(xml, "destinationsrs", Crs.WEB_MERCATOR);
    xml.end();
  }

  private static void extent(Xml xml, Bbox box) {
    xml.start("extent");
    xml.leaf("xmin", number(box.minX())).leaf("ymin", number(box.minY()));
    xml.leaf("xmax", number(box.maxX())).leaf("ymax", number(box.maxY()));
    xml.end();
  }

  private static boolean isTiled(MapLayer layer) {
    return layer.stored().count() > MOST_FEATURES;
  }

  private String source(MapLayer layer) {
    if (isTiled(layer)) {
      String template = site + "/tiles/" + layer.id() + "/{z}/{x}/{y}";
      return "type=xyz&url="
          + URLEncoder.encode(template, StandardCharsets.UTF_8)
          + "&zmin=0&zmax="
          + TILES_TO;
    }
    // What stands between quotes: an apostrophe in an address would end it.
    return " pagingEnabled='true' restrictToRequestBBOX='1' srsname='OGC:CRS84' typename='"
        + layer.id()
        + "' url='"
        + (site + "/ogc/").replace("'", "%27")
        + "' version='OGC_API_FEATURES'";
  }

  private void layer(Xml xml, Picture.Drawn one) {
    MapLayer layer = one.layer();
    boolean tiled = isTiled(layer);
    xml.start(
        "maplayer",
        "type",
        tiled ? "vector-tile" : "vector",
        "geometry",
        switch (one.style().shape()) {
          case POINT -> "Point";
          case LINE -> "Line";
          case AREA, MIXED, NONE -> "Polygon";
        });
    if (tiled) {
      xml.leaf("id", layer.id().value());
    } else {
      QgisSymbols.scales(xml, one.style());
      xml.leaf("id", layer.id().value());
    }
    xml.leaf("datasource", source(layer));
    xml.leaf("layername", layer.record().title().in(language));
    LocalText about = layer.record().description();
    if (about != null) {
      xml.leaf("abstract", about.in(language));
    }
    system(xml, "srs", tiled ? Crs.WEB_MERCATOR : Crs.CRS84);
    if (tiled) {
      QgisSymbols.tiles(xml, layer, one.style());
    } else {
      xml.leaf("provider", "OAPIF", "encoding", "UTF-8");
      QgisSymbols.symbols(xml, one.style(), language);
    }
    xml.end();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
