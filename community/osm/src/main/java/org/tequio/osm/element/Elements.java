package org.tequio.osm.element;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.storage.Sql;

/**
 * Reads elements on a connection that the database gave. Whoever asks for many asks once. Keys are
 * those of {@link ElementKey}.
 */
public final class Elements {
  private static final int AT_ONCE = 1024;

  private Elements() {}

  /** The present state of an element, a deleted one too. */
  public static Optional<OsmElement> find(Connection connection, long key, AuthorNames names)
      throws SQLException {
    return Sql.first(
        connection,
        row -> ElementBytes.read(key, row.getBytes(1), names),
        "SELECT data FROM osm_element WHERE key = ?",
        key);
  }

  /** The present states of many, deleted ones too; those that never were are missing. */
  public static Map<Long, OsmElement> list(
      Connection connection, Collection<Long> keys, AuthorNames names) throws SQLException {
    Map<Long, OsmElement> found = HashMap.newHashMap(keys.size());
    eachIn(
        connection,
        "SELECT key, data FROM osm_element WHERE key IN",
        numbers(keys),
        row -> {
          long key = row.getLong(1);
          found.put(key, ElementBytes.read(key, row.getBytes(2), names));
        });
    return found;
  }

  /** The present states of many as they lie there, in no order. */
  public static List<StoredElement> stored(Connection connection, Collection<Long> keys)
      throws SQLException {
    return stored(connection, numbers(keys));
  }

  /** The same. */
  static List<StoredElement> stored(Connection connection, long[] keys) throws SQLException {
    List<StoredElement> found = new ArrayList<>(keys.length);
    eachIn(
        connection,
        "SELECT key, data FROM osm_element WHERE key IN",
        keys,
        row -> found.add(new StoredElement(row.getLong(1), row.getBytes(2))));
    return found;
  }

  /** All versions of an element that are kept, the oldest first; redacted ones where asked. */
  public static List<StoredElement> history(Connection connection, long key, boolean redacted)
      throws SQLException {
    List<StoredElement> versions =
        Sql.list(
            connection,
            row -> new StoredElement(key, row.getBytes(1)),
            "SELECT data FROM osm_past WHERE key = ?"
                + (redacted ? "" : " AND redaction IS NULL")
                + " ORDER BY version",
            key);
    versions.addAll(stored(connection, List.of(key)));
    return versions;
  }

  /** One version of an element; nothing where it is not kept, or redacted. */
  public static Optional<StoredElement> version(Connection connection, long key, int version)
      throws SQLException {
    return version(connection, key, version, false);
  }

  /** One version of an element; nothing where it is not kept; a redacted one where asked. */
  public static Optional<StoredElement> version(
      Connection connection, long key, int version, boolean redacted) throws SQLException {
    Optional<StoredElement> past =
        Sql.first(
            connection,
            row -> new StoredElement(key, row.getBytes(1)),
            "SELECT data FROM osm_past WHERE key = ? AND version = ?"
                + (redacted ? "" : " AND redaction IS NULL"),
            key,
            version);
    return past.isPresent()
        ? past
        : stored(connection, List.of(key)).stream()
            .filter(one -> one.version() == version)
            .findFirst();
  }

  /** Each version that one changeset made and that is not redacted, in order. */
  public static List<StoredElement> madeIn(Connection connection, long changeset)
      throws SQLException {
    return Sql.list(
        connection,
        row -> new StoredElement(row.getLong(1), row.getBytes(2)),
        "SELECT l.key, COALESCE(p.data, e.data) FROM osm_edit l"
            + " LEFT JOIN osm_past p ON p.key = l.key AND p.version = l.version"
            + " LEFT JOIN osm_element e ON e.key = l.key AND p.key IS NULL"
            + " WHERE l.changeset = ? AND p.redaction IS NULL ORDER BY l.number, l.place",
        changeset);
  }

  /** The ways, by id, that go through each of these nodes; nodes without any are missing. */
  public static Map<Long, Set<Long>> waysOf(Connection connection, Collection<Long> nodes)
      throws SQLException {
    return users(connection, "SELECT node, way FROM osm_way_node WHERE node IN", nodes);
  }

  /** The relations, by id, that have each of these as a member; what none has is missing. */
  public static Map<Long, Set<Long>> relationsOf(Connection connection, Collection<Long> keys)
      throws SQLException {
    return users(connection, "SELECT member, relation FROM osm_member WHERE member IN", keys);
  }

  /** The keys of the relations, ascending, that have any of these as a member. */
  static long[] relationsAround(Connection connection, long[] keys) throws SQLException {
    LongSet around = new LongSet();
    eachIn(
        connection,
        "SELECT relation FROM osm_member WHERE member IN",
        keys,
        row -> around.add(ElementKey.of(Type.RELATION, row.getLong(1))));
    return around.sorted();
  }

  private static Map<Long, Set<Long>> users(
      Connection connection, String sql, Collection<Long> used) throws SQLException {
    Map<Long, Set<Long>> users = new HashMap<>();
    eachIn(
        connection,
        sql,
        numbers(used),
        row -> users.computeIfAbsent(row.getLong(1), one -> new HashSet<>()).add(row.getLong(2)));
    return users;
  }

  /** The keys of elements of one kind. */
  public static List<Long> keys(Type type, Collection<Long> ids) {
    List<Long> keys = new ArrayList<>(ids.size());
    ids.forEach(id -> keys.add(ElementKey.of(type, id)));
    return keys;
  }

  /** Adds the keys of what an element refers to. */
  public static void addRefs(OsmElement element, Collection<Long> keys) {
    for (int i = 0; i < element.refs().length; i++) {
      Type type = element.type() == Type.WAY ? Type.NODE : element.types()[i];
      keys.add(ElementKey.of(type, element.refs()[i]));
    }
  }

  private static long[] numbers(Collection<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  // Powers of two, so that few statements serve for all; the last value is bound again where fewer
  // are left.
  private static void eachIn(
      Connection connection, String sql, long[] values, Sql.RowConsumer consumer)
      throws SQLException {
    if (values.length == 0) {
      return;
    }
    int places = 1;
    while (places < Math.min(values.length, AT_ONCE)) {
      places *= 2;
    }
    try (PreparedStatement query =
        connection.prepareStatement(sql + " (?" + ", ?".repeat(places - 1) + ")")) {
      for (int at = 0; at < values.length; at += places) {
        for (int i = 0; i < places; i++) {
          query.setLong(i + 1, values[Math.min(at + i, values.length - 1)]);
        }
        each(query, consumer);
      }
    }
  }

  private static void each(PreparedStatement query, Sql.RowConsumer consumer) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        consumer.accept(rows);
      }
    }
  }
}
