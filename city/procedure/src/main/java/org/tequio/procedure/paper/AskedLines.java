package org.tequio.procedure.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.paper.PaperBody.Asked;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;

/**
 * Writes what somebody answered as people read it.
 *
 * @param procedures of the city, for their lists of codes
 * @param words in the language of the paper
 * @param crs of the places, in metres
 */
record AskedLines(Procedures procedures, PaperWords words, Crs crs) {

  List<Asked> of(CompiledProcedure procedure, Entries entries) {
    List<Asked> lines = new ArrayList<>();
    for (Input input : procedure.procedure().inputs()) {
      Object value = entries.value(input.id());
      if (value != null) {
        lines.add(new Asked(words.say(input.question()), told(input.type(), value)));
      }
    }
    return lines;
  }

  private String told(InputType type, Object value) {
    return switch (type) {
      case InputType.Place place -> place((Geometry) value);
      case InputType.Number number -> words.value(value, number.unit());
      case InputType.Choice choice ->
          choice.codes().stream()
              .filter(code -> code.value().equals(value))
              .map(code -> words.say(code.label()))
              .findFirst()
              .orElse(value.toString());
      case InputType.CodeOf table ->
          value
              + procedures
                  .table(table.table())
                  .flatMap(found -> found.find(value.toString()))
                  .map(entry -> " · " + words.say(entry.label()))
                  .orElse("");
      case InputType.Whole whole -> words.value(value, null);
      case InputType.Text text -> value.toString();
      case InputType.Day day -> words.value(value, null);
      case InputType.YesNo yesNo -> words.value(value, null);
    };
  }

  private String place(Geometry place) {
    double[] at = {place.getEnvelopeInternal().centre().x, place.getEnvelopeInternal().centre().y};
    CrsRegistry.standard().operation(crs, Crs.CRS84).apply(at, 1);
    String degrees = String.format(java.util.Locale.ROOT, "%.6f, %.6f (lat, lon)", at[1], at[0]);
    return switch (place.getDimension()) {
      case 2 -> degrees + " · " + words.number(place.getArea()) + " m² " + drawn();
      case 1 -> degrees + " · " + words.number(place.getLength()) + " m " + drawn();
      default -> degrees;
    };
  }

  private String drawn() {
    return words.say(PaperWords.DRAWN);
  }

  /** The first place among the answers. */
  static Optional<Geometry> place(CompiledProcedure procedure, Entries entries) {
    return procedure.procedure().inputs().stream()
        .map(input -> entries.value(input.id()))
        .filter(Geometry.class::isInstance)
        .map(Geometry.class::cast)
        .findFirst();
  }
}
