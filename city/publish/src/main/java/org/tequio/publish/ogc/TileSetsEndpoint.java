package org.tequio.publish.ogc;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.TileCoord;
import org.tequio.feature.TileMatrixSet;
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
import org.tequio.publish.html.HtmlPage;
import org.tequio.publish.html.Link;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.tile.TilesEndpoint;

/**
 * Vector tiles as OGC API – Tiles has them (OGC 20-057): of each collection, and of the whole
 * dataset with all its collections in one tile. The tiles are those of {@link TilesEndpoint}.
 */
public final class TileSetsEndpoint {
  static final String RELATION = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
  static final String DATASET = OgcEndpoint.ROOT + "/tiles";

  private static final String COLLECTION = OgcEndpoint.ROOT + "/collections/{layer}/tiles";
  private static final String SET = "/{tileMatrixSet}";

  private static final String TILE = SET + "/{tileMatrix}/{tileRow}/{tileCol}";
  private static final Representation TILE_JSON =
      new Representation("tilejson", "application/vnd.mapbox.tile+json");
  private static final List<Representation> FORMS =
      List.of(Representation.JSON, Representation.HTML);
  private static final List<Representation> SET_FORMS =
      List.of(Representation.JSON, TILE_JSON, Representation.HTML);

  /** TileJSON knows tiles of Web Mercator only. */
  private static List<Representation> forms(TileMatrixSet set) {
    return set == TileMatrixSet.WEB_MERCATOR_QUAD ? SET_FORMS : FORMS;
  }

  private static final int MOST_COLLECTIONS = 64;

  /** What Web Mercator shows of the world. */
  private static final Bbox WORLD = new Bbox(-180, -85.05, 180, 85.05);

  private static final Parameter<String> SET_F =
      Parameter.choice(
          Representation.PARAMETER,
          "Form of the answer; else Accept decides.",
          "json",
          "tilejson",
          "html");
  private static final Parameter<String> TILE_F =
      Parameter.choice(Representation.PARAMETER, "Form of the tile.", "mvt");
  private static final Parameter<Integer> MATRIX = number("tileMatrix", "Level, 0 to 18.");
  private static final Parameter<Integer> ROW = number("tileRow", "Row, from the north.");
  private static final Parameter<Integer> COLUMN = number("tileCol", "Column, from the west.");
  private static final Parameter<List<LayerId>> COLLECTIONS =
      new Parameter<>(
          Parameter.Place.QUERY,
          "collections",
          "Only these collections, at most " + MOST_COLLECTIONS + ".",
          new LocalText(
              "capas separadas por comas",
              "camadas separadas por vírgulas",
              "layers, separated by commas"),
          Parameter.schema("array", "items", Parameter.schema("string")),
          TileSetsEndpoint::collections);

  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final TilesEndpoint tiles;
  private final Permissions permissions;

  /** Answers from these. */
  public TileSetsEndpoint(
      Catalogue catalogue, PublicLayers layers, TilesEndpoint tiles, Permissions permissions) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.tiles = tiles;
    this.permissions = permissions;
  }

  private static Parameter<Integer> number(String name, String description) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        description,
        LocalText.same(name),
        Parameter.schema("integer", "minimum", 0),
        text -> text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty());
  }

  private static Optional<List<LayerId>> collections(String text) {
    List<LayerId> ids = new ArrayList<>();
    for (String name : text.split(",", MOST_COLLECTIONS + 1)) {
      if (!LayerId.isValid(name) || ids.size() == MOST_COLLECTIONS) {
        return Optional.empty();
      }
      ids.add(new LayerId(name));
    }
    return Optional.of(ids);
  }

  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(endpoints(DATASET, "dataset", Action.CITY_READ));
    all.addAll(
        endpoints(COLLECTION, "collection", Action.LAYER_READ).stream()
            .map(endpoint -> endpoint.with(Parameter.LAYER))
            .toList());
    return all;
  }

  private List<Endpoint> endpoints(String path, String of, Action action) {
    boolean dataset = path.equals(DATASET);
    Endpoint tile =
        Endpoint.get(path + TILE, of + ".vector.getTile", action, this::tile)
            .summary("A vector tile; 204 where nothing is there.")
            .with(MatrixSetsEndpoint.TILE_MATRIX_SET, MATRIX, ROW, COLUMN, TILE_F, Moment.AS_OF)
            .answers(TilesEndpoint.MEDIA_TYPE, null);
    return List.of(
        Endpoint.get(path, of + ".vector.getTileSetsList", action, this::list)
            .summary("The tile sets.")
            .with(Representation.F)
            .answers("application/json", TileSets.class)
            .answers("text/html", null),
        Endpoint.get(path + SET, of + ".vector.getTileSet", action, this::tileSet)
            .summary("One tile set: its levels, limits and layers; also as TileJSON.")
            .with(MatrixSetsEndpoint.TILE_MATRIX_SET, SET_F)
            .answers("application/json", TileSet.class)
            .answers(TILE_JSON.mediaType(), null)
            .answers("text/html", null),
        dataset ? tile.with(COLLECTIONS) : tile);
  }

  record TileSets(List<TileLink> links, List<TileSetItem> tilesets) {}

  /** A tile set in the list of them, with all that it takes to ask for its tiles. */
  record TileSetItem(
      String title,
      String dataType,
      String crs,
      String tileMatrixSetId,
      String tileMatrixSetURI,
      List<Limits> tileMatrixSetLimits,
      List<TileLink> links) {}

  record TileSet(
      String title,
      String dataType,
      String crs,
      String tileMatrixSetURI,
      List<Limits> tileMatrixSetLimits,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Box boundingBox,
      List<TileLayer> layers,
      List<TileLink> links) {}

  record TileLink(String href, String rel, String type, String title, boolean templated) {}

  record Limits(String tileMatrix, int minTileRow, int maxTileRow, int minTileCol, int maxTileCol) {
    boolean holds(int column, int row) {
      return column >= minTileCol && column <= maxTileCol && row >= minTileRow && row <= maxTileRow;
    }
  }

  record Box(List<Double> lowerLeft, List<Double> upperRight, String crs) {}

  record TileLayer(String id, String title, String dataType) {}

  /** Whose tiles a request asks for. */
  private record Subject(String path, LocalText title, List<PublicLayer> layers, String tag) {}

  private Subject subject(Call call) {
    if (call.path().startsWith(DATASET)) {
      permissions.require(call, Permission.READ_CITY);
      String name = catalogue.city().name();
      LocalText of = OgcTexts.DATA_OF;
      LocalText title = new LocalText(of.es() + name, of.pt() + name, of.en() + name);
      List<PublicLayer> spatial = layers.list().stream().filter(PublicLayer::hasGeometry).toList();
      return new Subject(DATASET, title, spatial, layers.tag());
    }
    LayerId id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id);
    if (!layer.hasGeometry()) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
    String path = COLLECTION.replace("{layer}", id.value());
    return new Subject(path, layer.record().title(), List.of(layer), layer.version());
  }

  private Reply list(Call call) {
    Subject subject = subject(call);
    String title = subject.title.in(call.language());
    Bbox extent = extent(subject.layers);
    List<TileSetItem> items = new ArrayList<>();
    for (TileMatrixSet set : TileMatrixSet.values()) {
      String path = subject.path + "/" + set.id();
      items.add(
          new TileSetItem(
              title,
              "vector",
              set.crs().uri(),
              set.id(),
              set.uri(),
              limits(set, extent),
              List.of(
                  link(call, path, "self", Representation.JSON, title),
                  scheme(call, set),
                  tiles(call, path, title))));
    }
    if (!call.representation(FORMS).equals(Representation.HTML)) {
      TileLink self = link(call, subject.path, "self", Representation.JSON, title);
      return Reply.json(new TileSets(List.of(self), items));
    }
    List<Link> links = new ArrayList<>();
    for (TileMatrixSet set : TileMatrixSet.values()) {
      links.add(new Link(subject.path + "/" + set.id(), "item", "text/html", set.id()));
    }
    return Reply.html(page(call, OgcTexts.TILES).lead(title).links(links).end());
  }

  private Reply tileSet(Call call) {
    TileMatrixSet set = call.path(MatrixSetsEndpoint.TILE_MATRIX_SET);
    Subject subject = subject(call);
    Representation form = call.representation(forms(set));
    String title = subject.title.in(call.language());
    String path = subject.path + "/" + set.id();
    if (form.equals(TILE_JSON)) {
      return Reply.json(
          TILE_JSON.mediaType(),
          tiles.describe(
              call, subject.layers, subject.title, null, call.link(path + "/{z}/{y}/{x}")));
    }
    Bbox extent = extent(subject.layers);
    List<Limits> limits = limits(set, extent);
    if (form.equals(Representation.HTML)) {
      HtmlPage page = page(call, LocalText.same(set.id())).lead(title);
      page.table(List.of("z", "x", "x", "y", "y"));
      limits.forEach(
          one ->
              page.row()
                  .head(one.tileMatrix)
                  .cell(one.minTileCol)
                  .cell(one.maxTileCol)
                  .cell(one.minTileRow)
                  .cell(one.maxTileRow));
      return Reply.html(page.endTable().end());
    }
    return Reply.json(
            new TileSet(
                title,
                "vector",
                set.crs().uri(),
                set.uri(),
                limits,
                extent == null
                    ? null
                    : new Box(
                        List.of(extent.minX(), extent.minY()),
                        List.of(extent.maxX(), extent.maxY()),
                        ServiceCrs.CRS84.uri()),
                subject.layers.stream()
                    .map(
                        layer ->
                            new TileLayer(
                                layer.id().value(),
                                layer.record().title().in(call.language()),
                                "vector"))
                    .toList(),
                List.of(
                    link(call, path, "self", Representation.JSON, title),
                    link(call, path, "alternate", forms(set).get(1), title),
                    scheme(call, set),
                    tiles(call, path, title))))
        .tagged(
            subject.tag + "-" + set.id().toLowerCase(Locale.ROOT) + "-" + call.language().tag());
  }

  private Reply tile(Call call) {
    TileMatrixSet set = call.path(MatrixSetsEndpoint.TILE_MATRIX_SET);
    int z = call.path(MATRIX);
    int row = call.path(ROW);
    int column = call.path(COLUMN);
    Subject subject = subject(call);
    List<PublicLayer> wanted = wanted(call, subject);
    boolean exists =
        z <= TilesEndpoint.LAST_ZOOM
            && limits(set, extent(wanted)).stream()
                .anyMatch(limits -> limits.tileMatrix.equals("" + z) && limits.holds(column, row));
    if (!exists) {
      throw new ProblemException(Problem.notFound(z + "/" + row + "/" + column));
    }
    TileCoord tile = new TileCoord(set, z, column, row);
    if (!call.path().startsWith(DATASET)) {
      return tiles.answer(call, wanted.getFirst(), tile);
    }
    return tiles.answer(call, wanted, tile);
  }

  private List<PublicLayer> wanted(Call call, Subject subject) {
    List<LayerId> only =
        call.path().startsWith(DATASET) ? call.query(COLLECTIONS).orElse(List.of()) : List.of();
    List<LayerId> ids =
        only.isEmpty() ? subject.layers.stream().map(PublicLayer::id).toList() : only;
    List<PublicLayer> wanted = new ArrayList<>();
    for (LayerId id : ids) {
      PublicLayer layer = layers.get(id, Moment.of(call));
      if (layer.hasGeometry()) {
        wanted.add(layer);
      }
    }
    return wanted;
  }

  private static @Nullable Bbox extent(List<PublicLayer> together) {
    Bbox all = null;
    for (PublicLayer layer : together) {
      Bbox extent = layer.record().extent();
      all = all == null ? extent : extent == null ? all : all.union(extent);
    }
    return all;
  }

  private static List<Limits> limits(TileMatrixSet set, @Nullable Bbox lonLat) {
    List<Limits> limits = new ArrayList<>();
    Bbox inside =
        lonLat == null || set != TileMatrixSet.WEB_MERCATOR_QUAD
            ? lonLat
            : lonLat.intersection(WORLD).orElse(null);
    if (inside == null) {
      return limits;
    }
    Bbox box = CrsRegistry.standard().operation(Crs.CRS84, set.crs().crs()).apply(inside);
    for (int z = 0; z <= TilesEndpoint.LAST_ZOOM; z++) {
      TileMatrixSet.Range range = set.range(z, box);
      limits.add(
          new Limits(
              Integer.toString(z),
              range.minRow(),
              range.maxRow(),
              range.minColumn(),
              range.maxColumn()));
    }
    return limits;
  }

  private static TileLink tiles(Call call, String path, String title) {
    return new TileLink(
        call.link(path + "/{tileMatrix}/{tileRow}/{tileCol}"),
        "item",
        TilesEndpoint.MEDIA_TYPE,
        title,
        true);
  }

  private static TileLink scheme(Call call, TileMatrixSet set) {
    return new TileLink(
        MatrixSetsEndpoint.link(call, set),
        "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
        "application/json",
        set.id(),
        false);
  }

  private static TileLink link(
      Call call, String path, String rel, Representation form, String title) {
    return new TileLink(
        call.link(path, Representation.PARAMETER, form.name()),
        rel,
        form.mediaType(),
        title,
        false);
  }

  private static HtmlPage page(Call call, LocalText title) {
    return new HtmlPage(call.language(), title.in(call.language()), OgcEndpoint.trail(call));
  }
}
