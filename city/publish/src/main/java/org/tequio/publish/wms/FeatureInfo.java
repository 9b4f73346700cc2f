package org.tequio.publish.wms;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.MapView;
import org.tequio.feature.Bbox;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.formats.Xml;
import org.tequio.http.Call;
import org.tequio.http.Reply;
import org.tequio.publish.html.HtmlPage;
import org.tequio.publish.layer.GeoJsonBytes;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.map.DrawingRoom;
import org.tequio.publish.ows.Kvp;
import org.tequio.publish.place.PointProbe;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/** What is at a place of a map (06-042, 7.4): public fields only, as text, a page, JSON or GML. */
final class FeatureInfo {
  private static final String TEXT = "text/plain";
  private static final String HTML = "text/html";
  private static final String JSON = "application/json";
  private static final String GML = "application/vnd.ogc.gml";

  /** The forms of an answer. */
  static final List<String> FORMATS = List.of(TEXT, HTML, JSON, GML);

  private static final int MOST_FEATURES = 50;
  private static final int MOST_CANDIDATES = 10_000;
  private static final double REACH = 6;
  private static final LocalText NOTHING =
      new LocalText("Aquí no hay nada", "Aqui não há nada", "Nothing here");
  private static final LocalText TITLE = new LocalText("Lugar", "Lugar", "Place");

  private final FeatureStore store;
  private final DrawingRoom room;

  FeatureInfo(FeatureStore store, DrawingRoom room) {
    this.store = store;
    this.room = room;
  }

  /** A feature that was found: what can be kept of a row. */
  private record Found(long id, List<@Nullable Object> values, byte[] json) {}

  Reply reply(Call call, Kvp kvp, WmsVersion version, MapView view, List<PublicLayer> layers) {
    String format = kvp.find("info_format").orElse(TEXT).split(";", 2)[0].strip();
    if (!FORMATS.contains(format)) {
      throw WmsException.invalid(
          WmsException.Code.INVALID_FORMAT,
          "info_format",
          LocalText.same(String.join("|", FORMATS)),
          format);
    }
    boolean modern = version == WmsVersion.V1_3_0;
    double x = pixel(kvp, modern ? "i" : "x", modern ? "x" : "i", view.width());
    double y = pixel(kvp, modern ? "j" : "y", modern ? "y" : "j", view.height());
    int most = count(kvp);
    Map<PublicLayer, List<Found>> found = new LinkedHashMap<>();
    for (PublicLayer layer : layers) {
      LayerStyle style = room.styles().of(layer, call.language());
      if (style.isDrawnAt(view.zoom())) {
        found.put(layer, at(layer, style, view, x + 0.5, y + 0.5, most));
      }
    }
    Language language = call.language();
    return switch (format) {
      case TEXT -> text(found, language);
      case HTML -> html(found, language);
      case JSON -> json(found);
      default -> gml(found);
    };
  }

  private static double pixel(Kvp kvp, String name, String other, int side) {
    String text = kvp.findFirst(name, other).orElse("");
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) >= side) {
      throw WmsException.invalid(
          WmsException.Code.INVALID_POINT,
          name,
          new LocalText(
              "un píxel de 0 a " + (side - 1),
              "um pixel de 0 a " + (side - 1),
              "a pixel from 0 to " + (side - 1)),
          text);
    }
    return Integer.parseInt(text);
  }

  private static int count(Kvp kvp) {
    String text = kvp.find("feature_count").orElse("1");
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1) {
      throw WmsException.invalid(
          null,
          "feature_count",
          new LocalText("un entero desde 1", "um inteiro desde 1", "a whole number from 1"),
          text);
    }
    return Math.min(MOST_FEATURES, Integer.parseInt(text));
  }

  private List<Found> at(
      PublicLayer layer, LayerStyle style, MapView view, double x, double y, int most) {
    Bbox extent = layer.stored().extent();
    CrsOperation to = CrsRegistry.standard().operation(view.crs(), layer.stored().crs());
    double stepX = view.box().width() / view.width();
    double stepY = view.box().height() / view.height();
    double mapX = view.box().minX() + x * stepX;
    double mapY = view.box().maxY() - y * stepY;
    // The place, and one pixel beside and above it, tell how large a pixel is to the layer.
    double[] xy = {mapX, mapY, mapX + stepX, mapY, mapX, mapY + stepY};
    to.apply(xy, 3);
    double unitX = Math.hypot(xy[2] - xy[0], xy[3] - xy[1]);
    double unitY = Math.hypot(xy[4] - xy[0], xy[5] - xy[1]);
    if (extent == null || !Double.isFinite(unitX + unitY) || unitX == 0 || unitY == 0) {
      return List.of();
    }
    double reach = Math.max(REACH, style.symbol().radius().at(view.zoom()) + 2) * view.pixelRatio();
    PointProbe probe = new PointProbe(xy[0], xy[1], 1 / unitX, 1 / unitY);
    Bbox search =
        new Bbox(
            xy[0] - reach * unitX,
            xy[1] - reach * unitY,
            xy[0] + reach * unitX,
            xy[1] + reach * unitY);
    List<Found> found = new ArrayList<>();
    GeoJsonBytes json = new GeoJsonBytes(layer);
    store.scan(
        layer.id(),
        FeatureQuery.touching(search).at(layer.asOf()).page(0, MOST_CANDIDATES),
        row -> {
          byte[] wkb = row.wkb();
          if (wkb != null) {
            boolean area = Wkb.type(wkb, row.wkbOffset()).dimension() == 2;
            if (probe.distance(wkb, row.wkbOffset()) <= (area ? 0 : reach)) {
              found.add(found(layer, row, json));
            }
          }
          return found.size() < most;
        });
    return found;
  }

  private static Found found(PublicLayer layer, FeatureRow row, GeoJsonBytes json) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int position : layer.positions()) {
      values.add(row.value(position));
    }
    json.feature(row, "");
    return new Found(row.id(), values, json.take());
  }

  private static Reply text(Map<PublicLayer, List<Found>> found, Language language) {
    StringBuilder text = new StringBuilder();
    found.forEach(
        (layer, features) -> {
          for (Found one : features) {
            text.append(line(layer.record().title().in(language)))
                .append(" · ")
                .append(one.id)
                .append('\n');
            for (int i = 0; i < layer.fields().size(); i++) {
              Object value = one.values.get(i);
              if (value != null) {
                text.append("  ")
                    .append(line(layer.fields().get(i).label().in(language)))
                    .append(": ")
                    .append(line(value.toString()))
                    .append('\n');
              }
            }
          }
        });
    String shown = text.isEmpty() ? NOTHING.in(language) + "\n" : text.toString();
    return Reply.text(TEXT + ";charset=utf-8", shown.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static Reply html(Map<PublicLayer, List<Found>> found, Language language) {
    HtmlPage page = new HtmlPage(language, TITLE.in(language), Map.of());
    boolean any = false;
    for (Map.Entry<PublicLayer, List<Found>> entry : found.entrySet()) {
      PublicLayer layer = entry.getKey();
      for (Found one : entry.getValue()) {
        any = true;
        page.heading(layer.record().title().in(language)).table(List.of());
        for (int i = 0; i < layer.fields().size(); i++) {
          Field field = layer.fields().get(i);
          page.row().head(field.label().in(language)).cell(one.values.get(i));
        }
        page.endTable();
      }
    }
    return Reply.html((any ? page : page.paragraph(NOTHING.in(language))).end());
  }

  private static Reply json(Map<PublicLayer, List<Found>> found) {
    StringBuilder text = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
    boolean first = true;
    for (List<Found> features : found.values()) {
      for (Found one : features) {
        text.append(first ? "" : ",").append(new String(one.json, StandardCharsets.UTF_8));
        first = false;
      }
    }
    return Reply.text(JSON, text.append("]}").toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Names and values in the simple way that desktop programs read. */
  private static Reply gml(Map<PublicLayer, List<Found>> found) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("wfs", "http://www.opengis.net/wfs");
    prefixes.put("gml", "http://www.opengis.net/gml");
    Xml xml = new Xml("wfs:FeatureCollection", prefixes);
    found.forEach(
        (layer, features) -> {
          for (Found one : features) {
            xml.start("gml:featureMember")
                .start(layer.id().value(), "fid", layer.id() + "." + one.id);
            for (int i = 0; i < layer.fields().size(); i++) {
              Object value = one.values.get(i);
              if (value != null) {
                xml.leaf(element(layer.fields().get(i).name()), value.toString());
              }
            }
            xml.end().end();
          }
        });
    return Reply.text(GML, xml.toBytes());
  }

  private static String element(String name) {
    String safe = name.replaceAll("[^\\p{L}\\p{Nd}_.-]", "_").toLowerCase(Locale.ROOT);
    return Character.isLetter(safe.codePointAt(0)) ? safe : "_" + safe;
  }
}
