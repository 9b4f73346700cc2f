package org.tequio.storage.postgis;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.Dialect;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.StagedGeneration;
import org.tequio.storage.sql.Writer;

/**
 * Loads a generation with COPY over a connection of its own, so that nobody waits for it: the
 * caller's thread encodes while the server writes. Indexes come after the rows.
 */
final class CopyLoad extends StagedGeneration {
  private static final int BYTES_SENT_AT_ONCE = 1 << 16;

  private final Writer writer;
  private final Dialect dialect;
  private final Generation generation;
  private final CopyRows rows = new CopyRows();
  private final Connection connection;
  private final CopyIn copy;
  private final int srid;
  private final int columns;

  CopyLoad(PostgresServer server, Writer writer, Dialect dialect, Generation generation)
      throws SQLException {
    super(generation);
    this.writer = writer;
    this.dialect = dialect;
    this.generation = generation;
    this.srid = GenerationSql.srid(generation.crs());
    this.columns = generation.columnCount() + (generation.spatial() ? 1 : 0);
    this.connection = server.openToLoad();
    try {
      connection.setAutoCommit(false);
      // What is written in the transaction that empties the table needs no freezing later.
      Sql.run(connection, "TRUNCATE " + generation.asideTable());
      this.copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "COPY "
                      + generation.asideTable()
                      + " ("
                      + new GenerationSql(generation).columns("")
                      + ") FROM STDIN WITH (FORMAT binary, FREEZE)");
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    rows.header();
  }

  @Override
  protected void write(
      long id, byte @Nullable [] wkb, double[] envelope, @Nullable Object[] values) {
    rows.row(columns);
    rows.number(id);
    boolean taken = wkb == null || PostgisGeometry.takes(wkb, 0);
    if (generation.spatial()) {
      rows.geometry(taken ? wkb : null, 0, wkb == null ? 0 : wkb.length, srid);
    }
    for (Object value : values) {
      rows.value(value);
    }
    if (generation.spatial()) {
      rows.bytes(taken ? null : wkb);
    }
    if (rows.size() >= BYTES_SENT_AT_ONCE) {
      send();
    }
  }

  private void send() {
    try {
      copy.writeToCopy(rows.bytes(), 0, rows.size());
      rows.clear();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  protected void complete() {
    rows.trailer();
    send();
    try {
      copy.endCopy();
      for (String statement : new GenerationSql(generation).indexStatements()) {
        Sql.run(connection, statement);
      }
      Sql.run(connection, "ANALYZE " + generation.asideTable());
      connection.commit();
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private StoreFault failure(SQLException e) {
    StoreFault fault = Faults.of(e);
    return fault instanceof org.tequio.storage.StoreBusy
        ? fault
        : new StoreFault(
            "layer " + generation.layer() + " could not be written: " + e.getMessage(), e);
  }

  @Override
  protected void stop() {
    try {
      if (!connection.isClosed()) {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
        connection.rollback();
      }
    } catch (SQLException lost) {
      // The server rolls back what nobody commits.
      rows.clear();
    } finally {
      closeQuietly();
    }
  }

  private void closeQuietly() {
    try {
      connection.close();
    } catch (SQLException alreadyGone) {
      rows.clear();
    }
  }

  @Override
  protected void remove() {
    dialect.dropStaged(writer, generation);
  }
}
