package org.tequio.storage.postgis;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.Dialect;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.StagedGeneration;
import org.tequio.storage.sql.Writer;

/**
 * Loads a generation with COPY over connections of its own, so that nobody waits for it: one for a
 * small layer; two, in turn, for a large one, because the server reads each on one processor.
 * Indexes come after the rows. What is committed before the whole is finished belongs to no layer,
 * and goes when the load is closed or the city opened again.
 */
final class CopyLoad extends StagedGeneration {
  private static final long LARGE_BYTES = 4 << 20;

  private final PostgresServer server;
  private final Writer writer;
  private final Dialect dialect;
  private final Generation generation;
  private final String statement;
  private final List<CopyLane> lanes = new ArrayList<>(2);
  private final int srid;
  private final int columns;
  private int turn;

  CopyLoad(PostgresServer server, Writer writer, Dialect dialect, Generation generation)
      throws SQLException {
    super(generation);
    this.server = server;
    this.writer = writer;
    this.dialect = dialect;
    this.generation = generation;
    this.srid = GenerationSql.srid(generation.crs());
    this.columns = generation.columnCount() + (generation.spatial() ? 1 : 0);
    this.statement =
        "COPY "
            + generation.asideTable()
            + " ("
            + new GenerationSql(generation).columns("")
            + ") FROM STDIN WITH (FORMAT binary)";
    lanes.add(new CopyLane(server, statement));
  }

  @Override
  protected void write(
      long id, byte @Nullable [] wkb, double[] envelope, @Nullable Object[] values) {
    CopyLane lane = lanes.get(turn);
    CopyRows rows = lane.rows();
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
    try {
      if (lane.sendMany()) {
        if (lanes.size() == 1 && lane.sent() >= LARGE_BYTES) {
          lanes.add(new CopyLane(server, statement));
        }
        turn = (turn + 1) % lanes.size();
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  protected void complete() {
    try {
      for (CopyLane lane : lanes) {
        lane.finish();
      }
      var connection = lanes.getFirst().connection();
      for (String index : new GenerationSql(generation).indexStatements()) {
        Sql.run(connection, index);
      }
      Sql.run(connection, "ANALYZE " + generation.asideTable());
      connection.commit();
      lanes.forEach(CopyLane::close);
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
    lanes.forEach(CopyLane::close);
  }

  @Override
  protected void remove() {
    dialect.dropStaged(writer, generation);
  }
}
