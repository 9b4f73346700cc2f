package org.tequio.storage.postgis;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.tequio.storage.sql.Readers;

/** Reading connections out of a pool; who comes when all are taken waits, but not for long. */
final class PooledReaders implements Readers {
  private static final String PROBE =
      "SELECT (SELECT COALESCE(MAX(number), 0) FROM tq_revision), catalog,"
          + " EXISTS (SELECT 1 FROM tq_log WHERE revision >= "
          + GenerationSql.PENDING
          + ") FROM tq_writer";

  private final HikariDataSource pool;

  PooledReaders(PostgresServer server) {
    this.pool = server.openReaders();
  }

  @Override
  public Reader take() {
    try {
      return new PooledReader(pool.getConnection());
    } catch (SQLException e) {
      if (pool.isClosed()) {
        throw new IllegalStateException("the city is closed", e);
      }
      throw Faults.of(e);
    }
  }

  /** One connection until it is closed. */
  private final class PooledReader implements Reader {
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private Connection connection;

    private PooledReader(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public PreparedStatement prepare(String sql) throws SQLException {
      PreparedStatement known = statements.get(sql);
      if (known == null) {
        known = connection.prepareStatement(sql);
        statements.put(sql, known);
      }
      return known;
    }

    // The server may have been started anew since the connection was last used: nothing was read
    // yet, so another one does as well.
    @Override
    public Probe begin() throws SQLException {
      for (int attempt = 0; attempt < PostgresServer.READERS; attempt++) {
        try {
          return probe();
        } catch (SQLException e) {
          if (!Faults.isLost(e)) {
            throw e;
          }
          markBroken();
          close();
          connection = pool.getConnection();
        }
      }
      return probe();
    }

    private Probe probe() throws SQLException {
      try (ResultSet row = prepare(PROBE).executeQuery()) {
        row.next();
        return new Probe(row.getLong(1), row.getLong(2), row.getBoolean(3));
      }
    }

    @Override
    public void end() throws SQLException {
      connection.commit();
    }

    @Override
    public void markBroken() {
      pool.evictConnection(connection);
    }

    @Override
    public void close() {
      try {
        statements.clear();
        connection.close();
      } catch (SQLException e) {
        throw Faults.of(e);
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
