package org.tequio.formats.geopackage;

import static org.tequio.formats.geopackage.SqlName.literal;
import static org.tequio.formats.geopackage.SqlName.quoted;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;

/**
 * One transaction of inserts, then the spatial index. The file is new and incomplete until {@link
 * #close()}, so nothing is journalled on the way and the bytes are forced to disk once at the end.
 */
final class GeoPackageFeatureWriter implements FeatureWriter {
  private static final int APPLICATION_ID = 0x47504B47;
  private static final int VERSION_1_3 = 10_300;
  private static final int BATCH = 1_000;
  private static final String WGS84 =
      "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,"
          + "AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],"
          + "PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],"
          + "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],"
          + "AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]";

  private final Path file;
  private final Connection connection;
  private final LayerSchema schema;
  private final Imprint imprint;
  private final int srsId;
  private final String table;
  private final String fid;
  private final String geometry;
  private final PreparedStatement insert;
  private final WkbBuilder builder = new WkbBuilder();
  private final double[] envelope = new double[4];
  private final double[] extent = {
    Double.POSITIVE_INFINITY,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private long[] ids = new long[1024];
  private double[] boxes = new double[4096];
  private int indexed;
  private int batched;
  private boolean closed;

  GeoPackageFeatureWriter(Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws SQLException {
    this.file = file;
    this.schema = schema;
    this.imprint = imprint;
    this.srsId = crs.epsg();
    this.table = tableName(layerName);
    this.fid = freeName(schema, List.of("fid", "ogc_fid", "fid_"));
    this.geometry = freeName(schema, List.of("geom", "the_geom", "geometry", "geom_"));
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.OFF);
    config.setSynchronous(SynchronousMode.OFF);
    config.setApplicationId(APPLICATION_ID);
    config.setUserVersion(VERSION_1_3);
    this.connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try {
      createTables(crs);
      connection.setAutoCommit(false);
      this.insert = connection.prepareStatement(insertSql());
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void write(FeatureRow row) throws IOException {
    try {
      insert.setLong(1, row.id());
      int at = 2;
      if (schema.hasGeometry()) {
        bindGeometry(row);
        at++;
      }
      for (int i = 0; i < schema.fields().size(); i++) {
        bind(at++, row.value(i));
      }
      insert.addBatch();
      if (++batched == BATCH) {
        insert.executeBatch();
        batched = 0;
      }
    } catch (SQLException e) {
      throw new IOException("cannot write feature " + row.id() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (connection) {
      try (insert) {
        insert.executeBatch();
      }
      if (schema.hasGeometry()) {
        createIndex();
      }
      setExtent();
      GeoPackageImprint.write(connection, table, imprint);
      connection.commit();
    } catch (SQLException e) {
      throw new IOException("cannot finish the GeoPackage " + file.getFileName(), e);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private void bindGeometry(FeatureRow row) throws SQLException {
    byte[] wkb = row.wkb();
    if (wkb == null) {
      insert.setNull(2, Types.BLOB);
      return;
    }
    byte[] fitted = MultiWkb.fit(schema.geometry(), wkb, row.wkbOffset(), row.wkbLength(), builder);
    if (Wkb.envelope(fitted, 0, envelope)) {
      remember(row.id());
    }
    insert.setBytes(2, GeoPackageGeometry.of(srsId, fitted, envelope));
  }

  private void remember(long id) {
    if (indexed == ids.length) {
      ids = Arrays.copyOf(ids, indexed * 2);
      boxes = Arrays.copyOf(boxes, indexed * 8);
    }
    ids[indexed] = id;
    System.arraycopy(envelope, 0, boxes, indexed * 4, 4);
    indexed++;
    extent[0] = Math.min(extent[0], envelope[0]);
    extent[1] = Math.min(extent[1], envelope[1]);
    extent[2] = Math.max(extent[2], envelope[2]);
    extent[3] = Math.max(extent[3], envelope[3]);
  }

  private void bind(int at, @Nullable Object value) throws SQLException {
    switch (value) {
      case null -> insert.setNull(at, Types.NULL);
      case Long number -> insert.setLong(at, number);
      case Double number -> insert.setDouble(at, number);
      case Boolean truth -> insert.setInt(at, truth ? 1 : 0);
      case Instant instant -> insert.setString(at, GeoPackageImprint.INSTANT.format(instant));
      default -> insert.setString(at, value.toString());
    }
  }

  private void createTables(Crs crs) throws SQLException {
    CrsRegistry registry = CrsRegistry.standard();
    String definition = crs.equals(Crs.CRS84) ? WGS84 : registry.wkt(crs);
    try (Statement sql = connection.createStatement()) {
      sql.executeUpdate(
          """
          CREATE TABLE gpkg_spatial_ref_sys (
            srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
            organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
            definition TEXT NOT NULL, description TEXT)""");
      sql.executeUpdate(
          """
          CREATE TABLE gpkg_contents (
            table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
            identifier TEXT UNIQUE, description TEXT DEFAULT '',
            last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
            min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
            CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id)
              REFERENCES gpkg_spatial_ref_sys(srs_id))""");
      sql.executeUpdate(
          """
          CREATE TABLE gpkg_geometry_columns (
            table_name TEXT NOT NULL, column_name TEXT NOT NULL,
            geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
            z TINYINT NOT NULL, m TINYINT NOT NULL,
            CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
            CONSTRAINT uk_gc_table_name UNIQUE (table_name),
            CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
            CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""");
      sql.executeUpdate(
          """
          CREATE TABLE gpkg_extensions (
            table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
            definition TEXT NOT NULL, scope TEXT NOT NULL,
            CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""");
      sql.executeUpdate(
          "INSERT INTO gpkg_spatial_ref_sys VALUES "
              + "('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL),"
              + "('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL),"
              + "('WGS 84 geodetic', 4326, 'EPSG', 4326, "
              + literal(WGS84)
              + ", 'longitude/latitude coordinates in decimal degrees')");
      if (srsId != 4326) {
        sql.executeUpdate(
            "INSERT INTO gpkg_spatial_ref_sys VALUES ("
                + literal(registry.name(crs))
                + ", "
                + srsId
                + ", 'EPSG', "
                + srsId
                + ", "
                + literal(definition.isBlank() ? "undefined" : definition)
                + ", NULL)");
      }
      sql.executeUpdate(tableSql());
      sql.executeUpdate(
          "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ("
              + literal(table)
              + (schema.hasGeometry() ? ", 'features', " : ", 'attributes', ")
              + literal(table)
              + ", "
              + (schema.hasGeometry() ? srsId : "NULL")
              + ")");
      if (schema.hasGeometry()) {
        sql.executeUpdate(
            "INSERT INTO gpkg_geometry_columns VALUES ("
                + String.join(
                    ", ",
                    literal(table),
                    literal(geometry),
                    literal(schema.geometry().geoPackageName()),
                    Integer.toString(srsId),
                    schema.hasZ() ? "2" : "0",
                    schema.hasM() ? "2" : "0")
                + ")");
      }
    }
  }

  private String tableSql() {
    StringBuilder sql = new StringBuilder("CREATE TABLE ").append(quoted(table)).append(" (");
    sql.append(quoted(fid)).append(" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL");
    if (schema.hasGeometry()) {
      GeometryType type = schema.geometry();
      sql.append(", ").append(quoted(geometry)).append(' ').append(type.geoPackageName());
    }
    for (Field field : schema.fields()) {
      sql.append(", ").append(quoted(field.name())).append(' ').append(columnType(field.type()));
    }
    return sql.append(')').toString();
  }

  private String insertSql() {
    int columns = 1 + (schema.hasGeometry() ? 1 : 0) + schema.fields().size();
    return "INSERT INTO "
        + quoted(table)
        + " VALUES ("
        + String.join(", ", java.util.Collections.nCopies(columns, "?"))
        + ")";
  }

  private void createIndex() throws SQLException {
    String name = "rtree_" + table + "_" + geometry;
    try (Statement sql = connection.createStatement()) {
      sql.executeUpdate(
          "CREATE VIRTUAL TABLE " + quoted(name) + " USING rtree(id, minx, maxx, miny, maxy)");
      try (PreparedStatement fill =
          connection.prepareStatement("INSERT INTO " + quoted(name) + " VALUES (?, ?, ?, ?, ?)")) {
        for (int i = 0; i < indexed; i++) {
          fill.setLong(1, ids[i]);
          fill.setDouble(2, boxes[i * 4]);
          fill.setDouble(3, boxes[i * 4 + 2]);
          fill.setDouble(4, boxes[i * 4 + 1]);
          fill.setDouble(5, boxes[i * 4 + 3]);
          fill.addBatch();
          if (i % BATCH == BATCH - 1) {
            fill.executeBatch();
          }
        }
        fill.executeBatch();
      }
      for (String trigger : IndexTriggers.of(table, geometry, fid)) {
        sql.executeUpdate(trigger);
      }
      sql.executeUpdate(
          "INSERT INTO gpkg_extensions VALUES ("
              + literal(table)
              + ", "
              + literal(geometry)
              + ", 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree',"
              + " 'write-only')");
    }
  }

  private void setExtent() throws SQLException {
    if (extent[0] > extent[2]) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?")) {
      for (int i = 0; i < 4; i++) {
        update.setDouble(i + 1, extent[i]);
      }
      update.executeUpdate();
    }
  }

  private static String columnType(FieldType type) {
    return switch (type) {
      case TEXT -> "TEXT";
      case INTEGER -> "INTEGER";
      case DECIMAL -> "REAL";
      case BOOLEAN -> "BOOLEAN";
      case DATE -> "DATE";
      case INSTANT -> "DATETIME";
    };
  }

  // SQLite and GeoPackage keep these beginnings for themselves.
  private static String tableName(String layerName) {
    String name = layerName.replace("\0", "").strip();
    String lower = name.toLowerCase(Locale.ROOT);
    boolean reserved =
        name.isEmpty()
            || lower.startsWith("gpkg_")
            || lower.startsWith("sqlite_")
            || lower.startsWith("rtree_");
    return reserved ? "layer_" + name : name;
  }

  private static String freeName(LayerSchema schema, List<String> wanted) {
    for (String name : wanted) {
      if (schema.indexOf(name) < 0) {
        return name;
      }
    }
    String name = wanted.getLast();
    while (schema.indexOf(name) >= 0) {
      name += "_";
    }
    return name;
  }
}
