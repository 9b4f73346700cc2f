package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.term.Due;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * How long offices take, written down when a file ends, in the same transaction: of whom a file is
 * stands nowhere in it. Thread-safe.
 */
final class OfficeStatistics {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** How many files there are of each kind, counted anew. */
  static final String COUNT =
      "INSERT INTO procedure_tally (office, state, officer, day, files)"
          + " SELECT office, state, COALESCE(officer, ''), due / 86400000, COUNT(*)"
          + " FROM procedure_case WHERE office IS NOT NULL"
          + " GROUP BY office, state, COALESCE(officer, ''), due / 86400000";

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE procedure_ended (case_id TEXT PRIMARY KEY, office TEXT NOT NULL,"
                      + " procedure_id TEXT NOT NULL, month TEXT NOT NULL, hours BIGINT NOT NULL,"
                      + " in_time INTEGER)",
                  "CREATE INDEX procedure_ended_month"
                      + " ON procedure_ended (month, office, procedure_id)",
                  "CREATE INDEX procedure_case_officer"
                      + " ON procedure_case (office, officer, is_open, due, id)",
                  "CREATE TABLE procedure_tally (office TEXT NOT NULL, state TEXT NOT NULL,"
                      + " officer TEXT NOT NULL, files BIGINT NOT NULL,"
                      + " PRIMARY KEY (office, state, officer))")),
          new Migration(
              2,
              List.of(
                  "DROP TABLE procedure_tally",
                  "CREATE TABLE procedure_tally (office TEXT NOT NULL, state TEXT NOT NULL,"
                      + " officer TEXT NOT NULL, day BIGINT NOT NULL, files BIGINT NOT NULL,"
                      + " PRIMARY KEY (office, state, officer, day))",
                  COUNT)));

  private final Database database;

  /** Creates or upgrades the tables; those of the case files are there. */
  OfficeStatistics(Database database) {
    this.database = database;
    database.migrate("procedure_statistics", MIGRATIONS);
  }

  /**
   * What an office ended of one procedure in one month.
   *
   * @param month as 2026-03, where the office is
   * @param ended how many files
   * @param inTime how many of them before their term ran out
   * @param late how many after it, or never
   * @param untimed how many of which nobody has said a term
   * @param meanHours from filing to the end
   */
  record Row(
      String office,
      String procedure,
      String month,
      long ended,
      long inTime,
      long late,
      long untimed,
      double meanHours) {}

  /**
   * How much one officer has before them.
   *
   * @param officer the account; null for what nobody has taken
   * @param open how many files
   * @param late how many of them after their term
   */
  record Load(@Nullable String officer, long open, long late) {}

  /**
   * Notes that a file has ended; nothing where it had before.
   *
   * @param since as of when
   * @param due when it had to be resolved; null where nobody has said
   */
  static void note(
      Connection connection, CaseFile file, Instant since, @Nullable Due due, ZoneId zone)
      throws SQLException {
    CaseFile.Filing filing = file.getFiling();
    boolean isResolved =
        switch (file.state()) {
          case CaseState.Granted one -> true;
          case CaseState.Refused one -> true;
          case CaseState.FellSilent one -> true;
          // The applicant ended these, and not the office.
          case CaseState.NotPresented one -> false;
          case CaseState.Withdrawn one -> false;
          case CaseState.Archived one -> false;
          case CaseState.Open one -> false;
          case CaseState.Unfiled one -> false;
        };
    if (!isResolved) {
      return;
    }
    Instant end = due == null ? null : due.end().orElse(null);
    boolean isSilent = file.state() instanceof CaseState.FellSilent;
    Integer inTime = end == null ? null : !isSilent && since.isBefore(end) ? 1 : 0;
    Sql.update(
        connection,
        "INSERT INTO procedure_ended (case_id, office, procedure_id, month, hours, in_time)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        file.id(),
        filing.terms().office(),
        file.procedure(),
        since.atZone(zone).toLocalDate().toString().substring(0, 7),
        Math.max(0, Duration.between(filing.at(), since).toHours()),
        inTime);
  }

  /** What was ended from one month to another, as 2026-03; the newest first. */
  List<Row> list(String from, String to) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row ->
                    new Row(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getDouble(8)),
                "SELECT office, procedure_id, month, COUNT(*),"
                    + " SUM(CASE WHEN in_time = 1 THEN 1 ELSE 0 END),"
                    + " SUM(CASE WHEN in_time = 0 THEN 1 ELSE 0 END),"
                    + " SUM(CASE WHEN in_time IS NULL THEN 1 ELSE 0 END), AVG(hours)"
                    + " FROM procedure_ended WHERE month >= ? AND month <= ?"
                    + " GROUP BY month, office, procedure_id"
                    + " ORDER BY month DESC, office, procedure_id",
                from,
                to));
  }

  /**
   * What is counted of a file: one that was never filed counts nowhere.
   *
   * @param officer empty where nobody has taken it
   * @param day on which it falls due, from 1970-01-01 by UTC
   */
  record Kind(String office, String state, String officer, long day) {
    /** Of a file that falls due then, in milliseconds. */
    static @Nullable Kind of(CaseFile file, long due) {
      String officer = CaseTables.officer(file);
      return file.filing() == null
          ? null
          : new Kind(
              file.getFiling().terms().office(),
              file.state().wireName(),
              officer == null ? "" : officer,
              Math.floorDiv(due, DAY_MILLIS));
    }
  }

  /** A file was of one kind and is of another; null where it was or is of none. */
  static void move(Connection connection, @Nullable Kind from, @Nullable Kind to)
      throws SQLException {
    if (Objects.equals(from, to)) {
      return;
    }
    // Always in one order: two that move files in opposite directions must not wait for each other.
    if (from == null || to != null && to.toString().compareTo(from.toString()) < 0) {
      add(connection, to, 1);
      add(connection, from, -1);
    } else {
      add(connection, from, -1);
      add(connection, to, 1);
    }
  }

  private static void add(Connection connection, @Nullable Kind kind, int files)
      throws SQLException {
    if (kind == null) {
      return;
    }
    Sql.update(
        connection,
        "INSERT INTO procedure_tally (office, state, officer, day, files) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT (office, state, officer, day)"
            + " DO UPDATE SET files = procedure_tally.files + excluded.files",
        kind.office,
        kind.state,
        kind.officer,
        kind.day,
        files);
    if (files < 0) {
      // Days pass, and what fell due on them must not be summed for ever.
      Sql.update(
          connection,
          "DELETE FROM procedure_tally"
              + " WHERE office = ? AND state = ? AND officer = ? AND day = ? AND files = 0",
          kind.office,
          kind.state,
          kind.officer,
          kind.day);
    }
  }

  /** What lies before each officer of an office, the fullest desk first. */
  List<Load> workload(String office, Instant now) {
    long today = Math.floorDiv(now.toEpochMilli(), DAY_MILLIS);
    Map<String, Long> sinceMidnight = new HashMap<>();
    return database.read(
        connection -> {
          Sql.each(
              connection,
              row -> sinceMidnight.put(row.getString(1), row.getLong(2)),
              "SELECT COALESCE(officer, ''), COUNT(*) FROM procedure_case WHERE office = ?"
                  + " AND is_open = 1 AND due >= ? AND due <= ? GROUP BY COALESCE(officer, '')",
              office,
              today * DAY_MILLIS,
              now.toEpochMilli());
          return Sql.list(
              connection,
              row -> {
                String officer = row.getString(1);
                return new Load(
                    officer.isEmpty() ? null : officer,
                    row.getLong(2),
                    row.getLong(3) + sinceMidnight.getOrDefault(officer, 0L));
              },
              "SELECT officer, SUM(files), SUM(CASE WHEN day < ? THEN files ELSE 0 END)"
                  + " FROM procedure_tally WHERE office = ? AND state IN"
                  + " ('filed', 'under-review', 'prevented', 'fulfilled')"
                  + " GROUP BY officer HAVING SUM(files) > 0 ORDER BY 2 DESC, 1",
              today,
              office);
        });
  }
}
