package org.tequio.storage.geopackage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreBusy;
import org.tequio.storage.StoreFault;

/** What SQLite and its driver do in their own way. */
final class Sqlite {
  private Sqlite() {}

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
      Sql.run(connection, "ROLLBACK");
    } finally {
      forgetTransaction(connection);
    }
  }

  private static void forgetTransaction(Connection connection) {
    if (connection instanceof SQLiteConnection sqlite) {
      sqlite.getConnectionConfig().setAutoCommit(true);
    }
  }

  /** True where there is a table of this name. */
  static boolean hasTable(Connection connection, String table) throws SQLException {
    return Sql.number(
            connection,
            "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND lower(name) = ?",
            table.toLowerCase(Locale.ROOT))
        > 0;
  }

  /** What a failure of SQLite means. */
  static StoreFault fault(SQLException e) {
    return isBusy(e)
        ? new StoreBusy(
            "city.gpkg is being written by another program; close its edit session and try again",
            e)
        : new StoreFault("city.gpkg: " + e.getMessage(), e);
  }

  private static boolean isBusy(SQLException e) {
    return e instanceof SQLiteException sqlite
        && (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
  }
}
