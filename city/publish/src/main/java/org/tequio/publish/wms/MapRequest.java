package org.tequio.publish.wms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tequio.cartography.MapView;
import org.tequio.cartography.PictureFormat;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.map.DrawingRoom;
import org.tequio.publish.ows.Kvp;
import org.tequio.storage.AsOf;

/**
 * What a GetMap asks for, or a GetFeatureInfo by the map it is about (06-042, 7.3.3): read and
 * judged as a whole before anything is drawn.
 *
 * @param layers from the lowest to the highest, each once
 * @param view the picture
 * @param background 0xAARRGGBB
 */
record MapRequest(List<PublicLayer> layers, MapView view, int background) {
  /** The most layers of one picture. */
  static final int MOST_LAYERS = 100;

  /** The one style of each layer. */
  static final String STYLE = "default";

  private static final LocalText NUMBERS =
      new LocalText("cuatro números", "quatro números", "four numbers");

  /** Reads the parameters. */
  static MapRequest of(Kvp kvp, WmsVersion version, PublicLayers layers, DrawingRoom room) {
    refuseSld(kvp);
    AsOf moment = moment(kvp);
    List<PublicLayer> asked = layers(kvp, "layers", moment, layers);
    styles(kvp, asked.size());
    Map<LayerId, PublicLayer> once = new LinkedHashMap<>();
    asked.forEach(layer -> once.putIfAbsent(layer.id(), layer));
    return new MapRequest(List.copyOf(once.values()), view(kvp, version, room), background(kvp));
  }

  private static void refuseSld(Kvp kvp) {
    for (String name : new String[] {"sld", "sld_body", "sld_url"}) {
      if (kvp.find(name).isPresent()) {
        throw new WmsException(
            WmsException.Code.OPERATION_NOT_SUPPORTED,
            new LocalText(
                "aquí cada capa tiene su estilo; no se aceptan estilos de quien pregunta",
                "aqui cada camada tem o seu estilo; não se aceitam estilos de quem pergunta",
                "each layer has its style here; styles of the client are not taken"));
      }
    }
  }

  /** The layers of a parameter. */
  static List<PublicLayer> layers(Kvp kvp, String parameter, AsOf moment, PublicLayers layers) {
    List<String> names = kvp.list(parameter);
    if (names.isEmpty() || names.size() > MOST_LAYERS) {
      throw WmsException.invalid(
          WmsException.Code.LAYER_NOT_DEFINED,
          parameter,
          new LocalText(
              "de 1 a " + MOST_LAYERS + " capas",
              "de 1 a " + MOST_LAYERS + " camadas",
              "1 to " + MOST_LAYERS + " layers"),
          String.valueOf(names.size()));
    }
    List<PublicLayer> found = new ArrayList<>();
    for (String name : names) {
      found.add(
          find(name, moment, layers)
              .orElseThrow(
                  () ->
                      WmsException.invalid(
                          WmsException.Code.LAYER_NOT_DEFINED,
                          parameter,
                          new LocalText("una capa", "uma camada", "a layer"),
                          name)));
    }
    return found;
  }

  private static Optional<PublicLayer> find(String name, AsOf moment, PublicLayers layers) {
    return LayerId.isValid(name)
        ? layers.find(new LayerId(name), moment).filter(PublicLayer::hasGeometry)
        : Optional.empty();
  }

  private static void styles(Kvp kvp, int count) {
    List<String> styles = kvp.list("styles");
    if (!styles.isEmpty() && styles.size() != count) {
      throw WmsException.invalid(
          WmsException.Code.STYLE_NOT_DEFINED,
          "styles",
          new LocalText(
              "un estilo por capa, o ninguno",
              "um estilo por camada, ou nenhum",
              "one style for each layer, or none"),
          String.valueOf(styles.size()));
    }
    styles.forEach(MapRequest::requireStyle);
  }

  /** Refuses a style that no layer has. */
  static void requireStyle(String style) {
    if (!style.isEmpty() && !style.equals(STYLE)) {
      throw WmsException.invalid(
          WmsException.Code.STYLE_NOT_DEFINED, "style", LocalText.same(STYLE), style);
    }
  }

  /** The state of the map that is asked for, by the time dimension or by our own name for it. */
  static AsOf moment(Kvp kvp) {
    String text = kvp.findFirst("time", "asof").orElse("current");
    if (text.equals("current")) {
      return AsOf.NOW;
    }
    return Moment.AS_OF
        .parser()
        .apply(text)
        .orElseThrow(
            () ->
                WmsException.invalid(
                    WmsException.Code.INVALID_DIMENSION_VALUE,
                    "time",
                    Moment.AS_OF.wanted(),
                    text));
  }

  private static MapView view(Kvp kvp, WmsVersion version, DrawingRoom room) {
    boolean modern = version == WmsVersion.V1_3_0;
    String name = modern ? "crs" : "srs";
    String named = kvp.findFirst(name, "crs", "srs").orElse("");
    WmsCrs crs =
        WmsCrs.find(named, version)
            .orElseThrow(
                () ->
                    WmsException.invalid(
                        WmsException.Code.INVALID_CRS,
                        name,
                        new LocalText("EPSG:n conocido", "EPSG:n conhecido", "a known EPSG:n"),
                        named));
    long width = whole(kvp, "width");
    long height = whole(kvp, "height");
    double dpi = dpi(kvp);
    if (!room.holds(width, height, dpi)) {
      throw WmsException.invalid(
          null,
          "width, height, dpi",
          new LocalText(
              "un dibujo de hasta "
                  + MapView.MOST_SIDE
                  + " por lado, "
                  + MapView.MOST_PIXELS
                  + " píxeles y "
                  + (int) MapView.MOST_DPI
                  + " ppp",
              "um desenho de até "
                  + MapView.MOST_SIDE
                  + " por lado, "
                  + MapView.MOST_PIXELS
                  + " pixels e "
                  + (int) MapView.MOST_DPI
                  + " ppp",
              "a picture of at most "
                  + MapView.MOST_SIDE
                  + " on a side, "
                  + MapView.MOST_PIXELS
                  + " pixels and "
                  + (int) MapView.MOST_DPI
                  + " dpi"),
          width + " × " + height + ", " + dpi);
    }
    return new MapView(crs.crs(), bbox(kvp, crs), (int) width, (int) height, dpi);
  }

  private static Bbox bbox(Kvp kvp, WmsCrs crs) {
    String text = String.join(",", kvp.list("bbox"));
    String[] parts = text.split(",", -1);
    double[] n = new double[4];
    for (int i = 0; i < 4; i++) {
      n[i] = parts.length == 4 ? Parameter.finite(parts[i].strip()).orElse(Double.NaN) : Double.NaN;
    }
    Bbox box = null;
    if (n[0] < n[2] && n[1] < n[3]) {
      box =
          crs.northingFirst() ? new Bbox(n[1], n[0], n[3], n[2]) : new Bbox(n[0], n[1], n[2], n[3]);
    }
    if (box == null || !isOnEarth(crs.crs(), box)) {
      throw WmsException.invalid(null, "bbox", NUMBERS, text);
    }
    return box;
  }

  /** A box so far off that nothing could be told of it. */
  private static boolean isOnEarth(Crs crs, Bbox box) {
    double most = CrsRegistry.standard().isGeographic(crs) ? 1e4 : 1e9;
    return Math.max(
            Math.max(Math.abs(box.minX()), Math.abs(box.maxX())),
            Math.max(Math.abs(box.minY()), Math.abs(box.maxY())))
        <= most;
  }

  private static long whole(Kvp kvp, String name) {
    String text = kvp.find(name).orElse("");
    if (!text.matches("[0-9]{1,12}")) {
      throw WmsException.invalid(
          null, name, new LocalText("un entero", "um inteiro", "a whole number"), text);
    }
    return Long.parseLong(text);
  }

  /** The resolution, as QGIS, MapServer and GeoServer name it. */
  private static double dpi(Kvp kvp) {
    Optional<String> said =
        kvp.findFirst("dpi", "map_resolution")
            .or(
                () ->
                    kvp.find("format_options")
                        .filter(text -> text.matches("(?i).*\\bdpi:[^;]*.*"))
                        .map(text -> text.replaceFirst("(?i)^.*\\bdpi:([^;]*).*$", "$1")));
    if (said.isEmpty()) {
      return MapView.SCREEN_DPI;
    }
    return Parameter.finite(said.get())
        .orElseThrow(
            () ->
                WmsException.invalid(
                    null, "dpi", new LocalText("un número", "um número", "a number"), said.get()));
  }

  /** The ground of the picture: transparent where that is asked for and the format can. */
  static int background(Kvp kvp) {
    String color = kvp.find("bgcolor").orElse("0xFFFFFF");
    if (!color.matches("(?:0[xX]|#)?[0-9A-Fa-f]{6}")) {
      throw WmsException.invalid(null, "bgcolor", LocalText.same("0xRRGGBB"), color);
    }
    String transparent = kvp.find("transparent").orElse("FALSE").toUpperCase(Locale.ROOT);
    if (transparent.equals("TRUE")) {
      return 0;
    }
    if (!transparent.equals("FALSE")) {
      throw WmsException.invalid(null, "transparent", LocalText.same("TRUE|FALSE"), transparent);
    }
    return 0xFF000000 | Integer.parseInt(color.substring(color.length() - 6), 16);
  }

  /** The form of a picture that a parameter names. */
  static PictureFormat format(Kvp kvp) {
    String text = kvp.find("format").orElse("");
    return PictureFormat.find(text)
        .orElseThrow(
            () ->
                WmsException.invalid(
                    WmsException.Code.INVALID_FORMAT,
                    "format",
                    LocalText.same("image/png|image/jpeg|image/svg+xml"),
                    text));
  }
}
