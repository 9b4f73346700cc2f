package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.LayerId;
import org.tequio.formats.TileArchiveContents;
import org.tequio.formats.TileArchiveFormat;
import org.tequio.http.ProblemException;
import org.tequio.publish.TileArchiveOrder;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code tiles CITY LAYER,… FILE}: the tiles of layers in one file, to be used without a server.
 */
@Command(name = "tiles")
final class TilesCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", paramLabel = "LAYER", split = ",")
  private List<String> layers = List.of();

  @Parameters(index = "2", paramLabel = "FILE")
  private Path file = Path.of("");

  @Option(names = "--bbox", paramLabel = "WEST,SOUTH,EAST,NORTH")
  private @Nullable String bbox;

  @Option(names = "--area", paramLabel = "FILE")
  private @Nullable Path area;

  @Option(names = "--zooms", paramLabel = "MIN-MAX")
  private String zooms = "0-" + TileArchiveOrder.FULL_ZOOM;

  @Override
  ExitCode run() throws Exception {
    TileArchiveFormat format =
        TileArchiveFormat.find(file.getFileName().toString())
            .orElseThrow(() -> new CommandProblem(ExitCode.REFUSED, unknownFormat()));
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("tiles.folder", file));
    }
    int[] levels = levels();
    Geometry within = within();
    try (City open = open(city);
        ProgressBar progress = progress()) {
      List<LayerId> ids = new ArrayList<>();
      for (String layer : layers) {
        ids.add(layer(open, layer));
      }
      TileArchiveOrder order =
          new TileArchiveOrder(ids, within, levels[0], levels[1], format, terminal().language());
      TileArchiveContents made =
          open.publish()
              .writeTiles(order, file, Runtime.getRuntime().availableProcessors(), progress);
      progress.close();
      terminal()
          .say(
              "tiles.done",
              file,
              terminal().number(made.tiles()),
              terminal().number(made.distinct()),
              terminal().number(Math.ceilDiv(made.bytes(), 1_000)));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file.toString());
      document.put("layers", ids.stream().map(LayerId::value).toList());
      document.put("minZoom", levels[0]);
      document.put("maxZoom", levels[1]);
      document.put("tiles", made.tiles());
      document.put("distinct", made.distinct());
      document.put("bytes", made.bytes());
      terminal().answer(document);
      return ExitCode.OK;
    } catch (ProblemException e) {
      throw new CommandProblem(ExitCode.REFUSED, e.problem().detail().in(terminal().language()));
    }
  }

  private String unknownFormat() {
    String known =
        Arrays.stream(TileArchiveFormat.values())
            .map(TileArchiveFormat::extension)
            .collect(Collectors.joining(", "));
    return terminal().text("export.format", file.getFileName(), known);
  }

  private int[] levels() {
    if (zooms.matches("[0-9]{1,2}(-[0-9]{1,2})?")) {
      String[] ends = zooms.split("-");
      int[] levels = {Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])};
      if (levels[0] <= levels[1] && levels[1] <= TileArchiveOrder.LAST_ZOOM) {
        return levels;
      }
    }
    throw new CommandProblem(
        ExitCode.USAGE, terminal().text("tiles.zooms", TileArchiveOrder.LAST_ZOOM, zooms));
  }

  private @Nullable Geometry within() throws IOException {
    if (bbox != null && area != null) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("tiles.either"));
    }
    if (area != null) {
      return readArea(area);
    }
    return bbox == null ? null : box(bbox);
  }

  private Geometry box(String text) {
    String[] parts = text.split(",", 5);
    double[] at = new double[4];
    boolean right = parts.length == 4;
    for (int i = 0; right && i < 4; i++) {
      right = parts[i].matches("-?[0-9]{1,3}(\\.[0-9]{1,15})?");
      at[i] = right ? Double.parseDouble(parts[i]) : 0;
    }
    if (!right || at[0] > at[2] || at[1] > at[3]) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("tiles.bbox", text));
    }
    return new GeometryFactory().toGeometry(new Envelope(at[0], at[2], at[1], at[3]));
  }
}
