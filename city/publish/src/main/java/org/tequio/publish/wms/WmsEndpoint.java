package org.tequio.publish.wms;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.tequio.cartography.Legend;
import org.tequio.cartography.MapPictures;
import org.tequio.cartography.MapView;
import org.tequio.cartography.Picture;
import org.tequio.cartography.PictureFormat;
import org.tequio.cartography.Rgb;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.map.DrawingRoom;
import org.tequio.publish.map.Pictures;
import org.tequio.publish.ows.Kvp;
import org.tequio.publish.ows.OwsException;
import org.tequio.storage.FeatureStore;

/**
 * Web Map Service 1.1.1 and 1.3.0. Parameters come in any case and unknown ones mean nothing, as
 * the standard wants it (06-042, 6.8).
 */
public final class WmsEndpoint {
  static final String PATH = "/wms";
  private static final int MOST_BLANK_SIDE = 2_048;

  private final PublicLayers layers;
  private final Permissions permissions;
  private final DrawingRoom room;
  private final WmsCapabilities capabilities;
  private final FeatureInfo info;

  /** Answers from these. */
  public WmsEndpoint(
      Catalogue catalogue,
      FeatureStore store,
      PublicLayers layers,
      Permissions permissions,
      DrawingRoom room) {
    this.layers = layers;
    this.permissions = permissions;
    this.room = room;
    this.capabilities = new WmsCapabilities(catalogue, store, layers, room);
    this.info = new FeatureInfo(store, room);
  }

  /** Its operation. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, "wms", Action.LAYER_READ, this::wms)
            .summary("Web Map Service 1.1.1 and 1.3.0.")
            .withOpenQuery()
            .answers("image/png", null)
            .answers("text/xml", null));
  }

  private Reply wms(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    Language language = call.language();
    Kvp kvp;
    try {
      kvp = Kvp.of(call);
    } catch (OwsException e) {
      return ServiceException.reply(WmsException.of(e.text(), 400), WmsVersion.V1_3_0, language);
    }
    WmsVersion version = WmsVersion.of(kvp);
    try {
      return answer(call, kvp, version);
    } catch (WmsException e) {
      return refusal(kvp, version, e, language);
    } catch (ProblemException e) {
      return refusal(
          kvp, version, WmsException.of(e.problem().detail(), e.problem().status()), language);
    }
  }

  private Reply answer(Call call, Kvp kvp, WmsVersion version) {
    String service = kvp.find("service").orElse("WMS");
    if (!service.equalsIgnoreCase("WMS")) {
      throw WmsException.invalid(null, "service", LocalText.same("WMS"), service);
    }
    String request = kvp.find("request").orElse("");
    return switch (request.toLowerCase(Locale.ROOT)) {
      case "getcapabilities", "capabilities" -> capabilities.reply(call, kvp, version);
      case "getmap", "map" -> map(call, kvp, version);
      case "getfeatureinfo", "feature_info" -> info(call, kvp, version);
      case "getlegendgraphic" -> legend(call, kvp);
      default ->
          throw WmsException.invalid(
              WmsException.Code.OPERATION_NOT_SUPPORTED,
              "request",
              LocalText.same("GetCapabilities|GetMap|GetFeatureInfo|GetLegendGraphic"),
              request);
    };
  }

  private Reply map(Call call, Kvp kvp, WmsVersion version) {
    requireVersion(kvp);
    PictureFormat format = MapRequest.format(kvp);
    MapRequest asked = MapRequest.of(kvp, version, layers, room);
    String tag = tag(asked.layers(), call.language());
    if (call.isFresh(tag)) {
      return Reply.notModified(tag);
    }
    Picture picture =
        new Picture(
            room.styled(asked.layers(), call.language()),
            asked.view(),
            format,
            asked.background(),
            "true".equalsIgnoreCase(kvp.find("tiled").orElse("")),
            Picture.PATIENCE);
    Reply reply = Pictures.reply(format, room.draw(picture)).tagged(tag);
    return kvp.findFirst("time", "asof").isPresent()
        ? reply
        : reply.with("Warning", "99 Default value used: time=current ISO8601");
  }

  /** What the order of axes hangs on is not guessed (06-042, 6.9.2). */
  private static void requireVersion(Kvp kvp) {
    if (kvp.findFirst("version", "wmtver").isEmpty()) {
      throw WmsException.invalid(null, "version", LocalText.same("1.3.0|1.1.1"), "");
    }
  }

  private static String tag(List<PublicLayer> asked, Language language) {
    int hash = 0;
    for (PublicLayer layer : asked) {
      hash = 31 * hash + layer.version().hashCode();
    }
    return asked.getFirst().version() + "-" + Integer.toHexString(hash) + "-" + language.tag();
  }

  private Reply info(Call call, Kvp kvp, WmsVersion version) {
    requireVersion(kvp);
    MapRequest map = MapRequest.of(kvp, version, layers, room);
    List<PublicLayer> asked =
        MapRequest.layers(kvp, "query_layers", MapRequest.moment(kvp), layers);
    for (PublicLayer layer : asked) {
      if (map.layers().stream().noneMatch(shown -> shown.id().equals(layer.id()))) {
        throw WmsException.invalid(
            WmsException.Code.LAYER_NOT_DEFINED,
            "query_layers",
            new LocalText("capas de 'layers'", "camadas de 'layers'", "layers among 'layers'"),
            layer.id().value());
      }
    }
    return info.reply(call, kvp, version, map.view(), asked);
  }

  private Reply legend(Call call, Kvp kvp) {
    PictureFormat format =
        kvp.find("format").isPresent() ? MapRequest.format(kvp) : PictureFormat.PNG;
    String parameter = kvp.find("layer").isPresent() ? "layer" : "layers";
    PublicLayer layer =
        MapRequest.layers(kvp, parameter, MapRequest.moment(kvp), layers).getFirst();
    MapRequest.requireStyle(kvp.find("style").orElse(""));
    boolean transparent = kvp.find("transparent").orElse("").equalsIgnoreCase("true");
    byte[] drawn =
        Legend.of(layer, room.styles().of(layer, call.language()), call.language())
            .draw(format, MapView.SCREEN_DPI, transparent ? 0 : Rgb.WHITE.argb(1));
    return Pictures.reply(format, drawn).tagged(tag(List.of(layer), call.language()));
  }

  /** An exception in the form that was asked for: a document, or a picture in its place. */
  private static Reply refusal(Kvp kvp, WmsVersion version, WmsException e, Language language) {
    String wanted = kvp.find("exceptions").orElse("xml").toLowerCase(Locale.ROOT);
    boolean inImage = wanted.endsWith("inimage");
    boolean isMap = kvp.find("request").orElse("").toLowerCase(Locale.ROOT).endsWith("map");
    if (!isMap || !inImage && !wanted.endsWith("blank")) {
      return ServiceException.reply(e, version, language);
    }
    int width = side(kvp, "width");
    int height = side(kvp, "height");
    PictureFormat format =
        kvp.find("format").flatMap(PictureFormat::find).orElse(PictureFormat.PNG);
    byte[] bytes =
        inImage
            ? MapPictures.written(e.text().in(language), width, height, format)
            : MapPictures.blank(width, height, format, ground(kvp));
    return Pictures.reply(format, bytes).with("Cache-Control", "no-store");
  }

  /** The ground of a picture with nothing on it (06-042, 7.3.3.11). */
  private static int ground(Kvp kvp) {
    try {
      return MapRequest.background(kvp);
    } catch (WmsException e) {
      return Rgb.WHITE.argb(1);
    }
  }

  private static int side(Kvp kvp, String name) {
    String text = kvp.find(name).orElse("");
    return text.matches("[0-9]{1,9}")
        ? Math.clamp(Integer.parseInt(text), 1, MOST_BLANK_SIDE)
        : 256;
  }

  /** An instant as dimensions write it. */
  static String instant(Instant instant) {
    return instant.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
  }
}
