package org.tequio.storage.postgis;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import org.tequio.storage.CityLocked;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;

/**
 * How the server with the city's schema is reached. Every connection sees the schema first, and
 * nothing of a user's temporary tables before it.
 *
 * @param location where
 * @param extensions the schema that PostGIS is in
 */
record PostgresServer(PostgisLocation location, String extensions) {
  /** The most connections that read at once. */
  static final int READERS = 16;

  private static final int OLDEST_POSTGRESQL = 150_000;
  private static final int OLDEST_POSTGIS_MAJOR = 3;
  private static final int OLDEST_POSTGIS_MINOR = 3;
  private static final long MILLIS_FOR_A_READER = 5_000;
  private static final int SECONDS_TO_CONNECT = 10;
  private static final int ROWS_FETCHED = 1000;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /**
   * Looks whether the server is one that a city can trust.
   *
   * @throws StoreFault saying what is missing
   */
  static PostgresServer reach(PostgisLocation location) {
    PostgresServer server = new PostgresServer(location, "public");
    try (Connection connection = server.open("")) {
      long version = Sql.number(connection, "SELECT current_setting('server_version_num')::int");
      if (version < OLDEST_POSTGRESQL) {
        throw new StoreFault(
            "PostgreSQL 15 or newer is wanted, but the server is " + version / 10_000);
      }
      if (!text(connection, "SELECT current_setting('fsync')").equals("on")) {
        throw new StoreFault(
            "the server's setting fsync is off: it would lose what it has acknowledged");
      }
      String extensions =
          Sql.first(
                  connection,
                  row -> row.getString(1),
                  "SELECT n.nspname FROM pg_extension AS e JOIN pg_namespace AS n"
                      + " ON n.oid = e.extnamespace WHERE e.extname = 'postgis'")
              .orElseThrow(
                  () ->
                      new StoreFault(
                          "the database "
                              + location.database()
                              + " has no PostGIS; its administrator can run: CREATE EXTENSION"
                              + " postgis"));
      String postgis =
          text(connection, "SELECT extversion FROM pg_extension WHERE extname = 'postgis'");
      if (!isNewEnough(postgis)) {
        throw new StoreFault("PostGIS 3.3 or newer is wanted, but the server has " + postgis);
      }
      return new PostgresServer(location, extensions);
    } catch (SQLException e) {
      throw new StoreFault(
          "PostgreSQL cannot be reached at "
              + location
              + ": "
              + e.getMessage()
              + (Faults.isLost(e) ? "" : " (the password comes from PGPASSWORD or PGPASSFILE)"),
          e);
    }
  }

  private static boolean isNewEnough(String postgis) {
    String[] parts = postgis.split("\\.");
    int major = Integer.parseInt(parts[0]);
    return major > OLDEST_POSTGIS_MAJOR
        || (major == OLDEST_POSTGIS_MAJOR && Integer.parseInt(parts[1]) >= OLDEST_POSTGIS_MINOR);
  }

  private static String text(Connection connection, String sql) throws SQLException {
    return Sql.first(connection, row -> row.getString(1), sql).orElse("");
  }

  private PGSimpleDataSource source(String settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {location.host()});
    source.setPortNumbers(new int[] {location.port()});
    source.setDatabaseName(location.database());
    source.setUser(location.user());
    String password = System.getenv("PGPASSWORD");
    if (password != null) {
      source.setPassword(password);
    }
    String sslmode = location.sslmode();
    if (sslmode != null) {
      source.setSslMode(sslmode);
    }
    source.setApplicationName("tequio");
    source.setTcpKeepAlive(true);
    source.setConnectTimeout(SECONDS_TO_CONNECT);
    // Values in binary from the first time on: WKB is half as long as its hexadecimal text.
    source.setPrepareThreshold(-1);
    source.setReWriteBatchedInserts(true);
    // Long results come in pieces, not all at once into memory.
    source.setDefaultRowFetchSize(ROWS_FETCHED);
    source.setOptions(
        "-c search_path="
            + location.schema()
            + ","
            + Sql.quoted(extensions)
            + ",pg_temp -c jit=off"
            + settings);
    return source;
  }

  private Connection open(String settings) throws SQLException {
    return source(settings).getConnection();
  }

  /** The connection that writes, where no other process has it. */
  Connection openToWrite() throws SQLException {
    Connection connection = open(" -c lock_timeout=10s");
    try {
      // Whoever was told that it is written counts on it.
      Sql.first(
          connection,
          row -> true,
          "SELECT set_config('synchronous_commit', 'on', false)"
              + " WHERE current_setting('synchronous_commit') = 'off'");
      lockOut(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Keeps other processes from writing. Of one that was killed the server may still be ending the
   * last statement: that is waited for, as long as for any lock.
   */
  private void lockOut(Connection connection) throws SQLException {
    try {
      Sql.first(
          connection,
          row -> true,
          "SELECT pg_advisory_lock(hashtextextended(?, 0))",
          "tequio " + location.schema());
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      throw new CityLocked(
          "the city at "
              + location
              + " is open in another Tequio process; stop that one, or ask it instead");
    }
  }

  /** A connection of one's own for a load. */
  Connection openToLoad() throws SQLException {
    return open(" -c lock_timeout=10s -c maintenance_work_mem=256MB");
  }

  /** Connections that read, each from one consistent state. */
  HikariDataSource openReaders() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("readers of " + location.schema());
    config.setDataSource(
        source(" -c statement_timeout=5min -c idle_in_transaction_session_timeout=0"));
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(MILLIS_FOR_A_READER);
    config.setInitializationFailTimeout(-1);
    config.setReadOnly(true);
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    return new HikariDataSource(config);
  }
}
