package org.tequio.osm.element;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** The tables of elements and of who edits them, and the numbers that are given out. */
public final class OsmTables {
  /** The module's name among migrations. */
  public static final String MODULE = "osm";

  /**
   * What is made here has numbers above these, which OpenStreetMap's own will not reach for
   * decades: so a city can take in and follow an extract of it, and nothing of one is ever taken
   * for something of the other. Changesets and people stay below 2^31, which is all that some
   * programs hold.
   */
  public static final long FIRST_ELEMENT = 1_000_000_000_000L;

  /** The same for changesets and people. */
  public static final long FIRST_OTHER = 1_000_000_000L;

  /** Its versions. */
  public static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  // The present state, deleted ones too. Nodes that are there have a cell.
                  "CREATE TABLE osm_element (key BIGINT PRIMARY KEY, cell BIGINT,"
                      + " data BYTEA NOT NULL)",
                  "CREATE INDEX osm_element_cell ON osm_element (cell)",
                  // Versions that were replaced.
                  "CREATE TABLE osm_past (key BIGINT NOT NULL, version INTEGER NOT NULL,"
                      + " data BYTEA NOT NULL, redaction BIGINT, PRIMARY KEY (key, version))",
                  // Who uses whom, by id and by key; and the cells in which a way has nodes.
                  "CREATE TABLE osm_way_node (node BIGINT NOT NULL, way BIGINT NOT NULL,"
                      + " PRIMARY KEY (node, way))",
                  "CREATE TABLE osm_member (member BIGINT NOT NULL, relation BIGINT NOT NULL,"
                      + " PRIMARY KEY (member, relation))",
                  "CREATE TABLE osm_way_cell (cell BIGINT NOT NULL, way BIGINT NOT NULL,"
                      + " PRIMARY KEY (cell, way))",
                  // Each version that was made here, in the order of commits: one number for what
                  // became durable together.
                  "CREATE TABLE osm_edit (number BIGINT NOT NULL, place INTEGER NOT NULL,"
                      + " changeset BIGINT NOT NULL, key BIGINT NOT NULL,"
                      + " version INTEGER NOT NULL, PRIMARY KEY (number, place))",
                  "CREATE INDEX osm_edit_changeset ON osm_edit (changeset, number, place)",
                  "CREATE TABLE osm_counter (name TEXT PRIMARY KEY, last BIGINT NOT NULL)",
                  "CREATE TABLE osm_person (uid BIGINT PRIMARY KEY, account TEXT,"
                      + " name TEXT NOT NULL, since BIGINT NOT NULL)",
                  "CREATE INDEX osm_person_account ON osm_person (account)",
                  "CREATE INDEX osm_person_name ON osm_person (name)",
                  "INSERT INTO osm_counter (name, last) VALUES ('node', " + FIRST_ELEMENT + ")",
                  "INSERT INTO osm_counter (name, last) VALUES ('way', " + FIRST_ELEMENT + ")",
                  "INSERT INTO osm_counter (name, last) VALUES ('relation', " + FIRST_ELEMENT + ")",
                  "INSERT INTO osm_counter (name, last) VALUES ('changeset', " + FIRST_OTHER + ")",
                  "INSERT INTO osm_counter (name, last) VALUES ('person', " + FIRST_OTHER + ")",
                  "INSERT INTO osm_counter (name, last) VALUES ('edit', 0)")));

  private OsmTables() {}

  /** Gives out numbers; returns the first of them, the others follow. */
  public static long take(Connection connection, String counter, int count) throws SQLException {
    Sql.update(
        connection, "UPDATE osm_counter SET last = last + ? WHERE name = ?", (long) count, counter);
    return last(connection, counter) - count + 1;
  }

  /** The last number that was given out. */
  public static long last(Connection connection, String counter) throws SQLException {
    return Sql.number(connection, "SELECT last FROM osm_counter WHERE name = ?", counter);
  }
}
