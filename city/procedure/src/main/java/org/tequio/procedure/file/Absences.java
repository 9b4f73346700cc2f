package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tequio.feature.LocalText;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * Which officers are absent, and who stands in for them. Nothing is switched when an absence begins
 * or ends: each question is asked for a day. Where the stand-in is absent too, it is theirs who
 * acts. Every change is in the audit log. Thread-safe.
 */
final class Absences {
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE procedure_absence (number BIGINT PRIMARY KEY, office TEXT NOT NULL,"
                      + " officer TEXT NOT NULL, stand_in TEXT NOT NULL, first_day TEXT NOT NULL,"
                      + " last_day TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL)",
                  "CREATE INDEX procedure_absence_office"
                      + " ON procedure_absence (office, last_day)")));
  private static final String COLUMNS =
      "SELECT number, office, officer, stand_in, first_day, last_day, author, at"
          + " FROM procedure_absence";

  private final Database database;
  private final AuditLog audit;

  /** Creates or upgrades the table. */
  Absences(Database database, AuditLog audit) {
    this.database = database;
    this.audit = audit;
    database.migrate("procedure_absence", MIGRATIONS);
  }

  /**
   * An officer is away.
   *
   * @param number of all absences of the city
   * @param officer the account
   * @param standIn the account of whoever acts for them
   * @param from the first day
   * @param until the last day
   * @param author who entered it
   */
  record Absence(
      long number,
      String office,
      String officer,
      String standIn,
      LocalDate from,
      LocalDate until,
      String author,
      Instant at) {
    boolean touches(LocalDate first, LocalDate last) {
      return !from.isAfter(last) && !until.isBefore(first);
    }
  }

  /** Those of an office that are not over on a day, the earliest first. */
  List<Absence> list(String office, LocalDate day) {
    return database.read(connection -> list(connection, office, day));
  }

  private static List<Absence> list(Connection connection, String office, LocalDate day)
      throws SQLException {
    return Sql.list(
        connection,
        Absences::absence,
        COLUMNS + " WHERE office = ? AND last_day >= ? ORDER BY first_day, number",
        office,
        day.toString());
  }

  private static Absence absence(ResultSet row) throws SQLException {
    return new Absence(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        LocalDate.parse(row.getString(5)),
        LocalDate.parse(row.getString(6)),
        row.getString(7),
        Instant.parse(row.getString(8)));
  }

  /**
   * Enters one.
   *
   * @throws CaseRefused where the officer is absent then already, or the stand-in would be stood in
   *     for by the officer
   */
  Absence add(
      String office,
      String officer,
      String standIn,
      LocalDate from,
      LocalDate until,
      String author,
      Instant now) {
    Absence added =
        database.write(
            connection -> {
              List<Absence> then =
                  list(connection, office, from).stream()
                      .filter(one -> one.touches(from, until))
                      .toList();
              if (then.stream().anyMatch(one -> one.officer.equals(officer))) {
                throw new CaseRefused(
                    "absent-already",
                    new LocalText(
                        "esa persona ya está ausente en esos días",
                        "essa pessoa já está ausente nesses dias",
                        "that person is absent on those days already"));
              }
              if (standIn.equals(officer) || leads(then, standIn, officer)) {
                throw new CaseRefused(
                    "absence-circle",
                    new LocalText(
                        "quien suple también está ausente, y lo suple la misma persona",
                        "quem substitui também está ausente, e a mesma pessoa o substitui",
                        "the stand-in is absent too, and is stood in for by the same person"));
              }
              long number =
                  Sql.number(
                      connection, "SELECT COALESCE(MAX(number), 0) + 1 FROM procedure_absence");
              Sql.update(
                  connection,
                  "INSERT INTO procedure_absence"
                      + " (number, office, officer, stand_in, first_day, last_day, author, at)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                  number,
                  office,
                  officer,
                  standIn,
                  from.toString(),
                  until.toString(),
                  author,
                  now.toString());
              return new Absence(number, office, officer, standIn, from, until, author, now);
            });
    audit.append(author, "absence-add", said(added));
    return added;
  }

  // Over all days of the period together: careful rather than clever.
  private static boolean leads(List<Absence> absences, String from, String to) {
    Set<String> seen = new HashSet<>(Set.of(from));
    boolean more = true;
    while (more) {
      more = false;
      for (Absence one : absences) {
        more |= seen.contains(one.officer) && seen.add(one.standIn);
      }
    }
    return seen.contains(to);
  }

  /** One of them. */
  Optional<Absence> find(long number) {
    return database.read(
        connection ->
            Sql.first(connection, Absences::absence, COLUMNS + " WHERE number = ?", number));
  }

  /** Ends one before its time: the officer is back on this day. */
  void end(Absence absence, LocalDate back, String author) {
    database.write(
        connection ->
            back.isAfter(absence.from)
                ? Sql.update(
                    connection,
                    "UPDATE procedure_absence SET last_day = ? WHERE number = ? AND last_day > ?",
                    back.minusDays(1).toString(),
                    absence.number,
                    back.minusDays(1).toString())
                : Sql.update(
                    connection, "DELETE FROM procedure_absence WHERE number = ?", absence.number));
    audit.append(author, "absence-end", said(absence) + ", back on " + back);
  }

  private static String said(Absence one) {
    return "absence %d in %s of %s, stand-in %s, from %s to %s"
        .formatted(one.number, one.office, one.officer, one.standIn, one.from, one.until);
  }

  // ---- who acts for whom

  /** Who acts on a day for an officer who is absent; nothing where they are there. */
  Optional<String> standIn(String office, String officer, LocalDate day) {
    return database.read(connection -> standIn(connection, office, officer, day));
  }

  static Optional<String> standIn(
      Connection connection, String office, String officer, LocalDate day) throws SQLException {
    return Optional.ofNullable(acting(connection, office, day).get(officer));
  }

  /** The officers for whom somebody acts on a day. */
  Set<String> coveredBy(String office, String account, LocalDate day) {
    Set<String> covered = new TreeSet<>();
    database
        .read(connection -> acting(connection, office, day))
        .forEach(
            (officer, standIn) -> {
              if (standIn.equals(account)) {
                covered.add(officer);
              }
            });
    return covered;
  }

  // By those absent: the first on the way from stand-in to stand-in who is there.
  private static Map<String, String> acting(Connection connection, String office, LocalDate day)
      throws SQLException {
    Map<String, String> next = new HashMap<>();
    for (Absence one : list(connection, office, day)) {
      if (one.touches(day, day)) {
        next.put(one.officer, one.standIn);
      }
    }
    Map<String, String> acting = new HashMap<>();
    for (String officer : next.keySet()) {
      String at = officer;
      for (int steps = 0; steps < next.size() && next.containsKey(at); steps++) {
        at = next.getOrDefault(at, at);
      }
      acting.put(officer, at);
    }
    return acting;
  }
}
