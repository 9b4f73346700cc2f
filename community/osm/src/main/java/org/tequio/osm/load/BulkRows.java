package org.tequio.osm.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes many rows with few statements. Belongs to one transaction. */
final class BulkRows implements AutoCloseable {
  private static final int ROWS = 1000;

  private final Connection connection;
  private final String insert;
  private final int columns;
  private final String row;
  private final String end;
  private final PreparedStatement full;

  /** Binds the values of one row. */
  @FunctionalInterface
  interface RowBinder {
    /**
     * Binds them.
     *
     * @param index of the row among those that are written
     * @param parameter where the first of them goes
     */
    void bind(PreparedStatement statement, int index, int parameter) throws SQLException;
  }

  /**
   * Begins.
   *
   * @param insert {@code INSERT INTO … VALUES} without the values
   * @param end what comes after the values; may be empty
   */
  BulkRows(Connection connection, String insert, int columns, String end) throws SQLException {
    this.connection = connection;
    this.insert = insert;
    this.columns = columns;
    this.row = "(?" + ", ?".repeat(columns - 1) + ")";
    this.end = end;
    this.full = connection.prepareStatement(statement(ROWS));
  }

  private String statement(int rows) {
    return insert + " " + row + (", " + row).repeat(rows - 1) + end;
  }

  /** Writes rows; returns how many are new. */
  int write(int rows, RowBinder binder) throws SQLException {
    int written = 0;
    int at = 0;
    for (; at + ROWS <= rows; at += ROWS) {
      written += run(full, at, ROWS, columns, binder);
    }
    if (at < rows) {
      try (PreparedStatement rest = connection.prepareStatement(statement(rows - at))) {
        written += run(rest, at, rows - at, columns, binder);
      }
    }
    return written;
  }

  private static int run(
      PreparedStatement statement, int from, int rows, int columns, RowBinder binder)
      throws SQLException {
    for (int i = 0; i < rows; i++) {
      binder.bind(statement, from + i, 1 + i * columns);
    }
    return statement.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    full.close();
  }
}
