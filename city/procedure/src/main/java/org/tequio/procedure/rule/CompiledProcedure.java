package org.tequio.procedure.rule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.procedure.CodeTable;
import org.tequio.procedure.Document;
import org.tequio.procedure.Fact;
import org.tequio.procedure.Fee;
import org.tequio.procedure.Figure;
import org.tequio.procedure.Input;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.Rule;
import org.tequio.procedure.WriteBack;
import org.tequio.procedure.WriteTerms;
import org.tequio.procedure.WriteValues;

/** A procedure whose expressions are checked and compiled. Immutable and thread-safe. */
public final class CompiledProcedure {
  private final Procedure procedure;
  private final LayerDictionary dictionary;
  private final Map<String, Figure> figures;
  private final Map<String, Map<String, Map<String, Object>>> tables;
  private final Map<String, CodeTable> codes;
  private final Map<String, Expression> inputConditions = new LinkedHashMap<>();
  private final Map<String, Expression> documentConditions = new LinkedHashMap<>();
  private final Map<String, Expression> facts = new LinkedHashMap<>();
  private final Map<String, Expression> factConditions = new LinkedHashMap<>();
  private final Map<String, Expression> rules = new LinkedHashMap<>();
  private final List<WriteExpressions> writes = new ArrayList<>();
  private final @Nullable Expression fee;

  private CompiledProcedure(
      Procedure written,
      LayerDictionary dictionary,
      Map<String, Figure> figures,
      Map<String, CodeTable> codes) {
    this.dictionary = dictionary;
    this.figures = figures;
    this.codes = codes;
    this.tables = tables(codes);
    Expressions expressions = new Expressions(dictionary, figures.keySet(), codes.keySet());
    for (int i = 0; i < written.inputs().size(); i++) {
      Input input = written.inputs().get(i);
      String when = input.when();
      String at = "/inputs/" + i;
      if (when != null) {
        inputConditions.put(input.id(), at(at + "/when", () -> expressions.condition(when)));
      }
      at(
          at,
          () -> {
            expressions.declare(input);
            return input;
          });
    }
    for (int i = 0; i < written.facts().size(); i++) {
      Fact fact = written.facts().get(i);
      Expression compiled = at("/facts/" + i + "/is", () -> expressions.compile(fact.expression()));
      facts.put(fact.id(), compiled);
      String when = fact.when();
      if (when != null) {
        factConditions.put(
            fact.id(), at("/facts/" + i + "/when", () -> expressions.condition(when)));
      }
      at(
          "/facts/" + i,
          () -> {
            expressions.declare(fact.id(), compiled);
            return fact;
          });
    }
    List<Rule> told = new ArrayList<>();
    for (int i = 0; i < written.rules().size(); i++) {
      Rule rule = written.rules().get(i);
      Expression compiled =
          at("/rules/" + i + "/applies", () -> expressions.condition(rule.applies()));
      rules.put(rule.id(), compiled);
      told.add(withLayers(rule, layersOf(compiled)));
    }
    for (int i = 0; i < written.documents().size(); i++) {
      Document document = written.documents().get(i);
      String when = document.when();
      if (when != null) {
        documentConditions.put(
            document.id(), at("/documents/" + i + "/when", () -> expressions.condition(when)));
      }
    }
    this.fee =
        written.fee() instanceof Fee.Formula formula
            ? at("/fee/formula", () -> expressions.amount(formula.expression()))
            : null;
    Set<String> personal = personal(written);
    for (int i = 0; i < written.writeBack().size(); i++) {
      WriteTerms terms = written.writeBack().get(i);
      writes.add(
          at(
              "/write-back/" + i,
              () -> WriteExpressions.of(terms, expressions, dictionary, personal)));
    }
    this.procedure = written.withRules(told);
  }

  /** The inputs that not everybody may see, and the facts that stand on them. */
  private Set<String> personal(Procedure written) {
    Set<String> personal = new LinkedHashSet<>();
    written.inputs().stream()
        .filter(input -> !input.dataClass().isPublic())
        .forEach(input -> personal.add(input.id()));
    for (Map.Entry<String, Expression> fact : facts.entrySet()) {
      if (fact.getValue().variables().stream().anyMatch(personal::contains)) {
        personal.add(fact.getKey());
      }
    }
    return personal;
  }

  private static Map<String, Map<String, Map<String, Object>>> tables(
      Map<String, CodeTable> codes) {
    Map<String, Map<String, Map<String, Object>>> tables = new LinkedHashMap<>();
    codes.forEach(
        (id, table) -> {
          Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
          table.entries().forEach(entry -> entries.put(entry.value(), entry.properties()));
          tables.put(id, entries);
        });
    return tables;
  }

  /**
   * Compiles a procedure.
   *
   * @param figures of its pack
   * @param codes of its pack
   * @throws ExpressionRefused naming the place of the expression that is wrong
   */
  public static CompiledProcedure of(
      Procedure procedure,
      LayerDictionary dictionary,
      Map<String, Figure> figures,
      Map<String, CodeTable> codes) {
    return new CompiledProcedure(procedure, dictionary, figures, codes);
  }

  private static <T> T at(String path, Supplier<T> work) {
    try {
      return work.get();
    } catch (ExpressionRefused e) {
      throw e.at(path);
    }
  }

  private static Rule withLayers(Rule rule, Set<String> layers) {
    return new Rule(
        rule.id(),
        rule.question(),
        List.copyOf(layers),
        rule.applies(),
        rule.effect(),
        rule.ifApplies(),
        rule.ifNot(),
        rule.basis());
  }

  /** The layers that an expression asks, also through the facts that it names. */
  private Set<String> layersOf(Expression expression) {
    Set<String> layers = new LinkedHashSet<>(expression.layers());
    for (String variable : expression.variables()) {
      Expression fact = facts.get(variable);
      if (fact != null) {
        layers.addAll(layersOf(fact));
      }
    }
    return layers;
  }

  /** What it is, with the layers that its rules ask. */
  public Procedure procedure() {
    return procedure;
  }

  /** The tables of its pack. */
  Map<String, CodeTable> codes() {
    return codes;
  }

  /**
   * True where another of the same id answers every question as this one does, as long as the
   * layers are the same: its words are the same, and so are the figures and tables of its pack.
   */
  public boolean saysTheSameAs(CompiledProcedure other) {
    return procedure.equals(other.procedure)
        && figures.equals(other.figures)
        && codes.equals(other.codes);
  }

  /** The layers that its rules and facts ask. */
  public Set<String> layers() {
    Set<String> layers = new LinkedHashSet<>();
    rules.values().forEach(rule -> layers.addAll(layersOf(rule)));
    facts.values().forEach(fact -> layers.addAll(layersOf(fact)));
    factConditions.values().forEach(condition -> layers.addAll(layersOf(condition)));
    return layers;
  }

  /** The layers and attributes that its expressions were checked against. */
  LayerDictionary dictionary() {
    return dictionary;
  }

  Map<String, Figure> figures() {
    return figures;
  }

  Map<String, Map<String, Map<String, Object>>> tables() {
    return tables;
  }

  Optional<Expression> inputCondition(Input input) {
    return Optional.ofNullable(inputConditions.get(input.id()));
  }

  Optional<Expression> factCondition(Fact fact) {
    return Optional.ofNullable(factConditions.get(fact.id()));
  }

  Optional<Expression> documentCondition(Document document) {
    return Optional.ofNullable(documentConditions.get(document.id()));
  }

  @Nullable Expression fact(String id) {
    return facts.get(id);
  }

  Expression rule(Rule rule) {
    Expression compiled = rules.get(rule.id());
    if (compiled == null) {
      throw new IllegalArgumentException("no rule " + rule.id() + " in " + procedure.id());
    }
    return compiled;
  }

  /** What it says of a change of the map; nothing where it does not make it. */
  public WriteValues values(WriteBack back, Layers layers, Entries entries, LocalDate day) {
    return writes.stream()
        .filter(one -> one.terms().back().equals(back))
        .findFirst()
        .map(one -> new Answering(this, layers, entries, day).values(one))
        .orElse(WriteValues.NONE);
  }

  @Nullable Expression fee() {
    return fee;
  }

  /**
   * What its rules say.
   *
   * @param day as of which the law is read
   */
  public ProcedureAnswer answer(Layers layers, Entries entries, LocalDate day) {
    return new Answering(this, layers, entries, day).answer();
  }
}
