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
  static final OpaqueType TYPE = OpaqueType.create("place");

  private final Geometry geometry;
  private final Inquiry inquiry;
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

  /** For many questions whether something touches it. */
  PreparedGeometry prepared() {
    PreparedGeometry made = prepared;
    if (made == null) {
      made = PreparedGeometryFactory.prepare(geometry);
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
