package org.tequio.procedure.file;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Prevention;
import org.tequio.procedure.ServiceTerms;
import org.tequio.procedure.Silence;
import org.tequio.procedure.Term;

/**
 * What holds for a filing on the day on which it is made; kept with the file, since the law of that
 * day goes on to hold for it.
 *
 * @param procedure its identifier
 * @param name as people read it
 * @param office by its identifier in the pack
 * @param term in which it must be resolved; null where the city has not said
 * @param prevention the right to ask for completion; null where there is none
 * @param silence what it means that the term ran out
 * @param cents what it costs, in hundredths of the currency; 0 for nothing
 * @param currency ISO 4217
 * @param service what holds for it as a service request; null where it is none
 * @param objections what keeps it from being filed, each a sentence; empty where nothing does
 */
public record FilingTerms(
    String procedure,
    LocalText name,
    String office,
    @Nullable Term term,
    @Nullable Prevention prevention,
    Silence silence,
    long cents,
    String currency,
    @Nullable ServiceTerms service,
    List<LocalText> objections) {
  /** Copies the objections. */
  public FilingTerms {
    objections = List.copyOf(objections);
    if (cents < 0) {
      throw new IllegalArgumentException("a fee of " + cents);
    }
  }
}
