package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Prevention;
import org.tequio.procedure.file.CaseFile.Given;
import org.tequio.procedure.file.CaseFile.Opinion;
import org.tequio.procedure.file.CaseFile.Visit;
import org.tequio.procedure.term.Due;
import org.tequio.storage.Sql;

/**
 * What applicants and officers do with case files. Whether the caller may is asked before; whether
 * the file is in a state in which it can be done, here. Thread-safe.
 */
public final class CaseDesk {
  private static final Duration TO_PAY = Duration.ofDays(30);
  private static final int MOST_DRAFTS = 200;

  private final CaseBook book;
  private final Intake intake;
  private final DecisionDesk decisions;
  private final boolean canBePaid;

  CaseDesk(CaseBook book, Intake intake, DecisionDesk decisions, boolean canBePaid) {
    this.decisions = decisions;
    this.book = book;
    this.intake = intake;
    this.canBePaid = canBePaid;
  }

  /** The tables, for lists. */
  public CaseTables tables() {
    return book.tables();
  }

  /** When the state in which a file is runs out; nothing where no term runs. */
  public Optional<Due> due(CaseFile file) {
    return book.law().due(file);
  }

  /** When the term to resolve a filed file runs or ran out; nothing where there is none. */
  public Optional<Due> resolving(CaseFile file) {
    CaseFile.Filing filing = file.filing();
    return filing == null ? Optional.empty() : book.law().resolving(file, filing);
  }

  // ---- the applicant

  /**
   * Saves a draft, the first time or again.
   *
   * @param version that was saved last; 0 for a new one
   */
  public CaseFile save(
      String id, long version, String account, String procedure, Map<String, Object> inputs) {
    return book.tables()
        .database()
        .write(
            connection -> {
              CaseFile before = CaseTables.find(connection, id).orElse(null);
              if (before == null) {
                requireRoom(connection, account);
                CaseFile draft = CaseFile.draft(id, procedure, account, inputs);
                CaseTables.insert(connection, draft, book.law().times(draft));
                return draft;
              }
              if (before.state() instanceof CaseState.Draft
                  && before.inputs().equals(inputs)
                  && before.procedure().equals(procedure)) {
                return before;
              }
              if (!(before.state() instanceof CaseState.Draft)
                  || !before.procedure().equals(procedure)) {
                throw CaseRefused.wrongState(before.state());
              }
              if (before.version() != version) {
                throw new CaseRefused(
                    "case-changed",
                    new LocalText(
                        "el borrador se guardó mientras tanto en otro lugar",
                        "o rascunho foi salvo enquanto isso em outro lugar",
                        "the draft was saved elsewhere in the meantime"));
              }
              CaseFile after = before.in(before.state()).with(inputs);
              CaseTables.replace(connection, version, after, book.law().times(after));
              return after;
            });
  }

  private static void requireRoom(Connection connection, String account) throws SQLException {
    long drafts =
        Sql.number(
            connection,
            "SELECT COUNT(*) FROM procedure_case WHERE applicant = ? AND state = 'draft'",
            account);
    if (drafts >= MOST_DRAFTS) {
      throw new CaseRefused(
          "too-many-drafts",
          new LocalText(
              "hay demasiados borradores; presente o borre alguno",
              "há rascunhos demais; apresente ou apague algum",
              "there are too many drafts; file or delete one"));
    }
  }

  /** Throws a draft away. */
  public void delete(String id) {
    book.tables()
        .database()
        .write(
            connection -> {
              CaseFile file = CaseTables.find(connection, id).orElseThrow(CaseBook::gone);
              if (!(file.state() instanceof CaseState.Draft)) {
                throw CaseRefused.wrongState(file.state());
              }
              CaseTables.delete(connection, id);
              return true;
            });
  }

  /**
   * Files it; one that has a fee gets the reference under which it is paid, and is filed by the
   * payment. Asked again for the same file, the answer is the same.
   */
  public CaseFile file(String id, long version, String account) {
    CaseFile seen = book.tables().find(id).orElseThrow(CaseBook::gone);
    if (seen.filing() != null || seen.state() instanceof CaseState.AwaitingPayment) {
      return seen;
    }
    FilingTerms terms = getTerms(seen.procedure(), seen.inputs());
    if (!terms.objections().isEmpty()) {
      throw new CaseRefused("not-to-be-filed", joined(terms.objections()));
    }
    if (terms.cents() > 0 && !canBePaid) {
      throw new CaseRefused(
          "cannot-be-paid",
          new LocalText(
              "este trámite tiene un costo y la ciudad aún no puede cobrarlo aquí",
              "este pedido tem um custo e a cidade ainda não pode cobrá-lo aqui",
              "this has a fee, and the city cannot take it here yet"));
    }
    Verb verb = terms.cents() > 0 ? Verb.ORDER : Verb.FILE;
    return book.step(
        id,
        version,
        account,
        verb,
        "",
        (connection, before, now) -> {
          if (!(before.state() instanceof CaseState.Draft)) {
            throw CaseRefused.wrongState(before.state());
          }
          String content = CaseBook.content(before, Attachments.hashes(connection, id));
          requireNoTwin(connection, before, content);
          if (terms.cents() == 0) {
            return book.filed(connection, before, terms, now, content, null);
          }
          PaymentTables.Order order =
              PaymentTables.order(
                  connection, id, terms.cents(), terms.currency(), now.plus(TO_PAY));
          return before.in(
              new CaseState.AwaitingPayment(order.reference(), terms, content, order.until()));
        });
  }

  /** What would hold for a filing now. */
  public FilingTerms getTerms(String procedure, Map<String, Object> inputs) {
    return intake
        .terms(procedure, inputs, book.law().today(book.now()))
        .orElseThrow(
            () ->
                new CaseRefused(
                    "no-such-procedure",
                    new LocalText(
                        "no existe el trámite " + procedure,
                        "não existe o serviço " + procedure,
                        "there is no procedure " + procedure)));
  }

  /** When a filing made now would fall due; nothing where no term is known. */
  public Optional<Due> dueIfFiledNow(FilingTerms terms) {
    return book.law()
        .resolving(
            CaseFile.draft("none", terms.procedure(), "", Map.of()),
            new CaseFile.Filing("", book.now(), "", terms, null));
  }

  static void requireNoTwin(Connection connection, CaseFile file, String content)
      throws SQLException {
    String twin =
        CaseTables.findTwin(connection, file.applicant(), content, file.id()).orElse(null);
    if (twin != null) {
      throw new CaseRefused(
          "filed-already",
          new LocalText(
              "lo mismo ya está presentado con el folio " + twin,
              "o mesmo já está protocolado com o número " + twin,
              "the same is filed already under folio " + twin));
    }
  }

  static LocalText joined(List<LocalText> texts) {
    List<String> es = new ArrayList<>();
    List<String> pt = new ArrayList<>();
    List<String> en = new ArrayList<>();
    for (LocalText text : texts) {
      es.add(text.es());
      pt.add(text.pt());
      en.add(text.en());
    }
    return new LocalText(String.join("; ", es), String.join("; ", pt), String.join("; ", en));
  }

  /** Takes it back; what is not yet paid becomes a draft again. */
  public CaseFile withdraw(String id, long version, String account) {
    return book.step(
        id,
        version,
        account,
        Verb.WITHDRAW,
        "",
        (connection, before, now) ->
            switch (before.state()) {
              case CaseState.AwaitingPayment state -> {
                PaymentTables.end(connection, state.reference(), "cancelled");
                yield before.in(new CaseState.Draft());
              }
              case CaseState.Open state -> before.in(new CaseState.Withdrawn(now));
              case CaseState.Draft state -> throw CaseRefused.wrongState(state);
              case CaseState.Ended state -> throw CaseRefused.wrongState(state);
              case CaseState.Archived state -> throw CaseRefused.wrongState(state);
            });
  }

  /** Completes it as the office asked; the term goes on. */
  public CaseFile answer(String id, long version, String account, Map<String, Object> inputs) {
    return book.step(
        id,
        version,
        account,
        Verb.ANSWER,
        "",
        (connection, before, now) -> {
          if (before.state() instanceof CaseState.Prevented state) {
            return before
                .resumed(state.since(), now)
                .in(new CaseState.UnderReview(state.officer()))
                .with(inputs);
          }
          throw CaseRefused.wrongState(before.state());
        });
  }

  // ---- the office

  /** Gives it to an officer, also from another one. */
  public CaseFile assign(String id, long version, String actor, String officer) {
    return book.step(
        id,
        version,
        actor,
        Verb.ASSIGN,
        officer,
        (connection, before, now) ->
            switch (before.state()) {
              case CaseState.Filed state -> before.in(new CaseState.UnderReview(officer));
              case CaseState.UnderReview state -> before.in(new CaseState.UnderReview(officer));
              case CaseState.Prevented state ->
                  before.in(new CaseState.Prevented(state.since(), state.what(), officer));
              case CaseState.Fulfilled state -> throw CaseRefused.wrongState(state);
              case CaseState.Unfiled state -> throw CaseRefused.wrongState(state);
              case CaseState.Ended state -> throw CaseRefused.wrongState(state);
              case CaseState.Archived state -> throw CaseRefused.wrongState(state);
            });
  }

  /** True where an office may be asked. */
  boolean hasOffice(String id) {
    return book.law().offices().find(id).isPresent();
  }

  /**
   * Asks another office for its opinion.
   *
   * @param pauses true where the term stands still until it is given
   */
  public CaseFile ask(
      String id, long version, String actor, String office, String question, boolean pauses) {
    book.law().offices().getOffice(office);
    return book.step(
        id,
        version,
        actor,
        Verb.ASK,
        office,
        (connection, before, now) -> {
          requireUnderReview(before);
          if (before.opinions().stream()
              .anyMatch(one -> one.office().equals(office) && one.given() == null)) {
            throw new CaseRefused(
                "asked-already",
                new LocalText(
                    "ya se pidió la opinión de esa oficina",
                    "o parecer dessa repartição já foi pedido",
                    "that office's opinion is asked for already"));
          }
          List<Opinion> more = new ArrayList<>(before.opinions());
          more.add(new Opinion(office, now, actor, question, pauses, null));
          CaseTables.ask(connection, id, office);
          CaseFile asked = before.in(before.state()).withOpinions(more);
          return pauses ? asked.paused(now, reason(office)) : asked;
        });
  }

  private LocalText reason(String office) {
    String name = book.law().offices().getOffice(office).name();
    return new LocalText(
        "opinión pedida a " + name, "parecer pedido a " + name, "opinion asked of " + name);
  }

  /** Gives the opinion that an office was asked for. */
  public CaseFile opine(
      String id, long version, String actor, String office, boolean favourable, String text) {
    return book.step(
        id,
        version,
        actor,
        Verb.OPINE,
        office,
        (connection, before, now) -> {
          if (!(before.state() instanceof CaseState.Open)) {
            throw CaseRefused.wrongState(before.state());
          }
          List<Opinion> changed = new ArrayList<>();
          CaseFile after = before.in(before.state());
          boolean isAsked = false;
          for (Opinion one : before.opinions()) {
            boolean own = one.office().equals(office) && one.given() == null;
            isAsked |= own;
            changed.add(
                own
                    ? new Opinion(
                        office,
                        one.asked(),
                        one.by(),
                        one.question(),
                        one.pauses(),
                        new Given(now, actor, favourable, text))
                    : one);
            after = own && one.pauses() ? after.resumed(one.asked(), now) : after;
          }
          if (!isAsked) {
            throw CaseRefused.wrongState(before.state());
          }
          return after.withOpinions(changed);
        });
  }

  /** Notes an inspection on the spot. */
  public CaseFile visit(
      String id,
      long version,
      String actor,
      String note,
      @Nullable Double longitude,
      @Nullable Double latitude,
      List<Long> photos) {
    return book.step(
        id,
        version,
        actor,
        Verb.VISIT,
        "",
        (connection, before, now) -> {
          if (!(before.state() instanceof CaseState.Open)) {
            throw CaseRefused.wrongState(before.state());
          }
          if (!Attachments.numbers(connection, id).containsAll(photos)) {
            throw new CaseRefused(
                "no-such-attachment",
                new LocalText(
                    "una de las fotos no existe",
                    "uma das fotos não existe",
                    "one of the photos does not exist"));
          }
          return before
              .in(before.state())
              .with(new Visit(now, actor, note, longitude, latitude, photos));
        });
  }

  /** Asks the applicant to complete it; the term stands still until then. */
  public CaseFile prevent(String id, long version, String actor, String what) {
    return book.step(
        id,
        version,
        actor,
        Verb.PREVENT,
        what,
        (connection, before, now) -> {
          requireUnderReview(before);
          Prevention prevention = before.getFiling().terms().prevention();
          if (prevention == null || before.preventions() >= prevention.times()) {
            throw new CaseRefused(
                "no-prevention-left",
                new LocalText(
                    "la ley ya no permite prevenir este trámite",
                    "a lei já não permite exigir complementação deste pedido",
                    "the law does not allow this to be asked for again"));
          }
          return before
              .prevented(
                  now,
                  new LocalText(
                      "prevención: falta que la persona complete su trámite",
                      "exigência: falta que a pessoa complete o pedido",
                      "the applicant was asked to complete it"))
              .in(new CaseState.Prevented(now, what, actor));
        });
  }

  /** Decides, and changes the map. */
  public DecisionDesk decisions() {
    return decisions;
  }

  /** Decides without a word about the map. */
  public CaseFile decide(String id, long version, String actor, boolean granted, String reasons) {
    return decisions.decide(id, version, actor, granted, reasons, null);
  }

  private static void requireUnderReview(CaseFile file) {
    if (!(file.state() instanceof CaseState.UnderReview)) {
      throw CaseRefused.wrongState(file.state());
    }
  }

  /**
   * Puts it away until a day.
   *
   * @param keepUntil where the rule of its office keeps it longer, that holds
   */
  public CaseFile archive(String id, long version, String actor, LocalDate keepUntil) {
    return book.step(
        id,
        version,
        actor,
        Verb.ARCHIVE,
        keepUntil.toString(),
        (connection, before, now) -> {
          if (before.state() instanceof CaseState.Ended ended && before.filing() != null) {
            LocalDate least =
                book.law()
                    .retention(before)
                    .map(rule -> book.law().endDay(before, ended).plus(rule.eraseAfter()))
                    .orElse(keepUntil);
            LocalDate until = least.isAfter(keepUntil) ? least : keepUntil;
            return before.in(new CaseState.Archived(now, until, ended, null));
          }
          throw CaseRefused.wrongState(before.state());
        });
  }

  /** Adds a note for the office, of which the applicant does not hear. */
  void note(String id, String actor, String text) {
    book.note(id, actor, text);
  }

  /** Which day it is where an office is. */
  LocalDate today(String office) {
    return book.law().day(office, book.now());
  }

  /** As of when a moment is now, for what endpoints write. */
  Instant now() {
    return book.now();
  }
}
