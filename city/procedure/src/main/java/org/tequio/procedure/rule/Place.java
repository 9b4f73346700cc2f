package org.tequio.procedure.rule;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.values.OpaqueValue;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.tequio.feature.Bbox;

/**
 * A place as rules see it: a geometry in metres that nobody can look into, and who asks about it.
 */
@Immutable
@SuppressWarnings("Immutable") // its geometry is never changed; the inquiry belongs to one thread
final class Place extends OpaqueValue {
  private static final double BORDER_METERS = 0.05;
  static final OpaqueType TYPE = OpaqueType.create("place");

  private final Geometry geometry;
  private final Inquiry inquiry;
  private @Nullable Geometry inner;
  private @Nullable PreparedGeometry prepared;

  Place(Geometry geometry, Inquiry inquiry) {
    this.geometry = geometry;
    this.inquiry = inquiry;
  }

  Geometry geometry() {
    return geometry;
  }

  Inquiry inquiry() {
    return inquiry;
  }

  /**
   * What it surely holds: an area without its outermost centimetres. Parcels and zones that share a
   * border were drawn by different people; without this, the border would put a parcel into the
   * zone next to its own, or out of its own.
   */
  Geometry inner() {
    Geometry made = inner;
    if (made == null) {
      Geometry shrunk = geometry.getDimension() == 2 ? geometry.buffer(-BORDER_METERS) : geometry;
      made = shrunk.isEmpty() ? geometry : shrunk;
      inner = made;
    }
    return made;
  }

  /** For many questions whether something reaches into it. */
  PreparedGeometry prepared() {
    PreparedGeometry made = prepared;
    if (made == null) {
      made = PreparedGeometryFactory.prepare(inner());
      prepared = made;
    }
    return made;
  }

  /** Its envelope. */
  Bbox box() {
    var envelope = geometry.getEnvelopeInternal();
    return new Bbox(envelope.getMinX(), envelope.getMinY(), envelope.getMaxX(), envelope.getMaxY());
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public OpaqueType celType() {
    return TYPE;
  }

  @Override
  public String toString() {
    return "a place";
  }
}
