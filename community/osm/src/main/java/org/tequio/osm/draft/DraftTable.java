package org.tequio.osm.draft;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tequio.http.Coding;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** The drafts of a city, packed by gzip. Thread-safe. */
final class DraftTable {
  static final String MODULE = "osm-draft";
  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE osm_draft (account TEXT NOT NULL, id TEXT NOT NULL,"
                      + " saved TEXT NOT NULL, changes INTEGER NOT NULL, bytes INTEGER NOT NULL,"
                      + " comment TEXT NOT NULL, task TEXT, content BYTEA NOT NULL,"
                      + " PRIMARY KEY (account, id))",
                  "CREATE INDEX osm_draft_saved ON osm_draft (saved)")));

  private static final String FACTS =
      "SELECT id, saved, changes, bytes, comment, task FROM osm_draft ";

  private final Database database;

  DraftTable(Database database) {
    this.database = database;
    database.migrate(MODULE, MIGRATIONS);
  }

  /**
   * Keeps a draft in place of an earlier state of it; when it returns true, it is durable.
   *
   * @param most how many drafts of an account there may be
   * @return false where the account has that many others, and nothing was kept
   */
  boolean put(String account, Draft draft, byte[] document, int most) {
    byte[] packed = Coding.GZIP.pack(document, document.length);
    return database.write(
        connection -> {
          long others =
              Sql.number(
                  connection,
                  "SELECT COUNT(*) FROM osm_draft WHERE account = ? AND id <> ?",
                  account,
                  draft.id());
          if (others >= most) {
            return false;
          }
          delete(connection, account, draft.id());
          Sql.update(
              connection,
              "INSERT INTO osm_draft (account, id, saved, changes, bytes, comment, task, content)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              account,
              draft.id(),
              draft.saved().toString(),
              draft.changes(),
              draft.bytes(),
              draft.comment(),
              draft.task(),
              packed);
          return true;
        });
  }

  /** An account's drafts, the newest first. */
  List<Draft> list(String account) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                DraftTable::draft,
                FACTS + "WHERE account = ? ORDER BY saved DESC, id",
                account));
  }

  /** The document of a draft, packed by gzip; empty where the account has none of this id. */
  Optional<byte[]> find(String account, String id) {
    return database.read(
        connection ->
            Sql.first(
                connection,
                row -> row.getBytes(1),
                "SELECT content FROM osm_draft WHERE account = ? AND id = ?",
                account,
                id));
  }

  /** Removes a draft; false where the account has none of this id. */
  boolean delete(String account, String id) {
    return database.write(connection -> delete(connection, account, id));
  }

  private static boolean delete(Connection connection, String account, String id)
      throws SQLException {
    return Sql.update(connection, "DELETE FROM osm_draft WHERE account = ? AND id = ?", account, id)
        > 0;
  }

  /** Removes everything of an account. */
  static void erase(Connection connection, String account) throws SQLException {
    Sql.update(connection, "DELETE FROM osm_draft WHERE account = ?", account);
  }

  /** Removes what nobody has touched since an instant. */
  void deleteBefore(Instant instant) {
    database.write(
        connection ->
            Sql.update(connection, "DELETE FROM osm_draft WHERE saved < ?", instant.toString()));
  }

  private static Draft draft(ResultSet row) throws SQLException {
    return new Draft(
        row.getString(1),
        Instant.parse(row.getString(2)),
        row.getInt(3),
        row.getInt(4),
        row.getString(5),
        row.getString(6));
  }
}
