package org.tequio.osm.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tequio.feature.BoxIndex;
import org.tequio.feature.GeometryType;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapFinding;

/**
 * The ground of an area: a closed way, or a multipolygon that is whole.
 *
 * @param element what has the tags
 * @param wkb its polygons in 1e-7 degrees
 * @param west least longitude, as its fellows in 1e-7 degrees
 */
@SuppressWarnings("ArrayRecordComponent")
record Outline(OsmElement element, byte[] wkb, int west, int south, int east, int north) {

  /** Its name. */
  MapFinding.Element name() {
    return MapFinding.Element.of(element);
  }

  /** Square metres of a square of 1e-7 degrees there. */
  double squareMeters() {
    return Plane.METERS * Plane.metersOfLon(((double) south + north) / 2);
  }

  /** The areas of a map that somebody wants; those that are not whole have no ground to compare. */
  static List<Outline> listOf(CheckedMap map, Predicate<OsmElement> wanted) {
    List<Outline> all = new ArrayList<>();
    boolean[] isPart = new boolean[map.ways.length];
    for (OsmElement relation : map.relations) {
      if ("multipolygon".equals(relation.tag("type")) && wanted.test(relation)) {
        Rings rings = Rings.of(map, relation);
        if (rings.isWhole()) {
          rings.ways().forEach(way -> isPart[way] = true);
          all.add(of(map, relation, rings.outer(), rings.inner()));
        }
      }
    }
    for (int way = 0; way < map.ways.length; way++) {
      if (!isPart[way] && map.isClosed(way) && map.isWhole(way) && wanted.test(map.ways[way])) {
        all.add(of(map, map.ways[way], List.of(Rings.nodes(map, way)), List.of()));
      }
    }
    return all;
  }

  private static Outline of(
      CheckedMap map, OsmElement element, List<int[]> outer, List<int[]> inner) {
    int west = Integer.MAX_VALUE;
    int south = Integer.MAX_VALUE;
    int east = Integer.MIN_VALUE;
    int north = Integer.MIN_VALUE;
    // Holes are taken off wherever they are written; they all go with the first polygon.
    WkbBuilder wkb = new WkbBuilder();
    wkb.header(GeometryType.MULTIPOLYGON, false, false).count(outer.size());
    for (int i = 0; i < outer.size(); i++) {
      wkb.header(GeometryType.POLYGON, false, false).count(i == 0 ? 1 + inner.size() : 1);
      ring(map, outer.get(i), wkb);
      if (i == 0) {
        inner.forEach(hole -> ring(map, hole, wkb));
      }
      for (int node : outer.get(i)) {
        west = Math.min(west, map.x[node]);
        south = Math.min(south, map.y[node]);
        east = Math.max(east, map.x[node]);
        north = Math.max(north, map.y[node]);
      }
    }
    return new Outline(element, wkb.toBytes(), west, south, east, north);
  }

  private static void ring(CheckedMap map, int[] nodes, WkbBuilder wkb) {
    wkb.count(nodes.length);
    for (int node : nodes) {
      wkb.xy(map.x[node], map.y[node]);
    }
  }

  /** An index of their boxes. */
  static BoxIndex index(List<Outline> outlines) {
    double[] boxes = new double[4 * outlines.size()];
    for (int i = 0; i < outlines.size(); i++) {
      Outline one = outlines.get(i);
      boxes[4 * i] = one.west;
      boxes[4 * i + 1] = one.south;
      boxes[4 * i + 2] = one.east;
      boxes[4 * i + 3] = one.north;
    }
    return BoxIndex.of(boxes);
  }

  /** True where the boxes share ground, and not only an edge. */
  boolean isOver(Outline other) {
    return west < other.east && other.west < east && south < other.north && other.south < north;
  }
}
