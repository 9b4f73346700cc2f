package org.tequio.osm.note;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** The tables of notes. */
final class NoteTables {
  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE osm_note (id BIGINT PRIMARY KEY, lon INTEGER NOT NULL,"
                      + " lat INTEGER NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL,"
                      + " closed BIGINT, visible INTEGER NOT NULL)",
                  "CREATE INDEX osm_note_place ON osm_note (lat, lon)",
                  "CREATE INDEX osm_note_updated ON osm_note (updated, id)",
                  "CREATE TABLE osm_note_comment (id BIGINT PRIMARY KEY, note BIGINT NOT NULL,"
                      + " uid BIGINT, at BIGINT NOT NULL, verb TEXT NOT NULL, text TEXT NOT NULL,"
                      // As searches compare it.
                      + " folded TEXT NOT NULL)",
                  "CREATE INDEX osm_note_comment_note ON osm_note_comment (note, id)",
                  "CREATE INDEX osm_note_comment_author ON osm_note_comment (uid)",
                  "CREATE TABLE osm_note_follower (note BIGINT NOT NULL, uid BIGINT NOT NULL,"
                      + " PRIMARY KEY (note, uid))",
                  "INSERT INTO osm_counter (name, last) VALUES ('note', 0)",
                  "INSERT INTO osm_counter (name, last) VALUES ('note comment', 0)")));

  static final String SELECT =
      "SELECT n.id, n.lon, n.lat, n.created, n.updated, n.closed, n.visible FROM osm_note n ";

  private NoteTables() {}

  /** A row of {@link #SELECT}, without what was said. */
  static Note read(ResultSet row) throws SQLException {
    long closed = row.getLong(6);
    Instant closedAt = row.wasNull() ? null : Instant.ofEpochSecond(closed);
    return new Note(
        row.getLong(1),
        row.getInt(2),
        row.getInt(3),
        Instant.ofEpochSecond(row.getLong(4)),
        Instant.ofEpochSecond(row.getLong(5)),
        closedAt,
        row.getInt(7) != 0,
        List.of());
  }

  static Optional<Note> find(Connection connection, long id) throws SQLException {
    Optional<Note> note = Sql.first(connection, NoteTables::read, SELECT + "WHERE n.id = ?", id);
    return note.isEmpty() ? note : Optional.of(withComments(connection, note.get()));
  }

  /** The same note with what was said of it; what came with a hiding is for moderators. */
  static Note withComments(Connection connection, Note note) throws SQLException {
    List<Note.Comment> comments =
        Sql.list(
            connection,
            row -> {
              long uid = row.getLong(2);
              boolean isNobody = row.wasNull();
              String name = row.getString(3);
              return new Note.Comment(
                  Instant.ofEpochSecond(row.getLong(1)),
                  isNobody ? null : uid,
                  name == null ? "" : name,
                  Note.Verb.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                  row.getString(5));
            },
            "SELECT m.at, m.uid, p.name, m.verb, m.text FROM osm_note_comment m"
                + " LEFT JOIN osm_person p ON p.uid = m.uid WHERE m.note = ?"
                + (note.visible() ? " AND m.verb <> 'hidden'" : "")
                + " ORDER BY m.id",
            note.id());
    return new Note(
        note.id(),
        note.lon(),
        note.lat(),
        note.created(),
        note.updated(),
        note.closed(),
        note.visible(),
        comments);
  }

  static long insert(Connection connection, int lon, int lat, long at) throws SQLException {
    long id = OsmTables.take(connection, "note", 1);
    Sql.update(
        connection,
        "INSERT INTO osm_note (id, lon, lat, created, updated, visible) VALUES (?, ?, ?, ?, ?, 1)",
        id,
        lon,
        lat,
        at,
        at);
    return id;
  }

  static void say(
      Connection connection, long note, @Nullable Long uid, long at, Note.Verb verb, String text)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO osm_note_comment (id, note, uid, at, verb, text, folded)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        OsmTables.take(connection, "note comment", 1),
        note,
        uid,
        at,
        verb.word(),
        text,
        folded(text));
  }

  /** As searches compare texts: without capitals and accents. */
  static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT);
  }

  static void update(
      Connection connection, long note, long at, @Nullable Long closed, boolean visible)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE osm_note SET updated = ?, closed = ?, visible = ? WHERE id = ?",
        at,
        closed,
        visible ? 1 : 0,
        note);
  }
}
