package org.tequio.procedure;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A case of a procedure with what must come out of it.
 *
 * @param name what it shows
 * @param town the little town of the pack in which it happens
 * @param without layers that the town does not have in this example
 * @param day on which it is asked; null for 1 June 2026
 * @param inputs the answers to the questions, as they go over the wire; places in metres of the
 *     town
 * @param answers what rules must say, by their ids
 * @param facts what facts must be, by their ids; null where they must not be known
 * @param outcome what they must say together; null where the example does not care
 * @param fee the amount, as a plain decimal number; null where the example does not care
 * @param further the procedures that must be required, in order of the rules; null as above
 * @param office the office that must be led to; null as above
 */
public record Example(
    String name,
    String town,
    List<String> without,
    @Nullable LocalDate day,
    Map<String, JsonNode> inputs,
    Map<String, Answer> answers,
    Map<String, JsonNode> facts,
    @Nullable Outcome outcome,
    @Nullable String fee,
    @Nullable List<ProcedureId> further,
    @Nullable String office) {
  /** Copies what it holds. */
  public Example {
    without = List.copyOf(without);
    inputs = Map.copyOf(inputs);
    answers = Map.copyOf(answers);
    facts = Map.copyOf(facts);
    further = further == null ? null : List.copyOf(further);
  }
}
