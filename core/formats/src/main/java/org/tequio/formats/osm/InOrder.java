package org.tequio.formats.osm;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tequio.formats.FormatException;

/**
 * Does pieces of work beside each other and hands on what they give in the order in which they
 * came, on the thread that adds them. How much is under way at once is bounded by weight. Used by
 * one thread.
 */
final class InOrder<T> implements AutoCloseable {
  private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final Sink<T> sink;
  private final long mostWeight;
  private final Deque<Piece<T>> pieces = new ArrayDeque<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().name("osm-block-", 1).daemon().factory());
  private long weight;

  private record Piece<T>(long weight, Future<T> work) {}

  /** Takes what a piece of work gave. */
  @FunctionalInterface
  interface Sink<T> {
    void accept(T result) throws IOException, FormatException;
  }

  InOrder(long mostWeight, Sink<T> sink) {
    this.mostWeight = mostWeight;
    this.sink = sink;
  }

  /** Adds a piece; first hands on others until there is room for it. */
  void add(long pieceWeight, Callable<T> work) throws IOException, FormatException {
    while (!pieces.isEmpty()
        && (weight + pieceWeight > mostWeight || pieces.size() > 2 * THREADS)) {
      handOn();
    }
    weight += pieceWeight;
    pieces.add(new Piece<>(pieceWeight, threads.submit(work)));
  }

  /** Hands on all that is left. */
  void finish() throws IOException, FormatException {
    while (!pieces.isEmpty()) {
      handOn();
    }
  }

  private void handOn() throws IOException, FormatException {
    Piece<T> first = pieces.remove();
    weight -= first.weight;
    sink.accept(resultOf(first.work));
  }

  private static <T> T resultOf(Future<T> work) throws IOException, FormatException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case FormatException format -> throw format;
        case IOException io -> throw io;
        case RuntimeException fault -> throw fault;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
