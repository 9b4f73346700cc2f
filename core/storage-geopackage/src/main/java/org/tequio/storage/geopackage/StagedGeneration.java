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
import org.tequio.feature.Bbox;
import org.tequio.feature.Field;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.feature.LayerId;
import org.tequio.storage.ContentHash;
import org.tequio.storage.Sql;
import org.tequio.storage.StagedLayer;

/**
 * Loads a generation. The caller's thread makes blobs and hashes, a thread of ours writes, so that
 * both cores work. The writer gives the lock away after each short transaction; whoever files a
 * request meanwhile waits for one of them at most.
 */
final class StagedGeneration implements StagedLayer {
  private static final int ROWS_OF_A_BATCH = 1024;
  private static final int BATCHES_WAITING = 12;
  private static final long NANOS_OF_A_TRANSACTION = 40_000_000;

  private final Writer writer;
  private final Generation generation;
  private final BlockingQueue<Rows> queue = new ArrayBlockingQueue<>(BATCHES_WAITING);
  private final Thread thread;
  private final ContentHash hash = new ContentHash();
  private final double[] extent = {
    Double.POSITIVE_INFINITY,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private Rows filling = new Rows();
  private long count;
  private long lastId;
  private boolean finished;
  private boolean taken;
  private boolean closed;
  private volatile @Nullable Throwable fault;
  private volatile boolean abandoned;

  StagedGeneration(Writer writer, Generation generation) {
    this.writer = writer;
    this.generation = generation;
    this.thread =
        Thread.ofPlatform().daemon().name("load " + generation.layer()).unstarted(this::write);
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
  public LayerId layer() {
    return generation.layer();
  }

  Generation generation() {
    return generation;
  }

  long count() {
    return count;
  }

  long lastId() {
    return lastId;
  }

  String contentHash() {
    return hash.toString();
  }

  @Nullable Bbox extent() {
    return extent[0] <= extent[2] ? new Bbox(extent[0], extent[1], extent[2], extent[3]) : null;
  }

  boolean isPublishable() {
    return finished && !taken && !closed;
  }

  /** Its tables belong to the city from now on: closing it leaves them. */
  void markTaken() {
    taken = true;
  }

  @Override
  public void add(long id, byte @Nullable [] wkb, double[] envelope, @Nullable Object[] values) {
    if (finished || closed) {
      throw new IllegalStateException("the layer " + layer() + " is loaded already");
    }
    if (id <= lastId) {
      throw new IllegalArgumentException(
          "ids must rise: " + id + " after " + lastId + " in layer " + layer());
    }
    List<Field> fields = generation.schema().fields();
    if (values.length != fields.size()) {
      throw new IllegalArgumentException(
          "wanted " + fields.size() + " values but got " + values.length + " for id " + id);
    }
    if (wkb != null && !generation.spatial()) {
      throw new IllegalArgumentException(
          "layer " + layer() + " is a plain table, without geometry");
    }
    Rows rows = filling;
    int at = rows.size;
    @Nullable Object[] columns = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      Values.check(fields.get(i), value);
      columns[i] = Values.toColumn(value);
    }
    hash.add(id, wkb, 0, wkb == null ? 0 : wkb.length, values);
    if (wkb == null) {
      rows.blobs[at] = null;
      rows.envelopes[4 * at] = Double.NaN;
    } else {
      rows.blobs[at] = GeoPackageGeometry.of(generation.crs().epsg(), wkb, envelope);
      System.arraycopy(envelope, 0, rows.envelopes, 4 * at, 4);
      if (!Double.isNaN(envelope[0])) {
        extent[0] = Math.min(extent[0], envelope[0]);
        extent[1] = Math.min(extent[1], envelope[1]);
        extent[2] = Math.max(extent[2], envelope[2]);
        extent[3] = Math.max(extent[3], envelope[3]);
      }
    }
    rows.ids[at] = id;
    rows.values[at] = columns;
    rows.size++;
    count++;
    lastId = id;
    if (rows.size == ROWS_OF_A_BATCH) {
      send();
    }
  }

  @Override
  public void finish() {
    if (finished) {
      return;
    }
    filling.last = true;
    send();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw Writer.asUnchecked(e);
    }
    checkFault();
    finished = true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
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
    if (!taken) {
      LayerTables.dropStaged(writer, generation);
    }
  }

  private void send() {
    Rows full = filling;
    filling = new Rows();
    try {
      while (!queue.offer(full, 100, TimeUnit.MILLISECONDS)) {
        checkFault();
      }
    } catch (InterruptedException e) {
      throw Writer.asUnchecked(e);
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
  private void write() {
    RTreePacker packer = generation.spatial() ? new RTreePacker() : null;
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
                    Generation.rtree(generation.asideTable()),
                    generation.asideTable())) {
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
    boolean spatial = generation.spatial();
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
        + Sql.quoted(generation.asideTable())
        + " ("
        + generation.columnList("")
        + ") VALUES (?"
        + ",?".repeat(generation.columnCount() - 1)
        + ")";
  }
}
