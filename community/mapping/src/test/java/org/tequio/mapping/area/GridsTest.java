package org.tequio.mapping.area;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How areas of every kind are cut, written down: the page that draws the grid before there is a
 * project reads the same file and must cut them alike. Accepted with {@code -Dbless}.
 */
class GridsTest {
  private static final Path FOLDER = Path.of("src/test/resources/org/tequio/mapping/area");

  @Test
  void areasOfEveryKindAreCutAsIsWrittenDown() throws IOException {
    StringJoiner cuts = new StringJoiner(",\n", "[\n", "\n]\n");
    for (JsonNode one :
        JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("areas.json")))) {
      AreaOfInterest area = AreaOfInterest.read(one.path("area"));
      for (int finer = 0; finer < 2; finer++) {
        int zoom = one.path("zoom").asInt() + finer;
        cuts.add(
            "{\"name\":"
                + one.path("name")
                + ",\"zoom\":"
                + zoom
                + ",\"suggestedZoom\":"
                + TaskGrid.suggestedZoom(area.area())
                + ",\"squareMeters\":"
                + Math.round(Polygons.squareMeters(area.area()))
                + ",\"whole\":"
                + tiles(area, zoom)
                + ",\"clipped\":"
                + clipped(area, zoom)
                + "}");
      }
    }

    Path golden = FOLDER.resolve("grids.json");
    if (System.getProperty("bless") != null) {
      Files.writeString(golden, cuts.toString(), StandardCharsets.UTF_8);
    }
    assertThat(cuts.toString())
        .as("areas are cut in another way; accept it with -Dbless")
        .isEqualTo(Files.readString(golden));
  }

  private static String tiles(AreaOfInterest area, int zoom) {
    StringJoiner tiles = new StringJoiner(",", "[", "]");
    for (TaskShape shape : TaskGrid.of(area.area(), zoom, false)) {
      tiles.add("[" + tile(shape) + "]");
    }
    return tiles.toString();
  }

  /** Of those that are cut, the ground. */
  private static String clipped(AreaOfInterest area, int zoom) {
    StringJoiner tiles = new StringJoiner(",", "[", "]");
    for (TaskShape shape : TaskGrid.of(area.area(), zoom, true)) {
      tiles.add(
          "["
              + tile(shape)
              + (shape.isSquare() ? "" : "," + Polygons.write(shape.geometry()))
              + "]");
    }
    return tiles.toString();
  }

  private static String tile(TaskShape shape) {
    GridTile tile = shape.tile();
    return tile == null ? "" : tile.x() + "," + tile.y();
  }
}
