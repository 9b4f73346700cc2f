package org.tequio.procedure.term;

import java.util.Set;

/**
 * Something that holds in an office for some procedures or for all.
 *
 * @param procedures by their ids; empty for all
 */
public record OfProcedures<T>(T value, Set<String> procedures) {
  /** Copies the set. */
  public OfProcedures {
    procedures = Set.copyOf(procedures);
  }

  boolean holdsFor(String procedure) {
    return procedures.isEmpty() || procedures.contains(procedure);
  }
}
