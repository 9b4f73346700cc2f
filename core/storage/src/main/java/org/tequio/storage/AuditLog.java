package org.tequio.storage;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What happened, in an append-only file where each line carries the hash of the line before.
 * Durable when {@code append} returns. Thread-safe.
 */
public interface AuditLog {
  /**
   * Adds one line.
   *
   * @param actor a person's account or a command
   * @param action a short verb: "import", "undo", "restore"
   * @param detail one line without personal data; line breaks and control characters are escaped
   */
  void append(String actor, String action, String detail);

  /** Checks the chain; names the first broken link where there is one. */
  Optional<String> findBreak();

  /** How many lines there are. */
  long lines();

  /**
   * Reads lines from the newest back.
   *
   * @param before begins with the line before this one; {@code Long.MAX_VALUE} for the newest
   * @param reader is given each line and says whether to go on
   */
  void readBack(long before, Predicate<Line> reader);

  /**
   * One line.
   *
   * @param number from 1, one more than the line before
   * @param instant when it was written
   * @param actor who did it
   * @param action what
   * @param detail with what
   */
  record Line(long number, Instant instant, String actor, String action, String detail) {}
}
