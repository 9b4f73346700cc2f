package org.tequio.osm.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * Tables of the same columns as those of the present state, where a file lies until it is part of
 * the map. Whichever of the two is larger becomes the map.
 */
final class LoadTables {
  private static final List<String> KINDS = List.of("element", "way_node", "member", "way_cell");

  private static final List<String> CREATE =
      List.of(
          "CREATE TABLE osm_load_element (key BIGINT PRIMARY KEY, cell BIGINT,"
              + " data BYTEA NOT NULL)",
          "CREATE TABLE osm_load_way_node (node BIGINT NOT NULL, way BIGINT NOT NULL)",
          "CREATE TABLE osm_load_member (member BIGINT NOT NULL, relation BIGINT NOT NULL)",
          "CREATE TABLE osm_load_way_cell (cell BIGINT NOT NULL, way BIGINT NOT NULL)");

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              Stream.concat(
                      CREATE.stream(),
                      Stream.of(
                          "INSERT INTO osm_counter (name, last) VALUES ('load', 0)",
                          // Seconds since 1970 of the newest version that came from elsewhere.
                          "INSERT INTO osm_counter (name, last) VALUES ('newest', 0)"))
                  .toList()));

  private LoadTables() {}

  static void migrate(Database database) {
    database.migrate("osm_load", MIGRATIONS);
  }

  static boolean isEmpty(Connection connection) throws SQLException {
    return Sql.first(connection, row -> 1, "SELECT 1 FROM osm_load_element LIMIT 1").isEmpty();
  }

  /** Throws away what is in them. */
  static void clear(Connection connection) throws SQLException {
    for (String kind : KINDS) {
      Sql.run(connection, "DROP TABLE osm_load_" + kind);
    }
    for (String statement : CREATE) {
      Sql.run(connection, statement);
    }
  }

  /** The indexes that they lack while they are filled, each to be made in a transaction. */
  static List<String> indexes(long load) {
    return List.of(
        "CREATE UNIQUE INDEX osm_way_node_" + load + " ON osm_load_way_node (node, way)",
        "CREATE UNIQUE INDEX osm_member_" + load + " ON osm_load_member (member, relation)",
        "CREATE UNIQUE INDEX osm_way_cell_" + load + " ON osm_load_way_cell (cell, way)",
        "CREATE INDEX osm_element_cell_" + load + " ON osm_load_element (cell)");
  }

  /** A number for a load. */
  static long next(Connection connection) throws SQLException {
    return OsmTables.take(connection, "load", 1);
  }

  /**
   * Makes what was loaded part of the map. What is on the map stays.
   *
   * @param mapIsSmaller true to add the map to what was loaded, and to make that the map
   */
  static void join(Connection connection, boolean mapIsSmaller) throws SQLException {
    for (String kind : KINDS) {
      String map = "osm_" + kind;
      String load = "osm_load_" + kind;
      if (mapIsSmaller) {
        copy(connection, map, load);
        Sql.run(connection, "DROP TABLE " + map);
        Sql.run(connection, "ALTER TABLE " + load + " RENAME TO " + map);
      } else {
        copy(connection, load, map);
        Sql.run(connection, "DROP TABLE " + load);
      }
    }
    for (String statement : CREATE) {
      Sql.run(connection, statement);
    }
  }

  // The condition keeps SQLite from taking ON for that of a join.
  private static void copy(Connection connection, String from, String to) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO " + to + " SELECT * FROM " + from + " WHERE TRUE ON CONFLICT DO NOTHING");
  }
}
