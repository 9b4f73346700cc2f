package org.tequio.catalogue.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.tequio.feature.Bbox;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;

/**
 * Where a layer has something to say, as far as its features show: the cells of a grid of 64 by 64
 * that polygons touch, or the hull of the cells that hold points and lines. It errs by at most a
 * cell. Not thread-safe.
 */
final class CoverageGrid {
  private static final int SIDE = 64;
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private final Bbox box;
  private final double cellX;
  private final double cellY;
  private final BitSet cells = new BitSet(SIDE * SIDE);
  private final BitSet filling = new BitSet(SIDE * SIDE);
  private final double[] crossings = new double[4096];
  private boolean polygons;

  /** A grid over the layer's extent, in the layer's system. */
  CoverageGrid(Bbox extent) {
    double least = Math.max(Math.max(extent.width(), extent.height()) * 1e-6, 1e-9);
    box = extent.expandedBy(least);
    cellX = box.width() / SIDE;
    cellY = box.height() / SIDE;
  }

  private int column(double x) {
    return (int) Math.max(0, Math.min(SIDE - 1, Math.floor((x - box.minX()) / cellX)));
  }

  private int row(double y) {
    return (int) Math.max(0, Math.min(SIDE - 1, Math.floor((y - box.minY()) / cellY)));
  }

  /** Adds a feature that lies within the grid. */
  void add(byte[] wkb, double[] envelope) {
    int left = column(envelope[0]);
    int right = column(envelope[2]);
    int bottom = row(envelope[1]);
    int top = row(envelope[3]);
    GeometryType type = Wkb.type(wkb, 0);
    boolean areal = type.dimension() == 2;
    polygons |= areal;
    if (right - left <= 1 && top - bottom <= 1) {
      for (int r = bottom; r <= top; r++) {
        cells.set(r * SIDE + left, r * SIDE + right + 1);
      }
      return;
    }
    Wkb.forEachRun(wkb, 0, (at, stride, n) -> edges(wkb, at, stride, n));
    if (areal) {
      for (int r = bottom; r <= top; r++) {
        fill(wkb, r);
      }
    }
  }

  private void edges(byte[] wkb, int at, int stride, int n) {
    double fromX = Wkb.getDouble(wkb, at);
    double fromY = Wkb.getDouble(wkb, at + 8);
    mark(fromX, fromY);
    for (int i = 1, p = at + stride; i < n; i++, p += stride) {
      double toX = Wkb.getDouble(wkb, p);
      double toY = Wkb.getDouble(wkb, p + 8);
      edge(fromX, fromY, toX, toY);
      fromX = toX;
      fromY = toY;
    }
  }

  /** Marks every cell that an edge passes, row by row of the grid. */
  private void edge(double fromX, double fromY, double toX, double toY) {
    double low = Math.max(Math.min(fromY, toY), box.minY());
    double high = Math.min(Math.max(fromY, toY), box.maxY());
    double slope = toY == fromY ? 0 : (toX - fromX) / (toY - fromY);
    for (int r = row(low); low <= high && r <= row(high); r++) {
      double bottom = Math.max(low, box.minY() + r * cellY);
      double top = Math.min(high, box.minY() + (r + 1) * cellY);
      double x1 = toY == fromY ? fromX : fromX + (bottom - fromY) * slope;
      double x2 = toY == fromY ? toX : fromX + (top - fromY) * slope;
      double left = Math.min(x1, x2);
      double right = Math.max(x1, x2);
      if (right >= box.minX() && left <= box.maxX()) {
        cells.set(r * SIDE + column(left), r * SIDE + column(right) + 1);
      }
    }
  }

  private void mark(double x, double y) {
    if (box.contains(x, y)) {
      cells.set(row(y) * SIDE + column(x));
    }
  }

  /** Sets the cells of one row of the grid whose centre lies inside the polygon (even-odd). */
  private void fill(byte[] wkb, int row) {
    double y = box.minY() + (row + 0.5) * cellY;
    int[] found = new int[1];
    Wkb.forEachRun(
        wkb,
        0,
        (at, stride, n) -> {
          for (int i = 1, p = at; i < n; i++, p += stride) {
            double y1 = Wkb.getDouble(wkb, p + 8);
            double y2 = Wkb.getDouble(wkb, p + stride + 8);
            if ((y1 <= y) != (y2 <= y) && found[0] < crossings.length) {
              double x1 = Wkb.getDouble(wkb, p);
              double x2 = Wkb.getDouble(wkb, p + stride);
              crossings[found[0]++] = x1 + (y - y1) / (y2 - y1) * (x2 - x1);
            }
          }
        });
    Arrays.sort(crossings, 0, found[0]);
    for (int i = 0; i + 1 < found[0]; i += 2) {
      int from = column(crossings[i]);
      int to = column(crossings[i + 1]);
      filling.set(row * SIDE + from, row * SIDE + to + 1);
    }
  }

  /** The coverage in longitude and latitude; null where nothing was added. */
  @Nullable Geometry toDegrees(CrsOperation operation) {
    cells.or(filling);
    if (cells.isEmpty()) {
      return null;
    }
    List<Geometry> runs = new ArrayList<>();
    for (int r = 0; r < SIDE; r++) {
      int end = (r + 1) * SIDE;
      for (int from = cells.nextSetBit(r * SIDE); from >= 0 && from < end; ) {
        int to = Math.min(end, cells.nextClearBit(from));
        runs.add(rectangle(from - r * SIDE, to - r * SIDE, r));
        from = cells.nextSetBit(to);
      }
    }
    Geometry union = UnaryUnionOp.union(runs);
    Geometry shape = polygons ? union : union.convexHull();
    Geometry degrees = shape.copy();
    for (Coordinate coordinate : degrees.getCoordinates()) {
      double[] xy = {coordinate.x, coordinate.y};
      operation.apply(xy, 1);
      if (!Double.isFinite(xy[0]) || !Double.isFinite(xy[1])) {
        return null;
      }
      coordinate.x = xy[0];
      coordinate.y = xy[1];
    }
    degrees.geometryChanged();
    return degrees;
  }

  private Geometry rectangle(int from, int to, int row) {
    return FACTORY.toGeometry(
        new Envelope(
            box.minX() + from * cellX,
            box.minX() + to * cellX,
            box.minY() + row * cellY,
            box.minY() + (row + 1) * cellY));
  }
}
