package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.LonLat;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * By what service requests are found: where, when and what for, and who reported them. What is so
 * of one stands in its case file; this follows it in the same transactions. Thread-safe.
 */
public final class RequestTables {
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE procedure_request (case_id TEXT PRIMARY KEY,"
                      + " service TEXT NOT NULL, requested BIGINT NOT NULL,"
                      + " updated BIGINT NOT NULL, is_open INTEGER NOT NULL,"
                      + " longitude DOUBLE PRECISION NOT NULL, latitude DOUBLE PRECISION NOT NULL,"
                      + " address TEXT NOT NULL, address_id TEXT NOT NULL, thing TEXT NOT NULL,"
                      + " reports INTEGER NOT NULL)",
                  "CREATE INDEX procedure_request_when ON procedure_request (requested, case_id)",
                  "CREATE INDEX procedure_request_news ON procedure_request (updated, case_id)",
                  "CREATE INDEX procedure_request_near"
                      + " ON procedure_request (service, is_open, latitude)",
                  "CREATE TABLE procedure_report (case_id TEXT NOT NULL, number INTEGER NOT NULL,"
                      + " account TEXT NOT NULL, at BIGINT NOT NULL, text TEXT NOT NULL,"
                      + " contact TEXT NOT NULL, PRIMARY KEY (case_id, number))",
                  "CREATE INDEX procedure_report_account ON procedure_report (account)",
                  // Everybody without an account files as the same applicant.
                  "CREATE INDEX procedure_case_twin ON procedure_case (applicant, content)")));

  private static final String COLUMNS =
      "SELECT c.document, r.updated, r.longitude, r.latitude, r.address, r.address_id, r.thing,"
          + " r.reports FROM ";

  private static final String JOINED =
      COLUMNS + "procedure_request r JOIN procedure_case c ON c.id = r.case_id ";

  private final Database database;

  /** Creates or upgrades the tables. */
  RequestTables(Database database) {
    this.database = database;
    database.migrate("procedure_request", MIGRATIONS);
  }

  /**
   * A service request.
   *
   * @param file its case file
   * @param updated when it last changed
   * @param place where it is
   * @param address in words; empty where nobody said
   * @param addressId of the city's own addresses; empty likewise
   * @param thing the number that the thing bears; empty likewise
   * @param reports how many people reported it
   */
  public record Request(
      CaseFile file,
      Instant updated,
      LonLat place,
      String address,
      String addressId,
      String thing,
      int reports) {
    /** Its number. */
    public String folio() {
      return file.getFiling().folio();
    }
  }

  /**
   * Which are asked for. Bounds are null where there is none.
   *
   * @param services procedures; empty for all
   * @param from filed then or later
   * @param to filed then or before
   * @param updatedFrom changed then or later
   * @param updatedTo changed then or before
   * @param open only open ones, or only ended ones
   * @param box west, south, east, north in degrees
   */
  public record Query(
      Set<String> services,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Instant updatedFrom,
      @Nullable Instant updatedTo,
      @Nullable Boolean open,
      @Nullable List<Double> box) {
    /** Copies the services. */
    public Query {
      services = Set.copyOf(services);
    }
  }

  /**
   * Somebody's report of what was perhaps reported before.
   *
   * @param number 1 for the first of a file
   * @param account of whoever did
   * @param text in their words; the first one's are among the answers of the file
   * @param contact how to reach them; personal
   */
  public record Report(
      int number, String account, Instant at, String text, Map<String, String> contact) {}

  // ---- writing

  /** Keeps what a filed service request is found by. */
  static void insert(Connection connection, CaseFile file, Instant at) throws SQLException {
    LonLat place = LonLat.of(file.inputs());
    if (place == null) {
      return;
    }
    Sql.update(
        connection,
        "INSERT INTO procedure_request (case_id, service, requested, updated, is_open, longitude,"
            + " latitude, address, address_id, thing, reports)"
            + " VALUES (?, ?, ?, ?, 1, ?, ?, '', '', '', 1)",
        file.id(),
        file.procedure(),
        file.getFiling().at().toEpochMilli(),
        at.toEpochMilli(),
        place.longitude(),
        place.latitude());
  }

  /** Says of a service request what its report said beside the answers. */
  static void describe(Connection connection, String id, ServiceReport report) throws SQLException {
    Sql.update(
        connection,
        "UPDATE procedure_request SET address = ?, address_id = ?, thing = ? WHERE case_id = ?",
        report.address(),
        report.addressId(),
        report.thing(),
        id);
  }

  /** Follows a step of its file. */
  static void follow(Connection connection, CaseFile file, Instant at) throws SQLException {
    Sql.update(
        connection,
        "UPDATE procedure_request SET updated = ?, is_open = ? WHERE case_id = ?",
        at.toEpochMilli(),
        file.state() instanceof CaseState.Open ? 1 : 0,
        file.id());
  }

  /** Keeps who reported; false where this account had already. */
  static boolean addReport(
      Connection connection,
      String id,
      String account,
      Instant at,
      String text,
      Map<String, String> contact)
      throws SQLException {
    boolean isKnown =
        !account.equals(ServiceReport.ANYONE)
            && Sql.number(
                    connection,
                    "SELECT COUNT(*) FROM procedure_report WHERE case_id = ? AND account = ?",
                    id,
                    account)
                > 0;
    long last =
        Sql.number(connection, "SELECT MAX(number) FROM procedure_report WHERE case_id = ?", id);
    Sql.update(
        connection,
        "INSERT INTO procedure_report (case_id, number, account, at, text, contact)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        id,
        last + 1,
        account,
        at.toEpochMilli(),
        text,
        CaseJson.write(contact));
    if (isKnown) {
      return false;
    }
    Sql.update(
        connection,
        "UPDATE procedure_request SET reports = reports + ?, updated = ? WHERE case_id = ?",
        last == 0 ? 0 : 1,
        at.toEpochMilli(),
        id);
    return true;
  }

  /** Erases who reported, and what they said, of one account. */
  static void erase(Connection connection, String account) throws SQLException {
    Sql.update(
        connection,
        "UPDATE procedure_report SET account = ?, text = '', contact = '{}' WHERE account = ?",
        ServiceReport.ANYONE,
        account);
  }

  /** Erases what people said who reported one file. */
  static void eraseWords(Connection connection, String id) throws SQLException {
    Sql.update(
        connection, "UPDATE procedure_report SET text = '', contact = '{}' WHERE case_id = ?", id);
  }

  /** Erases who they were. */
  static void eraseAccounts(Connection connection, String id) throws SQLException {
    Sql.update(
        connection,
        "UPDATE procedure_report SET account = ?, contact = '{}' WHERE case_id = ?",
        ServiceReport.ANYONE,
        id);
  }

  /** Erases how to reach those who reported what has long been closed. */
  static void forgetContacts(Connection connection, Instant closedBefore) throws SQLException {
    Sql.update(
        connection,
        "UPDATE procedure_report SET contact = '{}' WHERE contact <> '{}' AND case_id IN"
            + " (SELECT case_id FROM procedure_request WHERE is_open = 0 AND updated < ?)",
        closedBefore.toEpochMilli());
  }

  // ---- reading

  /** Those asked for, the newest first. */
  public List<Request> list(Query query, int limit, long offset) {
    List<Object> values = new ArrayList<>();
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    if (!query.services.isEmpty()) {
      where
          .append(" AND service IN (")
          .append(String.join(", ", Collections.nCopies(query.services.size(), "?")))
          .append(')');
      values.addAll(query.services);
    }
    bound(where, values, " AND requested >= ?", query.from);
    bound(where, values, " AND requested <= ?", query.to);
    bound(where, values, " AND updated >= ?", query.updatedFrom);
    bound(where, values, " AND updated <= ?", query.updatedTo);
    if (query.open != null) {
      where.append(" AND is_open = ?");
      values.add(query.open ? 1 : 0);
    }
    if (query.box != null) {
      where.append(" AND longitude >= ? AND latitude >= ? AND longitude <= ? AND latitude <= ?");
      values.addAll(query.box);
    }
    boolean byNews = query.updatedFrom != null || query.updatedTo != null;
    String order = byNews ? " ORDER BY %supdated DESC, " : " ORDER BY %srequested DESC, ";
    values.add(limit);
    values.add(offset);
    // What the page skips is skipped in the index, and not in the files.
    String sql =
        COLUMNS
            + "(SELECT * FROM procedure_request"
            + where
            + order.formatted("")
            + "case_id DESC LIMIT ? OFFSET ?) r JOIN procedure_case c ON c.id = r.case_id"
            + order.formatted("r.")
            + "r.case_id DESC";
    return database.read(
        connection -> Sql.list(connection, RequestTables::request, sql, values.toArray()));
  }

  private static void bound(
      StringBuilder sql, List<Object> values, String condition, @Nullable Instant at) {
    if (at != null) {
      sql.append(condition);
      values.add(at.toEpochMilli());
    }
  }

  private static Request request(ResultSet row) throws SQLException {
    return new Request(
        CaseJson.read(row.getString(1)),
        Instant.ofEpochMilli(row.getLong(2)),
        new LonLat(row.getDouble(3), row.getDouble(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getInt(8));
  }

  /** One by its number. */
  public Optional<Request> find(String folio) {
    return database.read(
        connection ->
            Sql.first(connection, RequestTables::request, JOINED + "WHERE c.folio = ?", folio));
  }

  /** One by the identifier of its file, which only those know who filed it. */
  public Optional<Request> findByCase(String id) {
    return database.read(
        connection ->
            Sql.first(connection, RequestTables::request, JOINED + "WHERE r.case_id = ?", id));
  }

  /** The open ones of a service within a distance, the nearest first. */
  public List<Request> near(String service, LonLat place, double meters, int limit) {
    return database.read(connection -> near(connection, service, place, meters)).stream()
        .limit(limit)
        .toList();
  }

  static List<Request> near(Connection connection, String service, LonLat place, double meters)
      throws SQLException {
    double north = LonLat.degreesOf(meters);
    double east = place.longitudesOf(meters);
    List<Request> found =
        Sql.list(
            connection,
            RequestTables::request,
            JOINED
                + "WHERE r.service = ? AND r.is_open = 1 AND r.latitude BETWEEN ? AND ?"
                + " AND r.longitude BETWEEN ? AND ?",
            service,
            place.latitude() - north,
            place.latitude() + north,
            place.longitude() - east,
            place.longitude() + east);
    return found.stream()
        .filter(one -> one.place.metersTo(place) <= meters)
        .sorted(java.util.Comparator.comparingDouble(one -> one.place.metersTo(place)))
        .toList();
  }

  /**
   * A step of a request.
   *
   * @param folio of which
   */
  public record Step(String folio, CaseStep step) {}

  /** The steps of these kinds that were taken in a time, the newest first. */
  public List<Step> steps(Instant from, Instant to, Set<Verb> verbs, int limit) {
    List<Object> values = new ArrayList<>(List.of(from.toEpochMilli()));
    values.addAll(verbs.stream().map(Verb::name).toList());
    values.addAll(List.of(from.toString(), to.toString(), limit));
    // What was taken in that time has changed since it began: the index of changes finds it.
    String sql =
        "SELECT s.number, s.case_id, s.version, s.at, s.since, s.actor, s.verb, s.note, s.behalf,"
            + " c.folio FROM procedure_request r JOIN procedure_step s ON s.case_id = r.case_id"
            + " JOIN procedure_case c ON c.id = r.case_id WHERE r.updated >= ? AND s.verb IN ("
            + String.join(", ", Collections.nCopies(verbs.size(), "?"))
            + ") AND s.at >= ? AND s.at <= ? ORDER BY s.number DESC LIMIT ?";
    return database.read(
        connection ->
            Sql.list(
                connection,
                row -> new Step(row.getString(10), CaseTables.step(row)),
                sql,
                values.toArray()));
  }

  /** Who reported one, the first before others. */
  public List<Report> reports(String id) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                RequestTables::report,
                "SELECT number, account, at, text, contact FROM procedure_report"
                    + " WHERE case_id = ? ORDER BY number",
                id));
  }

  /** What one account reported. */
  List<Report> reportsBy(String account) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                RequestTables::report,
                "SELECT number, account, at, text, contact FROM procedure_report"
                    + " WHERE account = ? ORDER BY at",
                account));
  }

  private static Report report(ResultSet row) throws SQLException {
    return new Report(
        row.getInt(1),
        row.getString(2),
        Instant.ofEpochMilli(row.getLong(3)),
        row.getString(4),
        CaseJson.texts(row.getString(5)));
  }
}
