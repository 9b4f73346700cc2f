package org.tequio.publish.tile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.TileCoord;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Coding;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.memory.LayersInMemory;

/**
 * The fast tile path. A tile whose version the client holds costs nothing, a cached one is given as
 * it lies, others are made.
 */
public final class TilesEndpoint {
  /** The deepest level with content of its own; clients enlarge it beyond. */
  public static final int MAX_ZOOM = 16;

  /** The deepest level that is answered. */
  public static final int LAST_ZOOM = 18;

  /** Of vector tiles. */
  public static final String MEDIA_TYPE = "application/vnd.mapbox-vector-tile";

  private static final Pattern COORD = Pattern.compile("[0-9]{1,9}/[0-9]{1,9}/[0-9]{1,9}");

  private static final Parameter<String> Z = path("z", "Level, 0 to 18.");
  private static final Parameter<String> X = path("x", "Column, from the west.");
  private static final Parameter<String> Y =
      path("y", "Row, from the north; .mvt or .pbf may follow, as GDAL writes it.");

  private final LayersInMemory store;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final int maxTileBytes;
  private final TileCache cache;
  private final TileWork work = new TileWork(Runtime.getRuntime().availableProcessors());
  private final ThreadLocal<TileMaker> makers;
  private final Map<LayerId, LayerTiles> newest = new ConcurrentHashMap<>();

  /**
   * Answers from these.
   *
   * @param cacheBytes how much memory tiles ready to be sent may take
   * @param maxTileBytes no tile is larger than this, compressed
   */
  public TilesEndpoint(
      LayersInMemory store,
      PublicLayers layers,
      Permissions permissions,
      long cacheBytes,
      int maxTileBytes) {
    this.store = store;
    this.layers = layers;
    this.permissions = permissions;
    this.maxTileBytes = maxTileBytes;
    this.cache = new TileCache(cacheBytes);
    this.makers = ThreadLocal.withInitial(() -> new TileMaker(store, maxTileBytes));
  }

  private static Parameter<String> path(String name, String description) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        description,
        LocalText.same(name),
        Parameter.schema("integer", "minimum", 0),
        Optional::of);
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/tiles/{layer}/{z}/{x}/{y}", "tile", Action.LAYER_READ, this::tile)
            .summary("A vector tile of one layer; 204 where nothing of it is there.")
            .with(Parameter.LAYER, Z, X, Y, Moment.AS_OF)
            .answers(MEDIA_TYPE, null),
        Endpoint.get("/tiles/{layer}.json", "tileJson", Action.LAYER_READ, this::tileJson)
            .summary("TileJSON 3 of one layer, with what its tiles leave out.")
            .with(Parameter.LAYER)
            .answers("application/json", TileJson.class));
  }

  private Reply tile(Call call) {
    var id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id, Moment.of(call));
    return answer(call, layer, coord(call.path(Z), call.path(X), call.path(Y)));
  }

  /** Answers with a tile of a layer; whether the caller may have it was asked before. */
  public Reply answer(Call call, PublicLayer layer, TileCoord tile) {
    if (!layer.hasGeometry()) {
      return Reply.empty().tagged(layer.version());
    }
    LayerTiles tiles = tilesOf(layer);
    String version = tiles.version(tile);
    if (call.isFresh(version)) {
      return Reply.notModified(version);
    }
    Coding coding = call.coding();
    EncodedTile made = made(tiles, new TileCache.Key(layer.id(), version, tile, coding));
    if (made.isEmpty()) {
      return Reply.empty().tagged(version);
    }
    return Reply.packed(MEDIA_TYPE, made.bytes(), coding)
        .with(
            "Tequio-Tile",
            "features="
                + made.features()
                + " of="
                + made.candidates()
                + " attributes="
                + made.attributes())
        .tagged(version);
  }

  /** Makes a tile, once for all packings, so that it is there when asked for; false if it was. */
  boolean prepare(PublicLayer layer, TileCoord tile) {
    LayerTiles tiles = tilesOf(layer);
    String version = tiles.version(tile);
    TileCache.Key key = new TileCache.Key(layer.id(), version, tile, Coding.GZIP);
    if (cache.find(key).isPresent()) {
      return false;
    }
    EncodedTile made = made(tiles, key);
    if (Coding.BROTLI.isAvailable() && !made.isEmpty()) {
      cache.put(
          new TileCache.Key(layer.id(), version, tile, Coding.BROTLI),
          made.withBytes(Coding.GZIP.repack(made.bytes(), Coding.BROTLI)));
    }
    return true;
  }

  private static TileCoord coord(String z, String x, String row) {
    boolean named = row.endsWith(".mvt") || row.endsWith(".pbf");
    String y = named ? row.substring(0, row.length() - 4) : row;
    String all = z + "/" + x + "/" + y;
    boolean numbers = COORD.matcher(all).matches();
    if (!numbers
        || Integer.parseInt(z) > LAST_ZOOM
        || !TileCoord.isValid(Integer.parseInt(z), Integer.parseInt(x), Integer.parseInt(y))) {
      throw new ProblemException(
          new Problem(
              400,
              "tile-invalid",
              new LocalText("Tesela inexistente", "Tile inexistente", "No such tile"),
              new LocalText(
                  "la tesela " + shortened(all) + " no existe: z de 0 a 18, x e y menores que 2^z",
                  "o tile " + shortened(all) + " não existe: z de 0 a 18, x e y menores que 2^z",
                  "there is no tile " + shortened(all) + ": z from 0 to 18, x and y below 2^z"),
              LocalText.same("z/x/y"),
              all));
    }
    return new TileCoord(Integer.parseInt(z), Integer.parseInt(x), Integer.parseInt(y));
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private LayerTiles tilesOf(PublicLayer layer) {
    LayerTiles known = newest.get(layer.id());
    if (known != null && known.layer().version().equals(layer.version())) {
      return known;
    }
    if (known != null && known.layer().stored().revision() > layer.stored().revision()) {
      // The map as it was.
      return LayerTiles.of(layer);
    }
    LayerTiles next = known == null ? LayerTiles.of(layer) : known.at(layer, store);
    newest.put(layer.id(), next);
    return next;
  }

  private EncodedTile made(LayerTiles tiles, TileCache.Key key) {
    Optional<EncodedTile> cached = cache.find(key);
    return cached.isPresent()
        ? cached.get()
        : work.get(
            key,
            () -> {
              EncodedTile made = makers.get().make(tiles, key.tile(), key.coding());
              cache.put(key, made);
              return made;
            });
  }

  /**
   * Answers with one tile of several layers. Where it would be too large, the largest layers are
   * left out and named.
   */
  public Reply answer(Call call, List<PublicLayer> together, TileCoord tile) {
    CRC32C versions = new CRC32C();
    for (PublicLayer layer : together) {
      String version = layer.hasGeometry() ? tilesOf(layer).version(tile) : layer.version();
      versions.update((layer.id() + version).getBytes(StandardCharsets.UTF_8));
    }
    String tag = "together-" + Long.toHexString(versions.getValue());
    if (call.isFresh(tag)) {
      return Reply.notModified(tag);
    }
    Map<String, byte[]> parts = new LinkedHashMap<>();
    for (PublicLayer layer : together) {
      byte[] bytes = bytes(layer, tile);
      if (bytes.length > 0) {
        parts.put(layer.id().value(), bytes);
      }
    }
    if (parts.isEmpty()) {
      return Reply.empty().tagged(tag);
    }
    List<String> leftOut = new ArrayList<>();
    Coding coding = call.coding() == Coding.BROTLI ? Coding.BROTLI : Coding.GZIP;
    byte[] packed = joined(parts.values(), coding);
    while (packed.length > maxTileBytes && parts.size() > 1) {
      String largest =
          Collections.max(parts.entrySet(), Comparator.comparingInt(part -> part.getValue().length))
              .getKey();
      parts.remove(largest);
      leftOut.add(largest);
      packed = joined(parts.values(), coding);
    }
    return Reply.packed(MEDIA_TYPE, packed, coding)
        .with("Tequio-Tile", "layers=" + parts.size() + " left-out=" + String.join(",", leftOut))
        .tagged(tag);
  }

  // A tile is a list of layers: tiles one after the other are a tile.
  private static byte[] joined(Collection<byte[]> parts, Coding coding) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return coding.pack(all.toByteArray(), all.size());
  }

  /** A tile of a layer, not compressed; empty where nothing of it is there. */
  private byte[] bytes(PublicLayer layer, TileCoord tile) {
    if (!layer.hasGeometry()) {
      return EncodedTile.EMPTY.bytes();
    }
    LayerTiles tiles = tilesOf(layer);
    return made(tiles, new TileCache.Key(layer.id(), tiles.version(tile), tile, Coding.IDENTITY))
        .bytes();
  }

  /** TileJSON 3. */
  public record TileJson(
      String tilejson,
      String name,
      @Nullable String description,
      @Nullable String attribution,
      String version,
      String scheme,
      List<String> tiles,
      int minzoom,
      int maxzoom,
      @Nullable List<Double> bounds,
      List<VectorLayer> vector_layers,
      Loss loss) {}

  /** One layer of the tiles. */
  public record VectorLayer(
      String id, String description, int minzoom, int maxzoom, Map<String, String> fields) {}

  /** What tiles leave out; every tile also says in its header Tequio-Tile how much it kept. */
  public record Loss(
      int maxTileBytes,
      int fullDetailFromZoom,
      double toleranceUnits,
      double tinyPolygonUnits,
      int pointCellUnits,
      int allAttributesFromZoom,
      List<String> attributesBelow,
      String rule) {}

  static final LocalText RULE =
      new LocalText(
          "Antes del nivel de detalle completo los contornos se simplifican y los polígonos"
              + " diminutos se dibujan como cuadros que conservan en promedio el área; donde los"
              + " elementos son demasiados se dibujan los mayores y, de los menores, una parte que"
              + " los representa: cuadros más grandes y más escasos, algunas de las líneas cortas,"
              + " un punto de cada tantos. Una tesela mayor que el máximo pierde después atributos"
              + " y al final elementos.",
          "Antes do nível de detalhe completo os contornos são simplificados e os polígonos"
              + " minúsculos são desenhados como quadrados que conservam em média a área; onde os"
              + " elementos são demais desenham-se os maiores e, dos menores, uma parte que os"
              + " representa: quadrados maiores e mais escassos, algumas das linhas curtas, um"
              + " ponto de cada tantos. Um tile maior que o máximo perde depois atributos e por"
              + " fim elementos.",
          "Below the level of full detail outlines are simplified and tiny polygons are drawn as"
              + " squares that keep the area on average; where features are too many the larger"
              + " ones are drawn, and of the small ones a share that stands for all: larger and"
              + " fewer squares, some of the short lines, one point in so many. A tile above the"
              + " maximum then loses attributes and features at last.");

  private Reply tileJson(Call call) {
    var id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id);
    if (!layer.hasGeometry()) {
      throw new ProblemException(Problem.notFound(id + ".json"));
    }
    var record = layer.record();
    return Reply.json(
            describe(
                call,
                List.of(layer),
                record.title(),
                record.description(),
                call.link("/tiles/" + id + "/{z}/{x}/{y}")))
        .tagged(layer.version() + "-" + call.language().tag());
  }

  /**
   * TileJSON of layers whose tiles come together.
   *
   * @param template of the addresses of the tiles
   */
  public TileJson describe(
      Call call,
      List<PublicLayer> together,
      LocalText name,
      @Nullable LocalText description,
      String template) {
    var language = call.language();
    List<VectorLayer> content = new ArrayList<>();
    Set<String> attribution = new LinkedHashSet<>();
    Set<String> attributesBelow = new LinkedHashSet<>();
    Bbox around = null;
    for (PublicLayer layer : together) {
      Map<String, String> fields = new LinkedHashMap<>();
      layer
          .fields()
          .forEach(field -> fields.put(field.name(), field.type().name().toLowerCase(Locale.ROOT)));
      String title = layer.record().title().in(language);
      content.add(new VectorLayer(layer.id().value(), title, 0, MAX_ZOOM, fields));
      TileMaker.fields(layer, 0).forEach(field -> attributesBelow.add(field.name()));
      if (layer.record().department() != null) {
        attribution.add(layer.record().department());
      }
      Bbox extent = layer.record().extent();
      around = around == null ? extent : extent == null ? around : around.union(extent);
    }
    return new TileJson(
        "3.0.0",
        name.in(language),
        description == null ? null : description.in(language),
        attribution.isEmpty() ? null : String.join(", ", attribution),
        "1.0.0",
        "xyz",
        List.of(template),
        0,
        MAX_ZOOM,
        around == null ? null : List.of(around.minX(), around.minY(), around.maxX(), around.maxY()),
        content,
        new Loss(
            maxTileBytes,
            TileMaker.FULL_DETAIL_FROM_ZOOM,
            1,
            16,
            6,
            TileMaker.ALL_ATTRIBUTES_FROM_ZOOM,
            List.copyOf(attributesBelow),
            RULE.in(language)));
  }
}
