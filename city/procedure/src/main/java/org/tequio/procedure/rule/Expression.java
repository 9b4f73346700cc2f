package org.tequio.procedure.rule;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * A checked expression, compiled once. Thread-safe.
 *
 * @param text as it was written
 * @param type of its result
 * @param layers the layers of the dictionary that it names
 * @param variables the inputs and facts that it names
 * @param origin of which layer its result is a feature, or a list of features; null where it is
 *     something else
 */
record Expression(
    String text,
    CelType type,
    Set<String> layers,
    Set<String> variables,
    @Nullable String origin,
    CelRuntime.Program program) {

  /**
   * Its value.
   *
   * @throws Unknown where that cannot be known, also because the expression itself fails
   */
  Object value(CelVariableResolver variables) {
    try {
      return program.eval(variables);
    } catch (CelEvaluationException e) {
      var gap = Unknown.in(e);
      throw gap != null
          ? Unknown.of(gap)
          : Unknown.notAsked(
              null,
              new LocalText(
                  "la regla no se pudo calcular: " + e.getMessage(),
                  "a regra não pôde ser calculada: " + e.getMessage(),
                  "the rule could not be worked out: " + e.getMessage()));
    }
  }
}
