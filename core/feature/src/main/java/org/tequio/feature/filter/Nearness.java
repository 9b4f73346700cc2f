package org.tequio.feature.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.densify.Densifier;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.operation.distance.IndexedFacetDistance;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;

/**
 * Which features of a layer lie no farther than some metres from a geometry. It is measured in the
 * plane of the layer's own system; where that counts in degrees, or stretches as the web's Mercator
 * does, in the UTM zone of the layer's middle. Not thread-safe.
 */
final class Nearness {
  /** Into how many pieces the sides of a geometry are cut that bend in the plane. */
  private static final int PIECES = 64;

  private final double meters;
  private final CrsOperation toPlane;
  private final IndexedFacetDistance distances;
  private final RelateNG inside;
  private final boolean area;
  private final @Nullable Bbox near;
  private final double[] envelope = new double[4];

  /**
   * Measures from a geometry.
   *
   * @param shape in the CRS of the filter, x before y; not empty
   * @param crs of the filter
   * @param target the layer, which has an extent
   * @throws FilterRefused where the geometry lies outside the plane of the layer
   */
  Nearness(Geometry shape, Crs crs, FilterTarget target, Bbox extent, double meters) {
    CrsRegistry registry = CrsRegistry.standard();
    Crs plane = plane(target.crs(), extent);
    this.meters = meters;
    this.toPlane = registry.operation(target.crs(), plane);
    Geometry flat = flat(shape, registry.operation(crs, plane));
    this.distances = new IndexedFacetDistance(flat);
    this.inside = RelateNG.prepare(flat);
    this.area = flat.getDimension() == 2;
    this.near = around(flat, registry.operation(plane, target.crs()));
  }

  /** The system in which a layer is measured: its axes are metres. */
  private static Crs plane(Crs layer, Bbox extent) {
    CrsRegistry registry = CrsRegistry.standard();
    if (!registry.isGeographic(layer) && !layer.equals(Crs.WEB_MERCATOR)) {
      return layer;
    }
    double[] middle = {(extent.minX() + extent.maxX()) / 2, (extent.minY() + extent.maxY()) / 2};
    registry.operation(layer, Crs.CRS84).apply(middle, 1);
    int zone = Math.clamp((int) Math.floor((middle[0] + 180) / 6) + 1, 1, 60);
    return new Crs((middle[1] < 0 ? 32_700 : 32_600) + zone);
  }

  private static Geometry flat(Geometry shape, CrsOperation operation) {
    if (operation.isIdentity()) {
      return shape;
    }
    Envelope all = shape.getEnvelopeInternal();
    double longest = Math.max(all.getWidth(), all.getHeight());
    Geometry fine = shape;
    if (longest > 0) {
      Densifier densifier = new Densifier(shape);
      densifier.setDistanceTolerance(longest / PIECES);
      densifier.setValidate(false);
      fine = densifier.getResultGeometry();
    }
    byte[] wkb = Wkb.of(fine);
    operation.apply(wkb, 0);
    Geometry flat = Wkb.toGeometry(wkb, 0, wkb.length);
    if (flat.getNumPoints() != fine.getNumPoints() || !isFinite(flat)) {
      throw FilterRefused.expected(
          Operator.S_DWITHIN.symbol(),
          new LocalText(
              "una geometría que el sistema de la capa alcanza",
              "uma geometria que o sistema da camada alcança",
              "a geometry that the layer's system reaches"),
          shape.toText());
    }
    return flat;
  }

  private static boolean isFinite(Geometry geometry) {
    return Arrays.stream(geometry.getCoordinates())
        .allMatch(position -> Double.isFinite(position.x) && Double.isFinite(position.y));
  }

  /** What is near enough lies in this box of the layer's system; null where it can be anywhere. */
  private @Nullable Bbox around(Geometry flat, CrsOperation toLayer) {
    Envelope e = flat.getEnvelopeInternal();
    Bbox box = new Bbox(e.getMinX(), e.getMinY(), e.getMaxX(), e.getMaxY()).expandedBy(meters);
    if (toLayer.isIdentity()) {
      return box;
    }
    try {
      Bbox image = toLayer.apply(box);
      return image.expandedBy(Math.max(image.width(), image.height()) * 0.01);
    } catch (IllegalArgumentException beyond) {
      return null;
    }
  }

  /** Where features can lie for which it is true. */
  Reach reach() {
    return near == null ? new Reach.Everywhere() : new Reach.Near(near);
  }

  /** True or false; null where the feature has no place, or one that cannot be measured. */
  @Nullable Boolean of(FeatureRow row) {
    byte[] wkb = row.wkb();
    if (wkb == null || !Wkb.envelope(wkb, row.wkbOffset(), envelope)) {
      return null;
    }
    Bbox box = near;
    if (box != null
        && !box.intersects(new Bbox(envelope[0], envelope[1], envelope[2], envelope[3]))) {
      return false;
    }
    byte[] copy = Arrays.copyOfRange(wkb, row.wkbOffset(), row.wkbOffset() + row.wkbLength());
    toPlane.apply(copy, 0);
    Geometry geometry = Wkb.toGeometry(copy, 0, copy.length);
    try {
      boolean overlaps =
          (area || geometry.getDimension() == 2)
              && inside.evaluate(geometry, RelatePredicate.intersects());
      return overlaps || distances.isWithinDistance(geometry, meters);
    } catch (TopologyException | IllegalArgumentException e) {
      return null;
    }
  }
}
