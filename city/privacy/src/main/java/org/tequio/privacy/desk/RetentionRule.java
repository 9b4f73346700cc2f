package org.tequio.privacy.desk;

import java.util.List;

/**
 * How long a layer keeps the personal data of each feature.
 *
 * @param dateField the field from whose day the clock runs
 * @param days after which the values are blocked
 * @param blockedDays after which blocked values are erased
 * @param fields which; empty for all that are personal
 * @param basis the norm that says so, for people
 */
public record RetentionRule(
    String dateField, int days, int blockedDays, List<String> fields, String basis) {
  /** Refuses a clock that would run backwards. */
  public RetentionRule {
    fields = List.copyOf(fields);
    if (days < 1 || blockedDays < 1) {
      throw new IllegalArgumentException("days and blockedDays must be at least 1");
    }
    if (dateField.isBlank() || basis.isBlank()) {
      throw new IllegalArgumentException("wanted the field that has the day, and the norm");
    }
  }
}
