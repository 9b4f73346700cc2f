package org.tequio.publish.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.Legend;
import org.tequio.cartography.MapView;
import org.tequio.cartography.PictureFormat;
import org.tequio.cartography.StyleForm;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.http.Representation;
import org.tequio.publish.html.Link;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;

/**
 * OGC API – Styles (OGC 20-009, draft): the one style of each layer, under the layer's identifier,
 * in every form that clients read, and its legend.
 */
public final class StylesEndpoint {
  private static final String CLASSES = "http://www.opengis.net/spec/ogcapi-styles-1/1.0/conf/";

  /** The conformance classes that are met. */
  public static final List<String> CONFORMANCE =
      Stream.of("core", "mapbox-styles", "sld-10", "sld-11").map(CLASSES::concat).toList();

  /** The relation of a link to the styles of something. */
  public static final String STYLES = "http://www.opengis.net/def/rel/ogc/1.0/styles";

  /** The relation of a link to a legend. */
  public static final String LEGEND = "http://www.opengis.net/def/rel/ogc/1.0/legend";

  private static final LocalText METADATA =
      new LocalText("Sobre el estilo", "Sobre o estilo", "About the style");
  private static final LocalText LEGEND_TITLE = new LocalText("Leyenda", "Legenda", "Legend");

  private static final Parameter<LayerId> STYLE =
      new Parameter<>(
          Parameter.Place.PATH,
          "style",
          "Identifier of a style: that of its layer.",
          new LocalText("un estilo", "um estilo", "a style"),
          Parameter.LAYER.schema(),
          Parameter.LAYER.parser());

  private static final List<Representation> FORMS =
      StyleForm.ALL.stream()
          .map(form -> new Representation(form.name(), form.mediaType().split(";", 2)[0]))
          .toList();

  private static final Parameter<String> F =
      Parameter.choice(
          Representation.PARAMETER,
          "Form of the style; else Accept.",
          StyleForm.ALL.stream().map(StyleForm::name).toArray(String[]::new));

  private static final Parameter<String> PICTURE =
      Parameter.choice(Representation.PARAMETER, "Form of the legend.", "png", "svg");

  private final PublicLayers layers;
  private final Permissions permissions;
  private final DrawingRoom room;

  /** Answers from these. */
  public StylesEndpoint(PublicLayers layers, Permissions permissions, DrawingRoom room) {
    this.layers = layers;
    this.permissions = permissions;
    this.room = room;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.add(
        Endpoint.get("/ogc/styles", "getStyles", Action.CITY_READ, this::styles)
            .summary("The styles of all layers.")
            .answers("application/json", Styles.class));
    all.add(
        Endpoint.get(
                "/ogc/collections/{layer}/styles",
                "collection.getStyles",
                Action.LAYER_READ,
                this::stylesOfCollection)
            .summary("The styles of one layer: it has one.")
            .with(Parameter.LAYER)
            .answers("application/json", Styles.class));
    one(all, "/ogc/styles/{style}", "", STYLE);
    one(all, "/ogc/collections/{layer}/styles/{style}", "collection.", Parameter.LAYER, STYLE);
    return all;
  }

  private void one(List<Endpoint> all, String path, String prefix, Parameter<?>... where) {
    Endpoint style =
        Endpoint.get(path, prefix + "getStyle", Action.LAYER_READ, this::style)
            .summary("A style.")
            .with(where)
            .with(F);
    for (StyleForm form : StyleForm.ALL) {
      style = style.answers(form.mediaType(), null);
    }
    all.add(style);
    all.add(
        Endpoint.get(
                path + "/metadata", prefix + "getStyleMetadata", Action.LAYER_READ, this::metadata)
            .summary("What a style is and in which forms it can be had.")
            .with(where)
            .answers("application/json", Metadata.class));
    all.add(
        Endpoint.get(path + "/legend", prefix + "getLegend", Action.LAYER_READ, this::legend)
            .summary("The legend of a style, as a picture.")
            .with(where)
            .with(PICTURE)
            .answers(PictureFormat.PNG.mediaType(), null)
            .answers(PictureFormat.SVG.mediaType(), null));
  }

  record Styles(List<StyleEntry> styles, List<Link> links) {}

  record StyleEntry(String id, String title, List<Link> links) {}

  record Metadata(
      String id,
      String title,
      String updated,
      String scope,
      List<Stylesheet> stylesheets,
      List<Map<String, Object>> layers,
      List<Link> links) {}

  record Stylesheet(
      String title, String version, String specification, boolean nativeForm, Link link) {}

  private Reply styles(Call call) {
    permissions.require(call, Permission.READ_CITY);
    return Reply.json(
            new Styles(
                layers.list().stream()
                    .filter(PublicLayer::hasGeometry)
                    .map(layer -> entry(call, layer, "/ogc/styles/"))
                    .toList(),
                List.of(new Link(call.link("/ogc/styles"), "self", "application/json", ""))))
        .tagged("styles-" + layers.tag() + "-" + call.language().tag());
  }

  private Reply stylesOfCollection(Call call) {
    LayerId id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = drawn(id);
    String path = "/ogc/collections/" + id + "/styles";
    return Reply.json(
            new Styles(
                List.of(entry(call, layer, path + "/")),
                List.of(new Link(call.link(path), "self", "application/json", ""))))
        .tagged(layer.version() + "-" + call.language().tag());
  }

  private static StyleEntry entry(Call call, PublicLayer layer, String path) {
    String own = path + layer.id();
    List<Link> links = new ArrayList<>();
    for (StyleForm form : StyleForm.ALL) {
      links.add(sheet(call, own, form));
    }
    links.add(
        new Link(
            call.link(own + "/metadata"),
            "describedby",
            "application/json",
            METADATA.in(call.language())));
    links.add(
        new Link(
            call.link(own + "/legend"),
            LEGEND,
            PictureFormat.PNG.mediaType(),
            LEGEND_TITLE.in(call.language())));
    return new StyleEntry(layer.id().value(), layer.record().title().in(call.language()), links);
  }

  private static Link sheet(Call call, String path, StyleForm form) {
    return new Link(
        call.link(path, "f", form.name()), "stylesheet", form.mediaType(), form.title());
  }

  private PublicLayer drawn(LayerId id) {
    PublicLayer layer = layers.get(id);
    if (!layer.hasGeometry()) {
      throw new ProblemException(Problem.notFound(id.value()));
    }
    return layer;
  }

  /** The layer whose style a path names; under a collection only its own. */
  private PublicLayer asked(Call call) {
    LayerId style = call.path(STYLE);
    permissions.require(call, Permission.READ_LAYER);
    if (call.path().startsWith("/ogc/collections/") && !call.path(Parameter.LAYER).equals(style)) {
      throw new ProblemException(Problem.notFound(style.value()));
    }
    return drawn(style);
  }

  private Reply style(Call call) {
    PublicLayer layer = asked(call);
    StyleForm form =
        StyleForm.find(call.representation(FORMS).name()).orElse(StyleForm.ALL.getFirst());
    LayerStyle style = room.styles().of(layer, call.language());
    return Reply.text(form.mediaType(), form.write(layer, style, call.language(), call.base()))
        .with(
            "Content-Disposition",
            "inline; filename=\"" + layer.id() + "." + form.extension() + "\"")
        .tagged(layer.version() + "-" + form.name() + "-" + call.language().tag());
  }

  private Reply metadata(Call call) {
    PublicLayer layer = asked(call);
    String path = call.path().replaceFirst("/metadata$", "");
    List<Stylesheet> sheets = new ArrayList<>();
    for (StyleForm form : StyleForm.ALL) {
      StyleForm.Specification from = form.specification();
      sheets.add(
          new Stylesheet(
              form.title(), from.version(), from.uri(), from.isNative(), sheet(call, path, form)));
    }
    Map<String, Object> drawn = new LinkedHashMap<>();
    drawn.put("id", layer.id().value());
    drawn.put(
        "sampleData",
        new Link(
            call.link("/ogc/collections/" + layer.id()),
            "describedby",
            "application/json",
            layer.record().title().in(call.language())));
    return Reply.json(
            new Metadata(
                layer.id().value(),
                layer.record().title().in(call.language()),
                layer.record().updated().toString(),
                "style",
                sheets,
                List.of(drawn),
                entry(call, layer, path.substring(0, path.lastIndexOf('/') + 1)).links()))
        .tagged(layer.version() + "-" + call.language().tag());
  }

  private Reply legend(Call call) {
    PublicLayer layer = asked(call);
    PictureFormat format =
        call.query(PICTURE).orElse("png").equals("svg") ? PictureFormat.SVG : PictureFormat.PNG;
    LayerStyle style = room.styles().of(layer, call.language());
    return Pictures.reply(
            format, Legend.of(layer, style, call.language()).draw(format, MapView.SCREEN_DPI, 0))
        .tagged(layer.version() + "-" + format.mediaType().length() + call.language().tag());
  }
}
