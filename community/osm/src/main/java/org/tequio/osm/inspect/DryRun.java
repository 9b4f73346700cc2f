package org.tequio.osm.inspect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;
import org.tequio.osm.MapFinding;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;

/**
 * What a change would make of the map around it. Whether it may be made (versions, references) is
 * the upload's to say; what it names and is not there is left out.
 */
final class DryRun {
  /** Places so far apart are read by themselves: 0.01 degrees. */
  private static final int TILE = 100_000;

  private final List<Change> changes;
  private final Surroundings before;
  private final Surroundings after;

  private DryRun(List<Change> changes, Surroundings before) {
    this.changes = changes;
    this.before = before;
    this.after = before.copy();
    changes.forEach(this::apply);
  }

  /**
   * Reads what lies around a change.
   *
   * @param around how far in 1e-7 degrees
   * @return nothing where there are more nodes than that
   */
  static Optional<DryRun> read(
      Connection connection, List<Change> changes, int around, int mostNodes) throws SQLException {
    Set<Long> named = new LinkedHashSet<>();
    for (Change change : changes) {
      OsmElement element = change.element();
      if (element.id() > 0) {
        named.add(ElementKey.of(element));
      }
      addKnown(element, named);
    }
    Map<Long, OsmElement> known = new HashMap<>(Elements.list(connection, named, AuthorNames.NONE));
    Set<Long> corners = new HashSet<>();
    known.values().forEach(element -> addKnown(element, corners));
    known.putAll(Elements.list(connection, corners, AuthorNames.NONE));
    Map<Long, Box> tiles = new HashMap<>();
    known.values().forEach(element -> place(element, tiles));
    changes.forEach(change -> place(change.element(), tiles));
    List<Box> boxes = new ArrayList<>();
    tiles.values().forEach(box -> boxes.add(wider(box, around)));
    return Surroundings.read(connection, boxes, mostNodes)
        .map(
            here -> {
              known.values().stream()
                  .filter(element -> element.meta().visible())
                  .forEach(here::put);
              return new DryRun(changes, here);
            });
  }

  private static void addKnown(OsmElement element, Set<Long> keys) {
    if (element.type() == Type.WAY) {
      for (long ref : element.refs()) {
        if (ref > 0) {
          keys.add(ElementKey.of(Type.NODE, ref));
        }
      }
    }
  }

  private static void place(OsmElement element, Map<Long, Box> tiles) {
    if (element.type() == Type.NODE && (element.x() != 0 || element.y() != 0)) {
      long tile =
          (long) Math.floorDiv(element.x(), TILE) << 32
              | Math.floorDiv(element.y(), TILE) & 0xffffffffL;
      tiles.merge(
          tile,
          Box.of(element.x(), element.y()),
          (one, other) -> {
            Box both = Box.around(one, other);
            return both == null ? one : both;
          });
    }
  }

  /** A box with some ground around it, within the world. */
  static Box wider(Box box, int around) {
    return new Box(
        (int) Math.max(-1_800_000_000L, (long) box.west() - around),
        (int) Math.max(-900_000_000L, (long) box.south() - around),
        (int) Math.min(1_800_000_000L, (long) box.east() + around),
        (int) Math.min(900_000_000L, (long) box.north() + around));
  }

  private void apply(Change change) {
    OsmElement element = change.element();
    switch (change.verb()) {
      case CREATE -> after.put(element);
      case MODIFY -> {
        // What nobody can find is not put there by a change of it.
        if (after.find(MapFinding.Element.of(element)) != null) {
          after.put(element);
        }
      }
      case DELETE -> after.remove(MapFinding.Element.of(element));
    }
  }

  /** The map as it is. */
  Surroundings before() {
    return before;
  }

  /** The map as it would be. */
  Surroundings after() {
    return after;
  }

  /** What it touches: elements that it names, and the lines through nodes that it moves. */
  Set<MapFinding.Element> touched() {
    Set<MapFinding.Element> touched = new HashSet<>();
    changes.forEach(change -> touched.add(MapFinding.Element.of(change.element())));
    for (OsmElement way : after.elements()) {
      if (way.type() == Type.WAY) {
        for (long ref : way.refs()) {
          if (touched.contains(new MapFinding.Element(Type.NODE, ref))) {
            touched.add(MapFinding.Element.of(way));
            break;
          }
        }
      }
    }
    return touched;
  }
}
