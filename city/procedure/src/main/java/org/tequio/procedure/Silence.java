package org.tequio.procedure;

import java.util.Locale;

/**
 * What it means that the term to resolve ran out and nobody resolved.
 *
 * @param effect what it means
 * @param basis on what this stands
 */
public record Silence(Effect effect, Basis basis) {

  /** What an authority's silence means. */
  public enum Effect {
    /** Nothing: there is no term, or the law does not say. */
    NONE,
    /** The request is refused (negativa ficta). */
    NEGATIVE,
    /** The request is granted (afirmativa ficta). */
    POSITIVE,
    /** The filing itself takes effect, and nothing is left to be resolved. */
    ON_FILING;

    /** The name in packs and on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
