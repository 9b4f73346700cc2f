package org.tequio.review.diff;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.RowHash;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * One state of a layer as a stream of ids and hashes, read ahead by a thread of its own. Used by
 * one thread.
 */
final class StateReader implements AutoCloseable {
  private static final int ROWS = 4096;
  private static final int AHEAD = 8;

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile @Nullable Throwable fault;
  private volatile boolean closed;
  private Batch batch = new Batch();
  private int at = -1;

  /** Rows on their way. */
  private static final class Batch {
    final long[] ids = new long[ROWS];
    final long[] geometries = new long[ROWS];
    final long[] attributes = new long[ROWS];
    int size;
    boolean last;
  }

  /**
   * Begins to read.
   *
   * @param fields the places of the fields that both states have, in one order
   * @param asOf null for a state in which there is no such layer
   */
  StateReader(FeatureStore store, LayerId layer, @Nullable AsOf asOf, List<Integer> fields) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("diff " + layer)
            .start(() -> read(store, layer, asOf, fields));
  }

  private void read(FeatureStore store, LayerId layer, @Nullable AsOf asOf, List<Integer> fields) {
    Batch[] filling = {new Batch()};
    try {
      if (asOf != null) {
        RowHash hash = new RowHash();
        store.scan(
            layer,
            FeatureQuery.ALL.at(asOf),
            row -> {
              Batch into = filling[0];
              int i = into.size++;
              into.ids[i] = row.id();
              byte[] wkb = row.wkb();
              hash.reset();
              if (wkb != null) {
                hash.addGeometry(wkb, row.wkbOffset(), row.wkbLength());
              }
              into.geometries[i] = hash.high();
              hash.reset();
              for (int field : fields) {
                hash.add(row.value(field));
              }
              into.attributes[i] = hash.high();
              if (into.size == ROWS) {
                filling[0] = new Batch();
                return put(into);
              }
              return true;
            });
      }
    } catch (RuntimeException | Error e) {
      fault = e; // told to whoever reads next
    }
    filling[0].last = true;
    put(filling[0]);
  }

  private boolean put(Batch full) {
    try {
      while (!closed) {
        if (queue.offer(full, 50, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Goes to the next feature; false where there is none. */
  boolean next() {
    while (++at >= batch.size) {
      if (batch.last) {
        return false;
      }
      try {
        batch = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new java.util.concurrent.CancellationException("interrupted");
      }
      Throwable told = fault;
      if (batch.last && told != null) {
        throw new IllegalStateException("a state could not be read: " + told.getMessage(), told);
      }
      at = -1;
    }
    return true;
  }

  long id() {
    return batch.ids[at];
  }

  long geometry() {
    return batch.geometries[at];
  }

  long attributes() {
    return batch.attributes[at];
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
