package org.tequio.procedure;

import java.time.LocalDate;
import java.util.List;

/**
 * What a change would do.
 *
 * @param day as of which the law was read
 * @param revision of the store
 * @param parcels how many the city has
 * @param sample how many of them were drawn
 * @param files how many files were asked again
 * @param drawings the areas that were tried over layers
 * @param procedures what happens to each that the change can touch
 * @param turns what would be answered otherwise, in the order of asking
 */
public record Forecast(
    LocalDate day,
    long revision,
    long parcels,
    long sample,
    long files,
    List<DraftChange.Drawing> drawings,
    List<Tally> procedures,
    List<Turn> turns) {
  /** Copies the lists. */
  public Forecast {
    drawings = List.copyOf(drawings);
    procedures = List.copyOf(procedures);
    turns = List.copyOf(turns);
  }
}
