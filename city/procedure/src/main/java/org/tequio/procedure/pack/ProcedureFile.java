package org.tequio.procedure.pack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Code;
import org.tequio.feature.DataClass;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Deadline;
import org.tequio.procedure.Document;
import org.tequio.procedure.Effect;
import org.tequio.procedure.Example;
import org.tequio.procedure.Fact;
import org.tequio.procedure.Fee;
import org.tequio.procedure.Handling;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.Kind;
import org.tequio.procedure.Outcome;
import org.tequio.procedure.Prevention;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Result;
import org.tequio.procedure.Rule;
import org.tequio.procedure.ServiceTerms;
import org.tequio.procedure.Silence;
import org.tequio.procedure.Step;
import org.tequio.procedure.Term;
import org.tequio.procedure.WriteBack;
import org.tequio.procedure.WriteTerms;
import tools.jackson.databind.JsonNode;

/** Reads one file of {@code procedures/}; its form is {@code packs/base/procedure.schema.json}. */
final class ProcedureFile {
  private static final String[] EFFECTS = {
    "forbids", "needs", "requires", "requires-paper", "leads-to", "informs"
  };

  private final SharedWords shared;
  private final Set<String> offices;
  private final Set<String> tables;

  ProcedureFile(SharedWords shared, Set<String> offices, Set<String> tables) {
    this.shared = shared;
    this.offices = offices;
    this.tables = tables;
  }

  Procedure read(PackNode root) {
    root.only(
        "id",
        "name",
        "description",
        "kind",
        "handling",
        "who",
        "office",
        "inputs",
        "documents",
        "facts",
        "rules",
        "fee",
        "deadline",
        "prevention",
        "silence",
        "steps",
        "result",
        "write-back",
        "service",
        "sources",
        "examples");
    return new Procedure(
        id(root.get("id")),
        root.text("name"),
        root.text("description"),
        root.choice("kind", Kind.values(), Kind::wireName),
        root.choice("handling", Handling.values(), Handling::wireName),
        shared.who(root.get("who")),
        office(root.get("office")),
        root.list("inputs").stream().map(this::input).toList(),
        root.list("documents").stream().map(this::document).toList(),
        root.list("facts").stream().map(this::fact).toList(),
        rules(root),
        fee(root.get("fee")),
        deadline(root.find("deadline")),
        prevention(root.find("prevention")),
        silence(root.get("silence")),
        root.list("steps").stream().map(this::step).toList(),
        result(root.get("result")),
        root.list("write-back").stream().map(ProcedureFile::writeBack).toList(),
        service(root.find("service")),
        root.list("sources").stream().map(PackNode::string).toList(),
        root.list("examples").stream().map(ProcedureFile::example).toList());
  }

  private static ProcedureId id(PackNode node) {
    String id = node.string();
    if (!ProcedureId.isValid(id)) {
      throw node.wrong(PackNode.wanted("ob.rmc_a"));
    }
    return new ProcedureId(id);
  }

  private String office(PackNode node) {
    String id = node.string();
    if (!offices.contains(id)) {
      throw node.wrong(PackNode.unknown(id, offices));
    }
    return id;
  }

  private Input input(PackNode written) {
    PackNode node = shared.resolve("inputs", written);
    node.only(
        "id",
        "type",
        "shape",
        "unit",
        "min",
        "max",
        "longest",
        "choices",
        "table",
        "question",
        "help",
        "required",
        "when",
        "class");
    return new Input(
        shared.id(written, node),
        type(node),
        node.text("question"),
        node.optionalText("help"),
        node.yes("required", true),
        node.optional("when"),
        node.has("class")
            ? node.choice("class", DataClass.values(), one -> one.name().toLowerCase(Locale.ROOT))
            : DataClass.PUBLIC);
  }

  private InputType type(PackNode node) {
    String word = node.string("type");
    return switch (word) {
      case "place" ->
          new InputType.Place(
              node.choice("shape", InputType.Shape.values(), InputType.Shape::wireName));
      case "number" ->
          new InputType.Number(node.optional("unit"), node.number("min"), node.number("max"));
      case "whole" -> new InputType.Whole((long) node.number("min"), (long) node.number("max"));
      case "text" -> new InputType.Text(node.has("longest") ? node.whole("longest") : 500);
      case "choice" -> new InputType.Choice(codes(node));
      case "code" -> {
        String table = node.string("table");
        if (!tables.contains(table)) {
          throw node.get("table").wrong(PackNode.unknown(table, tables));
        }
        yield new InputType.CodeOf(table);
      }
      case "date" -> new InputType.Day();
      case "yes-no" -> new InputType.YesNo();
      default ->
          throw node.get("type")
              .wrong(
                  PackNode.unknown(
                      word,
                      Set.of(
                          "place", "number", "whole", "text", "choice", "code", "date", "yes-no")));
    };
  }

  private static List<Code> codes(PackNode node) {
    List<Code> codes = new ArrayList<>();
    node.members("choices")
        .keySet()
        .forEach(value -> codes.add(new Code(value, node.get("choices").text(value))));
    if (codes.isEmpty()) {
      throw node.wrong(PackNode.wanted("choices: {…}"));
    }
    return codes;
  }

  private Document document(PackNode written) {
    PackNode node = shared.resolve("documents", written);
    node.only("id", "name", "produced-by", "when");
    return new Document(
        shared.id(written, node),
        node.text("name"),
        node.list("produced-by").stream().map(ProcedureFile::id).toList(),
        node.optional("when"));
  }

  private Fact fact(PackNode written) {
    PackNode node = shared.resolve("facts", written);
    node.only("id", "label", "is", "unit", "when");
    return new Fact(
        shared.id(written, node),
        node.optionalText("label"),
        node.string("is"),
        node.optional("unit"),
        node.optional("when"));
  }

  private List<Rule> rules(PackNode root) {
    List<Rule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (PackNode written : root.list("rules")) {
      PackNode node = shared.resolve("rules", written);
      if (!node.has("applies") && node.has("says")) {
        node.remark(
            new LocalText(
                "un texto sin su regla", "um texto sem a sua regra", "a text without its rule"));
        continue;
      }
      Rule rule = rule(written, node);
      if (!ids.add(rule.id())) {
        throw written.wrong(
            new LocalText(
                "dos reglas se llaman '" + rule.id() + "'",
                "duas regras se chamam '" + rule.id() + "'",
                "two rules are called '" + rule.id() + "'"));
      }
      rules.add(rule);
    }
    return rules;
  }

  private Rule rule(PackNode written, PackNode node) {
    node.only(
        "id",
        "question",
        "applies",
        "forbids",
        "needs",
        "requires",
        "requires-paper",
        "leads-to",
        "informs",
        "says",
        "basis");
    PackNode says = node.get("says").only("applies", "does-not-apply");
    return new Rule(
        shared.id(written, node),
        node.text("question"),
        List.of(),
        node.string("applies"),
        effect(node),
        says.text("applies"),
        says.text("does-not-apply"),
        shared.basis(node));
  }

  private Effect effect(PackNode node) {
    List<String> found = new ArrayList<>();
    for (String effect : EFFECTS) {
      if (node.has(effect)) {
        found.add(effect);
      }
    }
    if (found.size() != 1) {
      throw node.wrong(PackNode.wanted(String.join(" | ", EFFECTS)));
    }
    return switch (found.getFirst()) {
      case "forbids" -> new Effect.Forbids();
      case "needs" -> new Effect.Needs();
      case "requires" -> new Effect.Requires(id(node.get("requires")));
      case "requires-paper" -> new Effect.RequiresPaper(node.text("requires-paper"));
      case "leads-to" -> new Effect.LeadsTo(office(node.get("leads-to")));
      default -> new Effect.Informs();
    };
  }

  private Fee fee(PackNode node) {
    node.only("free", "unstated", "formula", "currency", "basis");
    if (node.yes("free", false)) {
      return new Fee.Free(shared.basis(node));
    }
    if (node.yes("unstated", false)) {
      return new Fee.Unstated(shared.basis(node));
    }
    return new Fee.Formula(node.string("formula"), node.string("currency"), shared.basis(node));
  }

  private @Nullable Deadline deadline(@Nullable PackNode node) {
    if (node == null) {
      return null;
    }
    node.only("amount", "unit", "from", "basis");
    return new Deadline(
        term(node),
        node.has("from")
            ? node.choice("from", Deadline.Start.values(), Deadline.Start::wireName)
            : Deadline.Start.FILING,
        shared.basis(node));
  }

  private static Term term(PackNode node) {
    int amount = node.whole("amount");
    if (amount < 0) {
      throw node.get("amount").wrong(PackNode.wanted("≥ 0"));
    }
    return new Term(amount, node.choice("unit", Term.Unit.values(), Term.Unit::wireName));
  }

  private @Nullable Prevention prevention(@Nullable PackNode node) {
    if (node == null) {
      return null;
    }
    node.only("times", "amount", "unit", "basis");
    return new Prevention(node.whole("times"), term(node), shared.basis(node));
  }

  private Silence silence(PackNode node) {
    node.only("effect", "basis");
    return new Silence(
        node.choice("effect", Silence.Effect.values(), Silence.Effect::wireName),
        shared.basis(node));
  }

  private Step step(PackNode written) {
    PackNode node = shared.resolve("steps", written);
    node.only("id", "name", "role");
    return new Step(shared.id(written, node), node.text("name"), node.string("role"));
  }

  private Result result(PackNode node) {
    node.only("name", "template", "validity", "basis");
    return new Result(
        node.text("name"),
        node.optional("template"),
        node.optionalPeriod("validity"),
        shared.basis(node));
  }

  private static WriteTerms writeBack(PackNode node) {
    node.only("change", "layer", "name", "key", "drawn", "sets");
    Map<String, String> sets = new LinkedHashMap<>();
    node.members("sets").forEach((attribute, value) -> sets.put(attribute, value.string()));
    return new WriteTerms(
        new WriteBack(
            node.choice("change", WriteBack.Change.values(), WriteBack.Change::wireName),
            node.string("layer")),
        node.optionalText("name"),
        node.optional("key"),
        node.yes("drawn", false),
        sets);
  }

  private @Nullable ServiceTerms service(@Nullable PackNode node) {
    if (node == null) {
      return null;
    }
    node.only("joins-within", "asset", "objection-hours", "keywords", "basis");
    PackNode asset = node.find("asset");
    return new ServiceTerms(
        node.has("joins-within") ? positive(node, "joins-within") : null,
        asset == null
            ? null
            : new ServiceTerms.Asset(
                asset.only("layer", "within").string("layer"), positive(asset, "within")),
        node.has("objection-hours") ? node.whole("objection-hours") : 0,
        node.optionalText("keywords"),
        shared.basis(node));
  }

  private static double positive(PackNode node, String member) {
    double number = node.number(member);
    if (number <= 0) {
      throw node.get(member).wrong(PackNode.wanted("> 0"));
    }
    return number;
  }

  private static Example example(PackNode node) {
    node.only(
        "name",
        "town",
        "without",
        "day",
        "inputs",
        "answers",
        "facts",
        "outcome",
        "fee",
        "requires",
        "office");
    Map<String, JsonNode> inputs = new LinkedHashMap<>();
    node.members("inputs").forEach((name, value) -> inputs.put(name, value.value()));
    Map<String, Answer> answers = new LinkedHashMap<>();
    node.members("answers")
        .keySet()
        .forEach(
            rule ->
                answers.put(
                    rule, node.get("answers").choice(rule, Answer.values(), Answer::wireName)));
    Map<String, JsonNode> facts = new LinkedHashMap<>();
    if (node.has("facts")) {
      node.get("facts")
          .value()
          .properties()
          .forEach(one -> facts.put(one.getKey(), one.getValue()));
    }
    return new Example(
        node.string("name"),
        node.string("town"),
        node.list("without").stream().map(PackNode::string).toList(),
        node.optionalDay("day"),
        inputs,
        answers,
        facts,
        node.has("outcome") ? node.choice("outcome", Outcome.values(), Outcome::wireName) : null,
        node.optional("fee"),
        node.has("requires")
            ? node.list("requires").stream().map(ProcedureFile::id).toList()
            : null,
        node.optional("office"));
  }
}
