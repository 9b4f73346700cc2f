package org.tequio.catalogue.dictionary;

import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a kind of layer comes from, as an example for other cities.
 *
 * @param owner who keeps it in Mexico City
 * @param elsewhere what it is in São Paulo, Lima or another city; null where that is not known
 * @param update how often it changes, in words
 * @param rhythm the same as a period; null where it follows no calendar
 * @param procedures what needs it; null where nothing does
 * @param evidence on what the attributes stand: {@code open-data}, {@code geosampa}, {@code
 *     sig-cdmx}, {@code measured}, {@code procedures}, {@code known}
 * @param note what must be kept in mind when it is published; null for nothing
 */
public record SourceNotes(
    String owner,
    @Nullable String elsewhere,
    String update,
    @Nullable Period rhythm,
    @Nullable String procedures,
    List<String> evidence,
    @Nullable String note) {
  /** Copies the list. */
  public SourceNotes {
    evidence = List.copyOf(evidence);
  }
}
