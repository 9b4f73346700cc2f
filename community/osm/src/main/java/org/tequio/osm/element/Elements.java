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
  private static final int AT_ONCE = 250;
  private static final String PLACES = "?" + ", ?".repeat(AT_ONCE - 1);

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
        "SELECT key, data FROM osm_element WHERE key IN (" + PLACES + ")",
        keys,
        row -> {
          long key = row.getLong(1);
          found.put(key, ElementBytes.read(key, row.getBytes(2), names));
        });
    return found;
  }

  /** All versions of an element that are kept and not redacted, the oldest first. */
  public static List<OsmElement> history(Connection connection, long key, AuthorNames names)
      throws SQLException {
    List<OsmElement> versions =
        Sql.list(
            connection,
            row -> ElementBytes.read(key, row.getBytes(1), names),
            "SELECT data FROM osm_past WHERE key = ? AND redaction IS NULL ORDER BY version",
            key);
    find(connection, key, names).ifPresent(versions::add);
    return versions;
  }

  /** The ways, by id, that go through each of these nodes; nodes without any are missing. */
  public static Map<Long, Set<Long>> waysOf(Connection connection, Collection<Long> nodes)
      throws SQLException {
    return users(
        connection, "SELECT node, way FROM osm_way_node WHERE node IN (" + PLACES + ")", nodes);
  }

  /** The relations, by id, that have each of these as a member; what none has is missing. */
  public static Map<Long, Set<Long>> relationsOf(Connection connection, Collection<Long> keys)
      throws SQLException {
    return users(
        connection,
        "SELECT member, relation FROM osm_member WHERE member IN (" + PLACES + ")",
        keys);
  }

  private static Map<Long, Set<Long>> users(
      Connection connection, String sql, Collection<Long> used) throws SQLException {
    Map<Long, Set<Long>> users = new HashMap<>();
    eachIn(
        connection,
        sql,
        used,
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

  // The last values are bound again where fewer are left, so that one statement serves for all.
  private static void eachIn(
      Connection connection, String sql, Collection<Long> values, Sql.RowConsumer consumer)
      throws SQLException {
    if (values.isEmpty()) {
      return;
    }
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      int bound = 0;
      long last = 0;
      for (long value : values) {
        last = value;
        query.setLong(++bound, value);
        if (bound == AT_ONCE) {
          each(query, consumer);
          bound = 0;
        }
      }
      if (bound > 0) {
        while (bound < AT_ONCE) {
          query.setLong(++bound, last);
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
