package org.tequio.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one client is told as it happens. Belongs to the thread that tells it. */
public interface EventStream extends AutoCloseable {
  /**
   * Waits for what comes next.
   *
   * @param atMost so long; then the connection is shown to be alive
   * @return what came; empty where nothing did, null where the stream is over
   */
  @Nullable List<Event> next(Duration atMost) throws InterruptedException;

  /** The client has left, or the stream is over. May be called twice. */
  @Override
  void close();

  /**
   * One thing that happened.
   *
   * @param id grows; a client that comes back says the last one it saw in {@code Last-Event-ID}
   * @param name what sort of thing
   * @param data one line of JSON
   */
  record Event(long id, String name, String data) {
    /** Refuses what would look like two events. */
    public Event {
      if (name.indexOf('\n') >= 0 || data.indexOf('\n') >= 0 || data.indexOf('\r') >= 0) {
        throw new IllegalArgumentException("an event is told in one line each");
      }
    }
  }
}
