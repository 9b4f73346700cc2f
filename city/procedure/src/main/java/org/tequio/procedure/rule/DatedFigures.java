package org.tequio.procedure.rule;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.values.OpaqueValue;
import dev.cel.common.values.SelectableValue;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Figure;

/**
 * The figures of a pack as of a day, by their ids. One whose value on that day nobody has written
 * down ends the evaluation: last year's fee is not this year's.
 */
@Immutable
@SuppressWarnings("Immutable") // the map is the pack's
final class DatedFigures extends OpaqueValue implements SelectableValue<String> {
  private static final OpaqueType TYPE = OpaqueType.create("figures");

  private final Map<String, Figure> figures;
  private final LocalDate day;

  DatedFigures(Map<String, Figure> figures, LocalDate day) {
    this.figures = figures;
    this.day = day;
  }

  @Override
  public Object select(String id) {
    return find(id)
        .orElseThrow(
            () ->
                Unknown.notAsked(
                    null,
                    new LocalText(
                        "no se conoce '" + id + "' para el " + day,
                        "não se conhece '" + id + "' para " + day,
                        "'" + id + "' is not known for " + day)));
  }

  @Override
  public Optional<Object> find(String id) {
    return Optional.ofNullable(figures.get(id))
        .flatMap(figure -> figure.on(day))
        .map(Figure.Value::amount);
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public OpaqueType celType() {
    return TYPE;
  }
}
