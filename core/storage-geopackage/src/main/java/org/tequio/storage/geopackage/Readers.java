package org.tequio.storage.geopackage;

import java.io.Closeable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Connections that only read, each seeing one consistent state at a time. A reader is used by one
 * thread at a time and keeps the statements it has prepared.
 */
final class Readers implements Closeable {
  private static final int IDLE_KEPT = 16;
  private static final int STATEMENTS_KEPT = 128;

  private final Writer.Opener opener;
  private final Deque<Reader> idle = new ArrayDeque<>();
  private boolean closed;

  Readers(Writer.Opener opener) {
    this.opener = opener;
  }

  /** One reading connection, inside a transaction. */
  final class Reader implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private boolean broken;

    private Reader(Connection connection) {
      this.connection = connection;
    }

    Connection connection() {
      return connection;
    }

    /** A statement that stays prepared; not to be closed, and not to be used twice at once. */
    PreparedStatement prepare(String sql) throws SQLException {
      PreparedStatement known = statements.remove(sql);
      if (known == null) {
        known = connection.prepareStatement(sql);
      }
      statements.put(sql, known);
      if (statements.size() > STATEMENTS_KEPT) {
        String eldest = statements.keySet().iterator().next();
        PreparedStatement dropped = statements.remove(eldest);
        if (dropped != null) {
          dropped.close();
        }
      }
      return known;
    }

    /** The state of the city that this reader sees from now on. */
    Probe begin() throws SQLException {
      Sqlite.begin(connection);
      try (ResultSet row =
          prepare(
                  "SELECT (SELECT COALESCE(MAX(number), 0) FROM tq_revision), catalog,"
                      + " revision IS NOT NULL FROM tq_writer")
              .executeQuery()) {
        row.next();
        return new Probe(row.getLong(1), row.getLong(2), row.getBoolean(3));
      }
    }

    /** Lets go of that state. */
    void end() throws SQLException {
      Sqlite.commit(connection);
    }

    void markBroken() {
      broken = true;
    }

    @Override
    public void close() {
      giveBack(this);
    }
  }

  /**
   * What a reader finds first.
   *
   * @param outside true where another program wrote since the store last looked
   */
  record Probe(long head, long catalog, boolean outside) {}

  /** A reader of one's own until it is closed. */
  Reader take() {
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("the city is closed");
      }
      Reader reader = idle.pollLast();
      if (reader != null) {
        return reader;
      }
    }
    try {
      return new Reader(opener.open());
    } catch (SQLException e) {
      throw StoreFault.of(e);
    }
  }

  private void giveBack(Reader reader) {
    synchronized (idle) {
      if (!closed && !reader.broken && idle.size() < IDLE_KEPT) {
        idle.addLast(reader);
        return;
      }
    }
    close(reader);
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Readers::close);
      idle.clear();
    }
  }

  private static void close(Reader reader) {
    try {
      reader.connection.close();
    } catch (SQLException e) {
      throw StoreFault.of(e);
    }
  }
}
