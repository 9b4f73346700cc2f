package org.tequio.publish.wfs;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers for some minutes after which feature a page began, so that the page at an offset is
 * found without passing over all before it, and begins right after the one before it even where
 * features were deleted in between. Thread-safe.
 */
final class Bookmarks {
  private static final int QUERIES = 256;
  private static final int PAGES = 4096;
  private static final int LONGEST_QUERY = 4096;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Clock clock;
  private final Map<String, TreeMap<Long, Mark>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TreeMap<Long, Mark>> eldest) {
          return size() > QUERIES;
        }
      };

  /**
   * A place in the answer to a query.
   *
   * @param offset features before it
   * @param after the last of them; 0 for none
   * @param millis when it was seen
   */
  record Mark(long offset, long after, long millis) {}

  Bookmarks(Clock clock) {
    this.clock = clock;
  }

  /** The last known place at or before an offset. */
  Mark find(String query, long offset) {
    long oldest = clock.millis() - KEPT.toMillis();
    synchronized (known) {
      TreeMap<Long, Mark> marks = known.get(query);
      if (marks != null) {
        marks.values().removeIf(mark -> mark.millis < oldest);
        Map.Entry<Long, Mark> floor = marks.floorEntry(offset);
        if (floor != null) {
          return floor.getValue();
        }
      }
    }
    return new Mark(0, 0, 0);
  }

  /** Remembers a place. */
  void put(String query, long offset, long after) {
    if (query.length() > LONGEST_QUERY) {
      return;
    }
    synchronized (known) {
      TreeMap<Long, Mark> marks = known.computeIfAbsent(query, key -> new TreeMap<>());
      marks.put(offset, new Mark(offset, after, clock.millis()));
      if (marks.size() > PAGES) {
        marks.pollFirstEntry();
      }
    }
  }
}
