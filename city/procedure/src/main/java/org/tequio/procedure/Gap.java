package org.tequio.procedure;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * Why something is not known. It is never a no.
 *
 * @param answer {@link Answer#NO_DATA_HERE} or {@link Answer#COULD_NOT_ASK}
 * @param layer the layer of the dictionary that would know; null where it is an answer that nobody
 *     gave or a figure
 * @param reason a sentence
 */
public record Gap(Answer answer, @Nullable String layer, LocalText reason) {
  /** Refuses a definite answer. */
  public Gap {
    if (answer.isDefinite()) {
      throw new IllegalArgumentException(answer + " is no gap");
    }
  }
}
