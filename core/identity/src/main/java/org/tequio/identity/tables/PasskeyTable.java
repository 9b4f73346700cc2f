package org.tequio.identity.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** Passkeys: their public halves. The table is made by {@link ApplicationTable}'s migration. */
public final class PasskeyTable {
  private static final String COLUMNS =
      "SELECT id, account, label, credential, counter, created, used FROM identity_passkey ";

  private final Database database;

  /**
   * A passkey.
   *
   * @param id the credential's identifier, base64url
   * @param account whose
   * @param label what the person calls it
   * @param credential its attested credential data, base64url
   * @param counter how often it signed, where it counts
   * @param created when it was added
   * @param used when it last signed; null for never
   */
  public record Passkey(
      String id,
      String account,
      String label,
      String credential,
      long counter,
      Instant created,
      @Nullable Instant used) {}

  /** Reads and writes the table of a city. */
  public PasskeyTable(Database database) {
    this.database = database;
  }

  /** One passkey. */
  public Optional<Passkey> find(String id) {
    return database.read(
        connection -> Sql.first(connection, PasskeyTable::row, COLUMNS + "WHERE id = ?", id));
  }

  /** Those of an account. */
  public List<Passkey> list(String account) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                PasskeyTable::row,
                COLUMNS + "WHERE account = ? ORDER BY created, id",
                account));
  }

  /** Adds one; false where it is there already. */
  public boolean insert(Passkey passkey) {
    return database.write(connection -> insert(connection, passkey));
  }

  private static boolean insert(Connection connection, Passkey passkey) throws SQLException {
    if (Sql.number(connection, "SELECT COUNT(*) FROM identity_passkey WHERE id = ?", passkey.id())
        > 0) {
      return false;
    }
    Sql.update(
        connection,
        "INSERT INTO identity_passkey (id, account, label, credential, counter, created, used)"
            + " VALUES (?, ?, ?, ?, ?, ?, NULL)",
        passkey.id(),
        passkey.account(),
        passkey.label(),
        passkey.credential(),
        passkey.counter(),
        passkey.created().toString());
    return true;
  }

  /** Notes that one signed. */
  public void use(String id, long counter, Instant instant) {
    database.write(
        connection ->
            Sql.update(
                connection,
                "UPDATE identity_passkey SET counter = ?, used = ? WHERE id = ?",
                counter,
                instant.toString(),
                id));
  }

  /** Removes one of an account's; false where there is none. */
  public boolean delete(String account, String id) {
    return database.write(
            connection ->
                Sql.update(
                    connection,
                    "DELETE FROM identity_passkey WHERE account = ? AND id = ?",
                    account,
                    id))
        > 0;
  }

  private static Passkey row(ResultSet row) throws SQLException {
    String used = row.getString(7);
    return new Passkey(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        Instant.parse(row.getString(6)),
        used == null ? null : Instant.parse(used));
  }
}
