package org.tequio.feature.filter;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.Wkb;

/**
 * A row of the layer that these tests filter: parcels in UTM zone 14N, whose owner no filter may
 * name.
 */
record Parcel(long id, @Nullable String wkt, @Nullable Object... values) implements FeatureRow {
  static final Crs UTM = new Crs(32614);
  private static final List<String> NAMES =
      List.of("uso", "pisos", "superficie", "baldio", "fecha", "visita", "colonia");
  private static final List<FieldType> TYPES =
      List.of(
          FieldType.TEXT,
          FieldType.INTEGER,
          FieldType.DECIMAL,
          FieldType.BOOLEAN,
          FieldType.DATE,
          FieldType.INSTANT,
          FieldType.TEXT);

  /** The owner stands at position 0 of a row and is no field of the target. */
  static final FilterTarget TARGET =
      new FilterTarget(
          java.util.stream.IntStream.range(0, NAMES.size())
              .mapToObj(i -> Field.of(NAMES.get(i), TYPES.get(i)))
              .toList(),
          java.util.stream.IntStream.rangeClosed(1, NAMES.size()).toArray(),
          true,
          UTM,
          new Bbox(483_000, 2_099_000, 486_000, 2_102_000));

  /** A parcel without a place that has some values and lacks the others. */
  static Parcel of(@Nullable Object... namesAndValues) {
    return at(null, namesAndValues);
  }

  static Parcel at(@Nullable String wkt, @Nullable Object... namesAndValues) {
    @Nullable Object[] values = new @Nullable Object[NAMES.size() + 1];
    values[0] = "Dolores Closedname";
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values[NAMES.indexOf(String.valueOf(namesAndValues[i])) + 1] = namesAndValues[i + 1];
    }
    return new Parcel(7, wkt, values);
  }

  /** True where a filter in CQL2 text lets it pass. */
  boolean passes(String filter) {
    return passes(FilterLanguage.CQL2_TEXT.parse(filter), ServiceCrs.CRS84);
  }

  boolean passes(Expression filter, ServiceCrs crs) {
    return RowFilter.of(filter, TARGET, crs).holds(this);
  }

  static Geometry geometry(String wkt) {
    try {
      return new WKTReader().read(wkt);
    } catch (ParseException e) {
      throw new IllegalArgumentException(wkt, e);
    }
  }

  @Override
  public byte @Nullable [] wkb() {
    return wkt == null ? null : Wkb.of(geometry(wkt));
  }

  @Override
  public @Nullable Object value(int field) {
    return values[field];
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
