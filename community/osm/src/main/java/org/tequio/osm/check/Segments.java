package org.tequio.osm.check;

import java.util.Arrays;
import org.tequio.feature.BoxIndex;

/** The straight pieces of all ways, found by the box that they touch. Immutable. */
final class Segments {
  /** The way of each piece. */
  final int[] way;

  /** The nodes at its ends, in the way's direction. */
  final int[] from;

  final int[] to;

  private final CheckedMap map;
  private final BoxIndex index;

  /** Of a map; pieces that lack a node are left out. */
  Segments(CheckedMap map) {
    this.map = map;
    int most = 0;
    for (int one = 0; one < map.ways.length; one++) {
      most += Math.max(0, map.length(one) - 1);
    }
    int[] ways = new int[most];
    int[] begins = new int[most];
    int[] ends = new int[most];
    double[] boxes = new double[4 * most];
    int count = 0;
    for (int one = 0; one < map.ways.length; one++) {
      for (int i = 1; i < map.length(one); i++) {
        int a = map.node(one, i - 1);
        int b = map.node(one, i);
        if (a == CheckedMap.MISSING || b == CheckedMap.MISSING || a == b) {
          continue;
        }
        ways[count] = one;
        begins[count] = a;
        ends[count] = b;
        boxes[4 * count] = Math.min(map.x[a], map.x[b]);
        boxes[4 * count + 1] = Math.min(map.y[a], map.y[b]);
        boxes[4 * count + 2] = Math.max(map.x[a], map.x[b]);
        boxes[4 * count + 3] = Math.max(map.y[a], map.y[b]);
        count++;
      }
    }
    this.way = Arrays.copyOf(ways, count);
    this.from = Arrays.copyOf(begins, count);
    this.to = Arrays.copyOf(ends, count);
    this.index = BoxIndex.of(Arrays.copyOf(boxes, 4 * count));
  }

  /** How many there are. */
  int size() {
    return way.length;
  }

  /** Shows the pieces whose boxes touch that of a piece, it too; false where the visitor ended. */
  boolean around(int segment, BoxIndex.Visitor visitor) {
    int a = from[segment];
    int b = to[segment];
    return index.search(
        Math.min(map.x[a], map.x[b]),
        Math.min(map.y[a], map.y[b]),
        Math.max(map.x[a], map.x[b]),
        Math.max(map.y[a], map.y[b]),
        visitor);
  }

  /** Shows the pieces that may lie within some metres of a node. */
  boolean near(int node, double meters, BoxIndex.Visitor visitor) {
    double lon = meters / Math.max(Plane.metersOfLon(map.y[node]), Plane.METERS / 100);
    double lat = meters / Plane.METERS;
    return index.search(
        map.x[node] - lon, map.y[node] - lat, map.x[node] + lon, map.y[node] + lat, visitor);
  }

  /** Metres from a node to a piece. */
  double distance(int segment, int node) {
    int a = from[segment];
    int b = to[segment];
    return Plane.distance(map.x[a], map.y[a], map.x[b], map.y[b], map.x[node], map.y[node]);
  }

  /** True where two pieces cross in a place that is an end of neither. */
  boolean cross(int one, int other) {
    int a = from[one];
    int b = to[one];
    int c = from[other];
    int d = to[other];
    return a != c
        && a != d
        && b != c
        && b != d
        && Plane.cross(
            map.x[a], map.y[a], map.x[b], map.y[b], map.x[c], map.y[c], map.x[d], map.y[d]);
  }
}
