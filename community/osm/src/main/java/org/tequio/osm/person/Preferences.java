package org.tequio.osm.person;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** What programs keep for a person: keys and values that only they understand. Thread-safe. */
public final class Preferences {
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE osm_preference (account TEXT NOT NULL, name TEXT NOT NULL,"
                      + " value TEXT NOT NULL, PRIMARY KEY (account, name))")));

  private static final int MOST = 150;
  private static final int LONGEST = 255;

  private final Database database;

  /** Creates or upgrades the table. */
  public Preferences(Database database) {
    this.database = database;
    database.migrate("osm_preference", MIGRATIONS);
  }

  /** Everything that is kept for an account, by key. */
  public Map<String, String> list(String account) {
    return database.read(
        connection -> {
          Map<String, String> all = new LinkedHashMap<>();
          Sql.each(
              connection,
              row -> all.put(row.getString(1), row.getString(2)),
              "SELECT name, value FROM osm_preference WHERE account = ? ORDER BY name",
              account);
          return all;
        });
  }

  /** One of them. */
  public Optional<String> find(String account, String key) {
    return database.read(
        connection ->
            Sql.first(
                connection,
                row -> row.getString(1),
                "SELECT value FROM osm_preference WHERE account = ? AND name = ?",
                account,
                key));
  }

  /** Keeps these and no others. */
  public void replace(String account, Map<String, String> all) {
    all.forEach(Preferences::requireShort);
    requireFew(all.size());
    database.write(
        connection -> {
          erase(connection, account);
          for (Map.Entry<String, String> one : all.entrySet()) {
            put(connection, account, one.getKey(), one.getValue());
          }
          return true;
        });
  }

  /** Keeps one more, or another value of one. */
  public void put(String account, String key, String value) {
    requireShort(key, value);
    database.write(
        connection -> {
          put(connection, account, key, value);
          requireFew(
              Sql.number(
                  connection, "SELECT COUNT(*) FROM osm_preference WHERE account = ?", account));
          return true;
        });
  }

  /** Forgets one; false where there was none. */
  public boolean remove(String account, String key) {
    return database.write(
        connection ->
            Sql.update(
                    connection,
                    "DELETE FROM osm_preference WHERE account = ? AND name = ?",
                    account,
                    key)
                > 0);
  }

  /** Forgets all of an account. */
  public static void erase(Connection connection, String account) throws SQLException {
    Sql.update(connection, "DELETE FROM osm_preference WHERE account = ?", account);
  }

  private static void put(Connection connection, String account, String key, String value)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO osm_preference (account, name, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (account, name) DO UPDATE SET value = excluded.value",
        account,
        key,
        value);
  }

  private static void requireShort(String key, String value) {
    if (key.isEmpty() || key.length() > LONGEST || value.length() > LONGEST) {
      throw OsmRefused.bad(
          "A preference has a key and a value of at most " + LONGEST + " characters");
    }
    if (key.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
      throw OsmRefused.bad("A preference holds no null characters");
    }
  }

  private static void requireFew(long count) {
    if (count > MOST) {
      throw OsmRefused.tooLarge("Too many preferences");
    }
  }
}
