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

  /**
   * A version of a layer that waits to be published and is part of no state yet.
   *
   * @param version as {@link CityStore#keep} gave it
   */
  record Waiting(long version) implements AsOf {}
}
