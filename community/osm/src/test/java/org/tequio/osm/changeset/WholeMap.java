package org.tequio.osm.changeset;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.element.Cells;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Sql;

/**
 * What is true of the map after every upload that ended, and after every one that did not: all that
 * the tables say twice, they say the same.
 */
final class WholeMap {
  private final Connection connection;
  private final Map<Long, OsmElement> present = new HashMap<>();

  private WholeMap(Connection connection) throws SQLException {
    this.connection = connection;
    Sql.each(
        connection,
        row -> {
          OsmElement element = ElementBytes.read(row.getLong(1), row.getBytes(2), AuthorNames.NONE);
          present.put(row.getLong(1), element);
          assertThat(row.getString(3)).as("cell of " + element).isEqualTo(cell(element));
        },
        "SELECT key, data, cell FROM osm_element");
  }

  /** Reads all of it, and asserts. */
  static void assertWhole(TrialMap map) {
    map.store
        .database()
        .read(
            connection -> {
              new WholeMap(connection).assertWhole();
              return true;
            });
  }

  /** Each version that was made, as {@code key v version}, in the order of commits. */
  static List<String> edits(TrialMap map) {
    return map.store
        .database()
        .read(
            connection ->
                Sql.list(
                    connection,
                    row -> row.getLong(1) + " v" + row.getInt(2),
                    "SELECT key, version FROM osm_edit ORDER BY number, place"));
  }

  private void assertWhole() throws SQLException {
    assertVersions();
    assertLog();
    assertUsers();
    assertCells();
    for (Type type : Type.values()) {
      long made = present.values().stream().filter(one -> one.type() == type).count();
      assertThat(OsmTables.last(connection, type.word()) - OsmTables.FIRST_ELEMENT)
          .as("numbers given to a " + type.word() + ", without a gap")
          .isEqualTo(made);
    }
  }

  /** The present state and those that are past are 1, 2, 3 … without a gap. */
  private void assertVersions() throws SQLException {
    Map<Long, Integer> past = new HashMap<>();
    Sql.each(
        connection,
        row -> {
          int version =
              ElementBytes.read(row.getLong(1), row.getBytes(3), AuthorNames.NONE).meta().version();
          assertThat(version).isEqualTo(row.getInt(2));
          assertThat(past.merge(row.getLong(1), 1, Integer::sum)).isEqualTo(version);
        },
        "SELECT key, version, data FROM osm_past ORDER BY key, version");
    present.forEach(
        (key, element) ->
            assertThat(past.getOrDefault(key, 0) + 1)
                .as(element.toString())
                .isEqualTo(element.meta().version()));
    assertThat(present.keySet()).containsAll(past.keySet());
  }

  /** Each version was written down once, under its changeset, which counts them. */
  private void assertLog() throws SQLException {
    assertThat(
            Sql.list(
                connection,
                row -> row.getLong(1) + " says " + row.getLong(2) + ", has " + row.getLong(3),
                "SELECT id, changes, made FROM (SELECT c.id, c.changes, (SELECT COUNT(*) FROM"
                    + " osm_edit AS e WHERE e.changeset = c.id) AS made FROM osm_changeset AS c)"
                    + " AS counted WHERE changes <> made"))
        .as("changesets that count what they do not have")
        .isEmpty();
    long versions = present.values().stream().mapToLong(one -> one.meta().version()).sum();
    assertThat(Sql.number(connection, "SELECT COUNT(*) FROM osm_edit")).isEqualTo(versions);
    assertThat(
            Sql.number(
                connection,
                "SELECT COUNT(*) FROM (SELECT DISTINCT key, version FROM osm_edit) AS once"))
        .isEqualTo(versions);
    assertThat(Sql.number(connection, "SELECT COUNT(DISTINCT number) FROM osm_edit"))
        .as("uploads, without a gap")
        .isEqualTo(OsmTables.last(connection, "edit"));
  }

  private void assertUsers() throws SQLException {
    Set<String> wayNodes = new HashSet<>();
    Set<String> members = new HashSet<>();
    for (OsmElement user : present.values()) {
      for (long ref : KnownElements.refs(user)) {
        OsmElement used = present.get(ref);
        assertThat(used != null && used.meta().visible()).as(user + " uses " + used).isTrue();
        if (user.type() == Type.WAY) {
          wayNodes.add(ElementKey.id(ref) + " " + user.id());
        } else {
          members.add(ref + " " + user.id());
        }
      }
    }
    assertThat(pairs("SELECT node, way FROM osm_way_node")).isEqualTo(wayNodes);
    assertThat(pairs("SELECT member, relation FROM osm_member")).isEqualTo(members);
  }

  private void assertCells() throws SQLException {
    Set<String> cells = new HashSet<>();
    for (OsmElement way : present.values()) {
      if (way.type() == Type.WAY) {
        for (long ref : KnownElements.refs(way)) {
          cells.add(cell(present.get(ref)) + " " + way.id());
        }
      }
    }
    assertThat(pairs("SELECT cell, way FROM osm_way_cell")).isEqualTo(cells);
  }

  private Set<String> pairs(String sql) throws SQLException {
    return new HashSet<>(Sql.list(connection, row -> row.getLong(1) + " " + row.getLong(2), sql));
  }

  private static @Nullable String cell(@Nullable OsmElement element) {
    return element != null && element.type() == Type.NODE && element.meta().visible()
        ? Long.toString(Cells.of(element.x(), element.y()))
        : null;
  }
}
