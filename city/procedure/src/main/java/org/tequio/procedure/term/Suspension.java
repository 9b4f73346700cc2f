package org.tequio.procedure.term;

import java.time.LocalDate;
import java.util.Set;
import org.tequio.feature.LocalText;

/**
 * Days on which a decree lets terms stand still. It moves a term that is still running on the day
 * of the publication, with the days that lie before it, too; what had ended by then has ended.
 *
 * @param from the first day
 * @param to the last day, itself suspended
 * @param reason in words
 * @param publication where it was published, such as the gazette with its number
 * @param published on which day
 * @param procedures for which procedures it holds; empty for all of the office
 */
public record Suspension(
    LocalDate from,
    LocalDate to,
    LocalText reason,
    String publication,
    LocalDate published,
    Set<String> procedures) {
  /** Refuses one that ends before it begins. */
  public Suspension {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a suspension from " + from + " to " + to);
    }
    procedures = Set.copyOf(procedures);
  }

  /** True where it holds for a procedure on a day. */
  boolean holds(String procedure, LocalDate day) {
    return isOf(procedure) && !day.isBefore(from) && !day.isAfter(to);
  }

  /** True where it is about a procedure. */
  boolean isOf(String procedure) {
    return procedures.isEmpty() || procedures.contains(procedure);
  }
}
