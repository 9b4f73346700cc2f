package org.tequio.publish.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.MapView;
import org.tequio.cartography.Picture;
import org.tequio.cartography.PictureFormat;
import org.tequio.cartography.Rgb;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
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
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;

/** OGC API – Maps Part 1 (OGC 20-058): a picture of one layer, or of several. */
public final class MapsEndpoint {
  private static final String CLASSES = "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/";

  /** The conformance classes that are met. */
  public static final List<String> CONFORMANCE =
      Stream.of(
              "core",
              "dataset-map",
              "collection-map",
              "collections-selection",
              "scaling",
              "background",
              "spatial-subsetting",
              "crs",
              "png",
              "jpeg",
              "svg")
          .map(CLASSES::concat)
          .toList();

  /** The relation of a link to a map. */
  public static final String MAP = "http://www.opengis.net/def/rel/ogc/1.0/map";

  private static final int SIDE = 1024;
  private static final int MOST_LAYERS = 100;
  private static final List<Representation> FORMS =
      List.of(
          new Representation("png", PictureFormat.PNG.mediaType()),
          new Representation("jpeg", PictureFormat.JPEG.mediaType()),
          new Representation("svg", PictureFormat.SVG.mediaType()));

  private static final Parameter<String> F =
      Parameter.choice(
          Representation.PARAMETER, "Form of the picture; else Accept.", "png", "jpeg", "svg");
  private static final Parameter<Integer> WIDTH =
      Parameter.integer("width", "Pixels across.", 1, MapView.MOST_SIDE, SIDE);
  private static final Parameter<Integer> HEIGHT =
      Parameter.integer("height", "Pixels down.", 1, MapView.MOST_SIDE, SIDE);
  private static final Parameter<ServiceCrs> CRS =
      crs("crs", "System in which the picture is plane; else the bbox's, else Web Mercator.");
  private static final Parameter<ServiceCrs> BBOX_CRS =
      crs("bbox-crs", "System of the bbox; else longitude and latitude.");
  private static final Parameter<double[]> BBOX =
      new Parameter<>(
          Parameter.Place.QUERY,
          "bbox",
          "What the picture shows: four numbers; else the extent of what is drawn.",
          new LocalText("cuatro números", "quatro números", "four numbers"),
          Parameter.schema("string"),
          MapsEndpoint::four);
  private static final Parameter<Boolean> TRANSPARENT =
      new Parameter<>(
          Parameter.Place.QUERY,
          "transparent",
          "Whether what is not drawn on shows through; true unless a bgcolor is given.",
          LocalText.same("true|false"),
          Parameter.schema("boolean"),
          text ->
              text.equals("true") || text.equals("false")
                  ? Optional.of(text.equals("true"))
                  : Optional.empty());
  private static final Parameter<Rgb> BGCOLOR =
      new Parameter<>(
          Parameter.Place.QUERY,
          "bgcolor",
          "Colour of the ground.",
          LocalText.same("0xRRGGBB"),
          Parameter.schema("string"),
          text -> Rgb.find(text.replaceFirst("^0[xX]|^#?", "#")));
  private static final Parameter<List<LayerId>> COLLECTIONS =
      new Parameter<>(
          Parameter.Place.QUERY,
          "collections",
          "The layers, by commas, the lowest first.",
          new LocalText("capas", "camadas", "layers"),
          Parameter.schema("string"),
          MapsEndpoint::ids);

  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final DrawingRoom room;

  /** Answers from these. */
  public MapsEndpoint(
      Catalogue catalogue, PublicLayers layers, Permissions permissions, DrawingRoom room) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.permissions = permissions;
    this.room = room;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        drawing("/ogc/collections/{layer}/map", "collection.getMap", this::ofCollection)
            .summary("A picture of one layer.")
            .with(Parameter.LAYER),
        drawing("/ogc/map", "dataset.getMap", this::ofDataset)
            .summary("A picture of several layers.")
            .with(COLLECTIONS));
  }

  private static Endpoint drawing(String path, String id, Endpoint.Handler handler) {
    return Endpoint.get(path, id, Action.LAYER_READ, handler)
        .with(F, BBOX, BBOX_CRS, CRS, WIDTH, HEIGHT, TRANSPARENT, BGCOLOR, Moment.AS_OF)
        .answers(PictureFormat.PNG.mediaType(), null)
        .answers(PictureFormat.JPEG.mediaType(), null)
        .answers(PictureFormat.SVG.mediaType(), null);
  }

  private static Parameter<ServiceCrs> crs(String name, String description) {
    return new Parameter<>(
        Parameter.Place.QUERY,
        name,
        description,
        new LocalText(
            "la URI de un sistema EPSG", "a URI de um sistema EPSG", "the URI of an EPSG system"),
        Parameter.schema("string", "format", "uri"),
        ServiceCrs::find);
  }

  static Optional<double[]> four(String text) {
    String[] parts = text.split(",", -1);
    double[] four = new double[4];
    for (int i = 0; i < 4; i++) {
      Optional<Double> one =
          parts.length == 4 ? Parameter.finite(parts[i].strip()) : Optional.empty();
      if (one.isEmpty()) {
        return Optional.empty();
      }
      four[i] = one.get();
    }
    return four[0] < four[2] && four[1] < four[3] ? Optional.of(four) : Optional.empty();
  }

  static Optional<List<LayerId>> ids(String text) {
    List<LayerId> ids = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      if (!LayerId.isValid(one.strip())) {
        return Optional.empty();
      }
      ids.add(new LayerId(one.strip()));
    }
    return ids.size() > MOST_LAYERS ? Optional.empty() : Optional.of(ids);
  }

  private Reply ofCollection(Call call) {
    LayerId id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    return draw(call, List.of(placed(layers.get(id, Moment.of(call)))));
  }

  private Reply ofDataset(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    var moment = Moment.of(call);
    List<PublicLayer> asked =
        call.query(COLLECTIONS)
            .map(ids -> ids.stream().map(id -> placed(layers.get(id, moment))).toList())
            .orElseGet(() -> ground(layers.list(moment)));
    return draw(call, asked);
  }

  private static PublicLayer placed(PublicLayer layer) {
    if (!layer.hasGeometry()) {
      throw new ProblemException(Problem.notFound(layer.id() + "/map"));
    }
    return layer;
  }

  /** What a map of the city shows where nobody says which layers: those that say where one is. */
  private static List<PublicLayer> ground(List<PublicLayer> all) {
    List<PublicLayer> ground = new ArrayList<>();
    for (String standard : List.of("adm.alcaldia", "amb.area_verde", "agua.rio", "ref.vialidad")) {
      all.stream()
          .filter(layer -> layer.hasGeometry() && standard.equals(layer.record().standard()))
          .max(Comparator.comparingLong(layer -> layer.record().count()))
          .ifPresent(ground::add);
    }
    return ground;
  }

  private Reply draw(Call call, List<PublicLayer> asked) {
    PictureFormat format =
        PictureFormat.find(call.representation(FORMS).mediaType()).orElse(PictureFormat.PNG);
    StringBuilder tag = new StringBuilder("map");
    asked.forEach(layer -> tag.append('-').append(layer.version()));
    String version =
        tag.length() > 80 ? "map-" + Integer.toHexString(tag.toString().hashCode()) : tag + "";
    MapView view = view(call, asked);
    boolean transparent = call.query(TRANSPARENT).orElse(call.query(BGCOLOR).isEmpty());
    Rgb ground = call.query(BGCOLOR).orElse(Rgb.WHITE);
    Picture picture =
        new Picture(
            room.styled(asked, call.language()),
            view,
            format,
            transparent ? 0 : ground.argb(1),
            false,
            Picture.PATIENCE);
    return Pictures.reply(format, room.draw(picture))
        .with("Content-Crs", "<" + ServiceCrs.of(view.crs()).uri() + ">")
        .with("Content-Bbox", bbox(view))
        .tagged(version + "-" + layers.tag() + "-" + call.language().tag());
  }

  private static String bbox(MapView view) {
    Bbox box = view.box();
    boolean swap = CrsRegistry.standard().isNorthingFirst(view.crs());
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%s",
        swap ? box.minY() : box.minX(),
        swap ? box.minX() : box.minY(),
        swap ? box.maxY() : box.maxX(),
        swap ? box.maxX() : box.maxY());
  }

  private MapView view(Call call, List<PublicLayer> asked) {
    Crs crs = crs(call);
    Bbox box = box(call, crs, asked);
    double shape = box.height() / box.width();
    Optional<Integer> width = call.query(WIDTH);
    Optional<Integer> height = call.query(HEIGHT);
    int across =
        width.orElseGet(
            () -> height.map(h -> side(h / shape)).orElse(shape > 1 ? side(SIDE / shape) : SIDE));
    int down = height.orElseGet(() -> side(across * shape));
    if (!room.holds(across, down, MapView.SCREEN_DPI)) {
      throw new ProblemException(
          Problem.invalidParameter(
              "width, height",
              new LocalText(
                  "hasta " + MapView.MOST_PIXELS + " píxeles",
                  "até " + MapView.MOST_PIXELS + " pixels",
                  "at most " + MapView.MOST_PIXELS + " pixels"),
              across + " × " + down));
    }
    return new MapView(crs, box, across, down, MapView.SCREEN_DPI);
  }

  private static int side(double pixels) {
    return (int) Math.clamp(Math.round(pixels), 1, MapView.MOST_SIDE);
  }

  private static Crs crs(Call call) {
    return call.query(CRS)
        .or(() -> call.query(BBOX_CRS))
        .map(ServiceCrs::crs)
        .orElse(Crs.WEB_MERCATOR);
  }

  private Bbox box(Call call, Crs crs, List<PublicLayer> asked) {
    ServiceCrs said = call.query(BBOX_CRS).orElse(ServiceCrs.CRS84);
    double[] four = call.query(BBOX).orElse(null);
    Bbox box = null;
    Crs from = Crs.CRS84;
    if (four != null) {
      from = said.crs();
      box =
          said.northingFirst()
              ? new Bbox(four[1], four[0], four[3], four[2])
              : new Bbox(four[0], four[1], four[2], four[3]);
    } else {
      for (PublicLayer layer : asked) {
        box = union(box, layer.record().extent());
      }
      box = union(box, box == null ? catalogue.city().bounds() : null);
    }
    if (box == null) {
      throw new ProblemException(Problem.invalidParameter("bbox", BBOX.wanted(), ""));
    }
    try {
      Bbox there = CrsRegistry.standard().operation(from, crs).apply(box);
      // One place alone is shown with something around it.
      double least = CrsRegistry.standard().isGeographic(crs) ? 1e-3 : 100;
      return there.width() > 0 && there.height() > 0 ? there : there.expandedBy(least);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.invalidParameter("bbox", BBOX.wanted(), String.valueOf(e.getMessage())));
    }
  }

  private static @Nullable Bbox union(@Nullable Bbox a, @Nullable Bbox b) {
    return a == null ? b : b == null ? a : a.union(b);
  }
}
