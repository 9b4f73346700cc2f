package org.tequio.storage;

import java.util.Optional;

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
}
