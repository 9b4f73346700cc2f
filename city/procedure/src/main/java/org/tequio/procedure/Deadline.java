package org.tequio.procedure;

import java.util.Locale;

/**
 * In what term the authority must resolve.
 *
 * @param term how long
 * @param from the event after which it begins to count
 * @param basis on what this stands
 */
public record Deadline(Term term, Start from, Basis basis) {

  /** The event after which a term begins. */
  public enum Start {
    /** The filing. */
    FILING,
    /** The payment. */
    PAYMENT,
    /** The day on which the file was complete. */
    COMPLETION;

    /** The name in packs and on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
