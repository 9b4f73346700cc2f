package org.tequio.procedure.paper;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.paper.PaperBody.Decision;
import org.tequio.procedure.paper.PaperBody.Payment;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import tools.jackson.databind.JsonNode;

/**
 * A paper that is to be made.
 *
 * @param kind what it will be
 * @param procedure of which
 * @param inputs what was asked, as it came
 * @param entries the same, read; null where they no longer answer the questions
 * @param answer what the rules say; null where they were not asked
 * @param owner the account for which it is made; null where nobody has signed in
 * @param file the file that it belongs to; null where the map answers at once
 * @param decision what an office decided; null where none did
 * @param paid what was paid; null where nothing was
 * @param language in which it is written
 * @param site the city's address, without a slash at its end; empty where it has none
 */
record PaperOrder(
    PaperKind kind,
    CompiledProcedure procedure,
    Map<String, JsonNode> inputs,
    @Nullable Entries entries,
    @Nullable ProcedureAnswer answer,
    @Nullable String owner,
    @Nullable OfFile file,
    @Nullable Decision decision,
    @Nullable Payment paid,
    Language language,
    String site) {

  /** Copies the inputs, keeping their order. */
  PaperOrder {
    inputs = new LinkedHashMap<>(inputs);
  }

  /** The file that a paper belongs to: its identifier, its folio and the office that has it. */
  record OfFile(String id, String folio, String office) {}
}
