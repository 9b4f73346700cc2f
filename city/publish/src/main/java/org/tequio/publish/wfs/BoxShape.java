package org.tequio.publish.wfs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LocalText;
import org.tequio.feature.filter.Expression;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.ows.OwsException;

/** A box of any system as the area that it is in a layer's own, where its sides may bend. */
final class BoxShape {
  /** Points on each side; a side of ten kilometres bends less than a millimetre between two. */
  private static final int STEPS = 32;

  private static final GeometryFactory FACTORY = new GeometryFactory();

  private BoxShape() {}

  /**
   * The area.
   *
   * @param cuttable true where only the part near the layer's features matters: most systems do not
   *     reach around the whole world
   */
  static Expression of(PublicLayer layer, Bbox box, Crs crs, boolean cuttable) {
    Crs own = layer.stored().crs();
    if (crs.equals(own)) {
      return bounds(box);
    }
    Bbox extent = layer.stored().extent();
    if (extent == null) {
      return bounds(new Bbox(0, 0, 0, 0));
    }
    Bbox part = box;
    Bbox known = cuttable ? image(extent, CrsRegistry.standard().operation(own, crs)) : null;
    if (known != null) {
      if (!known.intersects(box)) {
        double beyond = extent.maxX() + extent.width() + 1;
        return bounds(new Bbox(beyond, extent.minY(), beyond, extent.minY()));
      }
      part =
          new Bbox(
              Math.max(box.minX(), known.minX()),
              Math.max(box.minY(), known.minY()),
              Math.min(box.maxX(), known.maxX()),
              Math.min(box.maxY(), known.maxY()));
    }
    return new Expression.Shape(area(part, CrsRegistry.standard().operation(crs, own)));
  }

  private static Expression bounds(Bbox box) {
    return new Expression.Box(List.of(box.minX(), box.minY(), box.maxX(), box.maxY()));
  }

  private static @Nullable Bbox image(Bbox extent, CrsOperation operation) {
    try {
      Bbox image = operation.apply(extent);
      return image.expandedBy(Math.max(image.width(), image.height()) * 0.01 + 1e-6);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Geometry area(Bbox box, CrsOperation operation) {
    double[] xy = new double[2 * (4 * STEPS + 1)];
    double[] xs = {box.minX(), box.maxX(), box.maxX(), box.minX(), box.minX()};
    double[] ys = {box.minY(), box.minY(), box.maxY(), box.maxY(), box.minY()};
    for (int i = 0; i <= 4 * STEPS; i++) {
      int side = Math.min(3, i / STEPS);
      double part = (double) (i - side * STEPS) / STEPS;
      xy[2 * i] = xs[side] + (xs[side + 1] - xs[side]) * part;
      xy[2 * i + 1] = ys[side] + (ys[side + 1] - ys[side]) * part;
    }
    operation.apply(xy, xy.length / 2);
    Coordinate[] ring = new Coordinate[xy.length / 2];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new Coordinate(xy[2 * i], xy[2 * i + 1]);
      if (!Double.isFinite(ring[i].x) || !Double.isFinite(ring[i].y)) {
        throw OwsException.invalid(
            "bbox",
            new LocalText(
                "un área que el sistema de la capa alcanza",
                "uma área que o sistema da camada alcança",
                "an area that the layer's system reaches"),
            box.toString());
      }
    }
    ring[ring.length - 1] = ring[0];
    return FACTORY.createPolygon(ring);
  }
}
