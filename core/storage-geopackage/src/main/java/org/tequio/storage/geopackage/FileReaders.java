package org.tequio.storage.geopackage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tequio.storage.sql.Readers;

/** Connections that only read the city's file; each keeps the statements it has prepared. */
final class FileReaders implements Readers {
  private static final int IDLE_KEPT = 16;
  private static final int STATEMENTS_KEPT = 128;

  private final CityFolder folder;
  private final Deque<FileReader> idle = new ArrayDeque<>();
  private boolean closed;

  FileReaders(CityFolder folder) {
    this.folder = folder;
  }

  /** One reading connection. */
  private final class FileReader implements Reader {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private boolean broken;

    private FileReader(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public PreparedStatement prepare(String sql) throws SQLException {
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

    @Override
    public Probe begin() throws SQLException {
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

    @Override
    public void end() throws SQLException {
      Sqlite.commit(connection);
    }

    @Override
    public void markBroken() {
      broken = true;
    }

    @Override
    public void close() {
      giveBack(this);
    }
  }

  @Override
  public Reader take() {
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("the city is closed");
      }
      FileReader reader = idle.pollLast();
      if (reader != null) {
        return reader;
      }
    }
    try {
      return new FileReader(folder.openToRead());
    } catch (SQLException e) {
      throw Sqlite.fault(e);
    }
  }

  private void giveBack(FileReader reader) {
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
      idle.forEach(FileReaders::close);
      idle.clear();
    }
  }

  private static void close(FileReader reader) {
    try {
      reader.connection.close();
    } catch (SQLException e) {
      throw Sqlite.fault(e);
    }
  }
}
