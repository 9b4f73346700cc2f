package org.tequio.procedure.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.procedure.term.Office;
import org.tequio.procedure.writeback.MapLine;
import org.tequio.procedure.writeback.MapPlan;
import org.tequio.storage.CityStore;
import org.tequio.storage.Revision;

/**
 * Writes steps: each is one durable transaction with its line of history, and is in the audit log
 * when the call returns. A step that is based on a version that has passed is refused, and told who
 * was faster. Thread-safe.
 */
final class CaseBook {
  private static final int PAGE = 200;

  private final CityStore store;
  private final CaseTables tables;
  private final CaseClock law;
  private final Chronicle chronicle;
  private final CaseErasure erasure;
  private final People people;
  private final Clock clock;

  CaseBook(
      CityStore store,
      CaseTables tables,
      CaseClock law,
      Chronicle chronicle,
      People people,
      CaseErasure erasure,
      Clock clock) {
    this.erasure = erasure;
    this.store = store;
    this.tables = tables;
    this.law = law;
    this.chronicle = chronicle;
    this.people = people;
    this.clock = clock;
  }

  CaseTables tables() {
    return tables;
  }

  CaseClock law() {
    return law;
  }

  /** Now, to the millisecond that tables keep. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** What a step makes of a file. */
  @FunctionalInterface
  interface Change {
    /** Makes the next version, or refuses. */
    CaseFile of(Connection connection, CaseFile before, Instant now) throws SQLException;
  }

  /**
   * Takes one step.
   *
   * @param version that whoever asks has seen
   * @throws CaseRefused where the file has gone on since, or the step is not possible
   */
  CaseFile step(String id, long version, String actor, Verb verb, String note, Change change) {
    advance(id);
    CaseFile done =
        tables
            .database()
            .write(
                connection -> {
                  Instant now = now();
                  CaseFile before = CaseTables.find(connection, id).orElseThrow(CaseBook::gone);
                  if (before.version() != version) {
                    throw overtaken(connection, before);
                  }
                  CaseFile after = change.of(connection, before, now);
                  write(connection, before, after, now, now, actor, verb, note);
                  return after;
                });
    chronicle.tell();
    return done;
  }

  /**
   * Takes a step that changes the map: both are durable together, or neither is.
   *
   * @param plan made for the version that whoever asks has seen
   */
  CaseFile stepOnMap(
      String id, long version, String actor, Verb verb, String note, MapPlan plan, Change change) {
    advance(id);
    List<CaseFile> done = new ArrayList<>();
    store.revise(
        new Revision.Note(actor, "procedure", verb.wireName() + " " + folio(id)),
        transaction -> {
          Connection connection = transaction.connection();
          Instant now = now();
          CaseFile before = CaseTables.find(connection, id).orElseThrow(CaseBook::gone);
          if (before.version() != version) {
            throw overtaken(connection, before);
          }
          CaseFile after = change.of(connection, before, now);
          List<MapLine> lines = plan.apply(transaction);
          write(connection, before, after, now, now, actor, verb, note);
          MapTables.insert(connection, after, transaction.revision(), lines);
          done.add(after);
        });
    chronicle.tell();
    return done.getFirst();
  }

  private String folio(String id) {
    return tables.find(id).map(CaseFile::filing).map(CaseFile.Filing::folio).orElse(id);
  }

  /** Tells what was written by {@link #write} inside another transaction. */
  void tell() {
    chronicle.tell();
  }

  void write(
      Connection connection,
      CaseFile before,
      CaseFile after,
      Instant at,
      Instant since,
      String actor,
      Verb verb,
      String note)
      throws SQLException {
    if (!CaseTables.replace(connection, before.version(), after, law.times(after))) {
      throw overtaken(connection, before);
    }
    CaseTables.insertStep(
        connection, after, at, since, actor, verb, note, behalf(connection, before, actor, at));
    CaseFile.Filing filing = after.filing();
    if (filing != null && before.state() instanceof CaseState.Open) {
      OfficeStatistics.note(
          connection,
          after,
          since,
          law.resolving(after, filing).orElse(null),
          law.calendar(filing.terms().office()).zone());
    }
    if (filing != null && filing.terms().service() != null) {
      if (before.filing() == null) {
        RequestTables.insert(connection, after, at);
        RequestTables.addReport(connection, after.id(), after.applicant(), at, "", Map.of());
      } else {
        RequestTables.follow(connection, after, at);
      }
    }
  }

  // Whoever stands in for the officer of a file acts for that officer.
  private @Nullable String behalf(Connection connection, CaseFile before, String actor, Instant at)
      throws SQLException {
    String officer = CaseTables.officer(before);
    CaseFile.Filing filing = before.filing();
    if (officer == null || filing == null || officer.equals(actor)) {
      return null;
    }
    String office = filing.terms().office();
    return Absences.standIn(connection, office, officer, law.day(office, at))
        .filter(actor::equals)
        .map(standIn -> officer)
        .orElse(null);
  }

  /** Adds an officer's note; whoever has the file open may still save. */
  void note(String id, String actor, String text) {
    tables
        .database()
        .write(
            connection -> {
              Instant now = now();
              CaseFile file = CaseTables.find(connection, id).orElseThrow(CaseBook::gone);
              if (file.state() instanceof CaseState.Archived archived
                  && archived.erased() != null) {
                throw CaseRefused.wrongState(archived);
              }
              CaseTables.insertStep(
                  connection,
                  file,
                  now,
                  now,
                  actor,
                  Verb.NOTE,
                  text,
                  behalf(connection, file, actor, now));
              return true;
            });
    chronicle.tell();
  }

  /** Writes a file that was filed without having been a draft. */
  void insert(Connection connection, CaseFile filed, Instant at, String actor) throws SQLException {
    CaseTables.insert(connection, filed, law.times(filed));
    CaseTables.insertStep(connection, filed, at, at, actor, Verb.FILE, "", null);
    RequestTables.insert(connection, filed, at);
  }

  static CaseRefused gone() {
    return new CaseRefused(
        "case-gone",
        new LocalText(
            "el expediente ya no existe", "o processo não existe mais", "the case file is gone"));
  }

  private CaseRefused overtaken(Connection connection, CaseFile now) throws SQLException {
    List<CaseStep> steps =
        CaseTables.history(connection, now.id()).stream()
            .filter(step -> !step.verb().isInternal())
            .toList();
    if (steps.isEmpty()) {
      return new CaseRefused(
          "case-changed",
          new LocalText(
              "el borrador se guardó mientras tanto en otro lugar",
              "o rascunho foi salvo enquanto isso em outro lugar",
              "the draft was saved elsewhere in the meantime"));
    }
    CaseStep last = steps.getLast();
    String who = last.actor().equals(now.applicant()) ? now.applicant() : nameOf(last.actor());
    String what = last.verb().wireName() + " " + last.at();
    return new CaseRefused(
        "case-changed",
        new LocalText(
            "el expediente cambió mientras tanto: " + who + ", " + what,
            "o processo mudou enquanto isso: " + who + ", " + what,
            "the case file has changed in the meantime: " + who + ", " + what));
  }

  private String nameOf(String account) {
    return people.findPerson(account).map(Person::name).orElse(account);
  }

  // ---- filing

  /** The file as filed, with a folio of its own; part of the transaction. */
  CaseFile filed(
      Connection connection,
      CaseFile draft,
      FilingTerms terms,
      Instant at,
      String content,
      @Nullable String payment)
      throws SQLException {
    Office office = law.offices().getOffice(terms.office());
    int year = at.atZone(office.calendar().zone()).getYear();
    long number = CaseTables.nextFolio(connection, office.id(), year);
    String folio =
        CheckDigits.append(String.format(Locale.ROOT, "%s-%d-%06d", office.prefix(), year, number));
    return draft
        .in(new CaseState.Filed())
        .with(new CaseFile.Filing(folio, at, content, terms, payment));
  }

  /** The hash of what is filed: the answers and the attached files, whatever their order. */
  static String content(CaseFile file, List<String> attached) {
    String text =
        CaseJson.write(
            List.of(
                file.procedure(),
                new TreeMap<>(file.inputs()),
                attached.stream().sorted().toList()));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  // ---- what the law does

  /** Takes the steps of one file whose moment has come. */
  void advance(String id) {
    Instant now = now();
    CaseFile seen = tables.find(id).orElse(null);
    if (seen == null || law.next(seen, now).isEmpty()) {
      return;
    }
    tables
        .database()
        .write(
            connection -> {
              CaseFile before = CaseTables.find(connection, id).orElse(null);
              Optional<CaseClock.Advance> next =
                  before == null ? Optional.empty() : law.next(before, now);
              if (before != null && next.isPresent()) {
                CaseClock.Advance step = next.get();
                write(
                    connection,
                    before,
                    step.file(),
                    now,
                    step.since(),
                    CaseStep.CLOCK,
                    step.verb(),
                    effect(step.file().state()));
                if (step.verb() == Verb.ERASE) {
                  erasure.erase(connection, before, law.erases(before));
                }
              }
              return true;
            });
    chronicle.tell();
  }

  private static String effect(CaseState state) {
    return switch (state) {
      case CaseState.FellSilent silent -> silent.effect().wireName();
      case CaseState.Archived archived -> archived.keepUntil().toString();
      case CaseState.Ended ended -> "";
      case CaseState.Open open -> "";
      case CaseState.Unfiled unfiled -> "";
    };
  }

  /** Takes all steps whose moment has come; returns how many files it looked at. */
  int advanceAll() {
    reckonAnew();
    reckonRetentionAnew();
    int seen = 0;
    List<String> waking;
    do {
      waking = tables.listWaking(now(), PAGE);
      for (String id : waking) {
        advance(id);
        settle(id);
        seen++;
      }
    } while (waking.size() == PAGE && !Thread.currentThread().isInterrupted());
    return seen;
  }

  // A suspension was published, or a holiday corrected: what is still running moves.
  private void reckonAnew() {
    for (Office office : law.offices().list()) {
      String calendar = office.calendar().fingerprint();
      List<String> others;
      do {
        others = tables.listReckonedOtherwise(office.id(), calendar, PAGE);
        others.forEach(this::settle);
      } while (others.size() == PAGE && !Thread.currentThread().isInterrupted());
    }
  }

  // The rules of retention are others than last time: what has ended moves, too.
  private void reckonRetentionAnew() {
    String rules = law.retentionFingerprint();
    if (tables.database().read(CaseTables::retentionRules).equals(rules)) {
      return;
    }
    String last = "";
    List<CaseFile> page;
    do {
      page = tables.listFiled(last, PAGE);
      for (CaseFile file : page) {
        if (!(file.state() instanceof CaseState.Open)) {
          settle(file.id());
        }
        last = file.getFiling().folio();
      }
    } while (page.size() == PAGE && !Thread.currentThread().isInterrupted());
    if (page.size() < PAGE) {
      tables
          .database()
          .write(
              connection -> {
                CaseTables.keepRetentionRules(connection, rules);
                return true;
              });
    }
  }

  /** Writes down anew when the clock must look at a file. */
  private void settle(String id) {
    tables
        .database()
        .write(
            connection -> {
              CaseFile file = CaseTables.find(connection, id).orElse(null);
              return file != null
                  && CaseTables.replace(connection, file.version(), file, law.times(file));
            });
  }
}
