package org.tequio.storage.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.storage.StoreFault;

/**
 * The row under a cursor whose columns are those of {@link Dialect#readColumns}. Values are fetched
 * when they are asked for.
 */
public abstract class TableRow implements FeatureRow {
  private final Generation generation;
  private final ResultSet cursor;
  private final int firstValue;
  private final double[] envelope = new double[4];
  private long id;
  private byte @Nullable [] blob;
  private int wkbOffset;

  /** Sees the rows of a cursor. */
  protected TableRow(Generation generation, ResultSet cursor) {
    this.generation = generation;
    this.cursor = cursor;
    this.firstValue = generation.spatial() ? 3 : 2;
  }

  /**
   * Where the WKB begins in the bytes of a geometry column.
   *
   * @throws IllegalArgumentException where they are no geometry
   */
  protected abstract int startOfWkb(byte[] column);

  /** A column's value as a field's type says; null where it is none of that type. */
  protected abstract @Nullable Object typed(FieldType type, ResultSet cursor, int column)
      throws SQLException;

  /** Goes to the next row; false where there is none. */
  public boolean next() throws SQLException {
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
      int offset = startOfWkb(bytes);
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
  public @Nullable Object value(int field) {
    try {
      return typed(generation.schema().fields().get(field).type(), cursor, firstValue + field);
    } catch (SQLException e) {
      throw new StoreFault("a value could not be read: " + e.getMessage(), e);
    }
  }

  /** The WKB alone, as {@link org.tequio.storage.StagedLayer#add} takes it; null for none. */
  final byte @Nullable [] exactWkb() {
    byte[] bytes = blob;
    return bytes == null || wkbOffset == 0
        ? bytes
        : Arrays.copyOfRange(bytes, wkbOffset, bytes.length);
  }

  /** All values in schema order. */
  public @Nullable Object[] values() {
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
  public double @Nullable [] envelope() {
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
