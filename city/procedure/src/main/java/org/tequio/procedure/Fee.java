package org.tequio.procedure;

/** What a procedure costs. */
public sealed interface Fee {
  /** On what it stands. */
  Basis basis();

  /** Nothing. */
  record Free(Basis basis) implements Fee {}

  /**
   * An amount by a formula.
   *
   * @param expression over inputs, facts and dated tables (CEL); its result is rounded to cents,
   *     half up
   * @param currency ISO 4217
   */
  record Formula(String expression, String currency, Basis basis) implements Fee {}

  /** It costs something, and the city has not said how much. */
  record Unstated(Basis basis) implements Fee {}
}
