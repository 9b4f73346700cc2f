package org.tequio.mapping.area;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;

/**
 * The ground of one task.
 *
 * @param tile its place in the grid; null for a task that is of no grid
 * @param isSquare true where it is the whole tile
 * @param geometry its ground
 * @param properties what came with it, for its instructions
 */
public record TaskShape(
    @Nullable GridTile tile,
    boolean isSquare,
    MultiPolygon geometry,
    Map<String, Object> properties) {
  /** Copies the properties. */
  public TaskShape {
    properties = Map.copyOf(properties);
  }

  /** The whole of a tile. */
  static TaskShape square(GridTile tile) {
    return new TaskShape(tile, true, tile.square(), Map.of());
  }
}
