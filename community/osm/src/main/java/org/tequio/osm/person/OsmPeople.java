package org.tequio.osm.person;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.identity.PersonalData;
import org.tequio.osm.element.OsmTables;
import org.tequio.osm.trace.Traces;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/**
 * What the community map keeps about people: their number and name as an author, what they said,
 * where they went, and what programs keep for them. An erasure leaves the number, which belongs to
 * the history of the map and alone tells nobody who it was. Thread-safe.
 */
public final class OsmPeople implements PersonalData {
  private final Database database;
  private final Preferences preferences;

  /** Speaks for these tables. */
  public OsmPeople(Database database, Preferences preferences) {
    this.database = database;
    this.preferences = preferences;
  }

  @Override
  public String name() {
    return OsmTables.MODULE;
  }

  @Override
  public List<Map<String, Object>> heldAbout(String account) {
    List<Map<String, Object>> held = new ArrayList<>();
    database.read(
        connection -> {
          Sql.each(
              connection,
              row -> {
                Map<String, Object> author = new LinkedHashMap<>();
                author.put("author", row.getLong(1));
                author.put("name", row.getString(2));
                author.put("since", Instant.ofEpochSecond(row.getLong(3)).toString());
                author.put("changesets", row.getLong(4));
                held.add(author);
              },
              "SELECT p.uid, p.name, p.since,"
                  + " (SELECT COUNT(*) FROM osm_changeset c WHERE c.uid = p.uid)"
                  + " FROM osm_person p WHERE p.account = ?",
              account);
          Sql.each(
              connection,
              row -> {
                Map<String, Object> comment = new LinkedHashMap<>();
                comment.put("changeset", row.getLong(1));
                comment.put("at", Instant.ofEpochSecond(row.getLong(2)).toString());
                comment.put("comment", row.getString(3));
                held.add(comment);
              },
              "SELECT m.changeset, m.at, m.text FROM osm_comment m"
                  + " JOIN osm_person p ON p.uid = m.uid WHERE p.account = ? ORDER BY m.id",
              account);
          Sql.each(
              connection,
              row -> {
                Map<String, Object> said = new LinkedHashMap<>();
                said.put("note", row.getLong(1));
                said.put("at", Instant.ofEpochSecond(row.getLong(2)).toString());
                said.put("did", row.getString(3));
                said.put("said", row.getString(4));
                held.add(said);
              },
              "SELECT m.note, m.at, m.verb, m.text FROM osm_note_comment m"
                  + " JOIN osm_person p ON p.uid = m.uid WHERE p.account = ? ORDER BY m.id",
              account);
          Sql.each(
              connection,
              row -> {
                Map<String, Object> trace = new LinkedHashMap<>();
                trace.put("trace", row.getLong(1));
                trace.put("at", Instant.ofEpochSecond(row.getLong(2)).toString());
                trace.put("file", row.getString(3));
                trace.put("description", row.getString(4));
                trace.put("visibility", row.getString(5));
                trace.put("points", row.getLong(6));
                held.add(trace);
              },
              "SELECT t.id, t.at, t.name, t.description, t.visibility, t.points FROM osm_trace t"
                  + " JOIN osm_person p ON p.uid = t.uid WHERE p.account = ? ORDER BY t.id",
              account);
          return true;
        });
    preferences
        .list(account)
        .forEach((key, value) -> held.add(Map.of("preference", key, "value", value)));
    return held;
  }

  @Override
  public void erase(Connection connection, String account) throws SQLException {
    Preferences.erase(connection, account);
    String own = "(SELECT uid FROM osm_person WHERE account = ?)";
    Sql.update(connection, "UPDATE osm_comment SET text = '' WHERE uid IN " + own, account);
    Sql.update(connection, "DELETE FROM osm_follower WHERE uid IN " + own, account);
    Sql.update(
        connection,
        "UPDATE osm_note_comment SET text = '', folded = '' WHERE uid IN " + own,
        account);
    Sql.update(connection, "DELETE FROM osm_note_follower WHERE uid IN " + own, account);
    for (long uid :
        Sql.list(
            connection,
            row -> row.getLong(1),
            "SELECT uid FROM osm_person WHERE account = ?",
            account)) {
      Traces.erase(connection, uid);
    }
    Sql.update(
        connection,
        "UPDATE osm_person SET name = 'user_' || CAST(uid AS TEXT), account = NULL"
            + " WHERE account = ?",
        account);
  }
}
