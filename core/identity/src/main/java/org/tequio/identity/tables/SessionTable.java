package org.tequio.identity.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** Sessions: who has signed in where. Only the hash of a session's token is kept. */
public final class SessionTable {
  static final Migration MIGRATION =
      new Migration(
          2,
          List.of(
              "CREATE TABLE identity_session (id TEXT PRIMARY KEY, hash TEXT NOT NULL,"
                  + " account TEXT NOT NULL, agent TEXT NOT NULL, created TEXT NOT NULL,"
                  + " seen TEXT NOT NULL)",
              "CREATE UNIQUE INDEX identity_session_hash ON identity_session (hash)",
              "CREATE INDEX identity_session_account ON identity_session (account)",
              "CREATE TABLE identity_token (hash TEXT PRIMARY KEY, kind TEXT NOT NULL,"
                  + " subject TEXT NOT NULL, payload TEXT NOT NULL, expires TEXT NOT NULL)",
              "CREATE INDEX identity_token_subject ON identity_token (kind, subject)"));

  private static final String COLUMNS =
      "SELECT id, hash, account, agent, created, seen FROM identity_session ";

  private final Database database;

  /**
   * A session.
   *
   * @param id by which its owner may end it
   * @param hash of its token
   * @param account whose
   * @param agent what the browser called itself
   * @param created when it began
   * @param seen when it was last used, to some minutes
   */
  public record Session(
      String id, String hash, String account, String agent, Instant created, Instant seen) {}

  /** Reads and writes the table of a city. */
  public SessionTable(Database database) {
    this.database = database;
  }

  /** The session of a token's hash. */
  public Optional<Session> find(String hash) {
    return database.read(
        connection -> Sql.first(connection, SessionTable::row, COLUMNS + "WHERE hash = ?", hash));
  }

  /** Those of an account, the last used first. */
  public List<Session> list(String account) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                SessionTable::row,
                COLUMNS + "WHERE account = ? ORDER BY seen DESC, id",
                account));
  }

  /** Adds one. */
  public void insert(Connection connection, Session session) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO identity_session (id, hash, account, agent, created, seen)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        session.id(),
        session.hash(),
        session.account(),
        session.agent(),
        session.created().toString(),
        session.seen().toString());
  }

  /** Notes that one was used. */
  public void touch(String id, Instant instant) {
    database.write(
        connection ->
            Sql.update(
                connection,
                "UPDATE identity_session SET seen = ? WHERE id = ?",
                instant.toString(),
                id));
  }

  /** Ends one of an account's; false where there is none of this id. */
  public boolean delete(String account, String id) {
    return database.write(
            connection ->
                Sql.update(
                    connection,
                    "DELETE FROM identity_session WHERE account = ? AND id = ?",
                    account,
                    id))
        > 0;
  }

  /** Ends all of an account's but one. */
  public void deleteOthers(Connection connection, String account, String keptHash)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM identity_session WHERE account = ? AND hash <> ?",
        account,
        keptHash);
  }

  /** Removes what nobody can use any more. */
  public void deleteUnusedSince(Instant seen, Instant created) {
    database.write(
        connection ->
            Sql.update(
                connection,
                "DELETE FROM identity_session WHERE seen < ? OR created < ?",
                seen.toString(),
                created.toString()));
  }

  private static Session row(ResultSet row) throws SQLException {
    return new Session(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Instant.parse(row.getString(5)),
        Instant.parse(row.getString(6)));
  }
}
