package org.tequio.feature.filter;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.Bbox;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.Wkb;

/** Brings the geometries of a layer and those of a filter together, in the CRS of the filter. */
final class Places {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private final FilterTarget target;
  private final ServiceCrs crs;
  private final CrsOperation operation;
  private final double parts;
  private boolean placeless;

  Places(FilterTarget target, ServiceCrs crs) {
    this.target = target;
    this.crs = crs;
    this.operation = CrsRegistry.standard().operation(target.crs(), crs.crs());
    this.parts = crs.unitParts();
  }

  BoxFilter boxFilter(List<Bbox> boxes) {
    return new BoxFilter(target.crs(), target.extent(), crs.crs(), boxes);
  }

  /** What can lie where a geometry of the filter lies, whatever rounding did to either. */
  BoxFilter around(Geometry shape) {
    Envelope e = shape.getEnvelopeInternal();
    Bbox box = new Bbox(e.getMinX(), e.getMinY(), e.getMaxX(), e.getMaxY());
    return boxFilter(List.of(box.expandedBy(1 / parts)));
  }

  /** The condition that a feature lies no farther than some metres from a prepared geometry. */
  Bound near(Geometry shape, double meters) {
    Bbox extent = target.extent();
    if (extent == null) {
      return new Bound(ValueType.TRUTH, row -> null, false, new Reach.Nowhere());
    }
    Nearness nearness = new Nearness(shape, crs.crs(), target, extent, meters);
    return new Bound(ValueType.TRUTH, nearness::of, false, nearness.reach());
  }

  /** A feature's geometry as it is published; null where there is none that has a place. */
  @Nullable Geometry of(FeatureRow row) {
    byte[] wkb = row.wkb();
    if (wkb == null) {
      return null;
    }
    byte[] copy = Arrays.copyOfRange(wkb, row.wkbOffset(), row.wkbOffset() + row.wkbLength());
    operation.apply(copy, 0);
    placeless = false;
    Wkb.changePositions(copy, 0, this::round);
    return placeless ? null : Wkb.toGeometry(copy, 0, copy.length);
  }

  private void round(double[] xy, int pairs) {
    for (int i = 0; i < 2 * pairs; i++) {
      placeless |= !Double.isFinite(xy[i]);
      xy[i] = rounded(xy[i]);
    }
  }

  /**
   * A geometry of the filter, x before y, rounded as geometries are published: so it meets theirs
   * whether it was read here or comes from the source that the layer came from.
   */
  Geometry prepared(Geometry written) {
    Geometry prepared = written.copy();
    prepared.apply(new Preparation());
    return prepared;
  }

  /** The boxes of a box of the filter, x before y: two where it lies over the antimeridian. */
  List<Bbox> boxes(Expression.Box box) {
    return crs.boxes(box.bounds())
        .orElseThrow(
            () ->
                new FilterRefused(
                    new LocalText(
                        "BBOX no es una caja de este sistema de coordenadas",
                        "BBOX não é uma caixa deste sistema de coordenadas",
                        "BBOX is no box of this coordinate system")));
  }

  /** Boxes as a geometry. */
  static Geometry polygons(List<Bbox> boxes) {
    Geometry[] all =
        boxes.stream().map(b -> FACTORY.toGeometry(envelopeOf(b))).toArray(Geometry[]::new);
    return all.length == 1 ? all[0] : FACTORY.createGeometryCollection(all).union();
  }

  private static Envelope envelopeOf(Bbox box) {
    return new Envelope(box.minX(), box.maxX(), box.minY(), box.maxY());
  }

  private double rounded(double coordinate) {
    return Math.round(coordinate * parts) / parts;
  }

  /** Brings each pair of a written geometry into order and rounds it. */
  private final class Preparation implements CoordinateSequenceFilter {
    @Override
    public void filter(CoordinateSequence sequence, int i) {
      double first = rounded(sequence.getOrdinate(i, Coordinate.X));
      double second = rounded(sequence.getOrdinate(i, Coordinate.Y));
      sequence.setOrdinate(i, Coordinate.X, crs.northingFirst() ? second : first);
      sequence.setOrdinate(i, Coordinate.Y, crs.northingFirst() ? first : second);
    }

    @Override
    public boolean isDone() {
      return false;
    }

    @Override
    public boolean isGeometryChanged() {
      return true;
    }
  }
}
