package org.tequio.identity.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import org.tequio.identity.Person;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** Accounts and the roles that they hold. What takes a connection is part of a write. */
public final class AccountTable {
  private static final String COLUMNS =
      "SELECT a.id, a.name, a.email, a.language, a.mail, a.password, a.blocked, a.created, a.seen"
          + " FROM identity_account a ";

  private final Database database;

  /** Reads and writes the tables of a city. */
  public AccountTable(Database database) {
    this.database = database;
  }

  /** One account. */
  public Optional<AccountRow> find(String id) {
    return database.read(connection -> find(connection, id));
  }

  /** One account, inside a transaction. */
  public Optional<AccountRow> find(Connection connection, String id) throws SQLException {
    return Sql.first(connection, AccountTable::row, COLUMNS + "WHERE a.id = ?", id);
  }

  /** The account of an address. */
  public Optional<AccountRow> findByEmail(String email) {
    return database.read(connection -> findByEmail(connection, email));
  }

  /** The account of an address, inside a transaction. */
  public Optional<AccountRow> findByEmail(Connection connection, String email) throws SQLException {
    return Sql.first(connection, AccountTable::row, COLUMNS + "WHERE a.email = ?", email);
  }

  /** The account of whoever a provider knows. */
  public Optional<AccountRow> findLinked(Connection connection, String issuer, String subject)
      throws SQLException {
    return Sql.first(
        connection,
        AccountTable::row,
        COLUMNS + "JOIN identity_link l ON l.account = a.id WHERE l.issuer = ? AND l.subject = ?",
        issuer,
        subject);
  }

  /** Remembers as whom a provider knows an account. */
  public void link(Connection connection, String issuer, String subject, String account)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO identity_link (issuer, subject, account) VALUES (?, ?, ?)",
        issuer,
        subject,
        account);
  }

  /** A person with the roles held. */
  public Optional<Person> findPerson(String id) {
    return database.read(
        connection -> {
          Optional<AccountRow> row = find(connection, id);
          return row.isEmpty()
              ? Optional.<Person>empty()
              : Optional.of(row.get().person(holdings(connection, id)));
        });
  }

  /** The roles that an account holds. */
  public List<Caller.Holding> holdings(Connection connection, String account) throws SQLException {
    return Sql.list(
        connection,
        row -> {
          String organisation = row.getString(2);
          return new Caller.Holding(row.getString(1), organisation.isEmpty() ? null : organisation);
        },
        "SELECT role, organisation FROM identity_holding WHERE account = ?"
            + " ORDER BY role, organisation",
        account);
  }

  /** Who holds a role, without the blocked. */
  public List<Person> listHolders(String role, @Nullable String organisation) {
    return database.read(
        connection -> {
          String sql =
              COLUMNS
                  + "WHERE a.blocked = 0 AND EXISTS (SELECT 1 FROM identity_holding h"
                  + " WHERE h.account = a.id AND h.role = ?"
                  + (organisation == null ? "" : " AND h.organisation = ?")
                  + ") ORDER BY a.folded, a.id";
          List<AccountRow> rows =
              organisation == null
                  ? Sql.list(connection, AccountTable::row, sql, role)
                  : Sql.list(connection, AccountTable::row, sql, role, organisation);
          return people(connection, rows);
        });
  }

  private List<Person> people(Connection connection, List<AccountRow> rows) throws SQLException {
    List<Person> people = new ArrayList<>();
    for (AccountRow row : rows) {
      people.add(row.person(holdings(connection, row.id())));
    }
    return people;
  }

  /** True where somebody who can sign in holds a role. */
  public boolean isHeld(Connection connection, String role) throws SQLException {
    return Sql.number(
            connection,
            "SELECT COUNT(*) FROM identity_holding h JOIN identity_account a ON a.id = h.account"
                + " WHERE h.role = ? AND a.blocked = 0",
            role)
        > 0;
  }

  /** How many people hold something for each organisation asked for. */
  public long countOf(Connection connection, String organisation) throws SQLException {
    return Sql.number(
        connection,
        "SELECT COUNT(DISTINCT account) FROM identity_holding WHERE organisation = ?",
        organisation);
  }

  /**
   * Accounts by name.
   *
   * @param words part of a name or address; empty for all
   * @param after the account to go on after; null from the first
   */
  public List<AccountRow> search(String words, @Nullable String after, int limit) {
    return database.read(
        connection -> {
          String like = "%" + AccountRow.folded(words).replaceAll("([%_!])", "!$1") + "%";
          String from =
              after == null ? "" : find(connection, after).map(AccountRow::folded).orElse("");
          return Sql.list(
              connection,
              AccountTable::row,
              COLUMNS
                  + "WHERE (a.folded LIKE ? ESCAPE '!' OR a.email LIKE ? ESCAPE '!')"
                  + " AND (a.folded > ? OR a.folded = ? AND a.id > ?)"
                  + " ORDER BY a.folded, a.id LIMIT ?",
              like,
              like,
              from,
              from,
              after == null ? "" : after,
              limit);
        });
  }

  /** Adds an account. */
  public void insert(Connection connection, AccountRow row) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO identity_account (id, name, folded, email, language, mail, password, blocked,"
            + " created, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.id(),
        row.name(),
        row.folded(),
        row.email(),
        row.language().tag(),
        row.mail() ? 1 : 0,
        row.password(),
        row.blocked() ? 1 : 0,
        row.created().toString(),
        row.seen() == null ? null : row.seen().toString());
  }

  /** Keeps what a person changed of their account. */
  public void describe(Connection connection, AccountRow row) throws SQLException {
    Sql.update(
        connection,
        "UPDATE identity_account SET name = ?, folded = ?, language = ?, mail = ? WHERE id = ?",
        row.name(),
        row.folded(),
        row.language().tag(),
        row.mail() ? 1 : 0,
        row.id());
  }

  /** Gives an account another password. */
  public void setPassword(Connection connection, String account, String hash) throws SQLException {
    Sql.update(connection, "UPDATE identity_account SET password = ? WHERE id = ?", hash, account);
  }

  /** Blocks an account, or lets it in again. */
  public void setBlocked(Connection connection, String account, boolean blocked)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE identity_account SET blocked = ? WHERE id = ?",
        blocked ? 1 : 0,
        account);
  }

  /** Notes that an account was used. */
  public void setSeen(Connection connection, String account, Instant instant) throws SQLException {
    Sql.update(
        connection,
        "UPDATE identity_account SET seen = ? WHERE id = ?",
        instant.toString(),
        account);
  }

  /** Gives an account these roles and no others. */
  public void setHoldings(Connection connection, String account, List<Caller.Holding> holdings)
      throws SQLException {
    Sql.update(connection, "DELETE FROM identity_holding WHERE account = ?", account);
    for (Caller.Holding holding : holdings) {
      Sql.update(
          connection,
          "INSERT INTO identity_holding (account, role, organisation) VALUES (?, ?, ?)",
          account,
          holding.role(),
          holding.organisation() == null ? "" : holding.organisation());
    }
  }

  private static AccountRow row(ResultSet row) throws SQLException {
    String seen = row.getString(9);
    return new AccountRow(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Language.of(row.getString(4)),
        row.getInt(5) != 0,
        row.getString(6),
        row.getInt(7) != 0,
        Instant.parse(row.getString(8)),
        seen == null ? null : Instant.parse(seen));
  }
}
