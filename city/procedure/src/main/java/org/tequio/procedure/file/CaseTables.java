package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** Reads and writes the tables of case files. Thread-safe. */
public final class CaseTables {
  /** After every due moment: stands still, or nobody has said a term. */
  static final long NEVER = Long.MAX_VALUE;

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE procedure_case (id TEXT PRIMARY KEY, version BIGINT NOT NULL,"
                      + " state TEXT NOT NULL, is_open INTEGER NOT NULL, office TEXT,"
                      + " applicant TEXT NOT NULL, officer TEXT, folio TEXT, content TEXT,"
                      + " due BIGINT NOT NULL, wake BIGINT NOT NULL, calendar TEXT,"
                      + " document TEXT NOT NULL)",
                  "CREATE UNIQUE INDEX procedure_case_folio ON procedure_case (folio)",
                  "CREATE INDEX procedure_case_mine ON procedure_case (applicant, id)",
                  "CREATE INDEX procedure_case_inbox"
                      + " ON procedure_case (office, is_open, due, id)",
                  "CREATE INDEX procedure_case_state ON procedure_case (office, state, due, id)",
                  "CREATE INDEX procedure_case_wake ON procedure_case (wake)",
                  "CREATE TABLE procedure_asked (case_id TEXT NOT NULL, office TEXT NOT NULL,"
                      + " PRIMARY KEY (office, case_id))",
                  "CREATE TABLE procedure_folio (office TEXT NOT NULL, year INTEGER NOT NULL,"
                      + " last_number BIGINT NOT NULL, PRIMARY KEY (office, year))",
                  "CREATE TABLE procedure_step (number BIGINT PRIMARY KEY, case_id TEXT NOT NULL,"
                      + " version BIGINT NOT NULL, at TEXT NOT NULL, since TEXT NOT NULL,"
                      + " actor TEXT NOT NULL, verb TEXT NOT NULL, note TEXT NOT NULL)",
                  "CREATE INDEX procedure_step_case ON procedure_step (case_id, number)",
                  "CREATE TABLE procedure_attachment (case_id TEXT NOT NULL,"
                      + " number BIGINT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,"
                      + " bytes BIGINT NOT NULL, sha256 TEXT NOT NULL, author TEXT NOT NULL,"
                      + " at TEXT NOT NULL, PRIMARY KEY (case_id, number))",
                  "CREATE TABLE procedure_payment (reference TEXT PRIMARY KEY,"
                      + " number BIGINT NOT NULL, case_id TEXT NOT NULL, cents BIGINT NOT NULL,"
                      + " currency TEXT NOT NULL, until TEXT NOT NULL, state TEXT NOT NULL)",
                  "CREATE INDEX procedure_payment_case ON procedure_payment (case_id)",
                  "CREATE TABLE procedure_payment_event (id TEXT PRIMARY KEY,"
                      + " reference TEXT NOT NULL, cents BIGINT NOT NULL, currency TEXT NOT NULL,"
                      + " paid TEXT NOT NULL, received TEXT NOT NULL, outcome TEXT NOT NULL)")),
          new Migration(
              2,
              List.of(
                  "ALTER TABLE procedure_case ADD COLUMN retire BIGINT",
                  "CREATE INDEX procedure_case_retire ON procedure_case (office, retire, id)",
                  "ALTER TABLE procedure_step ADD COLUMN behalf TEXT",
                  "CREATE TABLE procedure_retention (id INTEGER PRIMARY KEY,"
                      + " rules TEXT NOT NULL)")));

  private final Database database;

  /** Creates or upgrades the tables. */
  public CaseTables(Database database) {
    this.database = database;
    database.migrate("procedure_file", MIGRATIONS);
  }

  Database database() {
    return database;
  }

  /**
   * When a file falls due, when the clock must look at it, and when the rule of its retention asks
   * for the next step, whether or not it is confirmed; in milliseconds.
   */
  record Times(long due, long wake, long retire, @Nullable String calendar) {}

  /** One file. */
  public Optional<CaseFile> find(String id) {
    return database.read(connection -> find(connection, id));
  }

  static Optional<CaseFile> find(Connection connection, String id) throws SQLException {
    return Sql.first(
        connection, CaseTables::file, "SELECT document FROM procedure_case WHERE id = ?", id);
  }

  private static CaseFile file(ResultSet row) throws SQLException {
    return CaseJson.read(row.getString(1));
  }

  /** Writes a new file. */
  static void insert(Connection connection, CaseFile file, Times times) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO procedure_case (id, version, state, is_open, office, applicant, officer,"
            + " folio, content, due, wake, retire, calendar, document)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        file.id(),
        file.version(),
        file.state().wireName(),
        isOpen(file),
        office(file),
        file.applicant(),
        officer(file),
        folio(file),
        content(file),
        times.due,
        times.wake,
        times.retire,
        times.calendar,
        CaseJson.write(file));
    OfficeStatistics.move(connection, null, OfficeStatistics.Kind.of(file, times.due));
  }

  /** Replaces a file that has this version; false where it has another by now. */
  static boolean replace(Connection connection, long version, CaseFile by, Times times)
      throws SQLException {
    OfficeStatistics.Kind before =
        Sql.first(
                connection,
                CaseTables::entry,
                "SELECT document, due, id FROM procedure_case WHERE id = ?",
                by.id())
            .map(entry -> OfficeStatistics.Kind.of(entry.file(), entry.place().due()))
            .orElse(null);
    boolean isDone =
        Sql.update(
                connection,
                "UPDATE procedure_case SET version = ?, state = ?, is_open = ?, office = ?,"
                    + " applicant = ?, officer = ?, folio = ?, content = ?, due = ?, wake = ?,"
                    + " retire = ?, calendar = ?, document = ? WHERE id = ? AND version = ?",
                by.version(),
                by.state().wireName(),
                isOpen(by),
                office(by),
                by.applicant(),
                officer(by),
                folio(by),
                content(by),
                times.due,
                times.wake,
                times.retire,
                times.calendar,
                CaseJson.write(by),
                by.id(),
                version)
            > 0;
    if (isDone) {
      OfficeStatistics.move(connection, before, OfficeStatistics.Kind.of(by, times.due));
    }
    return isDone;
  }

  private static int isOpen(CaseFile file) {
    return file.state() instanceof CaseState.Open ? 1 : 0;
  }

  private static @Nullable String office(CaseFile file) {
    CaseFile.Filing filing = file.filing();
    return filing == null ? null : filing.terms().office();
  }

  private static @Nullable String folio(CaseFile file) {
    CaseFile.Filing filing = file.filing();
    return filing == null ? null : filing.folio();
  }

  private static @Nullable String content(CaseFile file) {
    CaseFile.Filing filing = file.filing();
    return filing == null ? null : filing.content();
  }

  static @Nullable String officer(CaseFile file) {
    return switch (file.state()) {
      case CaseState.UnderReview(String officer) -> officer;
      case CaseState.Prevented state -> state.officer();
      case CaseState.Fulfilled state -> state.officer();
      case CaseState.Granted state -> state.officer();
      case CaseState.Refused state -> state.officer();
      case CaseState.Unfiled state -> null;
      case CaseState.Filed state -> null;
      case CaseState.FellSilent state -> null;
      case CaseState.NotPresented state -> null;
      case CaseState.Withdrawn state -> null;
      case CaseState.Archived state -> null;
    };
  }

  static void delete(Connection connection, String id) throws SQLException {
    Sql.update(connection, "DELETE FROM procedure_attachment WHERE case_id = ?", id);
    Sql.update(connection, "DELETE FROM procedure_case WHERE id = ?", id);
  }

  static void ask(Connection connection, String id, String office) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO procedure_asked (case_id, office) VALUES (?, ?) ON CONFLICT DO NOTHING",
        id,
        office);
  }

  static Optional<CaseFile> findByFolio(Connection connection, String folio) throws SQLException {
    return Sql.first(
        connection, CaseTables::file, "SELECT document FROM procedure_case WHERE folio = ?", folio);
  }

  /** The folio of another open file of the same person with the same content. */
  static Optional<String> findTwin(
      Connection connection, String applicant, String content, String id) throws SQLException {
    return Sql.first(
        connection,
        row -> row.getString(1),
        "SELECT folio FROM procedure_case WHERE applicant = ? AND content = ? AND id <> ?"
            + " AND is_open = 1",
        applicant,
        content,
        id);
  }

  /** The next number of an office's folios of a year; part of the transaction that uses it. */
  public static long nextFolio(Connection connection, String office, int year) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO procedure_folio (office, year, last_number) VALUES (?, ?, 0)"
            + " ON CONFLICT DO NOTHING",
        office,
        year);
    Sql.update(
        connection,
        "UPDATE procedure_folio SET last_number = last_number + 1 WHERE office = ? AND year = ?",
        office,
        year);
    return Sql.number(
        connection,
        "SELECT last_number FROM procedure_folio WHERE office = ? AND year = ?",
        office,
        year);
  }

  // ---- lists

  /** The files of one person, by their identifiers. */
  public List<CaseFile> listOf(String applicant, String after, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                CaseTables::file,
                "SELECT document FROM procedure_case WHERE applicant = ? AND id > ?"
                    + " ORDER BY id LIMIT ?",
                applicant,
                after,
                limit));
  }

  /** Files that were filed, by their folios. */
  List<CaseFile> listFiled(String after, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                CaseTables::file,
                "SELECT document FROM procedure_case WHERE folio > ? ORDER BY folio LIMIT ?",
                after,
                limit));
  }

  /**
   * Where a page of the inbox begins: after this file.
   *
   * @param due in milliseconds
   * @param id of the file
   */
  public record Place(long due, String id) {
    static final Place FIRST = new Place(Long.MIN_VALUE, "");

    /** As it stands in {@code next}. */
    String text() {
      return due + "." + id;
    }
  }

  /**
   * One file of an inbox.
   *
   * @param place from which the page after it begins
   */
  public record Entry(CaseFile file, Place place) {}

  /**
   * The files of an office, those that fall due first before others.
   *
   * @param state one state; null for all that are open
   * @param officers only those of these; empty for all
   */
  public List<Entry> inbox(
      String office,
      @Nullable String state,
      Collection<String> officers,
      @Nullable Place after,
      int limit) {
    Place begin = after == null ? Place.FIRST : after;
    return database.read(
        connection -> {
          if (officers.isEmpty()) {
            return inbox(connection, office, state, null, begin, limit);
          }
          // Each has an index of their own; together they would be sorted from all.
          List<Entry> all = new ArrayList<>();
          for (String officer : officers) {
            all.addAll(inbox(connection, office, state, officer, begin, limit));
          }
          return all.stream()
              .sorted(
                  Comparator.comparingLong((Entry one) -> one.place.due)
                      .thenComparing(one -> one.place.id))
              .limit(limit)
              .toList();
        });
  }

  private static List<Entry> inbox(
      Connection connection,
      String office,
      @Nullable String state,
      @Nullable String officer,
      Place begin,
      int limit)
      throws SQLException {
    List<Object> values = new ArrayList<>(List.of(office));
    values.add(state == null ? (Object) 1 : state);
    values.addAll(List.of(begin.due, begin.id));
    if (officer != null) {
      values.add(officer);
    }
    values.add(limit);
    String sql =
        "SELECT document, due, id FROM procedure_case WHERE office = ? AND "
            + (state == null ? "is_open = ?" : "state = ?")
            + " AND (due, id) > (?, ?)"
            + (officer == null ? "" : " AND officer = ?")
            + " ORDER BY due, id LIMIT ?";
    return Sql.list(connection, CaseTables::entry, sql, values.toArray());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(file(row), new Place(row.getLong(2), row.getString(3)));
  }

  /** The open files about which an office was asked for its opinion. */
  public List<CaseFile> listAsked(String office, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                CaseTables::file,
                "SELECT c.document FROM procedure_asked a JOIN procedure_case c ON c.id = a.case_id"
                    + " WHERE a.office = ? AND c.is_open = 1 ORDER BY c.due, c.id LIMIT ?",
                office,
                limit));
  }

  /** How many files an office has in each state. */
  public Map<String, Long> count(String office) {
    Map<String, Long> counts = new LinkedHashMap<>();
    database.read(
        connection -> {
          Sql.each(
              connection,
              row -> counts.put(row.getString(1), row.getLong(2)),
              "SELECT state, SUM(files) FROM procedure_tally WHERE office = ? GROUP BY state"
                  + " HAVING SUM(files) > 0 ORDER BY state",
              office);
          return true;
        });
    return counts;
  }

  /** The files at which the clock must look. */
  List<String> listWaking(Instant now, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT id FROM procedure_case WHERE wake <= ? ORDER BY wake LIMIT ?",
                now.toEpochMilli(),
                limit));
  }

  /**
   * Files that have ended and whose next step of retention is due by a moment, the earliest first.
   *
   * @param after where the page begins
   */
  List<Entry> listRetiring(String office, Instant by, Place after, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                CaseTables::entry,
                "SELECT document, retire, id FROM procedure_case WHERE office = ? AND retire <= ?"
                    + " AND (retire, id) > (?, ?) ORDER BY retire, id LIMIT ?",
                office,
                by.toEpochMilli(),
                after.due,
                after.id,
                limit));
  }

  /** By which rules the retention of all files was reckoned last; empty where it never was. */
  static String retentionRules(Connection connection) throws SQLException {
    return Sql.first(connection, row -> row.getString(1), "SELECT rules FROM procedure_retention")
        .orElse("");
  }

  static void keepRetentionRules(Connection connection, String rules) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO procedure_retention (id, rules) VALUES (1, ?)"
            + " ON CONFLICT (id) DO UPDATE SET rules = excluded.rules",
        rules);
  }

  /** Open files of an office whose times were reckoned by another calendar than this. */
  List<String> listReckonedOtherwise(String office, String calendar, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT id FROM procedure_case WHERE office = ? AND is_open = 1"
                    + " AND calendar <> ? LIMIT ?",
                office,
                calendar,
                limit));
  }

  // ---- history

  static void insertStep(
      Connection connection,
      CaseFile file,
      Instant at,
      Instant since,
      String actor,
      Verb verb,
      String note,
      @Nullable String behalf)
      throws SQLException {
    long number = Sql.number(connection, "SELECT COALESCE(MAX(number), 0) + 1 FROM procedure_step");
    Sql.update(
        connection,
        "INSERT INTO procedure_step (number, case_id, version, at, since, actor, verb, note,"
            + " behalf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        number,
        file.id(),
        file.version(),
        at.toString(),
        since.toString(),
        actor,
        verb.name(),
        note,
        behalf);
  }

  /** The history of one file, oldest first. */
  public List<CaseStep> history(String id) {
    return database.read(connection -> history(connection, id));
  }

  static List<CaseStep> history(Connection connection, String id) throws SQLException {
    return Sql.list(
        connection,
        CaseTables::step,
        "SELECT number, case_id, version, at, since, actor, verb, note, behalf"
            + " FROM procedure_step"
            + " WHERE case_id = ? ORDER BY number",
        id);
  }

  /** Steps after one, in their order. */
  List<CaseStep> stepsAfter(long number, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                CaseTables::step,
                "SELECT number, case_id, version, at, since, actor, verb, note, behalf"
                    + " FROM procedure_step"
                    + " WHERE number > ? ORDER BY number LIMIT ?",
                number,
                limit));
  }

  static CaseStep step(ResultSet row) throws SQLException {
    return new CaseStep(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        Instant.parse(row.getString(4)),
        Instant.parse(row.getString(5)),
        row.getString(6),
        Verb.valueOf(row.getString(7)),
        row.getString(8),
        row.getString(9));
  }
}
