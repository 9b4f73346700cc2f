package org.tequio.mapping.area;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.MultiPolygon;

/** Cuts a task into up to four: a square into its tiles, anything else at its centroid. */
public final class TaskSplit {
  /** A mapper cuts nothing smaller. */
  private static final double SMALL_SQUARE_METERS = 25_000;

  private static final int SMALL_ZOOM = 18;

  private TaskSplit() {}

  /** True where only a coordinator cuts it further. */
  public static boolean isSmall(TaskShape shape) {
    GridTile tile = shape.tile();
    return tile != null && tile.zoom() >= SMALL_ZOOM
        || Polygons.squareMeters(shape.geometry()) < SMALL_SQUARE_METERS;
  }

  /** True where nobody cuts it further: the pieces would be as nothing. */
  public static boolean isLeast(TaskShape shape) {
    return Polygons.squareMeters(shape.geometry()) < 100;
  }

  /** The pieces; together they are the same ground, and no two share any. */
  public static List<TaskShape> split(TaskShape shape) {
    List<TaskShape> pieces = new ArrayList<>();
    GridTile tile = shape.tile();
    if (tile != null && shape.isSquare()) {
      for (int east = 0; east < 2; east++) {
        for (int north = 0; north < 2; north++) {
          GridTile child = tile.child(east, north);
          pieces.add(new TaskShape(child, true, child.square(), shape.properties()));
        }
      }
      return pieces;
    }
    Envelope box = shape.geometry().getEnvelopeInternal();
    Coordinate middle = shape.geometry().getCentroid().getCoordinate();
    Polygons.FACTORY.getPrecisionModel().makePrecise(middle);
    double[] xs = {box.getMinX(), middle.x, box.getMaxX()};
    double[] ys = {box.getMinY(), middle.y, box.getMaxY()};
    for (int east = 0; east < 2; east++) {
      for (int north = 0; north < 2; north++) {
        MultiPolygon quarter = Polygons.box(xs[east], ys[north], xs[east + 1], ys[north + 1]);
        MultiPolygon piece = Polygons.of(TaskGrid.shared(shape.geometry(), quarter));
        if (!piece.isEmpty()) {
          pieces.add(new TaskShape(null, false, piece, shape.properties()));
        }
      }
    }
    return pieces;
  }
}
