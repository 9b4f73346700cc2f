package org.tequio.publish.wfs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.publish.ows.OwsException;

/** A unit in which a filter may write a distance: by its symbol, its name or its EPSG code. */
enum LengthUnit {
  METRE(1, "m", "metre", "metres", "meter", "meters", "9001"),
  KILOMETRE(1000, "km", "kilometre", "kilometres", "kilometer", "kilometers", "9036"),
  FOOT(0.3048, "ft", "foot", "feet", "[ft_i]", "9002"),
  MILE(1609.344, "mi", "mile", "miles", "[mi_i]", "9093"),
  NAUTICAL_MILE(1852, "nmi", "[nmi_i]", "9030");

  private final double meters;
  private final String symbol;
  private final Set<String> names;

  LengthUnit(double meters, String... names) {
    this.meters = meters;
    this.symbol = names[0];
    this.names = Set.of(names);
  }

  /**
   * A distance in metres.
   *
   * @param unit a symbol, a name, or an OGC URN or URI of one
   * @throws OwsException where it has no unit, one that is no length, or is no number from 0
   */
  static double meters(@Nullable String unit, String distance) {
    if (unit == null || unit.isBlank()) {
      throw OwsException.missing("uom");
    }
    String name = unit.strip().replaceFirst("^.*[:/]", "").toLowerCase(Locale.ROOT);
    LengthUnit known =
        Arrays.stream(values())
            .filter(one -> one.names.contains(name))
            .findFirst()
            .orElseThrow(() -> OwsException.invalid("uom", LocalText.same(symbols()), unit));
    if (!distance.matches("\\+?(\\d{1,15}(\\.\\d{0,15})?|\\.\\d{1,15})([eE][+-]?\\d{1,2})?")) {
      throw OwsException.invalid(
          "Distance",
          new LocalText("un número desde 0", "um número a partir de 0", "a number from 0"),
          distance);
    }
    return Double.parseDouble(distance) * known.meters;
  }

  private static String symbols() {
    return Arrays.stream(values()).map(one -> one.symbol).collect(Collectors.joining(", "));
  }
}
