package org.tequio.procedure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.LocalText;
import org.tequio.procedure.file.FilingTerms;
import org.tequio.procedure.file.Intake;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the rules what holds for a filing. A rule that stands against it, an answer that cannot be
 * used and a fee that cannot be said keep it from being filed, each with its sentence; what the map
 * does not know does not: an officer decides. Thread-safe.
 */
final class RuleIntake implements Intake {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NO_CURRENCY = "XXX";

  private final Procedures procedures;
  private final Layers layers;

  RuleIntake(Procedures procedures, Layers layers) {
    this.procedures = procedures;
    this.layers = layers;
  }

  @Override
  public Optional<FilingTerms> terms(String procedure, Map<String, Object> inputs, LocalDate day) {
    return Optional.of(procedure)
        .filter(ProcedureId::isValid)
        .flatMap(id -> procedures.findCompiled(new ProcedureId(id)))
        .map(found -> terms(found, inputs, day));
  }

  private FilingTerms terms(CompiledProcedure found, Map<String, Object> inputs, LocalDate day) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    inputs.forEach((name, value) -> given.put(name, JSON.valueToTree(value)));
    try {
      Entries entries = EntryReader.read(found, given, PlaceReader.ofDegrees(layers.crs()));
      return terms(found.answer(layers, entries, day));
    } catch (Entries.Refused refused) {
      List<LocalText> objections = new ArrayList<>();
      refused
          .reasons()
          .forEach(
              (input, reason) ->
                  objections.add(
                      new LocalText(
                          input + ": " + reason.es(),
                          input + ": " + reason.pt(),
                          input + ": " + reason.en())));
      return terms(found.procedure(), found.procedure().office(), 0, NO_CURRENCY, objections);
    }
  }

  private static FilingTerms terms(ProcedureAnswer answer) {
    List<LocalText> objections = new ArrayList<>();
    if (answer.procedure().kind() == Kind.QUERY) {
      objections.add(
          new LocalText(
              "es una consulta: el mapa responde y no hay nada que presentar",
              "é uma consulta: o mapa responde e não há nada a protocolar",
              "this is a question that the map answers; there is nothing to file"));
    }
    for (ProcedureAnswer.RuleAnswer one : answer.rules()) {
      if (isAgainst(one)) {
        objections.add(one.says());
      }
    }
    ProcedureAnswer.FeeAnswer fee = answer.fee();
    BigDecimal amount = fee == null ? BigDecimal.ZERO : fee.amount();
    Gap gap = fee == null ? null : fee.gap();
    if (gap != null) {
      objections.add(gap.reason());
    }
    String currency = fee == null ? null : fee.currency();
    String office = answer.office();
    return terms(
        answer.procedure(),
        office == null ? answer.procedure().office() : office,
        amount == null ? 0 : amount.movePointRight(2).longValueExact(),
        currency == null ? NO_CURRENCY : currency,
        objections);
  }

  private static boolean isAgainst(ProcedureAnswer.RuleAnswer one) {
    return switch (one.rule().effect()) {
      case Effect.Forbids forbids -> one.answer() == Answer.APPLIES;
      case Effect.Needs needs -> one.answer() == Answer.DOES_NOT_APPLY;
      case Effect.Requires requires -> false;
      case Effect.RequiresPaper requires -> false;
      case Effect.LeadsTo leads -> false;
      case Effect.Informs informs -> false;
    };
  }

  private static FilingTerms terms(
      Procedure procedure, String office, long cents, String currency, List<LocalText> objections) {
    Deadline deadline = procedure.deadline();
    return new FilingTerms(
        procedure.id().value(),
        procedure.name(),
        office,
        deadline == null ? null : deadline.term(),
        procedure.prevention(),
        procedure.silence(),
        cents,
        currency,
        procedure.service(),
        objections);
  }
}
