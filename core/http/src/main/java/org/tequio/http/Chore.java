package org.tequio.http;

import java.time.Duration;

/**
 * Work that a serving city does again and again by itself: harvests that fall due, links that
 * expire. A module lists its chores; the server runs each on a thread of its own, never twice at
 * once.
 *
 * @param name for the log, in kebab-case
 * @param every how long to wait between two runs; the first begins that long after the start
 * @param work must return when its thread is interrupted; what it throws is logged and ends this
 *     run only
 */
public record Chore(String name, Duration every, Runnable work) {
  /** Refuses chores that would never rest. */
  public Chore {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("a chore must rest between two runs: " + name);
    }
  }
}
