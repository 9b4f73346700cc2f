package org.tequio.procedure.file;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file's history.
 *
 * @param number of all steps of the city, without gaps
 * @param caseFile of which file
 * @param version that the file has since
 * @param at when it was written
 * @param since as of when the law says it is so: earlier than written where the clock was stopped
 * @param actor the account, or {@value #CLOCK} or {@value #PAYMENTS}
 * @param verb what
 * @param note what was said with it
 * @param behalf the absent officer for whom the actor acted; null for oneself
 */
public record CaseStep(
    long number,
    String caseFile,
    long version,
    Instant at,
    Instant since,
    String actor,
    Verb verb,
    String note,
    @Nullable String behalf) {
  /** Who takes the steps that the law takes. */
  public static final String CLOCK = "clock";

  /** Who files what was paid. */
  public static final String PAYMENTS = "payments";
}
