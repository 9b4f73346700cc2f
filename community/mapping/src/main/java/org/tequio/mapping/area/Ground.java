package org.tequio.mapping.area;

import java.util.List;
import org.locationtech.jts.geom.MultiPolygon;

/**
 * Where a project is.
 *
 * @param area all of it
 * @param tasks into which it is cut
 * @param isGrid true where they are tiles
 */
public record Ground(MultiPolygon area, List<TaskShape> tasks, boolean isGrid) {
  /** Copies the tasks. */
  public Ground {
    tasks = List.copyOf(tasks);
  }
}
