package org.tequio.osm.changeset;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;
import org.tequio.osm.element.ElementKey;

/**
 * The box around what was touched: the place of a node before and after; the nodes of a way before
 * and after; of a relation the nodes and ways that came or went, and all of them where its tags
 * changed or another relation came or went.
 */
final class ChangedBox {
  private final KnownElements known;
  private @Nullable Box box;

  ChangedBox(KnownElements known) {
    this.known = known;
  }

  /** Around everything that was added; null for nowhere. */
  @Nullable Box box() {
    return box;
  }

  /** What an element was, before its new version is known. */
  void add(@Nullable OsmElement old) throws SQLException {
    if (old != null && old.type() != Type.RELATION) {
      addPlaces(old);
    }
  }

  /** What it has become. */
  void add(@Nullable OsmElement old, OsmElement element) throws SQLException {
    if (element.type() == Type.RELATION) {
      addMembers(old, element);
    } else {
      addPlaces(element);
    }
  }

  private void addPlaces(OsmElement element) throws SQLException {
    if (element.type() == Type.NODE) {
      box = Box.around(box, Box.of(element.x(), element.y()));
      return;
    }
    Set<Long> keys = KnownElements.refs(element);
    known.load(keys);
    for (long key : keys) {
      OsmElement node = known.find(key);
      if (node != null) {
        addPlaces(node);
      }
    }
  }

  private void addMembers(@Nullable OsmElement old, OsmElement element) throws SQLException {
    Map<String, Long> before = members(old);
    Map<String, Long> after = members(element);
    Set<Long> changed = new HashSet<>();
    before.forEach((member, key) -> addUnless(after.containsKey(member), key, changed));
    after.forEach((member, key) -> addUnless(before.containsKey(member), key, changed));
    boolean all =
        old == null
            || !Arrays.equals(old.tags(), element.tags())
            || changed.stream().anyMatch(key -> ElementKey.type(key) == Type.RELATION);
    if (all) {
      changed.addAll(before.values());
      changed.addAll(after.values());
    }
    known.load(changed);
    for (long key : changed) {
      OsmElement member = known.find(key);
      if (member != null && member.type() != Type.RELATION) {
        addPlaces(member);
      }
    }
  }

  private static void addUnless(boolean same, long key, Set<Long> changed) {
    if (!same) {
      changed.add(key);
    }
  }

  // By who it is and what for: a new role is a change, a new order is none.
  private static Map<String, Long> members(@Nullable OsmElement relation) {
    Map<String, Long> members = new HashMap<>();
    if (relation != null) {
      for (int i = 0; i < relation.refs().length; i++) {
        long key = ElementKey.of(relation.types()[i], relation.refs()[i]);
        members.put(key + " " + relation.roles()[i], key);
      }
    }
    return members;
  }
}
