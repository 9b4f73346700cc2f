package org.tequio.identity.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/**
 * One-time links: only the hash of what stands in the link is kept, and using it removes it. The
 * table is made by {@link SessionTable}'s migration.
 */
public final class TokenTable {
  private final Database database;

  /** What a link is for. */
  public enum Kind {
    /** Opens the account that somebody asked for. */
    CONFIRM("confirm"),
    /** Sets a new password. */
    RESET("reset"),
    /** Answers whether a program may act for somebody. */
    CONSENT("consent"),
    /** Makes the first administrator. */
    WELCOME("welcome");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }
  }

  /**
   * What a link stood for.
   *
   * @param subject whose: an account or an address
   * @param payload what else was kept with it
   */
  public record Taken(String subject, String payload) {}

  /** Reads and writes the table of a city. */
  public TokenTable(Database database) {
    this.database = database;
  }

  /** Keeps a link; those of the same kind and subject lose their force. */
  public void put(
      Connection connection,
      Kind kind,
      String hash,
      String subject,
      String payload,
      Instant expires)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM identity_token WHERE kind = ? AND subject = ?",
        kind.wireName,
        subject);
    Sql.update(
        connection,
        "INSERT INTO identity_token (hash, kind, subject, payload, expires)"
            + " VALUES (?, ?, ?, ?, ?)",
        hash,
        kind.wireName,
        subject,
        payload,
        expires.toString());
  }

  /** Uses a link up; empty where there is none, or it has expired. */
  public Optional<Taken> take(Connection connection, Kind kind, String hash, Instant now)
      throws SQLException {
    Optional<Taken> taken =
        Sql.first(
            connection,
            row -> new Taken(row.getString(1), row.getString(2)),
            "SELECT subject, payload FROM identity_token WHERE hash = ? AND kind = ?"
                + " AND expires > ?",
            hash,
            kind.wireName,
            now.toString());
    if (taken.isPresent()) {
      Sql.update(connection, "DELETE FROM identity_token WHERE hash = ?", hash);
    }
    return taken;
  }

  /** Takes the force of all links of a subject. */
  public void deleteOf(Connection connection, String subject) throws SQLException {
    Sql.update(connection, "DELETE FROM identity_token WHERE subject = ?", subject);
  }

  /** Removes what has expired. */
  public void deleteExpired(Instant now) {
    database.write(
        connection ->
            Sql.update(connection, "DELETE FROM identity_token WHERE expires < ?", now.toString()));
  }
}
