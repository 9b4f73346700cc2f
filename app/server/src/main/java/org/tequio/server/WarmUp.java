package org.tequio.server;

import java.util.List;

/**
 * Makes beside the server what the first visitors would wait for, each thing on a thread of its
 * own. Nobody waits for them at the end: what the closed city refuses them then is no fault.
 */
final class WarmUp implements AutoCloseable {
  private volatile boolean isClosed;

  private WarmUp() {}

  /** Begins. */
  static WarmUp start(List<Runnable> works) {
    WarmUp started = new WarmUp();
    works.forEach(
        work -> Thread.ofPlatform().daemon().name("warm-up").start(() -> started.run(work)));
    return started;
  }

  private void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (!isClosed) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
