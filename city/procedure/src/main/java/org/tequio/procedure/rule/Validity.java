package org.tequio.procedure.rule;

import java.time.LocalDate;
import org.tequio.feature.FeatureRow;

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

  boolean holds(FeatureRow row) {
    return (from < 0 || !(row.value(from) instanceof LocalDate first) || !first.isAfter(day))
        && (until < 0 || !(row.value(until) instanceof LocalDate last) || !last.isBefore(day));
  }
}
