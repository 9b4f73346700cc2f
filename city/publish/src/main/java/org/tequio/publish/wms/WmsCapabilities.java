package org.tequio.publish.wms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.Legend;
import org.tequio.cartography.MapView;
import org.tequio.cartography.PictureFormat;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.Theme;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Xml;
import org.tequio.http.Call;
import org.tequio.http.Reply;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.map.DrawingRoom;
import org.tequio.publish.ows.Kvp;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Revision;

/**
 * What the service offers (06-042, 7.2; 01-068r3, 7.1): layers under their themes, each with its
 * extent in every system, one metadata link, its legend, and the moments at which it can be read.
 * Addresses are those that the client used, or the public ones that the city configured.
 */
final class WmsCapabilities {
  private static final LocalText TITLE = new LocalText("Mapas de ", "Mapas de ", "Maps of ");
  private static final int MOST_MOMENTS = 50;
  private static final LocalText ABOUT =
      new LocalText(
          "Las capas de la ciudad como mapas, cada una en su estilo y en su estado de cualquier"
              + " fecha.",
          "As camadas da cidade como mapas, cada uma no seu estilo e no estado de qualquer data.",
          "The city's layers as maps, each in its style and as it was at any date.");
  private static final String XLINK = "http://www.w3.org/1999/xlink";
  private static final String SCHEMA =
      "http://www.opengis.net/wms http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd";

  private final Catalogue catalogue;
  private final FeatureStore store;
  private final PublicLayers layers;
  private final DrawingRoom room;

  WmsCapabilities(Catalogue catalogue, FeatureStore store, PublicLayers layers, DrawingRoom room) {
    this.catalogue = catalogue;
    this.store = store;
    this.layers = layers;
    this.room = room;
  }

  Reply reply(Call call, Kvp kvp, WmsVersion version) {
    long sequence = layers.revision();
    judgeSequence(kvp, sequence);
    Document document = new Document(call, version);
    return Reply.text(
            version == WmsVersion.V1_3_0 ? "text/xml" : "application/vnd.ogc.wms_xml",
            document.write(sequence))
        .tagged("wms-" + version.wireName() + "-" + layers.tag() + "-" + call.language().tag());
  }

  /** What a client knows already (06-042, 6.2.2 and table 4). */
  private static void judgeSequence(Kvp kvp, long current) {
    Optional<String> held = kvp.find("updatesequence");
    if (held.isEmpty() || !held.get().matches("[0-9]{1,18}")) {
      return;
    }
    long known = Long.parseLong(held.get());
    if (known == current) {
      throw new WmsException(
          WmsException.Code.CURRENT_UPDATE_SEQUENCE,
          new LocalText("nada ha cambiado", "nada mudou", "nothing has changed"));
    }
    if (known > current) {
      throw new WmsException(
          WmsException.Code.INVALID_UPDATE_SEQUENCE,
          new LocalText(
              "updateSequence es mayor que " + current,
              "updateSequence é maior que " + current,
              "updateSequence is greater than " + current));
    }
  }

  /** One document while it is written. */
  private final class Document {
    private final Call call;
    private final Language language;
    private final WmsVersion version;
    private final boolean modern;
    private final Xml xml;
    private final List<WmsCrs> systems;

    Document(Call call, WmsVersion version) {
      this.call = call;
      this.language = call.language();
      this.version = version;
      this.modern = version == WmsVersion.V1_3_0;
      Map<String, String> prefixes = new LinkedHashMap<>();
      if (modern) {
        prefixes.put("", "http://www.opengis.net/wms");
        prefixes.put("xlink", XLINK);
        prefixes.put("xsi", "http://www.w3.org/2001/XMLSchema-instance");
      }
      this.xml = new Xml(modern ? "WMS_Capabilities" : "WMT_MS_Capabilities", prefixes);
      this.systems = systems();
    }

    private List<WmsCrs> systems() {
      Set<Crs> all = new LinkedHashSet<>();
      all.add(Crs.CRS84);
      all.add(Crs.WEB_MERCATOR);
      all.add(catalogue.city().crs());
      for (PublicLayer layer : layers.list()) {
        layer
            .record()
            .sources()
            .forEach(
                source -> {
                  if (source.crs() != null) {
                    all.add(source.crs());
                  }
                });
      }
      List<WmsCrs> named = new ArrayList<>();
      if (modern) {
        named.add(WmsCrs.LON_LAT);
      }
      for (Crs crs : all) {
        if (CrsRegistry.standard().knows(crs)) {
          named.add(WmsCrs.of(crs, version));
        }
      }
      return named;
    }

    byte[] write(long sequence) {
      if (modern) {
        xml.attribute("xsi:schemaLocation", SCHEMA);
      }
      xml.attribute("version", version.wireName());
      xml.attribute("updateSequence", String.valueOf(sequence));
      service();
      xml.start("Capability").start("Request");
      operation("GetCapabilities", List.of(modern ? "text/xml" : "application/vnd.ogc.wms_xml"));
      List<String> pictures = new ArrayList<>();
      for (PictureFormat format : PictureFormat.values()) {
        pictures.add(format.mediaType());
      }
      operation("GetMap", pictures);
      operation("GetFeatureInfo", FeatureInfo.FORMATS);
      xml.end().start("Exception");
      for (String form :
          modern
              ? List.of("XML", "INIMAGE", "BLANK")
              : List.of(
                  "application/vnd.ogc.se_xml",
                  "application/vnd.ogc.se_inimage",
                  "application/vnd.ogc.se_blank")) {
        xml.leaf("Format", form);
      }
      xml.end();
      root();
      return xml.end().toBytes();
    }

    private void service() {
      xml.start("Service").leaf("Name", modern ? "WMS" : "OGC:WMS");
      xml.leaf("Title", TITLE.in(language) + catalogue.city().name());
      xml.leaf("Abstract", ABOUT.in(language));
      keywords(layers.themes().stream().map(theme -> theme.title().in(language)).toList());
      link("OnlineResource", call.link("/"));
      xml.leaf("Fees", "none").leaf("AccessConstraints", "none");
      if (modern) {
        xml.leaf("LayerLimit", String.valueOf(MapRequest.MOST_LAYERS));
        xml.leaf("MaxWidth", String.valueOf(MapView.MOST_SIDE));
        xml.leaf("MaxHeight", String.valueOf(MapView.MOST_SIDE));
      }
      xml.end();
    }

    private void operation(String name, List<String> formats) {
      xml.start(name);
      formats.forEach(format -> xml.leaf("Format", format));
      xml.start("DCPType").start("HTTP").start("Get");
      link("OnlineResource", call.link(WmsEndpoint.PATH) + "?");
      xml.end().end().end().end();
    }

    private void link(String element, String href) {
      // The DTD of 1.1.1 knows the prefix at each link only.
      String declared = modern ? null : XLINK;
      xml.start(element, "xmlns:xlink", declared, "xlink:type", "simple", "xlink:href", href).end();
    }

    private void keywords(List<String> words) {
      if (!words.isEmpty()) {
        xml.start("KeywordList");
        words.stream().distinct().forEach(word -> xml.leaf("Keyword", word));
        xml.end();
      }
    }

    private void root() {
      xml.start("Layer").leaf("Title", TITLE.in(language) + catalogue.city().name());
      xml.leaf("Abstract", ABOUT.in(language));
      keywords(List.of(catalogue.city().name()));
      for (WmsCrs crs : systems) {
        xml.leaf(modern ? "CRS" : "SRS", crs.name());
      }
      Bbox city = catalogue.city().bounds();
      if (city != null) {
        extent(city);
      }
      Map<String, List<PublicLayer>> byTheme = new LinkedHashMap<>();
      for (PublicLayer layer : layers.list()) {
        if (layer.hasGeometry() && layer.record().extent() != null) {
          byTheme.computeIfAbsent(layer.record().theme().id(), id -> new ArrayList<>()).add(layer);
        }
      }
      for (Theme theme : layers.themes()) {
        List<PublicLayer> of = byTheme.getOrDefault(theme.id(), List.of());
        if (!of.isEmpty()) {
          String title = theme.title().in(language);
          xml.start("Layer").leaf("Title", title);
          xml.leaf("Abstract", title + " · " + catalogue.city().name());
          keywords(List.of(title, theme.iso()));
          of.forEach(this::layer);
          xml.end();
        }
      }
      xml.end();
    }

    private void layer(PublicLayer layer) {
      LayerRecord record = layer.record();
      xml.start("Layer", "queryable", "1", "opaque", "0");
      xml.leaf("Name", layer.id().value());
      xml.leaf("Title", record.title().in(language));
      LocalText about = record.description();
      String theme = record.theme().title().in(language);
      xml.leaf("Abstract", about == null ? theme + " · " + owner(record) : about.in(language));
      List<String> words = new ArrayList<>(record.settings().keywords());
      words.add(theme);
      keywords(words);
      Bbox extent = record.extent();
      if (extent != null) {
        extent(extent);
      }
      moments(layer);
      attribution(record);
      metadata(layer);
      LayerStyle style = room.styles().of(layer, language);
      style(layer, style);
      scales(style);
      xml.end();
    }

    /** The box in longitude and latitude, then in every system that has one. */
    private void extent(Bbox box) {
      if (modern) {
        xml.start("EX_GeographicBoundingBox");
        xml.leaf("westBoundLongitude", number(box.minX()));
        xml.leaf("eastBoundLongitude", number(box.maxX()));
        xml.leaf("southBoundLatitude", number(box.minY()));
        xml.leaf("northBoundLatitude", number(box.maxY()));
        xml.end();
      } else {
        box("LatLonBoundingBox", null, box, false);
      }
      for (WmsCrs crs : systems) {
        Bbox there = in(crs.crs(), box);
        if (there != null) {
          box("BoundingBox", crs.name(), there, crs.northingFirst());
        }
      }
    }

    private static @Nullable Bbox in(Crs crs, Bbox lonLat) {
      try {
        return CrsRegistry.standard().operation(Crs.CRS84, crs).apply(lonLat);
      } catch (IllegalArgumentException e) {
        // The layer lies where the system has no positions.
        return null;
      }
    }

    private void box(String element, @Nullable String crs, Bbox box, boolean swap) {
      xml.start(
              element,
              modern ? "CRS" : "SRS",
              crs,
              "minx",
              number(swap ? box.minY() : box.minX()),
              "miny",
              number(swap ? box.minX() : box.minY()),
              "maxx",
              number(swap ? box.maxY() : box.maxX()),
              "maxy",
              number(swap ? box.maxX() : box.maxY()))
          .end();
    }

    /** The instants at which the layer changed; between two it is as the earlier left it. */
    private void moments(PublicLayer layer) {
      List<String> instants = new ArrayList<>();
      for (Revision revision : store.listRevisions(Optional.of(layer.id()), MOST_MOMENTS)) {
        instants.addFirst(WmsEndpoint.instant(revision.instant()));
      }
      if (instants.isEmpty()) {
        return;
      }
      String all = String.join(",", instants);
      if (modern) {
        xml.leaf(
            "Dimension",
            all,
            "name",
            "time",
            "units",
            "ISO8601",
            "default",
            "current",
            "nearestValue",
            "1",
            "current",
            "1");
      } else {
        xml.start("Dimension", "name", "time", "units", "ISO8601").end();
        xml.leaf("Extent", all, "name", "time", "default", "current", "nearestValue", "1");
      }
    }

    private String owner(LayerRecord record) {
      return record.department() == null ? catalogue.city().name() : record.department();
    }

    private void attribution(LayerRecord record) {
      Contact contact = record.settings().contact();
      String who = record.department();
      if (who == null && contact == null) {
        return;
      }
      xml.start("Attribution").leaf("Title", who == null ? "" : who).end();
    }

    private void metadata(PublicLayer layer) {
      xml.start("MetadataURL", "type", modern ? "ISO19115:2003" : "TC211");
      xml.leaf("Format", "application/xml");
      link("OnlineResource", call.link("/catalogue/" + layer.id() + ".iso.xml"));
      xml.end();
    }

    private void style(PublicLayer layer, LayerStyle style) {
      Legend legend = Legend.of(layer, style, language).shortened();
      xml.start("Style").leaf("Name", MapRequest.STYLE).leaf("Title", MapRequest.STYLE);
      xml.start(
          "LegendURL",
          "width",
          String.valueOf((int) Math.ceil(legend.width())),
          "height",
          String.valueOf((int) Math.ceil(legend.height())));
      xml.leaf("Format", "image/png");
      link(
          "OnlineResource",
          call.link(
              WmsEndpoint.PATH,
              "service",
              "WMS",
              "version",
              version.wireName(),
              "request",
              "GetLegendGraphic",
              "format",
              "image/png",
              "layer",
              layer.id().value()));
      xml.end().end();
    }

    private void scales(LayerStyle style) {
      double least = style.nearestScale();
      double most = style.farthestScale();
      if (modern && least > 0) {
        xml.leaf("MinScaleDenominator", number(least));
      }
      if (modern && most > 0) {
        xml.leaf("MaxScaleDenominator", number(most));
      }
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.8f", value).replaceFirst("\\.?0+$", "");
    }
  }
}
