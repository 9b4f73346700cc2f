package org.tequio.storage.postgis;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One connection that copies rows into a table: the server reads on one processor while the caller
 * encodes, or another lane is read, on the other. Not thread-safe.
 */
final class CopyLane implements AutoCloseable {
  private static final int BYTES_SENT_AT_ONCE = 1 << 16;

  private final Connection connection;
  private final CopyIn copy;
  private final CopyRows rows = new CopyRows();
  private long sent;

  /**
   * Begins to copy.
   *
   * @param statement {@code COPY … FROM STDIN} in the binary format
   */
  CopyLane(PostgresServer server, String statement) throws SQLException {
    this.connection = server.openToLoad();
    try {
      connection.setAutoCommit(false);
      this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    rows.header();
  }

  /** Where the next row goes. */
  CopyRows rows() {
    return rows;
  }

  /** The connection, once all is copied. */
  Connection connection() {
    return connection;
  }

  /** Bytes that the server has got. */
  long sent() {
    return sent;
  }

  /** Sends the rows where they are many; true where it did. */
  boolean sendMany() throws SQLException {
    boolean many = rows.size() >= BYTES_SENT_AT_ONCE;
    if (many) {
      send();
    }
    return many;
  }

  private void send() throws SQLException {
    copy.writeToCopy(rows.bytes(), 0, rows.size());
    sent += rows.size();
    rows.clear();
  }

  /** Sends what is left and commits it. */
  void finish() throws SQLException {
    rows.trailer();
    send();
    copy.endCopy();
    connection.commit();
  }

  /** Gives up what was not committed. */
  @Override
  public void close() {
    try (connection) {
      if (!connection.isClosed()) {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
        connection.rollback();
      }
    } catch (SQLException lost) {
      // The server rolls back what nobody commits.
      rows.clear();
    }
  }
}
