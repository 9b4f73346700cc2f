package org.tequio.procedure.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Document;
import org.tequio.procedure.Effect;
import org.tequio.procedure.Evidence;
import org.tequio.procedure.Fact;
import org.tequio.procedure.Fee;
import org.tequio.procedure.Gap;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.Outcome;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.ProcedureAnswer.FactAnswer;
import org.tequio.procedure.ProcedureAnswer.FeeAnswer;
import org.tequio.procedure.ProcedureAnswer.RuleAnswer;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Rule;
import org.tequio.procedure.WriteValues;

/**
 * Works out one procedure for one set of entries: each fact at most once, when something first
 * needs it. Belongs to one thread.
 */
final class Answering {
  private static final String PARCELS = "cat.predio";

  private final CompiledProcedure compiled;
  private final Layers layers;
  private final LocalDate day;
  private final Inquiry inquiry;
  private final Map<String, Object> variables = new HashMap<>();
  private final Map<String, Worked> facts = new HashMap<>();
  private @Nullable Evidence parcel;

  /** A fact that was worked out: its value, or why it has none, and what it saw. */
  private record Worked(@Nullable Object value, @Nullable Gap gap, Trail trail) {}

  Answering(CompiledProcedure compiled, Layers layers, Entries entries, LocalDate day) {
    this.compiled = compiled;
    this.layers = layers;
    this.day = day;
    this.inquiry = new Inquiry(layers, compiled.dictionary(), day);
    variables.put("today", Inquiry.instant(day));
    variables.put("figures", new DatedFigures(compiled.figures(), day));
    variables.put("tables", compiled.tables());
    for (Input input : compiled.procedure().inputs()) {
      Object value = entries.value(input.id());
      if (value != null) {
        variables.put(input.id(), variable(input, value));
      }
    }
  }

  private Object variable(Input input, Object value) {
    return switch (value) {
      case LocalDate date -> Inquiry.instant(date);
      case Geometry geometry -> place(input, geometry);
      default -> value;
    };
  }

  /** A position that stands for a parcel becomes that parcel, where it is known. */
  private Place place(Input input, Geometry geometry) {
    Place asked = new Place(geometry, inquiry);
    if (!(input.type() instanceof InputType.Place type)
        || type.shape() != InputType.Shape.PARCEL
        || geometry.getDimension() != 0) {
      return asked;
    }
    Trail trail = new Trail();
    try {
      List<Hit> parcels =
          inquiry.collecting(trail, () -> inquiry.touching(asked, new LayerAsk(PARCELS, null)));
      for (Hit hit : parcels) {
        Geometry outline = hit.geometry();
        if (outline != null && outline.getDimension() == 2) {
          parcel = trail.evidence().getFirst();
          return new Place(outline, inquiry);
        }
      }
    } catch (Unknown e) {
      // No cadastre: the position itself is asked for, and rules about an area say so.
      return asked;
    }
    return asked;
  }

  ProcedureAnswer answer() {
    Procedure procedure = compiled.procedure();
    List<RuleAnswer> rules = procedure.rules().stream().map(this::answer).toList();
    List<FactAnswer> told =
        procedure.facts().stream().flatMap(fact -> told(fact).stream()).toList();
    List<ProcedureId> further = new ArrayList<>();
    List<LocalText> papers = new ArrayList<>();
    for (RuleAnswer rule : rules) {
      if (rule.answer() == Answer.APPLIES) {
        switch (rule.rule().effect()) {
          case Effect.Requires(ProcedureId other) -> further.add(other);
          case Effect.RequiresPaper(LocalText paper) -> papers.add(paper);
          case Effect.Forbids f -> {}
          case Effect.Needs n -> {}
          case Effect.LeadsTo l -> {}
          case Effect.Informs i -> {}
        }
      }
    }
    return new ProcedureAnswer(
        procedure,
        day,
        layers.revision(),
        parcel,
        outcome(rules),
        rules,
        told,
        fee(procedure.fee()),
        office(procedure, rules),
        further.stream().distinct().toList(),
        papers,
        procedure.documents().stream().filter(this::isAskedFor).toList());
  }

  private RuleAnswer answer(Rule rule) {
    Trail trail = new Trail();
    try {
      boolean applies =
          inquiry.collecting(trail, () -> (Boolean) compiled.rule(rule).value(this::find));
      return new RuleAnswer(
          rule,
          applies ? Answer.APPLIES : Answer.DOES_NOT_APPLY,
          applies ? rule.ifApplies() : rule.ifNot(),
          null,
          trail.evidence());
    } catch (Unknown e) {
      return new RuleAnswer(rule, e.gap().answer(), e.gap().reason(), e.gap(), trail.evidence());
    }
  }

  static Outcome outcome(List<RuleAnswer> rules) {
    boolean open = false;
    for (RuleAnswer rule : rules) {
      if (!rule.rule().effect().decides()) {
        continue;
      }
      boolean against =
          rule.rule().effect() instanceof Effect.Forbids
              ? rule.answer() == Answer.APPLIES
              : rule.answer() == Answer.DOES_NOT_APPLY;
      if (against) {
        return Outcome.NOT_POSSIBLE;
      }
      open |= !rule.answer().isDefinite();
    }
    return open ? Outcome.UNDECIDED : Outcome.POSSIBLE;
  }

  private static @Nullable String office(Procedure procedure, List<RuleAnswer> rules) {
    boolean open = false;
    for (RuleAnswer rule : rules) {
      if (rule.rule().effect() instanceof Effect.LeadsTo(String office)) {
        if (rule.answer() == Answer.APPLIES) {
          return office;
        }
        open |= !rule.answer().isDefinite();
      }
    }
    return open ? null : procedure.office();
  }

  private @Nullable FeeAnswer fee(Fee fee) {
    return switch (fee) {
      case Fee.Free free -> null;
      case Fee.Unstated unstated ->
          new FeeAnswer(
              null,
              null,
              new Gap(
                  Answer.COULD_NOT_ASK,
                  null,
                  new LocalText(
                      "la ciudad todavía no ha dicho cuánto cuesta",
                      "a cidade ainda não disse quanto custa",
                      "the city has not said yet what it costs")));
      case Fee.Formula formula -> amount(formula);
    };
  }

  private FeeAnswer amount(Fee.Formula formula) {
    Expression expression = compiled.fee();
    try {
      Object value = expression == null ? null : expression.value(this::find);
      double amount = value instanceof Number number ? number.doubleValue() : Double.NaN;
      if (!Double.isFinite(amount) || amount < 0) {
        throw Unknown.notAsked(
            null,
            new LocalText(
                "la fórmula no da un importe",
                "a fórmula não dá um valor",
                "the formula gives no amount"));
      }
      return new FeeAnswer(
          BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP), formula.currency(), null);
    } catch (Unknown e) {
      return new FeeAnswer(null, formula.currency(), e.gap());
    }
  }

  // Whether a paper is needed must not depend on a gap: who is not sure asks for it.
  private boolean isAskedFor(Document document) {
    return compiled
        .documentCondition(document)
        .map(
            condition -> {
              try {
                return (Boolean) condition.value(this::find);
              } catch (Unknown e) {
                return true;
              }
            })
        .orElse(true);
  }

  private Optional<FactAnswer> told(Fact fact) {
    Expression expression = compiled.fact(fact.id());
    if (fact.label() == null || expression == null || Expressions.isFeature(expression)) {
      return Optional.empty();
    }
    Worked isTold = compiled.factCondition(fact).map(this::work).orElse(null);
    if (isTold != null && Boolean.FALSE.equals(isTold.value)) {
      return Optional.empty();
    }
    Worked worked = isTold != null && isTold.gap != null ? isTold : worked(fact.id(), expression);
    return Optional.of(
        new FactAnswer(fact, shown(worked.value), worked.gap, worked.trail.evidence()));
  }

  /** What a change of the map is to say; what cannot be known is left out. */
  WriteValues values(WriteExpressions change) {
    Map<String, Object> values = new HashMap<>();
    change.sets().forEach((name, value) -> known(value).ifPresent(one -> values.put(name, one)));
    Expression key = change.key();
    return new WriteValues(
        key == null ? null : known(key).map(Object::toString).orElse(null),
        change.terms().drawn(),
        values);
  }

  private Optional<Object> known(Expression expression) {
    try {
      return Optional.ofNullable(shown(expression.value(this::find)));
    } catch (Unknown e) {
      return Optional.empty();
    }
  }

  private static @Nullable Object shown(@Nullable Object value) {
    return switch (value) {
      case Instant instant -> instant.atZone(ZoneOffset.UTC).toLocalDate();
      case List<?> list -> list.stream().map(Answering::shown).toList();
      case null -> null;
      default -> value;
    };
  }

  /** The value of a variable. */
  private Optional<Object> find(String name) {
    Object value = variables.get(name);
    if (value != null) {
      return Optional.of(value);
    }
    Expression fact = compiled.fact(name);
    if (fact != null) {
      Worked worked = worked(name, fact);
      inquiry.standsOn(worked.trail);
      if (worked.gap != null) {
        throw Unknown.of(worked.gap);
      }
      return Optional.ofNullable(worked.value);
    }
    if (compiled.procedure().findInput(name).isPresent()) {
      throw Unknown.notAsked(
          null,
          new LocalText(
              "falta la respuesta '" + name + "'",
              "falta a resposta '" + name + "'",
              "the answer '" + name + "' is missing"));
    }
    return Optional.empty();
  }

  private Worked worked(String id, Expression fact) {
    Worked known = facts.get(id);
    if (known == null) {
      known = work(fact);
      facts.put(id, known);
    }
    return known;
  }

  private Worked work(Expression expression) {
    Trail trail = new Trail();
    try {
      return new Worked(inquiry.collecting(trail, () -> expression.value(this::find)), null, trail);
    } catch (Unknown e) {
      return new Worked(null, e.gap(), trail);
    }
  }
}
