package org.tequio.harvest;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * One pull of a source.
 *
 * @param id from 1 within the source
 * @param started when
 * @param ended when; null while it goes on
 * @param outcome how it ended; null while it goes on
 * @param reason why it failed; null where it did not
 * @param fetched what it cost the other server
 * @param submission what it became; null where nothing
 * @param log what happened, in order
 */
public record HarvestRun(
    long id,
    Instant started,
    @Nullable Instant ended,
    @Nullable Outcome outcome,
    @Nullable LocalText reason,
    Fetched fetched,
    @Nullable String submission,
    List<Line> log) {
  /** Copies the log. */
  public HarvestRun {
    log = List.copyOf(log);
  }

  /** How a pull ended. */
  public enum Outcome {
    /** The source is as it was. */
    UNCHANGED,
    /** A new version waits for review. */
    SUBMITTED,
    /** A new version was published by the layer's own rules. */
    PUBLISHED,
    /** Nothing came of it; nothing was changed. */
    FAILED,
    /** Someone stopped it; nothing was changed. */
    CANCELLED;

    /** The name in the API. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was asked of the other server.
   *
   * @param requests answers that came over the network
   * @param bytes of them
   * @param features that they held; 0 where nobody counted
   */
  public record Fetched(long requests, long bytes, long features) {
    /** Nothing yet. */
    public static final Fetched NOTHING = new Fetched(0, 0, 0);
  }

  /**
   * Something that happened.
   *
   * @param at when
   * @param text what
   */
  public record Line(Instant at, LocalText text) {}
}
