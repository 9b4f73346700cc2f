package org.tequio.procedure.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.Example;
import org.tequio.procedure.ExampleOutcome;
import org.tequio.procedure.ExampleOutcome.Difference;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.ProcedureAnswer.FactAnswer;
import org.tequio.procedure.ProcedureAnswer.FeeAnswer;
import org.tequio.procedure.ProcedureAnswer.RuleAnswer;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs the examples of a pack in its towns. */
public final class ExampleRun {
  private static final LocalDate USUAL_DAY = LocalDate.of(2026, 6, 1);

  private ExampleRun() {}

  /** Runs all of them, in the order of the pack. */
  public static List<ExampleOutcome> all(ReadPack pack) {
    List<ExampleOutcome> outcomes = new ArrayList<>();
    for (CompiledProcedure procedure : pack.compiled().values()) {
      for (Example example : procedure.procedure().examples()) {
        outcomes.add(
            new ExampleOutcome(
                procedure.procedure().id(), example.name(), differences(pack, procedure, example)));
      }
    }
    return outcomes;
  }

  private static List<Difference> differences(
      ReadPack pack, CompiledProcedure procedure, Example example) {
    Town town = pack.towns().get(example.town());
    if (town == null) {
      return List.of(
          new Difference("town", example.town(), String.join(", ", pack.towns().keySet())));
    }
    Layers layers = town.without(Set.copyOf(example.without()));
    LocalDate day = example.day() == null ? USUAL_DAY : example.day();
    try {
      Entries entries =
          EntryReader.read(procedure, places(example.inputs()), PlaceReader.ofMeters(layers.crs()));
      return compare(example, procedure.answer(layers, entries, day));
    } catch (Entries.Refused e) {
      List<Difference> refused = new ArrayList<>();
      e.reasons().forEach((input, why) -> refused.add(new Difference(input, "", why.en())));
      return refused;
    }
  }

  /** In examples a pair stands for a point, a list of pairs for a line or a closed outline. */
  private static Map<String, JsonNode> places(Map<String, JsonNode> inputs) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    inputs.forEach((name, value) -> given.put(name, value.isArray() ? geometry(value) : value));
    return given;
  }

  private static JsonNode geometry(JsonNode list) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (list.size() == 2 && list.get(0).isNumber()) {
      return nodes.objectNode().put("type", "Point").set("coordinates", list);
    }
    boolean closed = list.size() > 3 && list.get(0).equals(list.get(list.size() - 1));
    return closed
        ? nodes.objectNode().put("type", "Polygon").set("coordinates", nodes.arrayNode().add(list))
        : nodes.objectNode().put("type", "LineString").set("coordinates", list);
  }

  private static List<Difference> compare(Example example, ProcedureAnswer answer) {
    List<Difference> found = new ArrayList<>();
    Map<String, String> rules = new LinkedHashMap<>();
    for (RuleAnswer rule : answer.rules()) {
      String why =
          rule.gap() == null ? "" : " (" + rule.gap().layer() + ": " + rule.says().en() + ")";
      rules.put(rule.rule().id(), rule.answer().wireName() + why);
    }
    example
        .answers()
        .forEach(
            (rule, wanted) -> {
              String got = rules.getOrDefault(rule, "there is no such rule");
              if (!got.split(" ", 2)[0].equals(wanted.wireName())) {
                found.add(new Difference(rule, wanted.wireName(), got));
              }
            });
    Map<String, FactAnswer> facts = new LinkedHashMap<>();
    answer.facts().forEach(fact -> facts.put(fact.fact().id(), fact));
    example.facts().forEach((id, wanted) -> compare(id, wanted, facts.get(id), found));
    if (example.outcome() != null && example.outcome() != answer.outcome()) {
      found.add(
          new Difference("outcome", example.outcome().wireName(), answer.outcome().wireName()));
    }
    if (example.fee() != null) {
      differ("fee", example.fee(), amount(answer.fee()), found);
    }
    if (example.further() != null) {
      differ("requires", example.further().toString(), answer.further().toString(), found);
    }
    if (example.office() != null) {
      differ("office", example.office(), Objects.toString(answer.office(), "unknown"), found);
    }
    return found;
  }

  private static void differ(String what, String wanted, String got, List<Difference> into) {
    if (!wanted.equals(got)) {
      into.add(new Difference(what, wanted, got));
    }
  }

  private static String amount(@Nullable FeeAnswer fee) {
    return fee == null ? "free" : fee.amount() == null ? "unknown" : fee.amount().toPlainString();
  }

  private static void compare(
      String id, JsonNode wanted, @Nullable FactAnswer got, List<Difference> into) {
    if (got == null) {
      into.add(new Difference(id, wanted.toString(), "there is no such fact"));
      return;
    }
    Object value = got.value();
    boolean same =
        value == null
            ? wanted.isNull()
            : value instanceof Number number
                ? wanted.isNumber()
                    && Math.abs(wanted.asDouble() - number.doubleValue())
                        <= 1e-6 * Math.max(1, Math.abs(number.doubleValue()))
                : value instanceof List<?> list
                    ? wanted.isArray()
                        && list.stream()
                            .map(String::valueOf)
                            .toList()
                            .equals(wanted.valueStream().map(JsonNode::asString).toList())
                    : !wanted.isNull() && value.toString().equals(wanted.asString());
    if (!same) {
      String gap = got.gap() == null ? "" : got.gap().layer() + ": " + got.gap().reason().en();
      into.add(
          new Difference(
              id, wanted.toString(), value == null ? "unknown (" + gap + ")" : value.toString()));
    }
  }
}
