package org.tequio.procedure.paper;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the register of papers. Thread-safe. */
final class PaperTables {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE procedure_paper (code TEXT PRIMARY KEY, folio TEXT NOT NULL,"
                      + " asked TEXT NOT NULL, owner TEXT, case_id TEXT, sha256 TEXT NOT NULL,"
                      + " signer TEXT NOT NULL, issued TEXT NOT NULL, keep_until TEXT,"
                      + " told INTEGER NOT NULL, document TEXT NOT NULL, content TEXT)",
                  "CREATE UNIQUE INDEX procedure_paper_asked ON procedure_paper (asked)",
                  "CREATE INDEX procedure_paper_folio ON procedure_paper (folio)",
                  "CREATE INDEX procedure_paper_owner ON procedure_paper (owner, issued)",
                  "CREATE INDEX procedure_paper_case ON procedure_paper (case_id)",
                  "CREATE INDEX procedure_paper_sha256 ON procedure_paper (sha256)",
                  "CREATE INDEX procedure_paper_signer ON procedure_paper (signer)",
                  "CREATE INDEX procedure_paper_told ON procedure_paper (told)",
                  "CREATE INDEX procedure_paper_keep ON procedure_paper (keep_until)")));

  private final Database database;

  PaperTables(Database database) {
    this.database = database;
    database.migrate("procedure_paper", MIGRATIONS);
  }

  Database database() {
    return database;
  }

  /**
   * Enters a paper.
   *
   * @param asked the hash of what was asked, so that the same asked twice is one paper
   * @param keepUntil the day after which its bytes and what it says are let go; null for never
   */
  static void insert(
      Connection connection,
      Paper paper,
      String asked,
      @Nullable LocalDate keepUntil,
      PaperBody body)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO procedure_paper (code, folio, asked, owner, case_id, sha256, signer, issued,"
            + " keep_until, told, document, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        paper.face().code().value(),
        paper.face().folio(),
        asked,
        paper.owner(),
        paper.caseFile(),
        paper.sha256(),
        paper.face().signer().fingerprint(),
        paper.face().issued().toString(),
        keepUntil == null ? null : keepUntil.toString(),
        MAPPER.writeValueAsString(paper),
        MAPPER.writeValueAsString(body));
  }

  static void replace(Connection connection, Paper paper) throws SQLException {
    Sql.update(
        connection,
        "UPDATE procedure_paper SET document = ?, owner = ?, told = 0 WHERE code = ?",
        MAPPER.writeValueAsString(paper),
        paper.owner(),
        paper.face().code().value());
  }

  private static Paper paper(ResultSet row) throws SQLException {
    return MAPPER.readValue(row.getString(1), Paper.class);
  }

  Optional<Paper> find(PaperCode code) {
    return database.read(connection -> find(connection, code));
  }

  static Optional<Paper> find(Connection connection, PaperCode code) throws SQLException {
    return Sql.first(
        connection,
        PaperTables::paper,
        "SELECT document FROM procedure_paper WHERE code = ?",
        code.value());
  }

  static Optional<Paper> findAsked(Connection connection, String asked) throws SQLException {
    return Sql.first(
        connection,
        PaperTables::paper,
        "SELECT document FROM procedure_paper WHERE asked = ?",
        asked);
  }

  Optional<Paper> findAsked(String asked) {
    return database.read(connection -> findAsked(connection, asked));
  }

  Optional<Paper> findBySha256(String sha256) {
    return database.read(
        connection ->
            Sql.first(
                connection,
                PaperTables::paper,
                "SELECT document FROM procedure_paper WHERE sha256 = ?",
                sha256));
  }

  /** True where a paper was ever signed with the key of this certificate. */
  boolean knowsSigner(String fingerprint) {
    return database.read(
            connection ->
                Sql.number(
                    connection,
                    "SELECT COUNT(*) FROM (SELECT 1 FROM procedure_paper WHERE signer = ? LIMIT 1)"
                        + " AS known",
                    fingerprint))
        > 0;
  }

  /** Those under one folio, the newest first. */
  List<Paper> listByFolio(String folio) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                PaperTables::paper,
                "SELECT document FROM procedure_paper WHERE folio = ? ORDER BY issued DESC",
                folio));
  }

  /** Those of one file, the oldest first. */
  List<Paper> listOfCase(String caseFile) {
    return database.read(connection -> listOfCase(connection, caseFile));
  }

  static List<Paper> listOfCase(Connection connection, String caseFile) throws SQLException {
    return Sql.list(
        connection,
        PaperTables::paper,
        "SELECT document FROM procedure_paper WHERE case_id = ? ORDER BY issued",
        caseFile);
  }

  /** Those of one person, the newest first. */
  List<Paper> listOf(String owner, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                PaperTables::paper,
                "SELECT document FROM procedure_paper WHERE owner = ? ORDER BY issued DESC LIMIT ?",
                owner,
                limit));
  }

  /** What a paper says; nothing where that was let go. */
  Optional<PaperBody> body(PaperCode code) {
    return database
        .read(
            connection ->
                Sql.first(
                    connection,
                    row -> Optional.ofNullable(row.getString(1)),
                    "SELECT content FROM procedure_paper WHERE code = ?",
                    code.value()))
        .flatMap(text -> text)
        .map(text -> MAPPER.readValue(text, PaperBody.class));
  }

  /** Those of which the audit log does not know yet. */
  List<Paper> listUntold(int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                PaperTables::paper,
                "SELECT document FROM procedure_paper WHERE told = 0 ORDER BY issued LIMIT ?",
                limit));
  }

  void told(PaperCode code) {
    database.write(
        connection ->
            Sql.update(
                connection, "UPDATE procedure_paper SET told = 1 WHERE code = ?", code.value()));
  }

  /** Those that need not be kept after a day. */
  List<Paper> listOutlived(LocalDate today, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                PaperTables::paper,
                "SELECT document FROM procedure_paper WHERE keep_until < ?"
                    + " AND content IS NOT NULL LIMIT ?",
                today.toString(),
                limit));
  }

  /** Lets go of what a paper says; that it was issued stays. */
  static void forget(Connection connection, Paper paper) throws SQLException {
    Sql.update(
        connection,
        "UPDATE procedure_paper SET content = NULL, owner = NULL, document = ? WHERE code = ?",
        MAPPER.writeValueAsString(paper.afterwards()),
        paper.face().code().value());
  }
}
