package org.tequio.mapping.tables;

import org.jspecify.annotations.Nullable;
import org.tequio.mapping.area.GridTile;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.area.TaskShape;
import org.tequio.mapping.task.TaskState;

/**
 * A task as it stands.
 *
 * @param tile its place in the grid; null for a task of no grid
 * @param geometry its ground, a GeoJSON MultiPolygon
 * @param properties what came with its ground, a JSON object
 * @param mappedBy the account that mapped it; null where nobody did
 * @param validatedBy the account that said that it is good; null where nobody did
 * @param parent the task of which it is a piece; null for a whole one
 * @param updated milliseconds since 1970
 */
public record TaskRow(
    long project,
    int id,
    @Nullable GridTile tile,
    boolean isSquare,
    String geometry,
    String properties,
    TaskState state,
    @Nullable String mappedBy,
    @Nullable String validatedBy,
    @Nullable Integer parent,
    long updated) {

  /** Its ground. */
  public TaskShape shape() {
    return new TaskShape(tile, isSquare, Polygons.parse(geometry), Json.object(properties));
  }
}
