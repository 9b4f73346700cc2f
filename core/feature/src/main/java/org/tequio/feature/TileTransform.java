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

  private final CrsOperation toSet;
  private final double west;
  private final double north;
  private final double unitsPerUnit;
  private final @Nullable Bbox domain;
  private final @Nullable PolynomialChange polynomial;
  private final boolean ofDomain;

  /**
   * A transform.
   *
   * @param domain the part of the layer that can touch the tile, in its CRS
   * @param whole a polynomial to the system of the tile for the whole layer, where there is one
   */
  TileTransform(
      TileCoord tile, CrsOperation toSet, @Nullable Bbox domain, @Nullable PolynomialChange whole) {
    this.toSet = toSet;
    Bbox bounds = tile.bounds();
    this.west = bounds.minX();
    this.north = bounds.maxY();
    this.unitsPerUnit = EXTENT / tile.size();
    this.domain = domain;
    if (whole != null && whole.error() * unitsPerUnit <= MAX_ERROR / 2) {
      this.polynomial = whole.then(west, north, unitsPerUnit, -unitsPerUnit);
      this.ofDomain = false;
    } else {
      this.polynomial =
          domain == null ? null : PolynomialChange.of(this::exact, domain, MAX_ERROR).orElse(null);
      this.ofDomain = true;
    }
  }

  /**
   * The transform for one tile of one layer. Who makes many asks {@link TileTransforms}.
   *
   * @param extent around the layer in its own CRS; null for a layer without a place
   */
  public static TileTransform of(
      TileCoord tile, CrsRegistry registry, Crs crs, @Nullable Bbox extent) {
    return TileTransforms.of(registry, crs, extent, tile.set()).of(tile);
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
    return ofDomain && polynomial != null && polynomial.degree() > 1;
  }

  /**
   * How many square units of the tile one square unit of the layer's CRS covers, where it covers
   * most.
   */
  public double squareUnits() {
    Bbox box = domain();
    double most = 0;
    for (int i = 0; i < 9; i++) {
      double x = box.minX() + box.width() * (i % 3) / 2;
      double y = box.minY() + box.height() * (i / 3) / 2;
      double step = Math.max(box.width(), box.height()) * 1e-4;
      double[] xy = {x, y, x + step, y, x, y + step};
      apply(xy, 3);
      double area = (xy[2] - xy[0]) * (xy[5] - xy[1]) - (xy[4] - xy[0]) * (xy[3] - xy[1]);
      double scale = Math.abs(area) / (step * step);
      most = scale > most ? scale : most;
    }
    return most;
  }

  /**
   * Changes pairs x, y in place to tile units; NaN where the operation has no answer.
   *
   * @param xy pairs in the layer's CRS
   * @param pairs how many
   */
  public void apply(double[] xy, int pairs) {
    PolynomialChange fast = polynomial;
    if (fast != null) {
      fast.apply(xy, pairs);
    } else {
      exact(xy, pairs);
    }
  }

  private void exact(double[] xy, int pairs) {
    toSet.apply(xy, pairs);
    for (int i = 0; i < 2 * pairs; i += 2) {
      xy[i] = (xy[i] - west) * unitsPerUnit;
      xy[i + 1] = (north - xy[i + 1]) * unitsPerUnit;
    }
  }
}
