package org.tequio.osm.pull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapConflict;
import org.tequio.osm.changeset.KnownElements;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementKey;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** How far a pull has come, their version of what is another here, and what waits for a person. */
final class PullTables {
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE osm_pull (url TEXT PRIMARY KEY, sequence BIGINT NOT NULL)",
                  // Of elements that are not here as they are there: what both sides know of them.
                  "CREATE TABLE osm_theirs (key BIGINT PRIMARY KEY, data BYTEA NOT NULL)",
                  "CREATE TABLE osm_conflict (key BIGINT PRIMARY KEY, data BYTEA NOT NULL,"
                      + " reason TEXT NOT NULL, since BIGINT NOT NULL)")));

  private PullTables() {}

  static void migrate(Database database) {
    database.migrate("osm_pull", MIGRATIONS);
  }

  static Optional<Long> sequence(Connection connection, String url) throws SQLException {
    return Sql.first(
        connection, row -> row.getLong(1), "SELECT sequence FROM osm_pull WHERE url = ?", url);
  }

  static void setSequence(Connection connection, String url, long sequence) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO osm_pull (url, sequence) VALUES (?, ?)"
            + " ON CONFLICT (url) DO UPDATE SET sequence = excluded.sequence",
        url,
        sequence);
  }

  static Optional<OsmElement> theirs(Connection connection, long key) throws SQLException {
    return Sql.first(
        connection,
        row -> ElementBytes.read(key, row.getBytes(1), Authors.names(connection)),
        "SELECT data FROM osm_theirs WHERE key = ?",
        key);
  }

  static void setTheirs(Connection connection, OsmElement element) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO osm_theirs (key, data) VALUES (?, ?)"
            + " ON CONFLICT (key) DO UPDATE SET data = excluded.data",
        ElementKey.of(element),
        ElementBytes.of(element));
  }

  static void setConflict(
      Connection connection, OsmElement theirs, MapConflict.Reason reason, Instant since)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO osm_conflict (key, data, reason, since) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (key) DO UPDATE SET data = excluded.data, reason = excluded.reason",
        ElementKey.of(theirs),
        ElementBytes.of(theirs),
        reason.name(),
        since.getEpochSecond());
  }

  static void endConflict(Connection connection, long key) throws SQLException {
    Sql.update(connection, "DELETE FROM osm_conflict WHERE key = ?", key);
  }

  /** Their newest version of what contradicts ours. */
  static Optional<OsmElement> findConflict(Connection connection, long key) throws SQLException {
    var names = Authors.names(connection);
    return Sql.first(
        connection,
        row -> ElementBytes.read(key, row.getBytes(1), names),
        "SELECT data FROM osm_conflict WHERE key = ?",
        key);
  }

  static long countConflicts(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT COUNT(*) FROM osm_conflict");
  }

  static List<MapConflict> listConflicts(Connection connection) throws SQLException {
    var names = Authors.names(connection);
    var known = new KnownElements(connection);
    known.load(
        Sql.list(connection, row -> row.getLong(1), "SELECT key FROM osm_conflict ORDER BY key"));
    return Sql.list(
        connection,
        row -> {
          OsmElement theirs = ElementBytes.read(row.getLong(1), row.getBytes(2), names);
          OsmElement ours = known.find(row.getLong(1));
          return new MapConflict(
              theirs,
              MapConflict.Reason.valueOf(row.getString(3)),
              Instant.ofEpochSecond(row.getLong(4)),
              ours == null ? List.of() : ThreeWay.differences(ours, theirs));
        },
        "SELECT key, data, reason, since FROM osm_conflict ORDER BY key");
  }
}
