package org.tequio.osm.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.tequio.osm.MapRule;

/** Ways through the same nodes that say the same, or of which one says nothing. */
final class SameWays implements Check {
  @Override
  public void run(CheckedMap map, Found found) {
    Map<Long, Integer> known = HashMap.newHashMap(map.ways.length);
    int[] before = new int[map.ways.length];
    for (int way = 0; way < map.ways.length; way++) {
      before[way] = -1;
      if (!map.isWhole(way)) {
        continue;
      }
      Integer last = known.put(hash(map, way), way);
      before[way] = last == null ? -1 : last;
      int compared = 0;
      for (int other = before[way]; other >= 0; other = before[other]) {
        if (isSame(map, way, other)) {
          int node = map.node(way, 0);
          found.add(MapRule.DUPLICATE_WAYS, map.x[node], map.y[node], "", map.wayNames(way, other));
        }
        compared += map.length(way);
      }
      if (!found.goesOn(compared)) {
        return;
      }
    }
  }

  /** The same for the same nodes in whatever order. */
  private static long hash(CheckedMap map, int way) {
    long sum = map.length(way);
    boolean isClosed = map.isClosed(way);
    for (int i = isClosed ? 1 : 0; i < map.length(way); i++) {
      long mixed = (map.node(way, i) + 1) * 0x9e3779b97f4a7c15L;
      sum += mixed ^ mixed >>> 29;
    }
    return sum;
  }

  private static boolean isSame(CheckedMap map, int one, int other) {
    if (map.kinds[one] == WayKind.BUILDING && map.kinds[other] == WayKind.BUILDING) {
      return false; // Told of as a building that is drawn twice.
    }
    boolean sayTheSame = Arrays.equals(tags(map, one), tags(map, other));
    if (!sayTheSame && !saysNothing(map, one) && !saysNothing(map, other)) {
      return false;
    }
    return !CheckedMap.isApart(map.ways[one], map.ways[other])
        && Arrays.equals(steps(map, one), steps(map, other));
  }

  private static boolean saysNothing(CheckedMap map, int way) {
    return !map.ways[way].isTagged() && !map.memberWays.get(way);
  }

  private static String[] tags(CheckedMap map, int way) {
    String[] tags = map.ways[way].tags();
    String[] pairs = new String[tags.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = tags[2 * i] + "=" + tags[2 * i + 1];
    }
    Arrays.sort(pairs);
    return pairs;
  }

  /** From which node to which it goes, whatever its direction and wherever it begins. */
  private static long[] steps(CheckedMap map, int way) {
    long[] steps = new long[map.length(way) - 1];
    for (int i = 0; i < steps.length; i++) {
      int a = map.node(way, i);
      int b = map.node(way, i + 1);
      steps[i] = (long) Math.min(a, b) << 32 | Math.max(a, b);
    }
    Arrays.sort(steps);
    return steps;
  }
}
