package org.tequio.catalogue.intake;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Progress;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceLayer;

/**
 * Lets the reader of a file go on while another thread transforms, checks and spools. Small layers
 * never start that thread. Used by the reading thread only.
 */
final class RowRelay implements SourceLayer.FeatureSink {
  private static final int BATCH = 512;
  private static final int WAITING = 8;
  private static final Object[] END = {};

  private final SpooledLayer layer;
  private final Progress progress;
  private final String what;
  private final long total;
  private final BlockingQueue<@Nullable Object[]> queue = new ArrayBlockingQueue<>(WAITING);
  private @Nullable Object[] batch = new Object[BATCH];
  private int size;
  private long passed;
  private @Nullable Thread worker;
  private volatile @Nullable RuntimeException failure;

  private record Unreadable(long row, String reason, String raw) {}

  RowRelay(SpooledLayer layer, Progress progress, String what, long total) {
    this.layer = layer;
    this.progress = progress;
    this.what = what;
    this.total = Math.max(0, total);
  }

  @Override
  public void accept(SourceFeature feature) {
    add(feature);
  }

  @Override
  public void setAside(long row, String reason, String raw) {
    add(new Unreadable(row, reason, raw));
  }

  private void add(Object item) {
    batch[size++] = item;
    if (size == BATCH) {
      handOver();
    }
  }

  private void handOver() {
    progress.check();
    passed += size;
    progress.step(what, passed, total);
    if (worker == null) {
      worker = Thread.ofPlatform().name("import").start(this::work);
    }
    put(batch);
    batch = new Object[BATCH];
    size = 0;
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
  }

  private void put(@Nullable Object[] items) {
    try {
      queue.put(items);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reading " + what);
    }
  }

  private void work() {
    try {
      for (@Nullable Object[] items = queue.take(); items.length > 0; items = queue.take()) {
        if (failure == null) {
          try {
            take(items, items.length);
          } catch (RuntimeException e) {
            // Told to the reading thread, which throws it; until then batches are drained.
            failure = e;
          } catch (Error e) {
            // Without this the thread would end and the reading one wait for it for ever.
            failure = new IllegalStateException("checking rows failed", e);
          }
        }
      }
    } catch (InterruptedException e) {
      // The reading thread gave up; nobody waits for these rows.
      Thread.currentThread().interrupt();
    }
  }

  private void take(@Nullable Object[] items, int n) {
    for (int i = 0; i < n; i++) {
      switch (items[i]) {
        case SourceFeature feature -> layer.accept(feature);
        case Unreadable row -> layer.setAside(row.row, row.reason, row.raw);
        case null, default -> {
          // The unused end of a last batch.
        }
      }
    }
  }

  /** Waits until every row has been taken in. */
  void finish() {
    if (worker == null) {
      take(batch, size);
    } else {
      put(batch);
      put(END);
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while reading " + what);
      }
      RuntimeException thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
    }
    progress.step(what, passed + size, total);
  }

  /** Stops without finishing. */
  void abandon() {
    Thread running = worker;
    if (running != null) {
      running.interrupt();
      boolean interrupted = false;
      while (running.isAlive()) {
        try {
          running.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
