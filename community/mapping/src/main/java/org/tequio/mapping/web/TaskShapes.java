package org.tequio.mapping.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tequio.mapping.area.GridTile;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.area.TaskShape;

/** Tasks that are not made yet, as GeoJSON. */
final class TaskShapes {
  private TaskShapes() {}

  static byte[] write(List<TaskShape> shapes) {
    StringBuilder text = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < shapes.size(); i++) {
      TaskShape shape = shapes.get(i);
      GridTile tile = shape.tile();
      text.append(i == 0 ? "" : ",")
          .append("{\"type\":\"Feature\",\"geometry\":")
          .append(Polygons.write(shape.geometry()))
          .append(",\"properties\":{\"x\":")
          .append(tile == null ? "null" : "" + tile.x())
          .append(",\"y\":")
          .append(tile == null ? "null" : "" + tile.y())
          .append(",\"zoom\":")
          .append(tile == null ? "null" : "" + tile.zoom())
          .append(",\"isSquare\":")
          .append(shape.isSquare())
          .append("}}");
    }
    return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
