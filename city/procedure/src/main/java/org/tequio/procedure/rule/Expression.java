package org.tequio.procedure.rule;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.values.ErrorValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Gap;

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
      return program.trace(variables, Expression::carryOn);
    } catch (CelEvaluationException e) {
      Gap gap = Unknown.in(e);
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

  /**
   * CEL hands the fault of a logical operation on as if it were a value. What compares it, collects
   * it or chooses by it would take the unknown for a no, or lose which layer it was; thrown again
   * it passes through all of them.
   */
  private static void carryOn(CelExpr part, Object result) {
    if (result instanceof ErrorValue fault) {
      throw fault.value() instanceof RuntimeException thrown
          ? thrown
          : new IllegalStateException(fault.value());
    }
  }
}
