package org.tequio.feature;

import org.jspecify.annotations.Nullable;

/**
 * The transforms of one layer's tiles: what does not depend on the tile is made once. Where one
 * polynomial is exact enough for the whole layer, as it is for a city, a tile only shifts and
 * scales it. Immutable and thread-safe.
 */
public final class TileTransforms {
  private static final double MARGIN = 0.01;

  /** What a polynomial for the whole layer may be off, in metres: a tenth of a unit at level 16. */
  private static final double LAYER_ERROR_METERS = 0.01;

  private final CrsOperation toSet;
  private final CrsOperation fromSet;
  private final @Nullable Bbox extent;
  private final @Nullable Bbox image;
  private final @Nullable PolynomialChange whole;

  private TileTransforms(
      CrsRegistry registry, Crs crs, @Nullable Bbox layerExtent, TileMatrixSet set) {
    Crs target = set.crs().crs();
    double error = set.units(LAYER_ERROR_METERS);
    this.toSet = registry.operation(crs, target);
    this.extent = layerExtent == null ? null : widened(layerExtent);
    this.image = layerExtent == null ? null : image(toSet, layerExtent);
    this.whole =
        extent == null ? null : PolynomialChange.of(toSet::apply, extent, error).orElse(null);
    CrsOperation from = registry.operation(target, crs);
    this.fromSet = whole == null || image == null ? from : from.near(image, error);
  }

  /**
   * For a layer.
   *
   * @param extent around the layer in its own CRS; null for a layer without a place
   */
  public static TileTransforms of(
      CrsRegistry registry, Crs crs, @Nullable Bbox extent, TileMatrixSet set) {
    return new TileTransforms(registry, crs, extent, set);
  }

  /** The transform for one tile. */
  public TileTransform of(TileCoord tile) {
    return new TileTransform(tile, toSet, domain(tile), whole);
  }

  private @Nullable Bbox domain(TileCoord tile) {
    if (extent == null || image == null) {
      return extent;
    }
    Bbox reach =
        tile.bounds().expandedBy(tile.size() * (TileTransform.BUFFER + 8) / TileTransform.EXTENT);
    if (!image.intersects(reach)) {
      return null;
    }
    Bbox both =
        new Bbox(
            Math.max(image.minX(), reach.minX()),
            Math.max(image.minY(), reach.minY()),
            Math.min(image.maxX(), reach.maxX()),
            Math.min(image.maxY(), reach.maxY()));
    if (both.equals(image)) {
      return extent;
    }
    try {
      return widened(fromSet.apply(both));
    } catch (IllegalArgumentException e) {
      // The tile lies where the layer's system has no positions; the layer itself decides.
      return extent;
    }
  }

  /** The layer's box in the set's system, a little widened; null where the operation cannot say. */
  private static @Nullable Bbox image(CrsOperation to, Bbox extent) {
    Bbox within = extent;
    if (to.source().equals(Crs.CRS84) && to.target().equals(Crs.WEB_MERCATOR)) {
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
}
