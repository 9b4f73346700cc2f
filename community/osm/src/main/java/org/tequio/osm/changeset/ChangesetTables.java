package org.tequio.osm.changeset;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.Box;
import org.tequio.osm.Changeset;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** The table of changesets. */
final class ChangesetTables {
  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE osm_changeset (id BIGINT PRIMARY KEY, uid BIGINT NOT NULL,"
                      + " created BIGINT NOT NULL, closes BIGINT NOT NULL,"
                      + " changes INTEGER NOT NULL, west INTEGER, south INTEGER, east INTEGER,"
                      + " north INTEGER, tags TEXT NOT NULL)",
                  "CREATE INDEX osm_changeset_author ON osm_changeset (uid, created)",
                  "CREATE INDEX osm_changeset_created ON osm_changeset (created, id)")));

  static final String SELECT =
      "SELECT c.id, c.uid, p.name, c.created, c.closes, c.changes, c.west, c.south, c.east,"
          + " c.north, c.tags FROM osm_changeset c LEFT JOIN osm_person p ON p.uid = c.uid ";

  private ChangesetTables() {}

  static Optional<Changeset> find(Connection connection, long id) throws SQLException {
    return Sql.first(connection, ChangesetTables::read, SELECT + "WHERE c.id = ?", id);
  }

  static Changeset read(ResultSet row) throws SQLException {
    String name = row.getString(3);
    int west = row.getInt(7);
    Box box = row.wasNull() ? null : new Box(west, row.getInt(8), row.getInt(9), row.getInt(10));
    return new Changeset(
        row.getLong(1),
        row.getLong(2),
        name == null ? "" : name,
        Instant.ofEpochSecond(row.getLong(4)),
        Instant.ofEpochSecond(row.getLong(5)),
        row.getInt(6),
        box,
        tags(row.getString(11)));
  }

  static void insert(Connection connection, Changeset changeset) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO osm_changeset (id, uid, created, closes, changes, tags)"
            + " VALUES (?, ?, ?, ?, 0, ?)",
        changeset.id(),
        changeset.uid(),
        changeset.created().getEpochSecond(),
        changeset.closes().getEpochSecond(),
        text(changeset.tags()));
  }

  static void update(Connection connection, Changeset changeset) throws SQLException {
    @Nullable Box box = changeset.box();
    Sql.update(
        connection,
        "UPDATE osm_changeset SET closes = ?, changes = ?, west = ?, south = ?, east = ?,"
            + " north = ?, tags = ? WHERE id = ?",
        changeset.closes().getEpochSecond(),
        changeset.changes(),
        box == null ? null : box.west(),
        box == null ? null : box.south(),
        box == null ? null : box.east(),
        box == null ? null : box.north(),
        text(changeset.tags()),
        changeset.id());
  }

  // Keys and values after their lengths, which no text can break out of.
  private static String text(Map<String, String> tags) {
    StringBuilder text = new StringBuilder();
    tags.forEach(
        (key, value) ->
            text.append(key.length())
                .append(':')
                .append(key)
                .append(value.length())
                .append(':')
                .append(value));
    return text.toString();
  }

  private static Map<String, String> tags(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    int at = 0;
    String key = null;
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      int end = colon + 1 + Integer.parseInt(text, at, colon, 10);
      String part = text.substring(colon + 1, end);
      if (key == null) {
        key = part;
      } else {
        tags.put(key, part);
        key = null;
      }
      at = end;
    }
    return tags;
  }
}
