package org.tequio.formats.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.io.WKTWriter;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;

/**
 * The columns that carry the geometry where a layer is written as a table: {@code lon, lat} or
 * {@code x, y} (and {@code z}) for points, {@code wkt} for everything else. A name that the layer
 * already uses gets {@code geom_} before it. Immutable.
 *
 * @param names of the columns; empty for a plain table
 * @param points true where the columns are coordinates, false where the one column is WKT
 * @param z true where the geometry has heights
 */
public record GeometryColumns(List<String> names, boolean points, boolean z) {

  /** Copies the names. */
  public GeometryColumns {
    names = List.copyOf(names);
  }

  /** The columns for a layer in a system. */
  public static GeometryColumns of(LayerSchema schema, Crs crs) {
    List<String> wanted = new ArrayList<>();
    boolean points = schema.geometry() == GeometryType.POINT;
    if (points) {
      boolean degrees = CrsRegistry.standard().isGeographic(crs);
      wanted.addAll(degrees ? List.of("lon", "lat") : List.of("x", "y"));
      if (schema.hasZ()) {
        wanted.add("z");
      }
    } else if (schema.hasGeometry()) {
      wanted.add("wkt");
    }
    Set<String> taken = new HashSet<>();
    for (Field field : schema.fields()) {
      taken.add(field.name().toLowerCase(Locale.ROOT));
    }
    List<String> names = new ArrayList<>();
    for (String name : wanted) {
      String free = name;
      while (!taken.add(free)) {
        free = "geom_" + free;
      }
      names.add(free);
    }
    return new GeometryColumns(names, points, schema.hasZ());
  }

  /**
   * The values for one feature: Doubles for coordinates, a String for WKT, nulls where it has no
   * place.
   */
  public @Nullable Object[] values(FeatureRow row) {
    @Nullable Object[] values = new @Nullable Object[names.size()];
    byte[] wkb = row.wkb();
    if (wkb == null || values.length == 0) {
      return values;
    }
    if (!points) {
      boolean heights = Wkb.hasZ(wkb, row.wkbOffset());
      values[0] =
          new WKTWriter(heights ? 3 : 2)
              .write(Wkb.toGeometry(wkb, row.wkbOffset(), row.wkbLength()));
      return values;
    }
    if (Wkb.type(wkb, row.wkbOffset()) != GeometryType.POINT) {
      throw new IllegalArgumentException("a layer of points holds something else");
    }
    int at = row.wkbOffset() + 5;
    boolean heights = Wkb.hasZ(wkb, row.wkbOffset());
    for (int i = 0; i < values.length; i++) {
      double ordinate = i < 2 || heights ? Wkb.getDouble(wkb, at + 8 * i) : Double.NaN;
      values[i] = Double.isFinite(ordinate) ? (Object) ordinate : null;
    }
    return values;
  }

  /** A number as people write it: no exponent within the range of everyday numbers. */
  public static String plain(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-9 || size >= 1e16)) {
      return Double.toString(value);
    }
    String text = BigDecimal.valueOf(value).toPlainString();
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
