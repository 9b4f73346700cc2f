package org.tequio.mapping.area;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.operation.overlayng.OverlayNG;

/** Cuts an area into the tiles of a zoom. */
public final class TaskGrid {
  /** A project of more tasks than this serves nobody. */
  public static final int MAX_TASKS = 10_000;

  /** The zooms of tasks: from a province to a block. */
  public static final int MIN_ZOOM = 8;

  /** The last zoom. */
  public static final int MAX_ZOOM = 20;

  private TaskGrid() {}

  /** The zoom at which an area makes some thirty tasks or a few more. */
  public static int suggestedZoom(MultiPolygon area) {
    Envelope box = area.getEnvelopeInternal();
    double shrink = Math.cos(Math.toRadians(box.centre().y));
    double squareMeters = Polygons.squareMeters(area);
    int zoom = MIN_ZOOM;
    while (zoom < MAX_ZOOM && squareMeters / Math.pow(GridTile.sideMeters(zoom) * shrink, 2) < 30) {
      zoom++;
    }
    return zoom;
  }

  /**
   * The tiles that share ground with an area, from the south-west, column by column.
   *
   * @param isClipped true to keep of each tile what lies in the area alone
   * @throws InvalidArea where they are too many
   */
  public static List<TaskShape> of(MultiPolygon area, int zoom, boolean isClipped) {
    Envelope box = area.getEnvelopeInternal();
    double side = GridTile.sideMeters(zoom);
    int west = first(Math.ceil(GridTile.metersEast(box.getMinX())), side);
    int east = last(Math.floor(GridTile.metersEast(box.getMaxX())), side);
    int south = first(Math.ceil(GridTile.metersNorth(box.getMinY())), side);
    int north = last(Math.floor(GridTile.metersNorth(box.getMaxY())), side);
    if ((long) (east - west) * (north - south) > 40L * MAX_TASKS) {
      throw tooMany();
    }
    PreparedGeometry prepared = PreparedGeometryFactory.prepare(area);
    List<TaskShape> shapes = new ArrayList<>();
    for (int x = west; x < Math.max(east, west + 1); x++) {
      for (int y = south; y < Math.max(north, south + 1); y++) {
        add(new GridTile(x, y, zoom), area, prepared, isClipped, shapes);
      }
    }
    return shapes;
  }

  /** Of tasks that were made already, those that share ground with an area. */
  public static List<TaskShape> within(
      MultiPolygon area, List<TaskShape> shapes, boolean isClipped) {
    List<TaskShape> kept = new ArrayList<>();
    for (TaskShape shape : shapes) {
      MultiPolygon shared = Polygons.of(shared(area, shape.geometry()));
      boolean isWhole = !isClipped || shared.equalsTopo(shape.geometry());
      if (!shared.isEmpty()) {
        kept.add(isWhole ? shape : new TaskShape(shape.tile(), false, shared, shape.properties()));
      }
    }
    return kept;
  }

  private static int first(double meters, double side) {
    return (int) Math.floor((meters + GridTile.HALF_METERS) / side);
  }

  private static int last(double meters, double side) {
    return (int) Math.ceil((meters + GridTile.HALF_METERS) / side);
  }

  private static void add(
      GridTile tile,
      MultiPolygon area,
      PreparedGeometry prepared,
      boolean isClipped,
      List<TaskShape> into) {
    MultiPolygon square = tile.square();
    if (prepared.contains(square)) {
      into.add(TaskShape.square(tile));
    } else if (prepared.intersects(square)) {
      MultiPolygon shared = Polygons.of(shared(area, square));
      if (shared.isEmpty()) {
        return;
      }
      into.add(
          isClipped
              ? new TaskShape(tile, false, shared, java.util.Map.of())
              : TaskShape.square(tile));
    }
    if (into.size() > MAX_TASKS) {
      throw tooMany();
    }
  }

  static Geometry shared(Geometry a, Geometry b) {
    return OverlayNG.overlay(a, b, OverlayNG.INTERSECTION, Polygons.FACTORY.getPrecisionModel());
  }

  static InvalidArea tooMany() {
    return new InvalidArea(
        "TooManyTasks",
        "resultarían más de " + MAX_TASKS + " tareas; elija tareas más grandes",
        "resultariam mais de " + MAX_TASKS + " tarefas; escolha tarefas maiores",
        "there would be more than " + MAX_TASKS + " tasks; choose larger ones");
  }
}
