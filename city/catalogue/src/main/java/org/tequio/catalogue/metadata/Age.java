package org.tequio.catalogue.metadata;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Freshness;
import org.tequio.catalogue.LayerRecord;

/**
 * How old a layer is for its rhythm. It is as old as the day that its data describes; where that is
 * not known, as its last change.
 *
 * @param freshness what people are told
 * @param due when the next version is due; null where no rhythm was declared
 */
record Age(Freshness freshness, @Nullable LocalDate due) {
  static Age of(LayerRecord layer, LocalDate today) {
    Period rhythm = layer.settings().rhythm();
    if (rhythm == null) {
      return new Age(Freshness.UNKNOWN, null);
    }
    LocalDate date = layer.date();
    LocalDate last = date != null ? date : layer.updated().atOffset(ZoneOffset.UTC).toLocalDate();
    LocalDate due = last.plus(rhythm);
    long late = ChronoUnit.DAYS.between(due, today);
    long grace = Math.max(1, ChronoUnit.DAYS.between(last, due) / 2);
    if (late < 0) {
      return new Age(Freshness.FRESH, due);
    }
    return new Age(late < grace ? Freshness.DUE : Freshness.OVERDUE, due);
  }
}
