package org.tequio.server;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.http.Chore;

/** Runs the chores of all modules while the city is served, each on a thread of its own. */
final class ChoreRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChoreRunner.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Thread> threads;

  private ChoreRunner(List<Thread> threads) {
    this.threads = threads;
  }

  /** Begins all of them. */
  static ChoreRunner start(List<Chore> chores) {
    return new ChoreRunner(
        chores.stream()
            .map(
                chore ->
                    Thread.ofPlatform()
                        .daemon()
                        .name("chore-" + chore.name())
                        .start(() -> repeat(chore)))
            .toList());
  }

  private static void repeat(Chore chore) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(chore.every());
        chore.work().run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        // The boundary of a thread: one failed run must not end the chore for good.
        LOG.error("the chore {} failed", chore.name(), e);
      }
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        if (!thread.join(PATIENCE)) {
          LOG.warn("{} did not stop within {} s", thread.getName(), PATIENCE.toSeconds());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
