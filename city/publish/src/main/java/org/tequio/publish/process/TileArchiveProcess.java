package org.tequio.publish.process;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.filter.Area;
import org.tequio.feature.filter.FilterRefused;
import org.tequio.formats.TileArchiveFormat;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.TileArchiveOrder;
import org.tequio.publish.tile.TileArchives;

/** The process {@code tile-archive}: the tiles of layers in one file, for maps without a server. */
public final class TileArchiveProcess implements CityProcess {
  private static final String LAYERS = "layers";
  private static final String BBOX = "bbox";
  private static final String AREA = "area";
  private static final String MIN_ZOOM = "minZoom";
  private static final String MAX_ZOOM = "maxZoom";
  private static final String FORMAT = "format";

  /** The server's other work goes on beside a job. */
  private static final int THREADS = 1;

  private final TileArchives archives;

  /** Makes archives by this. */
  public TileArchiveProcess(TileArchives archives) {
    this.archives = archives;
  }

  @Override
  public String id() {
    return "tile-archive";
  }

  @Override
  public LocalText title() {
    return new LocalText("Llevarse el mapa", "Levar o mapa consigo", "Take the map offline");
  }

  @Override
  public LocalText description() {
    return new LocalText(
        "Las teselas vectoriales de capas en un solo archivo, PMTiles o MBTiles, para mapas sin"
            + " servidor.",
        "Os ladrilhos vetoriais de camadas em um só arquivo, PMTiles ou MBTiles, para mapas sem"
            + " servidor.",
        "The vector tiles of layers in one file, PMTiles or MBTiles, for maps without a server.");
  }

  @Override
  public List<ProcessInput> inputs() {
    return List.of(
        new ProcessInput(
            LAYERS,
            new LocalText("Capas", "Camadas", "Layers"),
            new LocalText(
                "Identificadores de capas con lugar.",
                "Identificadores de camadas com lugar.",
                "Identifiers of layers that have a place."),
            Parameter.schema("string", "pattern", "^[a-z][a-z0-9_]{0,59}$"),
            1,
            TileArchiveOrder.MOST_LAYERS),
        new ProcessInput(
            BBOX,
            new LocalText("Caja", "Caixa", "Box"),
            new LocalText(
                "Solo teselas que tocan esta caja: oeste, sur, este, norte en grados.",
                "Só ladrilhos que tocam esta caixa: oeste, sul, leste, norte em graus.",
                "Only tiles that touch this box: west, south, east, north in degrees."),
            ProcessOrder.boxSchema(),
            0,
            1),
        new ProcessInput(
            AREA,
            new LocalText("Área", "Área", "Area"),
            new LocalText(
                "Solo teselas que tocan este polígono de longitudes y latitudes, GeoJSON o WKT.",
                "Só ladrilhos que tocam este polígono de longitudes e latitudes, GeoJSON ou WKT.",
                "Only tiles that touch this polygon of longitudes and latitudes, GeoJSON or WKT."),
            ProcessOrder.areaSchema(),
            0,
            1),
        zoom(MIN_ZOOM, 0, new LocalText("Primer nivel", "Primeiro nível", "First level")),
        zoom(
            MAX_ZOOM,
            TileArchiveOrder.FULL_ZOOM,
            new LocalText("Último nivel", "Último nível", "Last level")),
        new ProcessInput(
            FORMAT,
            new LocalText("Formato", "Formato", "Format"),
            LocalText.same("PMTiles 3, MBTiles 1.3"),
            Parameter.schema(
                "string",
                "enum",
                Arrays.stream(TileArchiveFormat.values())
                    .map(TileArchiveFormat::extension)
                    .toList(),
                "default",
                TileArchiveFormat.PMTILES.extension()),
            0,
            1));
  }

  private static ProcessInput zoom(String id, int otherwise, LocalText title) {
    return new ProcessInput(
        id,
        title,
        new LocalText(
            "De 0 a 18; los mapas amplían el último.",
            "De 0 a 18; os mapas ampliam o último.",
            "From 0 to 18; maps enlarge the last."),
        Parameter.schema(
            "integer", "minimum", 0, "maximum", TileArchiveOrder.LAST_ZOOM, "default", otherwise),
        0,
        1);
  }

  @Override
  public Map<String, Object> outputSchema() {
    Map<String, Object> either = new LinkedHashMap<>();
    either.put(
        "oneOf",
        Arrays.stream(TileArchiveFormat.values())
            .map(
                format ->
                    Parameter.schema(
                        "string",
                        "contentEncoding",
                        "binary",
                        "contentMediaType",
                        format.mediaType()))
            .toList());
    return either;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public List<LayerId> layers(ProcessOrder order) {
    return order.texts(LAYERS).stream().map(LayerId::new).toList();
  }

  @Override
  public Task prepare(ProcessOrder order) {
    TileArchiveFormat format =
        order.text(FORMAT).flatMap(TileArchiveFormat::find).orElse(TileArchiveFormat.PMTILES);
    int minZoom = order.integer(MIN_ZOOM).orElse(0);
    int maxZoom = order.integer(MAX_ZOOM).orElse(Math.max(minZoom, TileArchiveOrder.FULL_ZOOM));
    if (maxZoom < minZoom) {
      throw new ProblemException(
          Problem.invalidParameter(
              "inputs." + MAX_ZOOM, LocalText.same("≥ " + minZoom), String.valueOf(maxZoom)));
    }
    TileArchiveOrder tiles =
        new TileArchiveOrder(
            layers(order), area(order), minZoom, maxZoom, format, order.language());
    archives.count(tiles);
    String name = tiles.layers().size() == 1 ? tiles.layers().getFirst().value() : "map";
    return (folder, progress) -> {
      Path file = folder.resolve(name + '.' + format.extension());
      archives.write(tiles, file, THREADS, progress);
      return new ProcessFile(file, format.mediaType());
    };
  }

  private static @Nullable Geometry area(ProcessOrder order) {
    List<Double> box = order.box(BBOX);
    Optional<String> drawn = order.parameter(AREA);
    if (drawn.isPresent() && !box.isEmpty()) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "dé 'bbox' o 'area', no ambos",
                  "dê 'bbox' ou 'area', não ambos",
                  "give either 'bbox' or 'area'")));
    }
    if (drawn.isPresent()) {
      try {
        return Area.parse(drawn.get()).geometry();
      } catch (FilterRefused e) {
        throw new ProblemException(Problem.invalidBody(e.why()));
      }
    }
    return box.isEmpty() ? null : rectangle(box);
  }

  private static Geometry rectangle(List<Double> box) {
    if (box.get(0) > box.get(2) || box.get(1) > box.get(3)) {
      throw new ProblemException(
          Problem.invalidParameter(
              "inputs." + BBOX,
              new LocalText(
                  "oeste,sur,este,norte", "oeste,sul,leste,norte", "west,south,east,north"),
              box.toString()));
    }
    return new GeometryFactory()
        .toGeometry(new Envelope(box.get(0), box.get(2), box.get(1), box.get(3)));
  }
}
