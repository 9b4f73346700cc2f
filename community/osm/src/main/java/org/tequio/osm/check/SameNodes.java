package org.tequio.osm.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tequio.osm.MapFinding;
import org.tequio.osm.MapRule;

/** Nodes at exactly the same place that are not things of their own. */
final class SameNodes implements Check {
  private static final int MOST_TOLD = 8;

  @Override
  public void run(CheckedMap map, Found found) {
    int size = Integer.highestOneBit(Math.max(4, 2 * map.nodes.length - 1)) << 1;
    int[] first = new int[size];
    int[] next = new int[map.nodes.length];
    Arrays.fill(first, -1);
    Arrays.fill(next, -1);
    int[] last = new int[size];
    for (int node = 0; node < map.nodes.length; node++) {
      int slot = slot(map, node, size);
      while (first[slot] >= 0 && !isAt(map, first[slot], node)) {
        slot = slot + 1 & size - 1;
      }
      if (first[slot] < 0) {
        first[slot] = node;
      } else {
        next[last[slot]] = node;
      }
      last[slot] = node;
    }
    for (int slot = 0; slot < size; slot++) {
      if (first[slot] >= 0 && next[first[slot]] >= 0) {
        tell(map, first[slot], next, found);
      }
    }
  }

  private static int slot(CheckedMap map, int node, int size) {
    long place = ((long) map.x[node] << 32 | map.y[node] & 0xffffffffL) * 0x9e3779b97f4a7c15L;
    return (int) (place >>> 33) & size - 1;
  }

  private static boolean isAt(CheckedMap map, int one, int other) {
    return map.x[one] == map.x[other] && map.y[one] == map.y[other];
  }

  private static void tell(CheckedMap map, int first, int[] next, Found found) {
    List<MapFinding.Element> names = new ArrayList<>();
    int one = -1;
    for (int node = first; node >= 0 && names.size() < MOST_TOLD; node = next[node]) {
      boolean isThing = map.uses(node) == 0 && map.nodes[node].isTagged();
      if (!isThing && (one < 0 || !isAbove(map, one, node))) {
        one = one < 0 ? node : one;
        names.add(map.nodeName(node));
      }
    }
    if (names.size() > 1) {
      found.add(MapRule.DUPLICATE_NODES, map.x[first], map.y[first], "", names);
    }
  }

  private static boolean isAbove(CheckedMap map, int one, int other) {
    return map.uses(one) > 0
        && map.uses(other) > 0
        && CheckedMap.isApart(map.ways[map.user(one, 0)], map.ways[map.user(other, 0)]);
  }
}
