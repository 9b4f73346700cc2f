package org.tequio.mapping.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.mapping.area.AreaFile;
import org.tequio.mapping.area.AreaOfInterest;
import org.tequio.mapping.area.GivenTasks;
import org.tequio.mapping.area.TaskGrid;
import org.tequio.mapping.area.TaskShape;
import tools.jackson.databind.JsonNode;

/** The ground of a project before there is one: the area of a file, the tiles of an area. */
final class GroundEndpoint {
  private static final String JSON = "application/json";
  private static final String GEO_JSON = "application/geo+json";
  private static final Parameter<String> FILE_NAME =
      Parameter.text("name", "The name of the file; its end says what it is.", 300);

  private static final Pattern EXTENSION =
      Pattern.compile("(\\.(osm|shp|geojson))?\\.[a-z0-9]{1,8}$");

  /** No area takes more. */
  private static final long MOST_FILE_BYTES = 20L << 20;

  private final Permissions permissions;

  GroundEndpoint(Permissions permissions) {
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                "/api/v2/projects/actions/intersecting-tiles/",
                "intersectingTiles",
                MappingAction.CREATE,
                Answering.shaped(this::tiles))
            .takes(JSON, Tiles.class)
            .answers(GEO_JSON, null)
            .summary("The tasks into which an area would be cut."),
        Endpoint.ask(
                "/api/v2/projects/actions/read-area/",
                "readAreaFile",
                MappingAction.CREATE,
                Answering.shaped(this::readArea))
            .with(FILE_NAME)
            .takes("application/octet-stream", null)
            .answers(GEO_JSON, null)
            .summary("The polygons of a file: GeoJSON, KML, zipped shapefile, GeoPackage, OSM."));
  }

  static void requireZoom(@Nullable Integer zoom) {
    if (zoom != null && (zoom < TaskGrid.MIN_ZOOM || zoom > TaskGrid.MAX_ZOOM)) {
      throw new IllegalArgumentException(
          "zoom is from " + TaskGrid.MIN_ZOOM + " to " + TaskGrid.MAX_ZOOM);
    }
  }

  static List<TaskShape> grid(MultiPolygon area, @Nullable Integer zoom, boolean clip) {
    return TaskGrid.of(area, zoom == null ? TaskGrid.suggestedZoom(area) : zoom, clip);
  }

  /**
   * An area to be cut.
   *
   * @param grid tiles that were made already; null to have them made
   */
  record Tiles(
      JsonNode areaOfInterest,
      @Nullable JsonNode grid,
      @Nullable Integer zoom,
      @Nullable Boolean clipToAoi) {
    Tiles {
      requireZoom(zoom);
    }
  }

  private Reply tiles(Call call) {
    permissions.requireSome(call, MappingAction.CREATE);
    Tiles wanted = call.json(Tiles.class);
    MultiPolygon area = AreaOfInterest.read(wanted.areaOfInterest()).area();
    boolean clip = Boolean.TRUE.equals(wanted.clipToAoi());
    List<TaskShape> shapes =
        wanted.grid() == null || wanted.grid().isNull()
            ? grid(area, wanted.zoom(), clip)
            : TaskGrid.within(area, GivenTasks.read(wanted.grid(), false), clip);
    return Reply.text(GEO_JSON, TaskShapes.write(shapes));
  }

  private Reply readArea(Call call) throws IOException {
    permissions.requireSome(call, MappingAction.CREATE);
    Path scratch = Files.createTempDirectory("tequio-area-");
    try {
      Path file = scratch.resolve("area" + extension(call.required(FILE_NAME)));
      try (InputStream body = call.body(MOST_FILE_BYTES)) {
        Files.copy(body, file);
      }
      return Reply.text(GEO_JSON, TaskShapes.write(AreaFile.read(file, scratch).parts()));
    } finally {
      try (Stream<Path> left = Files.walk(scratch)) {
        for (Path one : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(one);
        }
      }
    }
  }

  // Only what says what the file is: the rest of a name is for people.
  private static String extension(String name) {
    Matcher end = EXTENSION.matcher(name.toLowerCase(Locale.ROOT));
    return end.find() ? end.group() : "";
  }
}
