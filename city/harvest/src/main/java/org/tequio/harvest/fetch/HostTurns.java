package org.tequio.harvest.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** One request at a time to each host, with a pause after it. Thread-safe. */
public final class HostTurns {
  private final Map<String, Turn> turns = new ConcurrentHashMap<>();

  /** Waits for the host's turn; give it back when the answer has been read. */
  Turn take(URI address, Duration pause) throws InterruptedException {
    Turn turn =
        turns.computeIfAbsent(
            String.valueOf(address.getHost()).toLowerCase(Locale.ROOT), host -> new Turn());
    turn.free.acquire();
    try {
      long since = System.nanoTime() - turn.ended;
      long left = pause.toNanos() - since;
      if (turn.used && left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
      return turn;
    } catch (InterruptedException e) {
      turn.free.release();
      throw e;
    }
  }

  /** A host's turn. */
  static final class Turn implements AutoCloseable {
    private final Semaphore free = new Semaphore(1, true);
    private volatile long ended;
    private volatile boolean used;

    @Override
    public void close() {
      ended = System.nanoTime();
      used = true;
      free.release();
    }
  }
}
