package org.tequio.publish.wmts;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tequio.cartography.Legend;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.Theme;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.feature.TileMatrixSet;
import org.tequio.formats.Xml;
import org.tequio.http.Call;
import org.tequio.http.Reply;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.map.DrawingRoom;
import org.tequio.publish.map.MapTiles;
import org.tequio.publish.ows.Kvp;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;
import org.tequio.publish.ows.ServiceSections;

/**
 * What the service offers (07-057r7, 7.1), whole or by sections: each layer with the tiles on which
 * it has something.
 */
final class WmtsCapabilities {
  private static final String SCHEMA =
      "http://www.opengis.net/wmts/1.0"
          + " http://schemas.opengis.net/wmts/1.0/wmtsGetCapabilities_response.xsd";
  private static final LocalText ABOUT =
      new LocalText(
          "Las capas de la ciudad como teselas PNG.",
          "As camadas da cidade como ladrilhos PNG.",
          "The city's layers as PNG tiles.");

  private static final Set<String> SECTIONS =
      Set.of(
          "ServiceIdentification",
          "ServiceProvider",
          "OperationsMetadata",
          "Contents",
          "Themes",
          "All");
  private static final Set<String> ALL = Set.of("All");

  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final DrawingRoom room;

  WmtsCapabilities(Catalogue catalogue, PublicLayers layers, DrawingRoom room) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.room = room;
  }

  /** The identifiers of the ways to cut the world. */
  static String sets() {
    return Arrays.stream(TileMatrixSet.values())
        .map(TileMatrixSet::id)
        .collect(Collectors.joining("|"));
  }

  Reply reply(Call call, Kvp kvp) {
    List<String> accepted = kvp.list("acceptversions");
    if (!accepted.isEmpty() && !accepted.contains(WmtsEndpoint.VERSION)) {
      throw new OwsException(
          OwsCode.VERSION_NEGOTIATION_FAILED, null, LocalText.same(WmtsEndpoint.VERSION));
    }
    return reply(call, isKnown(kvp) ? Set.of() : sections(kvp));
  }

  Reply reply(Call call) {
    return reply(call, ALL);
  }

  private Reply reply(Call call, Set<String> sections) {
    return Reply.text("application/xml", document(call, sections))
        .tagged("wmts-" + layers.tag() + "-" + call.language().tag());
  }

  /** True where the client holds the newest document already (OGC 06-121r3, 7.3.4). */
  private boolean isKnown(Kvp kvp) {
    String held = kvp.find("updatesequence").orElse("");
    if (!held.matches("[0-9]{1,18}")) {
      return false;
    }
    if (Long.parseLong(held) > layers.revision()) {
      throw new OwsException(
          OwsCode.INVALID_UPDATE_SEQUENCE, null, LocalText.same(held + " > " + layers.revision()));
    }
    return Long.parseLong(held) == layers.revision();
  }

  private static Set<String> sections(Kvp kvp) {
    if (kvp.isEmpty("sections")) {
      throw OwsException.missing("sections");
    }
    List<String> asked = kvp.list("sections");
    for (String section : asked) {
      if (!SECTIONS.contains(section)) {
        throw OwsException.invalid(
            "sections", LocalText.same(String.join("|", new TreeSet<>(SECTIONS))), section);
      }
    }
    return asked.isEmpty() ? ALL : Set.copyOf(asked);
  }

  private byte[] document(Call call, Set<String> sections) {
    Predicate<String> has = section -> sections.contains("All") || sections.contains(section);
    Language language = call.language();
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("", "http://www.opengis.net/wmts/1.0");
    prefixes.put("ows", "http://www.opengis.net/ows/1.1");
    prefixes.put("xlink", "http://www.w3.org/1999/xlink");
    prefixes.put("xsi", "http://www.w3.org/2001/XMLSchema-instance");
    Xml xml = new Xml("Capabilities", prefixes);
    xml.attribute("xsi:schemaLocation", SCHEMA).attribute("version", WmtsEndpoint.VERSION);
    xml.attribute("updateSequence", String.valueOf(layers.revision()));
    String city = catalogue.city().name();
    if (has.test("ServiceIdentification")) {
      ServiceSections.identification(
          xml, city, ABOUT, "OGC WMTS", List.of(WmtsEndpoint.VERSION), List.of(), language);
    }
    if (has.test("ServiceProvider")) {
      ServiceSections.provider(xml, city, call.base());
    }
    if (has.test("OperationsMetadata")) {
      operations(xml, call.link(WmtsEndpoint.PATH) + "?");
    }
    List<PublicLayer> tiled =
        layers.list().stream()
            .filter(layer -> layer.hasGeometry() && layer.record().extent() != null)
            .toList();
    if (has.test("Contents")) {
      xml.start("Contents");
      tiled.forEach(layer -> layer(xml, call, layer));
      for (TileMatrixSet set : TileMatrixSet.values()) {
        set(xml, set);
      }
      xml.end();
    }
    if (has.test("Themes")) {
      themes(xml, tiled, language);
    }
    if (has.test("All")) {
      String address = call.link(WmtsEndpoint.PATH + "/1.0.0/WMTSCapabilities.xml");
      xml.start("ServiceMetadataURL", "xlink:href", address).end();
    }
    return xml.toBytes();
  }

  private void themes(Xml xml, List<PublicLayer> tiled, Language language) {
    xml.start("Themes");
    for (Theme theme : layers.themes()) {
      List<PublicLayer> of =
          tiled.stream().filter(layer -> layer.record().theme().id().equals(theme.id())).toList();
      if (!of.isEmpty()) {
        xml.start("Theme").leaf("ows:Title", theme.title().in(language));
        xml.leaf("ows:Identifier", theme.id());
        of.forEach(layer -> xml.leaf("LayerRef", layer.id().value()));
        xml.end();
      }
    }
    xml.end();
  }

  private static void operations(Xml xml, String address) {
    xml.start("ows:OperationsMetadata");
    for (String operation : List.of("GetCapabilities", "GetTile")) {
      xml.start("ows:Operation", "name", operation).start("ows:DCP").start("ows:HTTP");
      xml.start("ows:Get", "xlink:href", address);
      xml.start("ows:Constraint", "name", "GetEncoding").start("ows:AllowedValues");
      xml.leaf("ows:Value", "KVP").end().end().end().end().end();
      if (operation.equals("GetCapabilities")) {
        xml.start("ows:Parameter", "name", "AcceptFormats").start("ows:AllowedValues");
        xml.leaf("ows:Value", "application/xml").end().end();
      }
      xml.end();
    }
    xml.end();
  }

  private void layer(Xml xml, Call call, PublicLayer layer) {
    Language language = call.language();
    LayerRecord record = layer.record();
    xml.start("Layer").leaf("ows:Title", record.title().in(language));
    LocalText about = record.description();
    if (about != null) {
      xml.leaf("ows:Abstract", about.in(language));
    }
    Bbox extent = record.extent();
    if (extent != null) {
      xml.start("ows:WGS84BoundingBox");
      xml.leaf("ows:LowerCorner", number(extent.minX()) + " " + number(extent.minY()));
      xml.leaf("ows:UpperCorner", number(extent.maxX()) + " " + number(extent.maxY()));
      xml.end();
    }
    xml.leaf("ows:Identifier", layer.id().value());
    xml.start("ows:Metadata", "xlink:href", call.link("/catalogue/" + layer.id() + ".iso.xml"))
        .end();
    style(xml, call, layer);
    xml.leaf("Format", WmtsEndpoint.FORMAT);
    for (TileMatrixSet set : TileMatrixSet.values()) {
      xml.start("TileMatrixSetLink").leaf("TileMatrixSet", set.id());
      xml.start("TileMatrixSetLimits");
      for (int z = 0; z <= MapTiles.LAST_ZOOM; z++) {
        limits(xml, layer, set, z);
      }
      xml.end().end();
    }
    xml.start(
            "ResourceURL",
            "format",
            WmtsEndpoint.FORMAT,
            "resourceType",
            "tile",
            "template",
            call.base()
                + WmtsEndpoint.PATH
                + "/"
                + layer.id()
                + "/{Style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png")
        .end();
    xml.end();
  }

  private static void limits(Xml xml, PublicLayer layer, TileMatrixSet set, int z) {
    MapTiles.range(layer, set, z)
        .ifPresent(
            range -> {
              xml.start("TileMatrixLimits").leaf("TileMatrix", String.valueOf(z));
              xml.leaf("MinTileRow", String.valueOf(range.minRow()));
              xml.leaf("MaxTileRow", String.valueOf(range.maxRow()));
              xml.leaf("MinTileCol", String.valueOf(range.minColumn()));
              xml.leaf("MaxTileCol", String.valueOf(range.maxColumn()));
              xml.end();
            });
  }

  private void style(Xml xml, Call call, PublicLayer layer) {
    Language language = call.language();
    Legend legend = Legend.of(layer, room.styles().of(layer, language), language);
    xml.start("Style", "isDefault", "true").leaf("ows:Identifier", WmtsEndpoint.STYLE);
    xml.start(
            "LegendURL",
            "format",
            WmtsEndpoint.FORMAT,
            "width",
            String.valueOf((int) Math.ceil(legend.width())),
            "height",
            String.valueOf((int) Math.ceil(legend.height())),
            "xlink:href",
            call.link("/ogc/styles/" + layer.id() + "/legend"))
        .end();
    xml.end();
  }

  private static void set(Xml xml, TileMatrixSet set) {
    xml.start("TileMatrixSet").leaf("ows:Identifier", set.id());
    switch (set) {
      case WEB_MERCATOR_QUAD ->
          xml.leaf("ows:SupportedCRS", "urn:ogc:def:crs:EPSG:6.18:3:3857")
              .leaf("WellKnownScaleSet", "urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible");
      // GoogleCRS84Quad begins one level above, with the whole world in one tile.
      case WORLD_CRS84_QUAD -> xml.leaf("ows:SupportedCRS", "urn:ogc:def:crs:OGC:1.3:CRS84");
    }
    for (int z = 0; z <= MapTiles.LAST_ZOOM; z++) {
      xml.start("TileMatrix").leaf("ows:Identifier", String.valueOf(z));
      xml.leaf("ScaleDenominator", number(set.scaleDenominator(z)));
      xml.leaf("TopLeftCorner", number(set.west()) + " " + number(set.north()));
      xml.leaf("TileWidth", String.valueOf(MapTiles.SIDE));
      xml.leaf("TileHeight", String.valueOf(MapTiles.SIDE));
      xml.leaf("MatrixWidth", String.valueOf(set.columns(z)));
      xml.leaf("MatrixHeight", String.valueOf(set.rows(z)));
      xml.end();
    }
    xml.end();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.9f", value).replaceFirst("\\.?0+$", "");
  }
}
