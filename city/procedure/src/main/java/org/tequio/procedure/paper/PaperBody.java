package org.tequio.procedure.paper;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.web.ProcedureJson.AnswerJson;
import tools.jackson.databind.JsonNode;

/**
 * What a paper says, as programs read it.
 *
 * @param inputs what was asked, as it came; personal
 * @param asked the same as people read it; personal
 * @param answer what the rules said; null where none were asked
 * @param decision what an office decided; null where none did
 * @param fee what was paid; null where nothing was
 */
public record PaperBody(
    Map<String, JsonNode> inputs,
    List<Asked> asked,
    @Nullable AnswerJson answer,
    @Nullable Decision decision,
    @Nullable Payment fee) {

  /** Copies what it holds, keeping the order. */
  public PaperBody {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    asked = List.copyOf(asked);
  }

  /** A question and what was answered. */
  public record Asked(String question, String answer) {}

  /**
   * What an office decided.
   *
   * @param says in one sentence
   * @param reasons in the officer's words
   * @param appeal what may be done against it; null where nothing is to be said
   */
  public record Decision(String says, String reasons, @Nullable String appeal) {}

  /** What was paid, and under which reference. */
  public record Payment(String amount, String currency, String reference) {}
}
