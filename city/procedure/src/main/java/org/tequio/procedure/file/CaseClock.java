package org.tequio.procedure.file;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Appeal;
import org.tequio.procedure.Prevention;
import org.tequio.procedure.Retention;
import org.tequio.procedure.Silence;
import org.tequio.procedure.Term;
import org.tequio.procedure.term.Due;
import org.tequio.procedure.term.OfProcedures;
import org.tequio.procedure.term.Office;
import org.tequio.procedure.term.OfficeCalendar;
import org.tequio.procedure.term.Offices;
import org.tequio.procedure.term.Pause;
import org.tequio.procedure.term.Running;

/**
 * What the law does with a case file by itself when time passes. Says it and writes nothing.
 * Thread-safe; asks for the offices each time, since they and their calendars may change meanwhile.
 */
final class CaseClock {
  /**
   * How long before something falls due somebody is reminded, the furthest first; not where that is
   * in the first half of the term, when it was only just said.
   */
  private static final List<Duration> REMIND = List.of(Duration.ofDays(5), Duration.ofDays(1));

  private static final LocalText OBJECTION =
      new LocalText(
          "hasta entonces quien reportó puede decir que no quedó hecho",
          "até então quem informou pode dizer que não foi feito",
          "until then whoever reported may say that it is not done");

  private final Supplier<Offices> offices;

  CaseClock(Supplier<Offices> offices) {
    this.offices = offices;
  }

  Offices offices() {
    return offices.get();
  }

  /**
   * A step that the law takes.
   *
   * @param since as of when it is so
   */
  record Advance(CaseFile file, Verb verb, Instant since) {}

  /** When the state in which a file is runs out; nothing where no term runs. */
  Optional<Due> due(CaseFile file) {
    CaseFile.Filing filing = file.filing();
    if (filing == null) {
      return Optional.empty();
    }
    FilingTerms terms = filing.terms();
    return switch (file.state()) {
      case CaseState.Prevented state ->
          Optional.ofNullable(terms.prevention())
              .map(Prevention::cure)
              .map(cure -> due(terms, cure, state.since(), List.of()));
      case CaseState.Fulfilled state -> Optional.of(objection(terms, state));
      case CaseState.Filed state -> resolving(file, filing);
      case CaseState.UnderReview state -> resolving(file, filing);
      case CaseState.Unfiled state -> Optional.empty();
      case CaseState.Ended state -> Optional.empty();
      case CaseState.Archived state -> Optional.empty();
    };
  }

  private Due objection(FilingTerms terms, CaseState.Fulfilled state) {
    ZoneId zone = calendar(terms.office()).zone();
    LocalDate day = state.until().atZone(zone).toLocalDate();
    return new Due.On(
        day, state.until(), List.of(new Due.Step(day, day, Due.Kind.LAST, OBJECTION)));
  }

  /** When the term to resolve a filed file runs or ran out, with the account of its days. */
  Optional<Due> resolving(CaseFile file, CaseFile.Filing filing) {
    return Optional.ofNullable(filing.terms().term())
        .map(term -> due(filing.terms(), term, filing.at(), file.pauses()));
  }

  private Due due(FilingTerms terms, Term term, Instant from, List<Pause> pauses) {
    return calendar(terms.office()).due(new Running(terms.procedure(), term, from, pauses));
  }

  OfficeCalendar calendar(String office) {
    return offices().find(office).map(Office::calendar).orElseGet(() -> first().calendar());
  }

  // An office that a newer pack has no more: its files go on by the calendar of the pack's first.
  private Office first() {
    return offices().list().getFirst();
  }

  /** What may be done against a decision of a file made now; nothing where nobody has said. */
  Optional<Appeal> appeal(CaseFile file) {
    FilingTerms terms = file.getFiling().terms();
    return offices().find(terms.office()).flatMap(office -> office.findAppeal(terms.procedure()));
  }

  /** How long a filed file is kept; nothing where nobody has said. */
  Optional<Retention> retention(CaseFile file) {
    CaseFile.Filing filing = file.filing();
    return filing == null
        ? Optional.empty()
        : offices()
            .find(filing.terms().office())
            .flatMap(office -> office.findRetention(filing.terms().procedure()));
  }

  /** What the rule of a file's retention erases. */
  Set<Retention.Part> erases(CaseFile file) {
    return retention(file).map(Retention::erases).orElse(Set.of());
  }

  /** Which day a moment is where an office is. */
  LocalDate day(String office, Instant moment) {
    return moment.atZone(zone(office)).toLocalDate();
  }

  /** The time zone of an office: that of the city's first where there is none, UTC without any. */
  ZoneId zone(String office) {
    return offices()
        .find(office)
        .or(() -> offices().list().stream().findFirst())
        .<ZoneId>map(one -> one.calendar().zone())
        .orElse(ZoneOffset.UTC);
  }

  /** The day on which a file ended, where its office is. */
  LocalDate endDay(CaseFile file, CaseState.Ended ended) {
    return day(file.getFiling().terms().office(), ended.at());
  }

  /**
   * The moment from which a file that has ended is to be archived, or an archived one to lose what
   * tells of people; nothing where nothing more is to be done, or nobody has said when.
   */
  Optional<Instant> retires(CaseFile file) {
    return retention(file).flatMap(rule -> retires(file, rule));
  }

  private Optional<Instant> retires(CaseFile file, Retention rule) {
    return switch (file.state()) {
      case CaseState.Ended ended ->
          Optional.of(begin(file, endDay(file, ended).plus(rule.archiveAfter())));
      case CaseState.Archived archived ->
          archived.erased() == null && !rule.erases().isEmpty()
              ? Optional.of(begin(file, archived.keepUntil()))
              : Optional.empty();
      case CaseState.Unfiled state -> Optional.empty();
      case CaseState.Open state -> Optional.empty();
    };
  }

  private Instant begin(CaseFile file, LocalDate day) {
    return day.atStartOfDay(zone(file.getFiling().terms().office())).toInstant();
  }

  /** The same, but only by a rule that the city's lawyers have confirmed. */
  private Optional<Instant> retiresSurely(CaseFile file) {
    return retention(file)
        .filter(rule -> rule.basis().confirmed())
        .flatMap(rule -> retires(file, rule));
  }

  private Optional<Advance> retire(CaseFile file, Instant now) {
    Instant moment = retiresSurely(file).filter(at -> !at.isAfter(now)).orElse(null);
    return moment == null
        ? Optional.empty()
        : retention(file).flatMap(rule -> retire(file, rule, moment, now));
  }

  private Optional<Advance> retire(CaseFile file, Retention rule, Instant moment, Instant now) {
    return switch (file.state()) {
      case CaseState.Ended ended -> {
        LocalDate until = endDay(file, ended).plus(rule.eraseAfter());
        CaseState archived = new CaseState.Archived(now, until, ended, null);
        yield Optional.of(new Advance(file.in(archived), Verb.ARCHIVE, moment));
      }
      case CaseState.Archived one -> {
        CaseState erased = new CaseState.Archived(one.at(), one.keepUntil(), one.ended(), now);
        yield Optional.of(new Advance(file.in(erased).without(rule.erases()), Verb.ERASE, moment));
      }
      case CaseState.Unfiled state -> Optional.empty();
      case CaseState.Open state -> Optional.empty();
    };
  }

  /** Which rules of retention hold: a short text that differs where they do. */
  String retentionFingerprint() {
    StringBuilder text = new StringBuilder();
    for (Office office : offices().list()) {
      for (OfProcedures<Retention> one : office.retentions()) {
        Retention rule = one.value();
        text.append(office.id())
            .append(new TreeSet<>(one.procedures()))
            .append(rule.archiveAfter())
            .append(rule.eraseAfter())
            .append(new TreeSet<>(rule.keeps()))
            .append(rule.basis().confirmed());
      }
    }
    return text.toString();
  }

  /** Which day it is in the city; by UTC where nobody has said where its offices are. */
  LocalDate today(Instant now) {
    ZoneId zone =
        offices().list().stream()
            .findFirst()
            .<ZoneId>map(office -> office.calendar().zone())
            .orElse(ZoneOffset.UTC);
    return now.atZone(zone).toLocalDate();
  }

  /** What happens next with a file, where its moment has come. */
  Optional<Advance> next(CaseFile file, Instant now) {
    Instant end = due(file).flatMap(Due::end).orElse(null);
    if (end == null) {
      return retire(file, now);
    }
    if (end.isAfter(now)) {
      return file.state() instanceof CaseState.Fulfilled
          ? Optional.empty()
          : remind(file, end, now);
    }
    if (file.state() instanceof CaseState.Fulfilled done) {
      CaseState confirmed = new CaseState.Granted(end, done.officer(), done.reasons());
      return Optional.of(new Advance(file.in(confirmed), Verb.CONFIRM, end));
    }
    if (file.state() instanceof CaseState.Prevented) {
      CaseState lapsed = new CaseState.NotPresented(end, now);
      return Optional.of(new Advance(file.in(lapsed), Verb.LAPSE, end));
    }
    Silence.Effect effect = file.getFiling().terms().silence().effect();
    return switch (effect) {
      case NONE -> Optional.empty();
      case NEGATIVE, POSITIVE, ON_FILING ->
          Optional.of(
              new Advance(
                  file.in(
                      new CaseState.FellSilent(
                          end,
                          now,
                          effect,
                          effect == Silence.Effect.NEGATIVE ? appeal(file).orElse(null) : null)),
                  Verb.FALL_SILENT,
                  end));
    };
  }

  // Of several reminders that were missed, one is enough.
  private static Optional<Advance> remind(CaseFile file, Instant end, Instant now) {
    int passed = (int) moments(file, end).stream().filter(at -> !at.isAfter(now)).count();
    if (passed <= reminders(file, end)) {
      return Optional.empty();
    }
    // Whoever has the file open may still save: the reminder is no new version.
    CaseFile told = file.with(new CaseFile.Reminder(end, passed));
    return Optional.of(new Advance(told, Verb.REMIND, now));
  }

  /** When there are reminders, the first first: in the second half of the time that there is. */
  private static List<Instant> moments(CaseFile file, Instant end) {
    Instant began =
        file.state() instanceof CaseState.Prevented prevented
            ? prevented.since()
            : file.getFiling().at();
    Instant half = began.plus(Duration.between(began, end).dividedBy(2));
    return REMIND.stream().map(end::minus).filter(at -> at.isAfter(half)).toList();
  }

  private static int reminders(CaseFile file, Instant end) {
    CaseFile.Reminder last = file.reminder();
    return last != null && last.due().equals(end) ? last.times() : 0;
  }

  /** What the table keeps of it. */
  CaseTables.Times times(CaseFile file) {
    String office = file.filing() == null ? null : file.getFiling().terms().office();
    @Nullable String calendar = office == null ? null : calendar(office).fingerprint();
    Instant end = due(file).flatMap(Due::end).orElse(null);
    if (end == null) {
      return new CaseTables.Times(
          CaseTables.NEVER, millis(retiresSurely(file)), millis(retires(file)), calendar);
    }
    if (file.state() instanceof CaseState.Fulfilled) {
      return new CaseTables.Times(
          end.toEpochMilli(), end.toEpochMilli(), CaseTables.NEVER, calendar);
    }
    int told = reminders(file, end);
    List<Instant> moments = moments(file, end);
    boolean isMute =
        file.state() instanceof CaseState.Open
            && !(file.state() instanceof CaseState.Prevented)
            && file.getFiling().terms().silence().effect() == Silence.Effect.NONE;
    long wake =
        told < moments.size()
            ? moments.get(told).toEpochMilli()
            : isMute ? CaseTables.NEVER : end.toEpochMilli();
    return new CaseTables.Times(end.toEpochMilli(), wake, CaseTables.NEVER, calendar);
  }

  private static long millis(Optional<Instant> moment) {
    return moment.map(Instant::toEpochMilli).orElse(CaseTables.NEVER);
  }
}
