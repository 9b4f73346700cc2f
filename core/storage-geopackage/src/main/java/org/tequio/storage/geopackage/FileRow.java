package org.tequio.storage.geopackage;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.TableRow;

/** A row of city.gpkg: geometry behind GeoPackage's header, values in SQLite's storage classes. */
final class FileRow extends TableRow {
  FileRow(Generation generation, ResultSet cursor) {
    super(generation, cursor);
  }

  @Override
  protected int startOfWkb(byte[] column) {
    return GeoPackageGeometry.wkbOffset(column);
  }

  @Override
  protected @Nullable Object typed(FieldType type, ResultSet cursor, int column)
      throws SQLException {
    return Values.ofColumn(type, cursor.getObject(column));
  }
}
