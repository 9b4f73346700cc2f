package org.tequio.catalogue.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.tequio.catalogue.LayerSource;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;

/**
 * What the catalogue remembers of one layer beside what the store knows, as it is written to JSON.
 *
 * @param extent around all geometries, longitude and latitude; null where the place is not known
 * @param usualExtent around all but a few strays
 * @param coverage little-endian WKB in hexadecimal digits, longitude and latitude; null where the
 *     place is not known
 */
public record LayerEntry(
    LocalText title,
    @Nullable LocalText description,
    String theme,
    @Nullable String department,
    @Nullable String standard,
    @Nullable Bbox extent,
    @Nullable Bbox usualExtent,
    @Nullable String coverage,
    @Nullable LocalDate date,
    @Nullable String licence,
    List<LayerSource> sources) {
  /** About fifty metres. */
  private static final double AROUND_DEGREES = 0.0005;

  /** Copies the sources. */
  public LayerEntry {
    sources = List.copyOf(sources);
  }

  /**
   * The same of a layer that has features at these places, too.
   *
   * @param places longitude and latitude
   */
  public LayerEntry around(List<Geometry> places) {
    if (places.isEmpty()) {
      return this;
    }
    Envelope added = new Envelope();
    places.forEach(place -> added.expandToInclude(place.getEnvelopeInternal()));
    return new LayerEntry(
        title,
        description,
        theme,
        department,
        standard,
        grown(extent, added),
        grown(usualExtent, added),
        covering(places),
        date,
        licence,
        sources);
  }

  private static Bbox grown(@Nullable Bbox box, Envelope added) {
    Envelope all = new Envelope(added);
    if (box != null) {
      all.expandToInclude(new Envelope(box.minX(), box.maxX(), box.minY(), box.maxY()));
    }
    return new Bbox(all.getMinX(), all.getMinY(), all.getMaxX(), all.getMaxY());
  }

  /** Where it has something to say, with what lies outside of that so far. */
  private @Nullable String covering(List<Geometry> places) {
    if (coverage == null) {
      return null;
    }
    byte[] wkb = HexFormat.of().parseHex(coverage);
    Geometry covered = Wkb.toGeometry(wkb, 0, wkb.length);
    PreparedGeometry known = PreparedGeometryFactory.prepare(covered);
    List<Geometry> outside = new ArrayList<>();
    for (Geometry place : places) {
      if (!known.covers(place)) {
        outside.add(place.buffer(AROUND_DEGREES).getEnvelope());
      }
    }
    if (outside.isEmpty()) {
      return coverage;
    }
    outside.add(covered);
    return HexFormat.of().formatHex(Wkb.of(UnaryUnionOp.union(outside)));
  }
}
