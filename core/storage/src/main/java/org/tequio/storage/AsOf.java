package org.tequio.storage;

import java.time.Instant;

/** At which state of the store something is read. */
public sealed interface AsOf {
  /** The newest committed state. */
  AsOf NOW = new Now();

  /** The newest committed state. */
  record Now() implements AsOf {}

  /** The state that a revision left. */
  record AtRevision(long number) implements AsOf {}

  /** The state at an instant: that of the last revision committed at or before it. */
  record AtInstant(Instant instant) implements AsOf {}
}
