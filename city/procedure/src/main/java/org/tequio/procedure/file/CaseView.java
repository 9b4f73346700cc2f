package org.tequio.procedure.file;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.procedure.Appeal;
import org.tequio.procedure.term.Due;

/** Case files as they go over the wire, in the reader's language. */
final class CaseView {
  private CaseView() {}

  /** One file. */
  record CaseJson(
      String id,
      long version,
      String state,
      String procedure,
      @Nullable String name,
      boolean report,
      @Nullable String folio,
      @Nullable Instant filed,
      @Nullable String office,
      @Nullable String officer,
      @Nullable DueJson due,
      @Nullable PaymentJson payment,
      @Nullable String asked,
      @Nullable EndJson end,
      Map<String, Object> inputs,
      List<OpinionJson> opinions,
      List<CaseFile.Visit> visits) {}

  /** When it falls due: the last day and the moment after it; both null while it stands still. */
  record DueJson(
      @Nullable String day, @Nullable Instant end, @Nullable Integer left, List<StepJson> steps) {}

  /** A line of the account of a term's days. */
  record StepJson(String from, String to, String kind, String text) {}

  /**
   * What is to be paid: whole units and cents as one decimal text; {@code trial} where no money is
   * taken.
   */
  record PaymentJson(
      String reference, String amount, String currency, Instant until, boolean trial) {}

  /** How it ended. */
  record EndJson(
      Instant at,
      @Nullable Instant written,
      @Nullable String effect,
      @Nullable String reasons,
      @Nullable AppealJson appeal) {}

  /** What may be done against it, as one sentence, and the law that says so. */
  record AppealJson(String says, String law, boolean confirmed) {}

  /** An opinion. */
  record OpinionJson(
      String office,
      Instant asked,
      String question,
      boolean pauses,
      @Nullable Instant given,
      @Nullable Boolean favourable,
      @Nullable String text) {}

  /** A line of the history; {@code behalf} is the absent officer for whom somebody acted. */
  record HistoryJson(
      long version,
      String at,
      String since,
      String actor,
      @Nullable String behalf,
      String verb,
      String note) {}

  static CaseJson json(CaseFile file, Optional<Due> due, boolean trial, Language language) {
    CaseFile.Filing filing = file.filing();
    CaseState state = file.state();
    return new CaseJson(
        file.id(),
        file.version(),
        state.wireName(),
        file.procedure(),
        filing == null ? null : filing.terms().name().in(language),
        filing != null && filing.terms().service() != null,
        filing == null ? null : filing.folio(),
        filing == null ? null : filing.at(),
        filing == null ? null : filing.terms().office(),
        CaseTables.officer(file),
        due.map(one -> json(one, language)).orElse(null),
        payment(state, trial),
        state instanceof CaseState.Prevented prevented ? prevented.what() : null,
        end(state, language),
        file.inputs(),
        file.opinions().stream().map(CaseView::json).toList(),
        file.visits());
  }

  static DueJson json(Due due, Language language) {
    List<StepJson> steps =
        due.steps().stream()
            .map(
                step ->
                    new StepJson(
                        step.from().toString(),
                        step.to().toString(),
                        step.kind().wireName(),
                        step.text().in(language)))
            .toList();
    return switch (due) {
      case Due.On on -> new DueJson(on.day().toString(), on.until(), null, steps);
      case Due.Standing standing -> new DueJson(null, null, standing.left(), steps);
    };
  }

  private static @Nullable PaymentJson payment(CaseState state, boolean trial) {
    return state instanceof CaseState.AwaitingPayment waiting
        ? new PaymentJson(
            waiting.reference(),
            java.math.BigDecimal.valueOf(waiting.terms().cents(), 2).toPlainString(),
            waiting.terms().currency(),
            waiting.until(),
            trial)
        : null;
  }

  private static @Nullable EndJson end(CaseState state, Language language) {
    return switch (state) {
      case CaseState.Granted one -> new EndJson(one.at(), null, null, one.reasons(), null);
      case CaseState.Refused one ->
          new EndJson(one.at(), null, null, one.reasons(), json(one.appeal(), language));
      case CaseState.FellSilent one ->
          new EndJson(
              one.at(), one.written(), one.effect().wireName(), null, json(one.appeal(), language));
      case CaseState.NotPresented one -> new EndJson(one.at(), one.written(), null, null, null);
      case CaseState.Withdrawn one -> new EndJson(one.at(), null, null, null, null);
      case CaseState.Archived one -> end(one.ended(), language);
      case CaseState.Fulfilled one -> new EndJson(one.at(), null, null, one.reasons(), null);
      case CaseState.Unfiled one -> null;
      case CaseState.Open one -> null;
    };
  }

  private static @Nullable AppealJson json(@Nullable Appeal appeal, Language language) {
    return appeal == null
        ? null
        : new AppealJson(
            appeal.says().in(language), appeal.basis().law(), appeal.basis().confirmed());
  }

  private static OpinionJson json(CaseFile.Opinion opinion) {
    CaseFile.Given given = opinion.given();
    return new OpinionJson(
        opinion.office(),
        opinion.asked(),
        opinion.question(),
        opinion.pauses(),
        given == null ? null : given.at(),
        given == null ? null : given.favourable(),
        given == null ? null : given.text());
  }

  /** The history, with what stays inside the office or without it. */
  static List<HistoryJson> json(List<CaseStep> steps, boolean internal) {
    return steps.stream()
        .filter(step -> internal || !step.verb().isInternal())
        .map(
            step ->
                new HistoryJson(
                    step.version(),
                    step.at().toString(),
                    step.since().toString(),
                    step.actor(),
                    step.behalf(),
                    step.verb().wireName(),
                    step.note()))
        .toList();
  }
}
