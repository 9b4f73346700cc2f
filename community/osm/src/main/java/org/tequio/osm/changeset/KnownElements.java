package org.tequio.osm.changeset;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;

/**
 * The elements around one upload as they stand in the middle of it: read from the database in large
 * portions, changed in memory. Belongs to one transaction.
 */
public final class KnownElements {
  private final Connection connection;
  private final Map<Long, OsmElement> states = new HashMap<>();
  private final Set<Long> asked = new HashSet<>();

  /** Who uses what, by the key of what is used: ids of ways, and ids of relations. */
  private final Map<Long, Set<Long>> ways = new HashMap<>();

  private final Map<Long, Set<Long>> relations = new HashMap<>();

  /** As it was in the database; null for what was not there. */
  private final Map<Long, @Nullable OsmElement> before = new LinkedHashMap<>();

  /** Knows nothing yet. */
  public KnownElements(Connection connection) {
    this.connection = connection;
  }

  /** Reads those that are not known yet, in one go. */
  public void load(Collection<Long> keys) throws SQLException {
    List<Long> missing = new ArrayList<>();
    for (long key : keys) {
      if (asked.add(key)) {
        missing.add(key);
      }
    }
    states.putAll(Elements.list(connection, missing, AuthorNames.NONE));
  }

  /** Nothing is there under a key whose number was given out just now; so nobody looks. */
  void expectNone(long key) {
    asked.add(key);
  }

  /** Reads who uses these. */
  public void loadUsers(Collection<Long> keys) throws SQLException {
    List<Long> nodes = new ArrayList<>();
    for (long key : keys) {
      ways.put(key, new HashSet<>());
      relations.put(key, new HashSet<>());
      if (ElementKey.type(key) == Type.NODE) {
        nodes.add(ElementKey.id(key));
      }
    }
    Elements.waysOf(connection, nodes)
        .forEach((node, users) -> ways.put(ElementKey.of(Type.NODE, node), users));
    relations.putAll(Elements.relationsOf(connection, keys));
  }

  /** The present state; null where there never was one. */
  public @Nullable OsmElement find(long key) throws SQLException {
    if (!asked.contains(key)) {
      load(List.of(key));
    }
    return states.get(key);
  }

  /** The ways and relations that use an element whose users were loaded, or that is new. */
  public Set<Long> users(long key, Type user) {
    return (user == Type.WAY ? ways : relations).getOrDefault(key, Set.of());
  }

  /** A new state. */
  public void put(OsmElement element) throws SQLException {
    long key = ElementKey.of(element);
    OsmElement old = find(key);
    if (!before.containsKey(key)) {
      before.put(key, old);
    }
    states.put(key, element);
    if (old == null) {
      ways.put(key, new HashSet<>());
      relations.put(key, new HashSet<>());
    }
    if (element.type() != Type.NODE) {
      Map<Long, Set<Long>> users = element.type() == Type.WAY ? ways : relations;
      if (old != null) {
        refs(old).forEach(ref -> users.getOrDefault(ref, new HashSet<>()).remove(element.id()));
      }
      refs(element)
          .forEach(ref -> users.computeIfPresent(ref, (same, all) -> added(all, element.id())));
    }
  }

  private static Set<Long> added(Set<Long> all, long id) {
    all.add(id);
    return all;
  }

  /** Those that were put, with what they were in the database, in the order of their first put. */
  Map<Long, @Nullable OsmElement> changed() {
    return before;
  }

  /** The keys of what an element refers to; of a deleted one nothing. */
  static Set<Long> refs(@Nullable OsmElement element) {
    Set<Long> refs = new HashSet<>();
    if (element != null && element.meta().visible()) {
      Elements.addRefs(element, refs);
    }
    return refs;
  }
}
