package org.tequio.osm.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.changeset.Change;

/**
 * Draws features as elements for one changeset: a node, a way, or a relation of ways where one line
 * does not do. Vertices of one place are one node, so that neighbours share their walls. Not
 * thread-safe.
 */
final class ElementDrawing {
  private static final int MOST_NODES = 2000;

  private final long changeset;
  private final List<Change> changes = new ArrayList<>();
  private final Map<Long, Long> nodes = new HashMap<>();
  private final ElementShapes shapes = new ElementShapes();
  private long next;

  ElementDrawing(long changeset) {
    this.changeset = changeset;
  }

  /** What is to be uploaded, in order. */
  List<Change> changes() {
    return changes;
  }

  /** The place of an element that was drawn, as the map will have it. */
  Geometry place(OsmElement element, TagMapping.Shape shape) throws ElementShapes.Unfit {
    return shapes.place(element, shape);
  }

  /**
   * Draws a new element.
   *
   * @param place in longitude and latitude
   * @throws ElementShapes.Unfit where it cannot be drawn; nothing was added
   */
  OsmElement create(Geometry place, Map<String, String> tags) throws ElementShapes.Unfit {
    Geometry one = place.getNumGeometries() == 1 ? place.getGeometryN(0) : place;
    return switch (one.getDimension()) {
      case 0 -> point(one, tags);
      case 1 -> {
        if (!(one instanceof LineString line)) {
          throw new ElementShapes.Unfit("a line of several parts");
        }
        long[] refs = refs(places(line.getCoordinates(), false));
        yield add(OsmElement.way(--next, meta(0), refs, array(tags)));
      }
      default -> area(one, tags);
    };
  }

  private OsmElement point(Geometry place, Map<String, String> tags) throws ElementShapes.Unfit {
    if (place.getNumGeometries() != 1) {
      throw new ElementShapes.Unfit("several points");
    }
    Coordinate at = place.getCoordinate();
    return add(OsmElement.node(--next, meta(0), unit(at.x), unit(at.y), array(tags)));
  }

  private OsmElement area(Geometry place, Map<String, String> tags) throws ElementShapes.Unfit {
    if (place instanceof Polygon polygon && polygon.getNumInteriorRing() == 0) {
      List<long[]> ring = places(polygon.getExteriorRing().getCoordinates(), true);
      return add(OsmElement.way(--next, meta(0), refs(ring), array(tags)));
    }
    // Every ring is looked at before the first is drawn.
    List<List<long[]>> rings = new ArrayList<>();
    List<String> roles = new ArrayList<>();
    for (int i = 0; i < place.getNumGeometries(); i++) {
      if (!(place.getGeometryN(i) instanceof Polygon polygon)) {
        throw new ElementShapes.Unfit("areas mixed with other things");
      }
      rings.add(places(polygon.getExteriorRing().getCoordinates(), true));
      roles.add("outer");
      for (int k = 0; k < polygon.getNumInteriorRing(); k++) {
        rings.add(places(polygon.getInteriorRingN(k).getCoordinates(), true));
        roles.add("inner");
      }
    }
    long[] members = new long[rings.size()];
    OsmElement.Type[] types = new OsmElement.Type[members.length];
    for (int i = 0; i < members.length; i++) {
      members[i] = add(OsmElement.way(--next, meta(0), refs(rings.get(i)))).id();
      types[i] = OsmElement.Type.WAY;
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put("type", "multipolygon");
    all.putAll(tags);
    return add(
        OsmElement.relation(
            --next, meta(0), members, types, roles.toArray(String[]::new), array(all)));
  }

  /**
   * Gives an element other tags, beside those that it has, and another place.
   *
   * @param place in longitude and latitude; null to leave it where it is
   * @param nodes of the element as it is, with their tags
   */
  OsmElement modify(
      OsmElement element,
      @org.jspecify.annotations.Nullable Geometry place,
      Map<String, String> tags,
      List<OsmElement> nodes)
      throws ElementShapes.Unfit {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i + 1 < element.tags().length; i += 2) {
      all.put(element.tags()[i], element.tags()[i + 1]);
    }
    all.putAll(tags);
    OsmElement.Meta meta = meta(element.meta().version());
    OsmElement changed =
        new OsmElement(
            element.type(),
            element.id(),
            meta,
            array(all),
            element.x(),
            element.y(),
            element.refs(),
            element.types(),
            element.roles());
    nodes.forEach(shapes::add);
    if (place != null) {
      changed = moved(changed, place);
    }
    shapes.add(changed);
    changes.add(new Change(Change.Verb.MODIFY, false, changed));
    if (place != null && element.type() == OsmElement.Type.WAY) {
      deleteUnused(nodes);
    }
    return changed;
  }

  private OsmElement moved(OsmElement element, Geometry place) throws ElementShapes.Unfit {
    Geometry one = place.getNumGeometries() == 1 ? place.getGeometryN(0) : place;
    return switch (element.type()) {
      case NODE -> {
        if (one.getDimension() != 0) {
          throw new ElementShapes.Unfit("a node cannot become an area");
        }
        Coordinate at = one.getCoordinate();
        yield OsmElement.node(element.id(), element.meta(), unit(at.x), unit(at.y), element.tags());
      }
      case WAY -> {
        List<long[]> line;
        if (one instanceof Polygon polygon && polygon.getNumInteriorRing() == 0) {
          line = places(polygon.getExteriorRing().getCoordinates(), true);
        } else if (one instanceof LineString string) {
          line = places(string.getCoordinates(), false);
        } else {
          throw new ElementShapes.Unfit("its new place is more than one line");
        }
        yield OsmElement.way(element.id(), element.meta(), refs(line), element.tags());
      }
      case RELATION -> throw new ElementShapes.Unfit("the place of a relation is not changed");
    };
  }

  private void deleteUnused(List<OsmElement> nodes) {
    Set<Long> done = new TreeSet<>();
    for (OsmElement node : nodes) {
      if (!node.isTagged() && done.add(node.id())) {
        changes.add(
            new Change(
                Change.Verb.DELETE,
                true,
                OsmElement.node(node.id(), meta(node.meta().version()), node.x(), node.y())));
      }
    }
  }

  private OsmElement add(OsmElement element) {
    shapes.add(element);
    changes.add(new Change(Change.Verb.CREATE, false, element));
    return element;
  }

  private OsmElement.Meta meta(int version) {
    return new OsmElement.Meta(version, 0, changeset, 0, "", true);
  }

  /** Vertices as the map keeps them, none twice in a row. */
  private static List<long[]> places(Coordinate[] line, boolean closed) throws ElementShapes.Unfit {
    List<long[]> places = new ArrayList<>();
    for (Coordinate at : line) {
      long[] place = {unit(at.x), unit(at.y)};
      if (places.isEmpty() || !java.util.Arrays.equals(places.getLast(), place)) {
        places.add(place);
      }
    }
    if (places.size() < (closed ? 4 : 2)) {
      throw new ElementShapes.Unfit("smaller than the map can show");
    }
    if (places.size() > MOST_NODES) {
      throw new ElementShapes.Unfit("more than " + MOST_NODES + " vertices in one line");
    }
    return places;
  }

  private long[] refs(List<long[]> places) {
    long[] refs = new long[places.size()];
    for (int i = 0; i < refs.length; i++) {
      int x = (int) places.get(i)[0];
      int y = (int) places.get(i)[1];
      refs[i] =
          nodes.computeIfAbsent(
              (long) x << 32 | y & 0xffffffffL,
              key -> add(OsmElement.node(--next, meta(0), x, y)).id());
    }
    return refs;
  }

  private static int unit(double degrees) {
    return (int) Math.round(degrees * 1e7);
  }

  private static String[] array(Map<String, String> tags) {
    List<String> all = new ArrayList<>();
    tags.forEach(
        (key, value) -> {
          all.add(key);
          all.add(value);
        });
    return all.toArray(String[]::new);
  }
}
