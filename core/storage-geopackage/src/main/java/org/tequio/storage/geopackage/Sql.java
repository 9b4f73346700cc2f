package org.tequio.storage.geopackage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Short forms for SQL that is not worth a class of its own. Values are always bound. */
final class Sql {
  private Sql() {}

  /** Sees one row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Sees one row and gives nothing back. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  /**
   * Begins a transaction of the mode that the connection was opened with. The driver must know that
   * there is one: otherwise it tries to begin another before every statement.
   */
  static void begin(Connection connection) throws SQLException {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      forgetTransaction(connection);
      throw e;
    }
  }

  /** Commits it. */
  static void commit(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
  }

  /** Rolls it back. */
  static void rollBack(Connection connection) throws SQLException {
    try {
      run(connection, "ROLLBACK");
    } finally {
      forgetTransaction(connection);
    }
  }

  private static void forgetTransaction(Connection connection) {
    if (connection instanceof SQLiteConnection sqlite) {
      sqlite.getConnectionConfig().setAutoCommit(true);
    }
  }

  /** Runs one statement. */
  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Runs one statement with values; returns how many rows it changed. */
  static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** The first row of a query, where there is one. */
  static <T> Optional<T> first(
      Connection connection, RowReader<T> reader, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
      }
    }
  }

  /** A number that the query surely gives; 0 where it is null. */
  static long number(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    return first(connection, row -> row.getLong(1), sql, values).orElse(0L);
  }

  /** All rows. */
  static void each(
      Connection connection, RowConsumer consumer, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.accept(rows);
        }
      }
    }
  }

  /** True where there is a table of this name. */
  static boolean hasTable(Connection connection, String table) throws SQLException {
    return number(
            connection,
            "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND lower(name) = ?",
            table.toLowerCase(Locale.ROOT))
        > 0;
  }

  /** A name as SQL writes it: in double quotes, a quote inside it doubled. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** True where SQLite says that another process holds the file. */
  static boolean isBusy(SQLException e) {
    return e instanceof SQLiteException sqlite
        && (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
