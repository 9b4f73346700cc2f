package org.tequio.formats;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Wkb;

/** A row for writers, from WKT and values. */
public record TestRow(long id, byte @Nullable [] wkb, List<@Nullable Object> values)
    implements FeatureRow {

  /** A row; the WKT is null for no geometry. */
  public static TestRow of(long id, @Nullable String wkt, @Nullable Object... values) {
    try {
      byte[] wkb = wkt == null ? null : Wkb.of(new WKTReader().read(wkt));
      return new TestRow(id, wkb, Arrays.asList(values));
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public @Nullable Object value(int field) {
    return values.get(field);
  }
}
