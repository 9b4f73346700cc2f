package org.tequio.feature;

import org.jspecify.annotations.Nullable;

/**
 * Takes positions of a layer's CRS to the units of one tile ({@value #EXTENT} along each side, y
 * downwards). Within the part of the layer that can touch the tile, the change of coordinates is
 * replaced by a polynomial that was checked to stay within {@value #MAX_ERROR} units; where none
 * does, every position goes through the exact operation. Immutable and thread-safe.
 */
public final class TileTransform {
  /** Units along a tile's side. */
  public static final int EXTENT = 4096;

  /** Units around the tile in which geometry is kept, so that outlines do not show at its edge. */
  public static final int BUFFER = 64;

  /** How far the polynomial may be from the operation, in units. */
  public static final double MAX_ERROR = 0.1;

  private static final int NODES = 7;
  private static final int CHECKS = 11;
  private static final int TERMS = 10;
  private static final int[] TERMS_OF_DEGREE = {1, 3, 6, 10};
  // Room for what rounding and the sampling of curved sides may miss.
  private static final double MARGIN = 0.01;

  private final CrsOperation toMercator;
  private final double west;
  private final double north;
  private final double unitsPerMeter;
  private final @Nullable Bbox domain;
  private final double @Nullable [] polynomial;
  private final int degree;

  private TileTransform(TileCoord tile, CrsOperation toMercator, @Nullable Bbox domain) {
    this.toMercator = toMercator;
    Bbox bounds = tile.bounds();
    this.west = bounds.minX();
    this.north = bounds.maxY();
    this.unitsPerMeter = EXTENT / tile.size();
    this.domain = domain;
    double[] fitted = null;
    int found = 3;
    for (int d = 1; d <= 3 && fitted == null && domain != null; d++) {
      fitted = fit(domain, d);
      found = d;
    }
    this.polynomial = fitted;
    this.degree = found;
  }

  /**
   * The transform for one tile of one layer.
   *
   * @param extent around the layer in its own CRS; null for a layer without a place
   */
  public static TileTransform of(
      TileCoord tile, CrsRegistry registry, Crs crs, @Nullable Bbox extent) {
    CrsOperation to = registry.operation(crs, Crs.WEB_MERCATOR);
    CrsOperation from = registry.operation(Crs.WEB_MERCATOR, crs);
    return new TileTransform(tile, to, domain(tile, to, from, extent));
  }

  private static @Nullable Bbox domain(
      TileCoord tile, CrsOperation to, CrsOperation from, @Nullable Bbox extent) {
    if (extent == null) {
      return null;
    }
    Bbox reach = tile.bounds().expandedBy(tile.size() * (BUFFER + 8) / EXTENT);
    Bbox layer = mercator(to, extent);
    if (layer == null) {
      return widened(extent);
    }
    if (!layer.intersects(reach)) {
      return null;
    }
    Bbox both =
        new Bbox(
            Math.max(layer.minX(), reach.minX()),
            Math.max(layer.minY(), reach.minY()),
            Math.min(layer.maxX(), reach.maxX()),
            Math.min(layer.maxY(), reach.maxY()));
    if (both.equals(layer)) {
      return widened(extent);
    }
    try {
      return widened(from.apply(both));
    } catch (IllegalArgumentException e) {
      // The tile lies where the layer's system has no positions; the layer itself decides.
      return widened(extent);
    }
  }

  /** The layer's box in Web Mercator, a little widened; null where the operation cannot say. */
  private static @Nullable Bbox mercator(CrsOperation to, Bbox extent) {
    Bbox within = extent;
    if (to.source().equals(Crs.CRS84)) {
      if (extent.maxY() < -85 || extent.minY() > 85) {
        return null;
      }
      within =
          new Bbox(
              Math.clamp(extent.minX(), -180, 180),
              Math.max(extent.minY(), -85.06),
              Math.clamp(extent.maxX(), -180, 180),
              Math.min(extent.maxY(), 85.06));
    }
    try {
      return widened(to.apply(within));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Bbox widened(Bbox box) {
    double more = Math.max(box.width(), box.height()) * MARGIN;
    return box.expandedBy(Math.max(more, 1e-9));
  }

  /** True where nothing of the layer can touch the tile. */
  public boolean isEmpty() {
    return domain == null;
  }

  /**
   * What to ask the store for, in the layer's CRS: holds everything that can touch the tile with
   * its buffer.
   *
   * @throws IllegalStateException where there is nothing
   */
  public Bbox domain() {
    if (domain == null) {
      throw new IllegalStateException("nothing of the layer touches the tile");
    }
    return domain;
  }

  /** True where positions outside {@link #domain()} must be cut off before {@link #apply}. */
  boolean needsClip() {
    return polynomial != null && degree > 1;
  }

  /** The degree of the polynomial, 0 where every position goes through the operation. */
  public int degree() {
    return polynomial == null ? 0 : degree;
  }

  /**
   * Changes pairs x, y in place to tile units; NaN where the operation has no answer.
   *
   * @param xy pairs in the layer's CRS
   * @param pairs how many
   */
  public void apply(double[] xy, int pairs) {
    double[] c = polynomial;
    Bbox box = domain;
    if (c == null || box == null) {
      exact(xy, pairs);
      return;
    }
    double cx = (box.minX() + box.maxX()) / 2;
    double cy = (box.minY() + box.maxY()) / 2;
    double sx = 2 / box.width();
    double sy = 2 / box.height();
    if (degree == 1) {
      for (int i = 0; i < 2 * pairs; i += 2) {
        double u = (xy[i] - cx) * sx;
        double v = (xy[i + 1] - cy) * sy;
        xy[i] = c[0] + u * c[1] + v * c[2];
        xy[i + 1] = c[10] + u * c[11] + v * c[12];
      }
      return;
    }
    for (int i = 0; i < 2 * pairs; i += 2) {
      double u = (xy[i] - cx) * sx;
      double v = (xy[i + 1] - cy) * sy;
      xy[i] = value(c, 0, u, v);
      xy[i + 1] = value(c, TERMS, u, v);
    }
  }

  private static double value(double[] c, int o, double u, double v) {
    return c[o]
        + u * (c[o + 1] + u * (c[o + 3] + u * c[o + 6] + v * c[o + 7]) + v * c[o + 4])
        + v * (c[o + 2] + v * (c[o + 5] + v * c[o + 9] + u * c[o + 8]));
  }

  private void exact(double[] xy, int pairs) {
    toMercator.apply(xy, pairs);
    for (int i = 0; i < 2 * pairs; i += 2) {
      xy[i] = (xy[i] - west) * unitsPerMeter;
      xy[i + 1] = (north - xy[i + 1]) * unitsPerMeter;
    }
  }

  /** Least squares over Chebyshev's nodes; null where the checks between them fail. */
  private double @Nullable [] fit(Bbox box, int fitDegree) {
    int terms = TERMS_OF_DEGREE[fitDegree];
    double[] sample = grid(box, NODES, true);
    double[] image = sample.clone();
    exact(image, NODES * NODES);
    double[][] normal = new double[terms][terms + 2];
    double[] basis = new double[TERMS];
    double[] uv = grid(new Bbox(-1, -1, 1, 1), NODES, true);
    for (int k = 0; k < NODES * NODES; k++) {
      if (!Double.isFinite(image[2 * k]) || !Double.isFinite(image[2 * k + 1])) {
        return null;
      }
      basis(uv[2 * k], uv[2 * k + 1], basis);
      for (int i = 0; i < terms; i++) {
        for (int j = 0; j < terms; j++) {
          normal[i][j] += basis[i] * basis[j];
        }
        normal[i][terms] += basis[i] * image[2 * k];
        normal[i][terms + 1] += basis[i] * image[2 * k + 1];
      }
    }
    solve(normal, terms);
    double[] coefficients = new double[2 * TERMS];
    for (int i = 0; i < terms; i++) {
      coefficients[i] = normal[i][terms];
      coefficients[TERMS + i] = normal[i][terms + 1];
    }
    return isWithinBound(box, coefficients) ? coefficients : null;
  }

  private boolean isWithinBound(Bbox box, double[] coefficients) {
    double[] exact = grid(box, CHECKS, false);
    double[] uv = grid(new Bbox(-1, -1, 1, 1), CHECKS, false);
    exact(exact, CHECKS * CHECKS);
    for (int k = 0; k < CHECKS * CHECKS; k++) {
      double dx = value(coefficients, 0, uv[2 * k], uv[2 * k + 1]) - exact[2 * k];
      double dy = value(coefficients, TERMS, uv[2 * k], uv[2 * k + 1]) - exact[2 * k + 1];
      // Half of the bound: the worst place lies between the checks.
      if (!(Math.abs(dx) <= MAX_ERROR / 2 && Math.abs(dy) <= MAX_ERROR / 2)) {
        return false;
      }
    }
    return true;
  }

  private static double[] grid(Bbox box, int n, boolean chebyshev) {
    double[] xy = new double[2 * n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double u = chebyshev ? Math.cos(Math.PI * (i + 0.5) / n) : 2.0 * i / (n - 1) - 1;
        double v = chebyshev ? Math.cos(Math.PI * (j + 0.5) / n) : 2.0 * j / (n - 1) - 1;
        int k = 2 * (i * n + j);
        xy[k] = (box.minX() + box.maxX()) / 2 + u * box.width() / 2;
        xy[k + 1] = (box.minY() + box.maxY()) / 2 + v * box.height() / 2;
      }
    }
    return xy;
  }

  private static void basis(double u, double v, double[] into) {
    into[0] = 1;
    into[1] = u;
    into[2] = v;
    into[3] = u * u;
    into[4] = u * v;
    into[5] = v * v;
    into[6] = u * u * u;
    into[7] = u * u * v;
    into[8] = u * v * v;
    into[9] = v * v * v;
  }

  /** Gauss with pivots; two right-hand sides stand in the last columns. */
  private static void solve(double[][] rows, int n) {
    for (int i = 0; i < n; i++) {
      int pivot = i;
      for (int k = i + 1; k < n; k++) {
        pivot = Math.abs(rows[k][i]) > Math.abs(rows[pivot][i]) ? k : pivot;
      }
      double[] row = rows[pivot];
      rows[pivot] = rows[i];
      rows[i] = row;
      for (int j = n + 1; j >= i; j--) {
        row[j] /= row[i];
      }
      for (int k = 0; k < n; k++) {
        double factor = k == i ? 0 : rows[k][i];
        for (int j = i; factor != 0 && j < n + 2; j++) {
          rows[k][j] -= factor * row[j];
        }
      }
    }
  }
}
