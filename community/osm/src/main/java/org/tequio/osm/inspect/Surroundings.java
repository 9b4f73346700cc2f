package org.tequio.osm.inspect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;
import org.tequio.osm.MapFinding;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.MapArea;
import org.tequio.osm.element.StoredElement;

/**
 * The elements of some boxes by their names, read in one reading of the database, and what they
 * were or would be. Not thread-safe.
 */
final class Surroundings {
  private final Map<MapFinding.Element, OsmElement> elements;

  private Surroundings(Map<MapFinding.Element, OsmElement> elements) {
    this.elements = elements;
  }

  /** What lies in boxes now; nothing where they have more nodes together than that. */
  static Optional<Surroundings> read(Connection connection, Collection<Box> boxes, int mostNodes)
      throws SQLException {
    Map<MapFinding.Element, OsmElement> elements = new HashMap<>();
    int left = mostNodes;
    for (Box box : boxes) {
      List<StoredElement> found = MapArea.read(connection, box, left).orElse(null);
      if (found == null) {
        return Optional.empty();
      }
      for (StoredElement one : found) {
        OsmElement element = ElementBytes.read(one.key(), one.data(), AuthorNames.NONE);
        elements.put(MapFinding.Element.of(element), element);
        if (element.type() == Type.NODE && box.has(element.x(), element.y())) {
          left--;
        }
      }
    }
    return Optional.of(new Surroundings(elements));
  }

  Collection<OsmElement> elements() {
    return elements.values();
  }

  /** An element; null where it is not there. */
  @Nullable OsmElement find(MapFinding.Element name) {
    return elements.get(name);
  }

  /** A copy that can be changed by itself. */
  Surroundings copy() {
    return new Surroundings(new HashMap<>(elements));
  }

  void put(OsmElement element) {
    elements.put(MapFinding.Element.of(element), element);
  }

  void remove(MapFinding.Element name) {
    elements.remove(name);
  }

  /**
   * The same before what an author did since a moment: what they made is not there, what they
   * changed is as it was. What they deleted stays away.
   *
   * @param since seconds since 1970
   */
  Surroundings before(Connection connection, long uid, long since) throws SQLException {
    Surroundings past = copy();
    for (OsmElement element : elements()) {
      if (isBy(element, uid, since)) {
        MapFinding.Element name = MapFinding.Element.of(element);
        OsmElement was = versionBefore(connection, name, uid, since);
        if (was == null) {
          past.remove(name);
        } else {
          past.put(was);
        }
      }
    }
    past.addCorners(connection, uid, since);
    return past;
  }

  /** Lines as they were go through nodes that may be gone or lie elsewhere now. */
  private void addCorners(Connection connection, long uid, long since) throws SQLException {
    Set<MapFinding.Element> missing = new HashSet<>();
    for (OsmElement way : elements()) {
      if (way.type() == Type.WAY) {
        for (long ref : way.refs()) {
          MapFinding.Element node = new MapFinding.Element(Type.NODE, ref);
          if (!elements.containsKey(node)) {
            missing.add(node);
          }
        }
      }
    }
    for (MapFinding.Element node : missing) {
      OsmElement was = versionBefore(connection, node, uid, since);
      if (was != null) {
        put(was);
      }
    }
  }

  private static boolean isBy(OsmElement element, long uid, long since) {
    return element.meta().uid() == uid && element.meta().timestamp() >= since;
  }

  /** The last version that is not theirs since then; null where there is none to be seen. */
  private static @Nullable OsmElement versionBefore(
      Connection connection, MapFinding.Element name, long uid, long since) throws SQLException {
    List<OsmElement> versions = new ArrayList<>();
    for (StoredElement one :
        Elements.history(connection, ElementKey.of(name.type(), name.id()), false)) {
      versions.add(ElementBytes.read(one.key(), one.data(), AuthorNames.NONE));
    }
    for (OsmElement version : versions.reversed()) {
      if (!isBy(version, uid, since)) {
        return version.meta().visible() ? version : null;
      }
    }
    return null;
  }
}
