package org.tequio.procedure.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Basis;
import org.tequio.procedure.Document;
import org.tequio.procedure.Effect;
import org.tequio.procedure.Evidence;
import org.tequio.procedure.Fee;
import org.tequio.procedure.Gap;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.ProcedureAnswer.FactAnswer;
import org.tequio.procedure.ProcedureAnswer.FeeAnswer;
import org.tequio.procedure.ProcedureAnswer.RuleAnswer;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.Rule;
import org.tequio.procedure.web.ProcedureJson.AnswerJson;
import org.tequio.procedure.web.ProcedureJson.BasisJson;
import org.tequio.procedure.web.ProcedureJson.ChoiceJson;
import org.tequio.procedure.web.ProcedureJson.DocumentJson;
import org.tequio.procedure.web.ProcedureJson.EvidenceJson;
import org.tequio.procedure.web.ProcedureJson.FactJson;
import org.tequio.procedure.web.ProcedureJson.FeeAnswerJson;
import org.tequio.procedure.web.ProcedureJson.FeeJson;
import org.tequio.procedure.web.ProcedureJson.InputJson;
import org.tequio.procedure.web.ProcedureJson.OfficeJson;
import org.tequio.procedure.web.ProcedureJson.PreventionJson;
import org.tequio.procedure.web.ProcedureJson.ProcedureSummary;
import org.tequio.procedure.web.ProcedureJson.ProcedureWhole;
import org.tequio.procedure.web.ProcedureJson.ReferenceJson;
import org.tequio.procedure.web.ProcedureJson.ResultJson;
import org.tequio.procedure.web.ProcedureJson.RuleAnswerJson;
import org.tequio.procedure.web.ProcedureJson.RuleJson;
import org.tequio.procedure.web.ProcedureJson.SeenJson;
import org.tequio.procedure.web.ProcedureJson.SilenceJson;
import org.tequio.procedure.web.ProcedureJson.StepJson;
import org.tequio.procedure.web.ProcedureJson.TermJson;

/**
 * Writes procedures and answers for one reader.
 *
 * @param procedures of the city, for the names of others that are named
 * @param language of the reader
 */
public record ProcedureWriter(Procedures procedures, Language language) {

  ProcedureSummary summary(Procedure one) {
    return new ProcedureSummary(
        one.id().value(),
        one.name().in(language),
        one.description().in(language),
        one.kind().wireName(),
        one.kind().title().in(language),
        one.handling().wireName(),
        one.handling().title().in(language),
        office(one.office()),
        one.isToBeConfirmed());
  }

  private OfficeJson office(String id) {
    return new OfficeJson(id, procedures.officeName(id));
  }

  ProcedureWhole whole(Procedure one) {
    var deadline = one.deadline();
    var prevention = one.prevention();
    return new ProcedureWhole(
        one.id().value(),
        one.name().in(language),
        one.description().in(language),
        one.kind().wireName(),
        one.kind().title().in(language),
        one.handling().wireName(),
        one.handling().title().in(language),
        one.who().in(language),
        office(one.office()),
        one.inputs().stream().map(this::input).toList(),
        one.documents().stream().map(this::document).toList(),
        one.rules().stream().map(this::rule).toList(),
        fee(one.fee()),
        deadline == null
            ? null
            : new TermJson(
                deadline.term().amount(),
                deadline.term().unit().wireName(),
                deadline.from().wireName(),
                basis(deadline.basis())),
        prevention == null
            ? null
            : new PreventionJson(
                prevention.times(),
                prevention.cure().amount(),
                prevention.cure().unit().wireName(),
                basis(prevention.basis())),
        new SilenceJson(one.silence().effect().wireName(), basis(one.silence().basis())),
        one.steps().stream()
            .map(step -> new StepJson(step.id(), step.name().in(language), step.role()))
            .toList(),
        new ResultJson(
            one.result().name().in(language),
            one.result().validity() == null ? null : one.result().validity().toString(),
            basis(one.result().basis())),
        one.sources(),
        one.isToBeConfirmed());
  }

  private InputJson input(Input input) {
    String shape = null;
    String unit = null;
    Double min = null;
    Double max = null;
    Integer longest = null;
    List<ChoiceJson> choices = null;
    switch (input.type()) {
      case InputType.Place place -> shape = place.shape().wireName();
      case InputType.Number number -> {
        unit = number.unit();
        min = number.min();
        max = number.max();
      }
      case InputType.Whole whole -> {
        min = (double) whole.min();
        max = (double) whole.max();
      }
      case InputType.Text text -> longest = text.longest();
      case InputType.Choice choice ->
          choices =
              choice.codes().stream()
                  .map(code -> new ChoiceJson(code.value(), code.label().in(language)))
                  .toList();
      case InputType.CodeOf table ->
          choices =
              procedures.table(table.table()).stream()
                  .flatMap(found -> found.entries().stream())
                  .map(entry -> new ChoiceJson(entry.value(), entry.label().in(language)))
                  .toList();
      case InputType.Day day -> {}
      case InputType.YesNo yesNo -> {}
    }
    var help = input.help();
    return new InputJson(
        input.id(),
        input.type().wireName(),
        input.question().in(language),
        help == null ? null : help.in(language),
        input.required(),
        input.when(),
        input.dataClass().name().toLowerCase(Locale.ROOT),
        shape,
        unit,
        min,
        max,
        longest,
        choices);
  }

  private DocumentJson document(Document document) {
    return new DocumentJson(
        document.id(),
        document.name().in(language),
        document.producedBy().stream().map(this::reference).toList());
  }

  private ReferenceJson reference(ProcedureId id) {
    return new ReferenceJson(
        id.value(), procedures.find(id).map(one -> one.name().in(language)).orElse(id.value()));
  }

  private RuleJson rule(Rule rule) {
    return new RuleJson(
        rule.id(),
        rule.question().in(language),
        rule.layers(),
        rule.applies(),
        rule.effect().wireName(),
        target(rule.effect()),
        rule.ifApplies().in(language),
        rule.ifNot().in(language),
        basis(rule.basis()));
  }

  private @Nullable String target(Effect effect) {
    return switch (effect) {
      case Effect.Requires(ProcedureId procedure) -> procedure.value();
      case Effect.RequiresPaper(var paper) -> paper.in(language);
      case Effect.LeadsTo(String office) -> office;
      case Effect.Forbids f -> null;
      case Effect.Needs n -> null;
      case Effect.Informs i -> null;
    };
  }

  private static BasisJson basis(Basis basis) {
    return new BasisJson(
        basis.law(),
        basis.source(),
        basis.noted() == null ? null : basis.noted().toString(),
        basis.confirmed());
  }

  private static FeeJson fee(Fee fee) {
    return switch (fee) {
      case Fee.Free free -> new FeeJson("free", null, null, basis(free.basis()));
      case Fee.Unstated unstated -> new FeeJson("unstated", null, null, basis(unstated.basis()));
      case Fee.Formula formula ->
          new FeeJson("formula", formula.expression(), formula.currency(), basis(formula.basis()));
    };
  }

  /** An answer. */
  public AnswerJson answer(ProcedureAnswer answer) {
    Evidence parcel = answer.parcel();
    String office = answer.office();
    return new AnswerJson(
        answer.procedure().id().value(),
        answer.procedure().name().in(language),
        answer.day().toString(),
        answer.revision(),
        parcel == null ? null : evidence(parcel),
        answer.outcome().wireName(),
        answer.isIssuable(),
        answer.procedure().isToBeConfirmed(),
        answer.rules().stream().map(this::rule).toList(),
        answer.facts().stream().map(this::fact).toList(),
        fee(answer.fee(), answer.procedure().fee().basis()),
        office == null ? null : office(office),
        answer.further().stream().map(this::reference).toList(),
        answer.papers().stream().map(paper -> paper.in(language)).toList(),
        answer.documents().stream().map(this::document).toList());
  }

  private RuleAnswerJson rule(RuleAnswer one) {
    Gap gap = one.gap();
    return new RuleAnswerJson(
        one.rule().id(),
        one.rule().question().in(language),
        one.answer().wireName(),
        one.says().in(language),
        gap == null ? null : gap.layer(),
        one.rule().effect().wireName(),
        target(one.rule().effect()),
        basis(one.rule().basis()),
        one.evidence().stream().map(this::evidence).toList());
  }

  private EvidenceJson evidence(Evidence one) {
    LocalText title = one.title();
    if (title == null) {
      // a layer that the city lacks still has a name that people know
      title =
          LayerDictionary.standard()
              .findEntry(one.standard())
              .map(LayerDictionary.Entry::title)
              .orElse(null);
    }
    return new EvidenceJson(
        one.standard(),
        one.layer(),
        title == null ? null : title.in(language),
        one.revision(),
        one.date() == null ? null : one.date().toString(),
        one.features().stream()
            .map(seen -> new SeenJson(seen.id(), seen.key(), wire(seen.read())))
            .toList());
  }

  private static Map<String, Object> wire(Map<String, Object> read) {
    Map<String, Object> wire = new LinkedHashMap<>();
    read.forEach((name, value) -> wire.put(name, wire(value)));
    return wire;
  }

  private static Object wire(Object value) {
    return switch (value) {
      case LocalDate day -> day.toString();
      case Instant instant -> instant.toString();
      case Number number -> number;
      case Boolean truth -> truth;
      case List<?> list -> list.stream().map(ProcedureWriter::wire).toList();
      default -> value.toString();
    };
  }

  private FactJson fact(FactAnswer one) {
    Object value = one.value();
    Gap gap = one.gap();
    var label = one.fact().label();
    return new FactJson(
        one.fact().id(),
        label == null ? one.fact().id() : label.in(language),
        value == null ? null : wire(value),
        one.fact().unit(),
        gap == null ? null : gap.reason().in(language),
        gap == null ? null : gap.layer(),
        one.evidence().stream().map(this::evidence).toList());
  }

  private FeeAnswerJson fee(@Nullable FeeAnswer fee, Basis basis) {
    if (fee == null) {
      return new FeeAnswerJson(true, null, null, null, basis.confirmed());
    }
    Gap gap = fee.gap();
    return new FeeAnswerJson(
        false,
        fee.amount() == null ? null : fee.amount().toPlainString(),
        fee.currency(),
        gap == null ? null : gap.reason().in(language),
        basis.confirmed());
  }
}
