package org.tequio.storage.geopackage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.Dialect;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.StagedGeneration;
import org.tequio.storage.sql.Writer;

/**
 * Loads a generation. The caller's thread makes blobs and hashes, a thread of ours writes, so that
 * both cores work. The writer gives the lock away after each short transaction; whoever files a
 * request meanwhile waits for one of them at most.
 */
final class FileLoad extends StagedGeneration {
  private static final int ROWS_OF_A_BATCH = 1024;
  private static final int BATCHES_WAITING = 12;
  private static final long NANOS_OF_A_TRANSACTION = 40_000_000;

  private final Writer writer;
  private final Dialect dialect;
  private final BlockingQueue<Rows> queue = new ArrayBlockingQueue<>(BATCHES_WAITING);
  private final Thread thread;
  private Rows filling = new Rows();
  private volatile @Nullable Throwable fault;
  private volatile boolean abandoned;

  FileLoad(Writer writer, Dialect dialect, Generation generation) {
    super(generation);
    this.writer = writer;
    this.dialect = dialect;
    this.thread =
        Thread.ofPlatform().daemon().name("load " + generation.layer()).unstarted(this::load);
    thread.start();
  }

  /** Rows on their way from the caller to the writing thread. */
  private static final class Rows {
    final long[] ids = new long[ROWS_OF_A_BATCH];
    final byte[] @Nullable [] blobs = new byte[ROWS_OF_A_BATCH] @Nullable [];
    final double[] envelopes = new double[4 * ROWS_OF_A_BATCH];
    final @Nullable Object[][] values = new @Nullable Object[ROWS_OF_A_BATCH][];
    int size;
    boolean last;
  }

  @Override
  protected void write(
      long id, byte @Nullable [] wkb, double[] envelope, @Nullable Object[] values) {
    Rows rows = filling;
    int at = rows.size;
    @Nullable Object[] columns = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      columns[i] = Values.toColumn(values[i]);
    }
    if (wkb == null) {
      rows.blobs[at] = null;
      rows.envelopes[4 * at] = Double.NaN;
    } else {
      rows.blobs[at] = GeoPackageGeometry.of(generation().crs().epsg(), wkb, envelope);
      System.arraycopy(envelope, 0, rows.envelopes, 4 * at, 4);
    }
    rows.ids[at] = id;
    rows.values[at] = columns;
    rows.size++;
    if (rows.size == ROWS_OF_A_BATCH) {
      send();
    }
  }

  @Override
  protected void complete() {
    filling.last = true;
    send();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw writer.asUnchecked(e);
    }
    checkFault();
  }

  @Override
  protected void stop() {
    abandoned = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void remove() {
    dialect.dropStaged(writer, generation());
  }

  private void send() {
    Rows full = filling;
    filling = new Rows();
    try {
      while (!queue.offer(full, 100, TimeUnit.MILLISECONDS)) {
        checkFault();
      }
    } catch (InterruptedException e) {
      throw writer.asUnchecked(e);
    }
    checkFault();
  }

  private void checkFault() {
    Throwable cause = fault;
    if (cause != null) {
      throw new StoreFault(
          "layer " + layer() + " could not be written: " + cause.getMessage(), cause);
    }
  }

  // The body of the writing thread.
  private void load() {
    RTreePacker packer = generation().spatial() ? new RTreePacker() : null;
    List<Rows> taken = new ArrayList<>();
    try {
      boolean more = true;
      while (more) {
        Rows first = queue.take();
        taken.add(first);
        more = writer.alone(connection -> writeSome(connection, packer, first));
      }
    } catch (InterruptedException | CancellationException e) {
      if (!abandoned) {
        fault = e;
      }
    } catch (RuntimeException | Error e) {
      // Told to the caller by its next call.
      fault = e;
    }
  }

  // One short transaction: the given rows, and those that wait, until its time is over.
  private boolean writeSome(Connection connection, @Nullable RTreePacker packer, Rows first)
      throws SQLException {
    long began = System.nanoTime();
    Rows rows = first;
    boolean last = false;
    Sqlite.begin(connection);
    try (PreparedStatement insert = connection.prepareStatement(insertSql());
        RTreePacker.Tables tables =
            packer == null
                ? null
                : new RTreePacker.Tables(
                    connection,
                    LayerSql.rtree(generation().asideTable()),
                    generation().asideTable())) {
      while (rows != null) {
        writeRows(insert, packer, tables, rows);
        last = rows.last;
        if (last && packer != null && tables != null) {
          packer.finish(tables);
        }
        boolean timeIsOver = last || System.nanoTime() - began > NANOS_OF_A_TRANSACTION;
        rows = timeIsOver ? null : queue.poll();
      }
    }
    Sqlite.commit(connection);
    return !last;
  }

  private void writeRows(
      PreparedStatement insert,
      @Nullable RTreePacker packer,
      RTreePacker.@Nullable Tables tables,
      Rows rows)
      throws SQLException {
    boolean spatial = generation().spatial();
    for (int i = 0; i < rows.size; i++) {
      int p = 1;
      insert.setLong(p++, rows.ids[i]);
      if (spatial) {
        insert.setBytes(p++, rows.blobs[i]);
      }
      for (Object value : rows.values[i]) {
        insert.setObject(p++, value);
      }
      insert.executeUpdate();
      double minX = rows.envelopes[4 * i];
      if (packer != null && tables != null && !Double.isNaN(minX)) {
        packer.add(
            tables,
            rows.ids[i],
            minX,
            rows.envelopes[4 * i + 1],
            rows.envelopes[4 * i + 2],
            rows.envelopes[4 * i + 3]);
      }
    }
  }

  private String insertSql() {
    return "INSERT INTO "
        + Sql.quoted(generation().asideTable())
        + " ("
        + generation().columnList("")
        + ") VALUES (?"
        + ",?".repeat(generation().columnCount() - 1)
        + ")";
  }
}
