package org.tequio.osm.changeset;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.element.Cells;
import org.tequio.osm.element.ElementBatch;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;

/** Brings what one upload made of the elements to the database, in large portions. */
public final class ElementWrites {
  private final Connection connection;
  private final KnownElements known;
  private final Map<Long, @Nullable OsmElement> before;

  /** Begins; the new states are known already. */
  public ElementWrites(Connection connection, KnownElements known) {
    this.connection = connection;
    this.known = known;
    this.before = known.changed();
  }

  /**
   * Writes the present states, who uses whom, and the versions that are past.
   *
   * @param made in order
   * @param replaced by them
   */
  public void write(List<OsmElement> made, List<OsmElement> replaced) throws SQLException {
    if (made.isEmpty()) {
      return;
    }
    Set<Long> ways = waysToPlace();
    long number = OsmTables.take(connection, "edit", 1);
    try (ElementBatch batch = new ElementBatch(connection)) {
      for (OsmElement element : replaced) {
        batch.putPast(element);
      }
      for (Map.Entry<Long, @Nullable OsmElement> one : before.entrySet()) {
        OsmElement now = getNow(one.getKey());
        batch.put(now);
        if (now.type() != Type.NODE) {
          refer(batch, KnownElements.refs(one.getValue()), KnownElements.refs(now), now);
        }
      }
      for (long way : ways) {
        place(batch, way);
      }
      for (int i = 0; i < made.size(); i++) {
        batch.log(number, i, made.get(i));
      }
      batch.flush();
    }
  }

  private OsmElement getNow(long key) throws SQLException {
    OsmElement now = known.find(key);
    if (now == null) {
      throw new IllegalStateException("a changed element that is unknown: " + key);
    }
    return now;
  }

  private static void refer(ElementBatch batch, Set<Long> old, Set<Long> refs, OsmElement user)
      throws SQLException {
    for (long ref : old) {
      if (!refs.contains(ref)) {
        batch.unuse(ref, user.type(), user.id());
      }
    }
    for (long ref : refs) {
      if (!old.contains(ref)) {
        batch.use(ref, user.type(), user.id());
      }
    }
  }

  /** The ways that changed, and those of which a node went to another cell. */
  private Set<Long> waysToPlace() throws SQLException {
    Set<Long> ways = new HashSet<>();
    List<Long> moved = new ArrayList<>();
    for (Map.Entry<Long, @Nullable OsmElement> one : before.entrySet()) {
      OsmElement old = one.getValue();
      switch (ElementKey.type(one.getKey())) {
        case NODE -> {
          OsmElement now = getNow(one.getKey());
          if (old != null && Cells.of(old.x(), old.y()) != Cells.of(now.x(), now.y())) {
            moved.add(now.id());
          }
        }
        case WAY -> ways.add(one.getKey());
        case RELATION -> {}
      }
    }
    for (Set<Long> users : Elements.waysOf(connection, moved).values()) {
      ways.addAll(Elements.keys(Type.WAY, users));
    }
    known.load(ways);
    Set<Long> nodes = new HashSet<>();
    for (long way : ways) {
      nodes.addAll(KnownElements.refs(getNow(way)));
    }
    known.load(nodes);
    return ways;
  }

  private void place(ElementBatch batch, long way) throws SQLException {
    OsmElement now = getNow(way);
    OsmElement old = before.containsKey(way) ? before.get(way) : now;
    Set<Long> left = new HashSet<>();
    for (long node : KnownElements.refs(old)) {
      OsmElement then = before.get(node);
      addCell(then == null ? known.find(node) : then, left);
    }
    Set<Long> entered = new HashSet<>();
    for (long node : KnownElements.refs(now)) {
      addCell(known.find(node), entered);
    }
    for (long cell : left) {
      if (!entered.contains(cell)) {
        batch.leave(cell, now.id());
      }
    }
    for (long cell : entered) {
      if (!left.contains(cell)) {
        batch.enter(cell, now.id());
      }
    }
  }

  private static void addCell(@Nullable OsmElement node, Set<Long> cells) {
    if (node != null) {
      cells.add(Cells.of(node.x(), node.y()));
    }
  }
}
