package org.tequio.procedure.term;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * An interval in which one term stands still: the applicant was asked to complete the filing, or
 * another authority for its opinion. The day on which it begins still counts; the days after it, up
 * to the one on which it ends, do not.
 *
 * @param from when it began
 * @param until when it ended; null while it lasts
 * @param reason in words
 */
public record Pause(Instant from, @Nullable Instant until, LocalText reason) {
  /** Refuses one that ends before it begins. */
  public Pause {
    if (until != null && until.isBefore(from)) {
      throw new IllegalArgumentException("a pause from " + from + " until " + until);
    }
  }
}
