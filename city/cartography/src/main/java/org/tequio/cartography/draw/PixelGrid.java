package org.tequio.cartography.draw;

import org.jspecify.annotations.Nullable;
import org.tequio.cartography.MapView;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;

/**
 * Takes positions of a layer to pixels of a picture. Over the part of the layer that the picture
 * can show, the exact change of coordinates is known at the corners of a grid and interpolated
 * between them; the grid is made finer until that is off by {@value #MOST_ERROR} pixels at most.
 * Positions outside the grid, or where no grid is fine enough, go through the exact operation.
 * Immutable and thread-safe.
 */
final class PixelGrid {
  /** How far an interpolated position may be from the exact one, in pixels. */
  static final double MOST_ERROR = 0.1;

  private static final int MOST_CELLS = 64;

  private final MapView view;
  private final CrsOperation operation;
  private final Bbox domain;
  private final int cells;
  private final double @Nullable [] corners;

  private PixelGrid(MapView view, CrsOperation operation, Bbox domain) {
    this.view = view;
    this.operation = operation;
    this.domain = domain;
    double[] fitted = null;
    int fine = 1;
    if (domain.width() > 0 && domain.height() > 0) {
      for (int n = 1; n <= MOST_CELLS && fitted == null; n *= 2) {
        fitted = fitted(n);
        fine = n;
      }
    }
    this.cells = fine;
    this.corners = fitted;
  }

  /**
   * The grid for one layer in one picture; null where the picture can show nothing of the layer.
   *
   * @param extent around the layer, in its own system
   * @param margin pixels around the picture from where signs reach into it
   */
  static @Nullable PixelGrid of(MapView view, Crs layer, Bbox extent, double margin) {
    CrsRegistry registry = CrsRegistry.standard();
    Bbox reach =
        view.box()
            .expandedBy(
                margin
                    * Math.max(
                        view.box().width() / view.width(), view.box().height() / view.height()));
    Bbox domain;
    try {
      domain = registry.operation(view.crs(), layer).apply(reach);
    } catch (IllegalArgumentException e) {
      // The picture lies where the layer's system has no positions: the layer itself decides.
      domain = extent;
    }
    if (!domain.intersects(extent)) {
      return null;
    }
    Bbox both =
        new Bbox(
            Math.max(domain.minX(), extent.minX()),
            Math.max(domain.minY(), extent.minY()),
            Math.min(domain.maxX(), extent.maxX()),
            Math.min(domain.maxY(), extent.maxY()));
    double more = Math.max(both.width(), both.height()) * 0.01;
    return new PixelGrid(
        view, registry.operation(layer, view.crs()), both.expandedBy(Math.max(more, 1e-9)));
  }

  /** What to ask the store for, in the layer's system. */
  Bbox domain() {
    return domain;
  }

  /** True where positions are interpolated. */
  boolean isFitted() {
    return corners != null;
  }

  /** Changes pairs x, y in place to pixels; NaN where a position has no place in the picture. */
  void apply(double[] xy, int pairs) {
    double[] grid = corners;
    if (grid == null) {
      exact(xy, pairs);
      return;
    }
    double perX = cells / domain.width();
    double perY = cells / domain.height();
    double[] one = null;
    for (int i = 0; i < 2 * pairs; i += 2) {
      double u = (xy[i] - domain.minX()) * perX;
      double v = (xy[i + 1] - domain.minY()) * perY;
      if (u >= 0 && v >= 0 && u <= cells && v <= cells) {
        int column = Math.min((int) u, cells - 1);
        int row = Math.min((int) v, cells - 1);
        interpolate(grid, column, row, u - column, v - row, xy, i);
      } else {
        one = one == null ? new double[2] : one;
        one[0] = xy[i];
        one[1] = xy[i + 1];
        exact(one, 1);
        xy[i] = one[0];
        xy[i + 1] = one[1];
      }
    }
  }

  private void interpolate(
      double[] grid, int column, int row, double fx, double fy, double[] into, int at) {
    int low = 2 * (row * (cells + 1) + column);
    int high = low + 2 * (cells + 1);
    for (int k = 0; k < 2; k++) {
      double below = grid[low + k] + fx * (grid[low + 2 + k] - grid[low + k]);
      double above = grid[high + k] + fx * (grid[high + 2 + k] - grid[high + k]);
      into[at + k] = below + fy * (above - below);
    }
  }

  private void exact(double[] xy, int pairs) {
    operation.apply(xy, pairs);
    double perX = view.width() / view.box().width();
    double perY = view.height() / view.box().height();
    for (int i = 0; i < 2 * pairs; i += 2) {
      xy[i] = (xy[i] - view.box().minX()) * perX;
      xy[i + 1] = (view.box().maxY() - xy[i + 1]) * perY;
    }
  }

  /**
   * The corners of n by n cells; null where that is too coarse, or a corner has no place. Checked
   * in the middle of every side, where curvature along one axis shows alone: in the middle of a
   * cell the two of a conformal map cancel.
   */
  private double @Nullable [] fitted(int n) {
    double[] corners = positions(n, 0, 0, n + 1, n + 1);
    exact(corners, (n + 1) * (n + 1));
    for (double one : corners) {
      if (!Double.isFinite(one)) {
        return null;
      }
    }
    return sidesAgree(corners, n, true) && sidesAgree(corners, n, false) ? corners : null;
  }

  private boolean sidesAgree(double[] corners, int n, boolean alongX) {
    int columns = alongX ? n : n + 1;
    int rows = alongX ? n + 1 : n;
    double[] middles = positions(n, alongX ? 0.5 : 0, alongX ? 0 : 0.5, columns, rows);
    exact(middles, columns * rows);
    int next = alongX ? 2 : 2 * (n + 1);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int from = 2 * (row * (n + 1) + column);
        int middle = 2 * (row * columns + column);
        for (int k = 0; k < 2; k++) {
          double between = (corners[from + k] + corners[from + next + k]) / 2;
          // Inside a cell the errors of both axes add up.
          if (!(Math.abs(between - middles[middle + k]) <= MOST_ERROR / 2)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private double[] positions(int n, double shiftX, double shiftY, int columns, int rows) {
    double[] xy = new double[2 * columns * rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int k = 2 * (row * columns + column);
        xy[k] = domain.minX() + domain.width() * (column + shiftX) / n;
        xy[k + 1] = domain.minY() + domain.height() * (row + shiftY) / n;
      }
    }
    return xy;
  }
}
