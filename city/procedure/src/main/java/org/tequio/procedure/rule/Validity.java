package org.tequio.procedure.rule;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LocalText;

/**
 * Which features of a layer hold on a day, where the layer says since when and until when they do.
 * A limit without a value is no limit.
 *
 * @param from where the first day stands in its rows; negative where it does not say
 * @param until where the last day stands; negative as above
 */
record Validity(int from, int until, LocalDate day) {
  static final String FROM = "vigente_desde";
  static final String UNTIL = "vigente_hasta";

  /** That of a layer. */
  static Validity of(AskedLayer layer, LocalDate day) {
    return new Validity(layer.position(FROM), layer.position(UNTIL), day);
  }

  /** True where a layer tells since when its features hold. */
  static boolean isToldBy(AskedLayer layer) {
    return layer.position(FROM) >= 0;
  }

  /**
   * True where a feature holds on the day.
   *
   * @throws Unknown where a limit cannot be read as a day
   */
  boolean holds(FeatureRow row) {
    LocalDate first = limit(row, from);
    LocalDate last = limit(row, until);
    return (first == null || !first.isAfter(day)) && (last == null || !last.isBefore(day));
  }

  private static @Nullable LocalDate limit(FeatureRow row, int position) {
    Object value = position < 0 ? null : row.value(position);
    return value == null
        ? null
        : Meaning.day(value)
            .orElseThrow(
                () ->
                    Unknown.notAsked(
                        null,
                        new LocalText(
                            "'" + value + "' no es una fecha de vigencia",
                            "'" + value + "' não é uma data de vigência",
                            "'" + value + "' is no date of validity")));
  }
}
