package org.tequio.storage.geopackage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;

/**
 * The row under a cursor whose columns are those of {@link Generation#columnList}. Values are
 * fetched when they are asked for.
 */
final class TableRow implements FeatureRow {
  private final Generation generation;
  private final ResultSet cursor;
  private final int firstValue;
  private final double[] envelope = new double[4];
  private long id;
  private byte @Nullable [] blob;
  private int wkbOffset;

  TableRow(Generation generation, ResultSet cursor) {
    this.generation = generation;
    this.cursor = cursor;
    this.firstValue = generation.spatial() ? 3 : 2;
  }

  /** Goes to the next row; false where there is none. */
  boolean next() throws SQLException {
    if (!cursor.next()) {
      return false;
    }
    id = cursor.getLong(1);
    blob = null;
    if (generation.spatial()) {
      byte[] bytes = cursor.getBytes(2);
      if (bytes != null) {
        take(bytes);
      }
    }
    return true;
  }

  // A GIS tool may have written big-endian or extended WKB, or something that is no geometry.
  private void take(byte[] bytes) {
    try {
      int offset = GeoPackageGeometry.wkbOffset(bytes);
      int code = Wkb.getInt(bytes, offset + 1);
      if (bytes[offset] != 1 || code < 0 || code > 4000) {
        byte[] exact = new byte[bytes.length - offset];
        System.arraycopy(bytes, offset, exact, 0, exact.length);
        bytes = Wkb.normalize(exact);
        offset = 0;
      }
      blob = bytes;
      wkbOffset = offset;
    } catch (IllegalArgumentException notAGeometry) {
      blob = null;
    }
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public byte @Nullable [] wkb() {
    return blob;
  }

  @Override
  public int wkbOffset() {
    return wkbOffset;
  }

  @Override
  public int wkbLength() {
    return blob == null ? 0 : blob.length - wkbOffset;
  }

  @Override
  public @Nullable Object value(int field) {
    try {
      return Values.ofColumn(
          generation.schema().fields().get(field).type(), cursor.getObject(firstValue + field));
    } catch (SQLException e) {
      throw StoreFault.of(e);
    }
  }

  /** All values in schema order. */
  @Nullable Object[] values() {
    @Nullable Object[] values = new @Nullable Object[generation.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(i);
    }
    return values;
  }

  /**
   * The envelope of the geometry as minX, minY, maxX, maxY; null where there is none. The array is
   * used again for the next row.
   */
  double @Nullable [] envelope() {
    byte[] bytes = blob;
    if (bytes == null) {
      return null;
    }
    if (wkbOffset >= 40 && bytes[0] == 'G' && ((bytes[3] >> 1) & 7) >= 1 && (bytes[3] & 1) == 1) {
      envelope[0] = Wkb.getDouble(bytes, 8);
      envelope[2] = Wkb.getDouble(bytes, 16);
      envelope[1] = Wkb.getDouble(bytes, 24);
      envelope[3] = Wkb.getDouble(bytes, 32);
      return Double.isNaN(envelope[0]) ? null : envelope;
    }
    if (Wkb.type(bytes, wkbOffset) == GeometryType.POINT) {
      double x = Wkb.getDouble(bytes, wkbOffset + 5);
      double y = Wkb.getDouble(bytes, wkbOffset + 13);
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        return null;
      }
      envelope[0] = x;
      envelope[1] = y;
      envelope[2] = x;
      envelope[3] = y;
      return envelope;
    }
    return Wkb.envelope(bytes, wkbOffset, envelope) ? envelope : null;
  }

  /** The feature as a value. */
  @SuppressWarnings(
      "NullAway") // The annotation of the record's component is not in its class file.
  Feature toFeature() {
    List<Field> fields = generation.schema().fields();
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      properties.put(fields.get(i).name(), value(i));
    }
    byte[] bytes = blob;
    Geometry geometry = bytes == null ? null : Wkb.toGeometry(bytes, wkbOffset, wkbLength());
    return new Feature(new FeatureId(id), geometry, properties);
  }
}
