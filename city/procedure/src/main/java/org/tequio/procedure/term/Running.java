package org.tequio.procedure.term;

import java.time.Instant;
import java.util.List;
import org.tequio.procedure.Term;

/**
 * A term that runs.
 *
 * @param procedure whose; some suspensions are for one procedure only
 * @param term how long
 * @param event from what moment
 * @param pauses in which it stands still, in any order
 */
public record Running(String procedure, Term term, Instant event, List<Pause> pauses) {
  /** Copies the pauses. */
  public Running {
    pauses = List.copyOf(pauses);
  }

  /** One without pauses. */
  public static Running of(String procedure, Term term, Instant event) {
    return new Running(procedure, term, event, List.of());
  }
}
