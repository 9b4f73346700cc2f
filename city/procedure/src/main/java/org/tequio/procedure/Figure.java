package org.tequio.procedure;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * A number that the law changes with the years, such as a fee.
 *
 * @param id by which rules and fees name it
 * @param name what people read
 * @param unit UCUM code or ISO 4217; null for a plain number
 * @param values what it was when, oldest first; no two of one day
 */
public record Figure(String id, LocalText name, @Nullable String unit, List<Value> values) {

  /** Sorts the values; refuses two that hold on one day. */
  public Figure {
    values = values.stream().sorted(Comparator.comparing(Value::from)).toList();
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i - 1).holdsOn(values.get(i).from())) {
        throw new IllegalArgumentException(
            "figure " + id + " has two values on " + values.get(i).from());
      }
    }
  }

  /**
   * What a figure is for a while.
   *
   * @param from the first day
   * @param until the last day; null where no end was published
   * @param amount in the figure's unit
   * @param basis on what it stands
   */
  public record Value(LocalDate from, @Nullable LocalDate until, double amount, Basis basis) {
    /** True where it holds on a day. */
    public boolean holdsOn(LocalDate day) {
      return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }
  }

  /** Its value on a day; none where the law of that day is not known. */
  public Optional<Value> on(LocalDate day) {
    return values.stream().filter(value -> value.holdsOn(day)).findFirst();
  }
}
