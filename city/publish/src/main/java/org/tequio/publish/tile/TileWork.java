package org.tequio.publish.tile;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;

/**
 * Where tiles are made: two at a time for each core, on threads that the system can interrupt for
 * others, so that a cached tile never stands behind one that is being made. So many more may wait;
 * past that clients are asked to come again, at once, so that little is spent on them. Who asks for
 * what is being made already gets the same. Thread-safe.
 */
final class TileWork {
  private static final int WAITING_FOR_EACH_CORE = 24;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<TileCache.Key, CompletableFuture<EncodedTile>> underway =
      new ConcurrentHashMap<>();
  private final ThreadPoolExecutor workers;

  TileWork(int cores) {
    workers =
        new ThreadPoolExecutor(
            2 * cores,
            2 * cores,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_FOR_EACH_CORE * cores),
            Thread.ofPlatform().daemon().name("tiles-", 0).factory());
    workers.allowCoreThreadTimeOut(true);
  }

  /**
   * The tile of a key, made now or being made already.
   *
   * @throws ProblemException 503 where there is too much to do
   */
  EncodedTile get(TileCache.Key key, Supplier<EncodedTile> maker) {
    CompletableFuture<EncodedTile> mine = new CompletableFuture<>();
    CompletableFuture<EncodedTile> others = underway.putIfAbsent(key, mine);
    if (others == null) {
      long latest = System.nanoTime() + PATIENCE.toNanos();
      try {
        workers.execute(() -> work(key, maker, mine, latest));
      } catch (RejectedExecutionException e) {
        underway.remove(key);
        mine.completeExceptionally(new ProblemException(Problem.busy()));
      }
    }
    return await(others == null ? mine : others);
  }

  private void work(
      TileCache.Key key,
      Supplier<EncodedTile> maker,
      CompletableFuture<EncodedTile> result,
      long latest) {
    try {
      if (System.nanoTime() - latest > 0) {
        // Nobody waits any more.
        throw new ProblemException(Problem.busy());
      }
      EncodedTile tile = maker.get();
      // Taken out before it is told, so that nobody who asks after a fault is told of it again.
      underway.remove(key);
      result.complete(tile);
    } catch (RuntimeException | Error e) {
      underway.remove(key);
      result.completeExceptionally(e);
    }
  }

  private static EncodedTile await(CompletableFuture<EncodedTile> result) {
    try {
      return result.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.busy());
    } catch (TimeoutException e) {
      throw new ProblemException(Problem.busy());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException told) {
        throw told;
      }
      throw new IllegalStateException("a tile could not be made", e.getCause());
    }
  }
}
