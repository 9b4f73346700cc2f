package org.tequio.procedure.term;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Basis;

/**
 * A day on which an office does not work.
 *
 * @param name as people call it
 * @param rule on which day of a year it falls
 * @param since the first day from which it holds; null from ever
 * @param until the last day on which it holds; null for ever
 * @param basis on what this stands
 */
public record Holiday(
    LocalText name,
    DayRule rule,
    @Nullable LocalDate since,
    @Nullable LocalDate until,
    Basis basis) {

  /** The day in a year; nothing where it does not fall in that year or did not hold then. */
  public Optional<LocalDate> in(int year) {
    return rule.in(year)
        .filter(day -> since == null || !day.isBefore(since))
        .filter(day -> until == null || !day.isAfter(until));
  }
}
