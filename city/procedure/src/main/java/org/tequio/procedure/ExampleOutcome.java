package org.tequio.procedure;

import java.util.List;

/**
 * What one example of a pack gave.
 *
 * @param procedure whose
 * @param example its name
 * @param differences what is not as expected; empty where all is
 */
public record ExampleOutcome(ProcedureId procedure, String example, List<Difference> differences) {
  /** Copies the differences. */
  public ExampleOutcome {
    differences = List.copyOf(differences);
  }

  /** True where all is as expected. */
  public boolean passed() {
    return differences.isEmpty();
  }

  /**
   * One thing that is not as expected.
   *
   * @param what a rule, a fact or a part of the answer
   * @param expected what the pack says
   * @param got what came
   */
  public record Difference(String what, String expected, String got) {}
}
