package org.tequio.harvest.tables;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tequio.harvest.Source;

/**
 * A source as it is remembered.
 *
 * @param source what is pulled
 * @param active true where it is pulled by itself
 * @param next when; null where nobody knows
 * @param failures how many pulls failed one after the other
 * @param mark what the last pull that went well brought
 */
public record SourceRow(
    Source source, boolean active, @Nullable Instant next, int failures, Mark mark) {

  /** The same after a pull. */
  public SourceRow after(@Nullable Instant next, int failures, Mark mark) {
    return new SourceRow(source, active, next, failures, mark);
  }

  /**
   * By what it is known whether a source has changed.
   *
   * @param tag the server's entity tag; null where there is none
   * @param modified the server's date; null where there is none
   * @param sha256 of everything that came; null before the first time
   */
  public record Mark(@Nullable String tag, @Nullable String modified, @Nullable String sha256) {
    /** Nothing came yet. */
    public static final Mark NONE = new Mark(null, null, null);
  }
}
