package org.tequio.storage.postgis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.TableRow;

/** A row of PostgreSQL: geometry as ISO WKB, values in columns of their own types. */
final class PostgisRow extends TableRow {
  PostgisRow(Generation generation, ResultSet cursor) {
    super(generation, cursor);
  }

  @Override
  protected int startOfWkb(byte[] column) {
    return 0;
  }

  // A GIS tool may have written NaN or infinity: they are not known, and so null.
  @Override
  protected @Nullable Object typed(FieldType type, ResultSet cursor, int column)
      throws SQLException {
    return switch (type) {
      case TEXT -> cursor.getString(column);
      case INTEGER -> {
        long number = cursor.getLong(column);
        yield cursor.wasNull() ? null : (Long) number;
      }
      case DECIMAL -> {
        double number = cursor.getDouble(column);
        yield cursor.wasNull() || !Double.isFinite(number) ? null : (Double) number;
      }
      case BOOLEAN -> {
        boolean bool = cursor.getBoolean(column);
        yield cursor.wasNull() ? null : (Boolean) bool;
      }
      case DATE -> {
        LocalDate date = cursor.getObject(column, LocalDate.class);
        yield date == null || date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)
            ? null
            : date;
      }
      case INSTANT -> instant(cursor.getObject(column, OffsetDateTime.class));
    };
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null || time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)
        ? null
        : time.toInstant().truncatedTo(ChronoUnit.MILLIS);
  }
}
