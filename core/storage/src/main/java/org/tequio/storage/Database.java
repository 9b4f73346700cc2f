package org.tequio.storage;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The tables of modules. SQL is written in the common subset of SQLite and PostgreSQL; every value
 * is bound, never concatenated. Thread-safe.
 */
public interface Database {
  /** Creates or upgrades a module's tables, once per version and in order. */
  void migrate(String module, java.util.List<Migration> migrations);

  /** Reads from one consistent state. */
  <T> T read(Reading<T> reading);

  /**
   * Writes a module's tables in one durable transaction that is no revision: for what is not part
   * of the map's history, such as settings and progress.
   */
  <T> T write(Reading<T> writing);

  /** Work on a connection. */
  @FunctionalInterface
  interface Reading<T> {
    /** Does the work; must not keep the connection. */
    T with(Connection connection) throws SQLException;
  }
}
