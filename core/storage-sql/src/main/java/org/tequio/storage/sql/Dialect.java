package org.tequio.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.StoreFault;

/**
 * What one kind of database does in its own way. Everything else of a city is SQL that all kinds
 * understand. Thread-safe.
 */
public interface Dialect {

  // ---- connections

  /** Opens the one connection that writes. */
  Connection openToWrite() throws SQLException;

  /** True where a connection that lay idle can still be used. */
  boolean isAlive(Connection connection) throws SQLException;

  /** Begins a transaction. */
  void begin(Connection connection) throws SQLException;

  /** Commits it; durable when this returns. */
  void commit(Connection connection) throws SQLException;

  /** Rolls it back. */
  void rollBack(Connection connection) throws SQLException;

  /** Mends what a roll-back to a savepoint leaves behind. */
  void afterUndo(Connection connection) throws SQLException;

  /** What a failure of the database means for who met it. */
  StoreFault fault(SQLException e);

  // ---- names

  /** The most bytes that the name of a column may have in UTF-8. */
  int longestName();

  /** Names that no column may have, in lower case. */
  Set<String> reservedNames();

  /** The table from which a layer is read, and in which it is edited, while it is current. */
  String liveTable(LayerId layer, long generation);

  /** The names of all tables of the city. */
  Set<String> tables(Connection connection) throws SQLException;

  /** Finishes a table that a module has just made. */
  void finishModuleTable(Connection connection, String table) throws SQLException;

  /** Statements that all kinds understand and that make a module's table and its indexes anew. */
  List<String> statementsOf(Connection connection, String table) throws SQLException;

  // ---- rows

  /** The columns of a feature as {@link #row} reads them, each with a prefix such as {@code t.}. */
  String readColumns(Generation generation, String prefix);

  /** Sees the rows of a query for {@link #readColumns}. */
  TableRow row(Generation generation, ResultSet rows);

  /** How a typed value is bound to a column. */
  @Nullable Object toColumn(@Nullable Object value);

  /** The columns that hold a feature, comma-separated, each with a prefix such as {@code OLD.}. */
  String columns(Generation generation, String prefix);

  /** The columns that hold a geometry, and what stands for each where one is bound. */
  SequencedMap<String, String> geometryParameters(Generation generation);

  /**
   * Binds a geometry, null for none, to its columns.
   *
   * @return the place after the last of them
   */
  int bindGeometry(
      PreparedStatement statement, int place, Generation generation, byte @Nullable [] wkb)
      throws SQLException;

  /** What holds for rows {@code t} of a table that may touch a box, and for few others. */
  Condition touching(Generation generation, String table, Bbox box);

  /**
   * A condition on rows {@code t}.
   *
   * @param sql beginning with {@code AND}
   * @param values to be bound in it
   */
  record Condition(String sql, List<Object> values) {}

  /** The extent of a table, exactly. */
  @Nullable Bbox extent(Connection connection, Generation generation, String table)
      throws SQLException;

  // ---- the tables of generations

  /** Makes the empty tables of a generation. */
  void create(Connection connection, Generation generation) throws SQLException;

  /** Before tables change their part in the city, within a transaction. */
  void beginSwap(Connection connection) throws SQLException;

  /** After it. */
  void endSwap(Connection connection) throws SQLException;

  /** Makes a generation the one that GIS tools see and may edit. */
  void install(Connection connection, Generation generation, @Nullable Bbox extent)
      throws SQLException;

  /** Puts the current generation aside: GIS tools see it no longer. */
  void putAside(Connection connection, Generation generation) throws SQLException;

  /** Tells GIS tools the extent of a current generation, and that it has changed. */
  void describe(Connection connection, Generation generation, @Nullable Bbox extent)
      throws SQLException;

  /** Removes all of a generation that was never published, in short transactions. */
  void dropStaged(Writer writer, Generation generation);

  /** Removes the tables of a generation that was never published. */
  void drop(Connection connection, long generation) throws SQLException;

  /** Gives a feature of a generation that is aside another id. */
  void move(Connection connection, Generation generation, long from, long to) throws SQLException;

  // ---- ids and revisions

  /** An id that no feature of a layer has had. */
  long nextId(Connection connection, LayerId layer) throws SQLException;

  /** The highest id that a feature of a layer has had, or 0. */
  long lastId(Connection connection, LayerId layer) throws SQLException;

  /** After rows were put into tables with their numbers: new numbers come after them. */
  void finishCopy(Connection connection) throws SQLException;

  /**
   * Ids up to this one are taken.
   *
   * @param current the generation that GIS tools edit; null where there is none
   */
  void raiseIds(Connection connection, LayerId layer, @Nullable Generation current, long last)
      throws SQLException;

  /** From here on, this connection's edits belong to a revision. */
  void enter(Connection connection, long revision) throws SQLException;

  /** From here on, they belong to none. */
  void leave(Connection connection) throws SQLException;

  /** Waits until nobody else changes a feature, and keeps others from it until the commit. */
  void lock(Connection connection, Generation generation, FeatureId feature) throws SQLException;
}
