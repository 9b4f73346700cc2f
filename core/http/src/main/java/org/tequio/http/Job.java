package org.tequio.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * Long work that someone asked for, as it stands now.
 *
 * @param id its identifier, not to be guessed
 * @param account who asked for it
 * @param kind a stable name in kebab-case, such as {@code submission-check}
 * @param title what people read
 * @param state how far it is
 * @param started when it was asked for
 * @param step what is being done now; empty before the first step
 * @param done units finished
 * @param total units in all; 0 where that is not known
 * @param result what came of it, to be written as JSON; null before the end
 * @param problem why it failed; null where it did not
 */
public record Job(
    String id,
    String account,
    String kind,
    LocalText title,
    State state,
    Instant started,
    String step,
    long done,
    long total,
    @Nullable Object result,
    @Nullable Problem problem) {

  /** How far a job is. */
  public enum State {
    /** Waits for others to end. */
    QUEUED,
    /** Is being done. */
    RUNNING,
    /** Ended well. */
    DONE,
    /** Ended with a problem; nothing was half applied. */
    FAILED,
    /** Ended because someone wanted it to. */
    CANCELLED;

    /** True where nothing will change any more. */
    public boolean isFinal() {
      return switch (this) {
        case QUEUED, RUNNING -> false;
        case DONE, FAILED, CANCELLED -> true;
      };
    }
  }
}
