package org.tequio.harvest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a source stands. */
public sealed interface SourceState {
  /** The name in the API. */
  default String wireName() {
    return switch (this) {
      case Off _ -> "off";
      case Idle _ -> "idle";
      case Running _ -> "running";
      case Failing _ -> "failing";
    };
  }

  /** When it is pulled next; null where nobody knows. */
  default @Nullable Instant next() {
    return switch (this) {
      case Off _, Running _ -> null;
      case Idle idle -> idle.next;
      case Failing failing -> failing.next;
    };
  }

  /** Nobody wants it pulled by itself. */
  record Off() implements SourceState {}

  /**
   * Waits; the last pull went well, or there was none.
   *
   * @param next when it is pulled; null where only on demand
   */
  record Idle(@Nullable Instant next) implements SourceState {}

  /**
   * Is being pulled.
   *
   * @param since when that began
   */
  record Running(Instant since) implements SourceState {}

  /**
   * Waits; the last pulls failed.
   *
   * @param failures how many one after the other
   * @param next when it is tried again; null where only on demand
   */
  record Failing(int failures, @Nullable Instant next) implements SourceState {}
}
