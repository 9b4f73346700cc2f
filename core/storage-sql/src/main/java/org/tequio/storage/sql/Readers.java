package org.tequio.storage.sql;

import java.io.Closeable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Connections that only read, each seeing one consistent state at a time. Thread-safe. */
public interface Readers extends Closeable {
  /** A reader of one's own until it is closed. */
  Reader take();

  @Override
  void close();

  /** One reading connection, used by one thread at a time. */
  interface Reader extends AutoCloseable {
    /** The connection. */
    Connection connection();

    /** A statement that stays prepared; not to be closed, and not to be used twice at once. */
    PreparedStatement prepare(String sql) throws SQLException;

    /** The state of the city that this reader sees from now on. */
    Probe begin() throws SQLException;

    /** Lets go of that state. */
    void end() throws SQLException;

    /** The connection is not to be used again. */
    void markBroken();

    @Override
    void close();
  }

  /**
   * What a reader finds first.
   *
   * @param head the newest revision
   * @param catalog how often layers were swapped
   * @param outside true where another program wrote since the store last looked
   */
  record Probe(long head, long catalog, boolean outside) {}
}
