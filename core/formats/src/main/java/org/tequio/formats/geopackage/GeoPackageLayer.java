package org.tequio.formats.geopackage;

import static org.tequio.formats.geopackage.SqlName.quoted;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.geopackage.GeoPackageDataset.Column;
import org.tequio.formats.geopackage.GeoPackageDataset.GeometryColumn;

/** One table or view. */
final class GeoPackageLayer implements SourceLayer {
  private static final int STEP = 8_192;
  private static final int SHOWN_BYTES = 60;
  private static final int MULTI_CURVE = 11;
  private static final int MULTI_SURFACE = 12;

  private final Connection connection;
  private final String table;
  private final String source;
  private final @Nullable GeometryColumn geometry;
  private final @Nullable Column key;
  private final List<SourceField> fields;
  private final FieldType[] types;
  private final String sql;
  private final long declaredCount;
  private final long mostRows;
  private final ReadContext context;
  private final Patience patience;

  /**
   * Reads one.
   *
   * @param mostRows a view that brings more is taken for one that never ends
   */
  GeoPackageLayer(
      Connection connection,
      String table,
      String source,
      List<Column> columns,
      @Nullable GeometryColumn geometry,
      Map<String, String> aliases,
      long declaredCount,
      long mostRows,
      ReadContext context,
      Patience patience) {
    this.connection = connection;
    this.table = table;
    this.source = source;
    this.geometry = geometry;
    this.declaredCount = declaredCount;
    this.mostRows = mostRows;
    this.context = context;
    this.patience = patience;
    this.key = key(columns);
    List<SourceField> kept = new ArrayList<>();
    StringBuilder select = new StringBuilder("SELECT ");
    select.append(key == null ? "NULL" : key.sql());
    select.append(", ").append(geometry == null ? "NULL" : quoted(geometry.name()));
    for (Column column : columns) {
      if (isRowNumber(column) || geometry != null && isNamed(column, geometry.name())) {
        continue;
      }
      FieldType type = type(column.type());
      if (type == null) {
        reportBinary(column);
        continue;
      }
      String alias = aliases.get(column.name().toLowerCase(Locale.ROOT));
      boolean typed = !column.type().isBlank();
      kept.add(new SourceField(column.name(), type, typed, alias));
      select.append(", ").append(column.sql());
    }
    this.fields = List.copyOf(kept);
    this.types = fields.stream().map(SourceField::type).toArray(FieldType[]::new);
    this.sql = select.append(" FROM ").append(quoted(table)).toString();
  }

  @Override
  public String name() {
    return table;
  }

  @Override
  public List<SourceField> fields() {
    return fields;
  }

  @Override
  public GeometryType declaredGeometry() {
    return geometry == null ? GeometryType.NONE : geometry.type();
  }

  @Override
  public SourceCrs crs() {
    return geometry == null ? new SourceCrs.NotSpatial() : geometry.crs();
  }

  @Override
  public Optional<LocalDate> date() {
    try (PreparedStatement sql =
        connection.prepareStatement("SELECT last_change FROM gpkg_contents WHERE table_name = ?")) {
      sql.setString(1, table);
      try (ResultSet rows = sql.executeQuery()) {
        String instant = rows.next() ? rows.getString(1) : null;
        return instant == null || instant.length() < 10
            ? Optional.empty()
            : Optional.of(LocalDate.parse(instant.substring(0, 10)));
      }
    } catch (SQLException | DateTimeParseException e) {
      return Optional.empty(); // a file of another making may lack the column or fill it otherwise
    }
  }

  @Override
  public long declaredCount() {
    return declaredCount;
  }

  @Override
  public void read(FeatureSink sink) throws IOException, FormatException {
    long row = 0;
    patience.sign();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        if (++row % STEP == 0) {
          context.progress().check();
          context.progress().step(source, row, Math.max(0, declaredCount));
        }
        if (row > mostRows) {
          throw new FormatException(
              FindingCode.FILE_REFUSED,
              "the view brings more rows than the file has bytes (" + mostRows + ")");
        }
        patience.sign();
        pass(row, rows, sink);
      }
    } catch (SQLException e) {
      context.progress().check();
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "after row " + row + ": " + e.getMessage(), e);
    }
  }

  private void pass(long row, ResultSet rows, FeatureSink sink) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      Object value = rows.getObject(i + 3);
      values[i] = value == null ? null : value(types[i], value);
    }
    String id = key == null ? null : rows.getString(1);
    byte[] blob = null;
    if (geometry != null) {
      Object cell = rows.getObject(2);
      if (cell instanceof byte[] bytes) {
        blob = bytes;
      } else if (cell != null) {
        sink.setAside(row, "the geometry column holds '" + cell + "'", Arrays.toString(values));
        return;
      }
    }
    if (blob == null) {
      sink.accept(new SourceFeature(row, id, null, values));
      return;
    }
    byte[] wkb;
    try {
      wkb = wkb(blob);
    } catch (IllegalArgumentException e) {
      String shown = HexFormat.of().formatHex(blob, 0, Math.min(blob.length, SHOWN_BYTES));
      sink.setAside(row, String.valueOf(e.getMessage()), shown + " " + Arrays.toString(values));
      return;
    }
    sink.accept(new SourceFeature(row, id, wkb, values));
  }

  private static byte[] wkb(byte[] blob) {
    int at = GeoPackageGeometry.wkbOffset(blob);
    byte[] wkb = Arrays.copyOfRange(blob, at, blob.length);
    // Curves and surfaces of many parts are lines and polygons where their parts are.
    if (wkb[0] == 1 && Wkb.getInt(wkb, 1) % 1000 == MULTI_CURVE) {
      wkb[1] -= MULTI_CURVE - 5;
    } else if (wkb[0] == 1 && Wkb.getInt(wkb, 1) % 1000 == MULTI_SURFACE) {
      wkb[1] -= MULTI_SURFACE - 6;
    }
    return Wkb.normalize(wkb);
  }

  private static @Nullable Object value(FieldType type, Object value) {
    return switch (type) {
      case TEXT ->
          value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
      case INTEGER ->
          switch (value) {
            case Integer number -> (long) number;
            case Long number -> number;
            default -> value.toString();
          };
      case DECIMAL ->
          switch (value) {
            case Double number -> Double.isFinite(number) ? number : null;
            case Integer number -> (double) number;
            case Long number -> (double) number;
            default -> value.toString();
          };
      case BOOLEAN ->
          value instanceof Integer number && (number == 0 || number == 1)
              ? (Object) (number == 1)
              : value.toString();
      case DATE -> date(value.toString());
      case INSTANT -> instant(value.toString());
    };
  }

  private static Object date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return text;
    }
  }

  private static Object instant(String text) {
    try {
      return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return local(text);
    }
  }

  // Requirement 5 wants UTC; a moment without a zone is read as such.
  private static Object local(String text) {
    try {
      return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return text;
    }
  }

  private void reportBinary(Column column) {
    context
        .findings()
        .add(
            Finding.of(
                FindingCode.VALUE_UNREADABLE,
                source,
                column.name(),
                "a column of bytes (" + column.type() + ") is left out",
                Finding.Action.SET_ASIDE));
  }

  private static @Nullable Column key(List<Column> columns) {
    for (Column column : columns) {
      if (column.key() && column.type().equalsIgnoreCase("INTEGER")) {
        return column;
      }
    }
    return columns.stream().filter(GeoPackageLayer::isRowNumber).findFirst().orElse(null);
  }

  // The names that programs give to a number that says nothing outside this file.
  private static boolean isRowNumber(Column column) {
    return isNamed(column, "fid") || isNamed(column, "ogc_fid");
  }

  private static boolean isNamed(Column column, String name) {
    return column.name().equalsIgnoreCase(name);
  }

  /** What a declared type means (OGC 12-128r19, table 1, and SQLite's affinity); null for bytes. */
  private static @Nullable FieldType type(String declared) {
    String type = declared.strip().toUpperCase(Locale.ROOT).replaceFirst("\\s*\\(.*", "");
    return switch (type) {
      case "BOOLEAN", "BOOL" -> FieldType.BOOLEAN;
      case "DATE" -> FieldType.DATE;
      case "DATETIME", "TIMESTAMP" -> FieldType.INSTANT;
      case "BLOB" -> null;
      default -> {
        if (type.contains("INT")) {
          yield FieldType.INTEGER;
        }
        if (type.contains("REAL")
            || type.contains("FLOA")
            || type.contains("DOUB")
            || type.contains("NUMERIC")
            || type.contains("DECIMAL")) {
          yield FieldType.DECIMAL;
        }
        yield FieldType.TEXT;
      }
    };
  }
}
