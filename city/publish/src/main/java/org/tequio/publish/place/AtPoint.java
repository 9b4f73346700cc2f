package org.tequio.publish.place;

import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * What a layer has at a point: areas that hold it, lines and points that are near it. Thread-safe.
 */
public final class AtPoint {
  private static final double LINE_METERS = 8;
  private static final double POINT_METERS = 15;
  private static final int MOST_CANDIDATES = 5_000;
  private static final double METERS_PER_DEGREE = 111_320;

  private final FeatureStore store;

  /** Sees what is found. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Sees a feature.
     *
     * @param row valid during the call only
     * @param meters from the point; 0 where an area holds it
     */
    void visit(FeatureRow row, double meters);
  }

  /** Reads from this. */
  public AtPoint(FeatureStore store) {
    this.store = store;
  }

  /**
   * Shows what a layer has there, in no order.
   *
   * @param lon degrees on WGS 84
   * @param lat degrees on WGS 84
   */
  public void scan(PublicLayer layer, double lon, double lat, Visitor visitor) {
    Bbox extent = layer.stored().extent();
    Crs crs = layer.stored().crs();
    double[] xy = {lon, lat};
    CrsRegistry.standard().operation(Crs.CRS84, crs).apply(xy, 1);
    if (extent == null || !Double.isFinite(xy[0]) || !Double.isFinite(xy[1])) {
      return;
    }
    double reach =
        switch (layer.stored().schema().geometry().dimension()) {
          case 2 -> 0;
          case 1 -> LINE_METERS;
          default -> POINT_METERS;
        };
    boolean degrees = CrsRegistry.standard().isGeographic(crs);
    double perX = degrees ? METERS_PER_DEGREE * Math.cos(Math.toRadians(lat)) : 1;
    double perY = degrees ? METERS_PER_DEGREE : 1;
    PointProbe probe = new PointProbe(xy[0], xy[1], perX, perY);
    double dx = reach / Math.max(perX, 1e-6);
    double dy = reach / perY;
    Bbox search = new Bbox(xy[0] - dx, xy[1] - dy, xy[0] + dx, xy[1] + dy);
    if (!search.intersects(extent)) {
      return;
    }
    store.scan(
        layer.id(),
        FeatureQuery.touching(search).at(layer.state()).page(0, MOST_CANDIDATES),
        row -> {
          byte[] wkb = row.wkb();
          if (wkb != null && reach == 0 && probe.isHeldBy(wkb, row.wkbOffset())) {
            visitor.visit(row, 0);
          } else if (wkb != null && reach > 0) {
            double meters = probe.distance(wkb, row.wkbOffset());
            if (meters <= reach) {
              visitor.visit(row, meters);
            }
          }
          return true;
        });
  }
}
