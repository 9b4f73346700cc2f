package org.tequio.storage.geopackage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.Catalog;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.Writer;

/** Makes, registers, renames and drops the tables of generations. */
final class LayerTables {
  private static final int ROWS_DROPPED_AT_ONCE = 20_000;
  private static final List<String> RTREE_PARTS = List.of("_node", "_rowid", "_parent");

  private LayerTables() {}

  /** Makes the empty tables of a generation. */
  static void create(Connection connection, Generation generation) throws SQLException {
    for (String statement : new LayerSql(generation).createStatements()) {
      Sql.run(connection, statement);
    }
  }

  /** Makes a generation the one that GIS tools see, within a schema change. */
  static void install(Connection connection, Generation generation, @Nullable Bbox extent)
      throws SQLException {
    String table = generation.currentTable();
    if (Sqlite.hasTable(connection, table)) {
      throw new IllegalArgumentException(
          "city.gpkg has a table named '" + table + "' that is no layer of the city");
    }
    rename(connection, generation, generation.asideTable(), table);
    CityTables.ensureCrs(connection, generation.crs());
    Sql.update(
        connection,
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id)"
            + " VALUES (?, ?, ?, "
            + CityTables.NOW
            + ", ?)",
        table,
        generation.spatial() ? "features" : "attributes",
        table,
        generation.spatial() ? (Object) generation.crs().epsg() : null);
    describe(connection, generation, extent);
    if (generation.spatial()) {
      Sql.update(
          connection,
          "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)",
          table,
          Generation.GEOM,
          generation.schema().geometry().geoPackageName(),
          generation.crs().epsg(),
          generation.schema().hasZ() ? 2 : 0,
          generation.schema().hasM() ? 2 : 0);
      Sql.update(
          connection,
          "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index',"
              + " 'http://www.geopackage.org/spec140/#extension_rtree', 'write-only')",
          table,
          Generation.GEOM);
    }
    Iterator<String> names = new LayerSql(generation).triggerNames().iterator();
    for (String trigger : new LayerSql(generation).triggerStatements()) {
      Sql.update(
          connection,
          "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)"
              + " VALUES ('trigger', ?, ?, 0, ?)",
          names.next(),
          table,
          trigger);
    }
  }

  /** Lets the schema be written as rows, until {@link #endSchemaChange}. */
  static void beginSchemaChange(Connection connection) throws SQLException {
    Sql.run(connection, "PRAGMA writable_schema = ON");
  }

  /** Makes this and all other connections read the schema again. */
  static void endSchemaChange(Connection connection) throws SQLException {
    long version = Sql.number(connection, "PRAGMA schema_version");
    Sql.run(connection, "PRAGMA schema_version = " + (version + 1));
    Sql.run(connection, "PRAGMA writable_schema = RESET");
  }

  /** Puts the current generation aside, within a schema change: GIS tools see it no longer. */
  static void putAside(Connection connection, Generation generation) throws SQLException {
    String table = generation.currentTable();
    for (String trigger : new LayerSql(generation).triggerNames()) {
      Sql.update(
          connection, "DELETE FROM sqlite_schema WHERE type = 'trigger' AND name = ?", trigger);
    }
    Sql.update(connection, "DELETE FROM gpkg_extensions WHERE table_name = ?", table);
    Sql.update(connection, "DELETE FROM gpkg_geometry_columns WHERE table_name = ?", table);
    Sql.update(connection, "DELETE FROM gpkg_contents WHERE table_name = ?", table);
    rename(connection, generation, table, generation.asideTable());
  }

  /** Writes a layer's extent and the time of its change where GIS tools look for them. */
  static void describe(Connection connection, Generation generation, @Nullable Bbox extent)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE gpkg_contents SET last_change = "
            + CityTables.NOW
            + ", min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
        extent == null ? null : extent.minX(),
        extent == null ? null : extent.minY(),
        extent == null ? null : extent.maxX(),
        extent == null ? null : extent.maxY(),
        generation.currentTable());
  }

  /** Removes a generation that was never published, in short transactions. */
  static void dropStaged(Writer writer, Generation generation) {
    String table = Sql.quoted(generation.asideTable());
    boolean more = true;
    while (more) {
      more =
          writer.transaction(
              connection ->
                  Sqlite.hasTable(connection, generation.asideTable())
                      && Sql.update(
                              connection,
                              "DELETE FROM "
                                  + table
                                  + " WHERE fid IN (SELECT fid FROM "
                                  + table
                                  + " ORDER BY fid DESC LIMIT "
                                  + ROWS_DROPPED_AT_ONCE
                                  + ")")
                          == ROWS_DROPPED_AT_ONCE);
    }
    writer.transaction(
        connection -> {
          drop(connection, generation.id());
          Catalog.forget(connection, generation.id());
          return true;
        });
  }

  /** Removes all traces of a generation that was never published. */
  static void drop(Connection connection, long id) throws SQLException {
    String table = "tq_g" + id;
    Sql.run(connection, "DROP TABLE IF EXISTS " + Sql.quoted(LayerSql.rtree(table)));
    Sql.run(connection, "DROP TABLE IF EXISTS " + table);
    Sql.run(connection, "DROP TABLE IF EXISTS tq_h" + id);
  }

  // ALTER TABLE reads every statement of the schema again for each of the five tables, which takes
  // seconds in a city of hundreds of layers. The names stand in a few rows that we know.
  private static void rename(Connection connection, Generation generation, String from, String to)
      throws SQLException {
    if (hasCompanions(connection, from)) {
      endSchemaChange(connection);
      Sql.run(connection, "ALTER TABLE " + Sql.quoted(from) + " RENAME TO " + Sql.quoted(to));
      beginSchemaChange(connection);
    } else {
      renameInSchema(connection, "CREATE TABLE ", from, to);
      Sql.update(connection, "UPDATE sqlite_sequence SET name = ? WHERE name = ?", to, from);
    }
    if (generation.spatial()) {
      String fromTree = LayerSql.rtree(from);
      String toTree = LayerSql.rtree(to);
      renameInSchema(connection, "CREATE VIRTUAL TABLE ", fromTree, toTree);
      for (String part : RTREE_PARTS) {
        renameInSchema(connection, "CREATE TABLE ", fromTree + part, toTree + part);
      }
    }
  }

  // Indexes that another program made on the table mention its name too.
  private static boolean hasCompanions(Connection connection, String table) throws SQLException {
    return Sql.number(
            connection,
            "SELECT COUNT(*) FROM sqlite_schema WHERE tbl_name = ? AND name <> tbl_name",
            table)
        > 0;
  }

  private static void renameInSchema(Connection connection, String create, String from, String to)
      throws SQLException {
    String before = create + Sql.quoted(from);
    int renamed =
        Sql.update(
            connection,
            "UPDATE sqlite_schema SET name = ?1, tbl_name = ?1, sql = ?2 || substr(sql, ?3)"
                + " WHERE type = 'table' AND name = ?4 AND substr(sql, 1, ?3 - 1) = ?5",
            to,
            create + Sql.quoted(to),
            before.length() + 1,
            from,
            before);
    if (renamed != 1) {
      throw new StoreFault("city.gpkg: the table " + from + " is not as Tequio made it");
    }
  }
}
