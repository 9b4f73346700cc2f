package org.tequio.storage.geopackage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.storage.Sql;

/** The tables that every city has: those of GeoPackage 1.3 (OGC 12-128r17, annex C) and ours. */
final class CityTables {
  /** {@code GPKG}. */
  static final int APPLICATION_ID = 0x47504B47;

  /** GeoPackage 1.3.0: nothing of 1.4 is needed, and programs of cities warn of it. */
  static final int USER_VERSION = 10300;

  /** The layout of our own tables. */
  static final int FORMAT = 1;

  /** Now, as GeoPackage writes instants: strict ISO 8601 with milliseconds and Z. */
  static final String NOW = "strftime('%Y-%m-%dT%H:%M:%fZ','now')";

  private static final String WGS84 =
      "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,"
          + "AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,"
          + "AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,"
          + "AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],"
          + "AUTHORITY[\"EPSG\",\"4326\"]]";

  private static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL,"
              + " srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,"
              + " organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,"
              + " description TEXT)",
          "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY,"
              + " data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',"
              + " last_change DATETIME NOT NULL DEFAULT ("
              + NOW
              + "),"
              + " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,"
              + " CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id)"
              + " REFERENCES gpkg_spatial_ref_sys(srs_id))",
          "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL,"
              + " column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,"
              + " srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,"
              + " CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
              + " CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
              + " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name)"
              + " REFERENCES gpkg_contents(table_name),"
              + " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id)"
              + " REFERENCES gpkg_spatial_ref_sys (srs_id))",
          "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT,"
              + " extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,"
              + " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
          "CREATE TABLE tq_city (name TEXT NOT NULL, epsg INTEGER NOT NULL,"
              + " format INTEGER NOT NULL)",
          "CREATE TABLE tq_revision (number INTEGER PRIMARY KEY NOT NULL,"
              + " instant INTEGER NOT NULL, author TEXT NOT NULL, source TEXT NOT NULL,"
              + " message TEXT NOT NULL, open INTEGER NOT NULL DEFAULT 0)",
          "CREATE INDEX tq_revision_instant ON tq_revision (instant)",
          "CREATE TABLE tq_writer (one INTEGER PRIMARY KEY CHECK (one = 1),"
              + " revision INTEGER, catalog INTEGER NOT NULL)",
          "INSERT INTO tq_writer (one, revision, catalog) VALUES (1, NULL, 0)",
          "CREATE TABLE tq_generation (id INTEGER PRIMARY KEY AUTOINCREMENT,"
              + " layer TEXT NOT NULL, published INTEGER NOT NULL DEFAULT 0,"
              + " epsg INTEGER NOT NULL, geometry TEXT NOT NULL, has_z INTEGER NOT NULL,"
              + " has_m INTEGER NOT NULL, key_field TEXT)",
          "CREATE TABLE tq_field (generation INTEGER NOT NULL, position INTEGER NOT NULL,"
              + " name TEXT NOT NULL, column_name TEXT NOT NULL, type TEXT NOT NULL,"
              + " label_es TEXT NOT NULL, label_pt TEXT NOT NULL, label_en TEXT NOT NULL,"
              + " unit TEXT, data_class TEXT NOT NULL, PRIMARY KEY (generation, position))",
          "CREATE TABLE tq_code (generation INTEGER NOT NULL, field INTEGER NOT NULL,"
              + " position INTEGER NOT NULL, value TEXT NOT NULL, label_es TEXT NOT NULL,"
              + " label_pt TEXT NOT NULL, label_en TEXT NOT NULL,"
              + " PRIMARY KEY (generation, field, position))",
          "CREATE TABLE tq_period (layer TEXT NOT NULL, from_revision INTEGER NOT NULL,"
              + " to_revision INTEGER, generation INTEGER NOT NULL,"
              + " PRIMARY KEY (layer, from_revision))",
          "CREATE TABLE tq_state (generation INTEGER NOT NULL, revision INTEGER NOT NULL,"
              + " features INTEGER NOT NULL, min_x REAL, min_y REAL, max_x REAL, max_y REAL,"
              + " hash TEXT NOT NULL, PRIMARY KEY (generation, revision)) WITHOUT ROWID",
          "CREATE TABLE tq_touch (layer TEXT NOT NULL, revision INTEGER NOT NULL,"
              + " PRIMARY KEY (layer, revision)) WITHOUT ROWID",
          "CREATE INDEX tq_touch_revision ON tq_touch (revision)",
          "CREATE TABLE tq_change (generation INTEGER NOT NULL, fid INTEGER NOT NULL,"
              + " revision INTEGER NOT NULL, PRIMARY KEY (generation, fid)) WITHOUT ROWID",
          "CREATE TABLE tq_log (revision INTEGER NOT NULL, generation INTEGER NOT NULL,"
              + " fid INTEGER NOT NULL, PRIMARY KEY (revision, generation, fid)) WITHOUT ROWID",
          "CREATE TABLE tq_sequence (layer TEXT PRIMARY KEY, last INTEGER NOT NULL)",
          "CREATE TABLE tq_table (name TEXT PRIMARY KEY)",
          "CREATE TABLE tq_migration (module TEXT NOT NULL, version INTEGER NOT NULL,"
              + " hash TEXT NOT NULL, PRIMARY KEY (module, version))",
          // One registered attributes table keeps GDAL from listing every table of ours, and lets
          // people read the history in their GIS.
          "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)"
              + " VALUES ('tq_revision', 'attributes', 'tq_revision', 'History of this city')");

  private CityTables() {}

  /** Fills an empty database, within the caller's transaction. */
  static void create(Connection connection, String name, Crs crs) throws SQLException {
    Sql.run(connection, "PRAGMA application_id = " + APPLICATION_ID);
    Sql.run(connection, "PRAGMA user_version = " + USER_VERSION);
    for (String statement : STATEMENTS) {
      Sql.run(connection, statement);
    }
    String insert = "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)";
    Sql.update(
        connection, insert, "Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "any plane");
    Sql.update(
        connection, insert, "Undefined geographic SRS", 0, "NONE", 0, "undefined", "any sphere");
    Sql.update(
        connection, insert, "WGS 84 geodetic", 4326, "EPSG", 4326, WGS84, "longitude, latitude");
    ensureCrs(connection, crs);
    Sql.update(connection, "INSERT INTO tq_city VALUES (?, ?, ?)", name, crs.epsg(), FORMAT);
  }

  /** Adds a coordinate system to the GeoPackage where it is not there yet. */
  static void ensureCrs(Connection connection, Crs crs) throws SQLException {
    if (Sql.number(
            connection, "SELECT COUNT(*) FROM gpkg_spatial_ref_sys WHERE srs_id = ?", crs.epsg())
        > 0) {
      return;
    }
    CrsRegistry registry = CrsRegistry.standard();
    String wkt = registry.wkt(crs);
    Sql.update(
        connection,
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?, NULL)",
        registry.name(crs),
        crs.epsg(),
        crs.epsg(),
        wkt.isBlank() ? "undefined" : wkt);
  }
}
