package org.tequio.osm.check;

import static org.tequio.osm.check.WayKind.BUILDING;
import static org.tequio.osm.check.WayKind.OTHER;
import static org.tequio.osm.check.WayKind.ROAD;
import static org.tequio.osm.check.WayKind.WATERWAY;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapRule;

/** Ways that cross themselves, and ways of the same height that cross without a common node. */
final class Crossings implements Check {
  @Override
  public void run(CheckedMap map, Found found) {
    Segments segments = map.segments();
    boolean goesOn = true;
    for (int i = 0; i < segments.size() && goesOn; i++) {
      int one = i;
      goesOn =
          segments.around(
              one,
              other -> {
                if (other > one) {
                  compare(map, segments, one, other, found);
                  return found.goesOn(1);
                }
                return true;
              });
    }
  }

  private static void compare(CheckedMap map, Segments segments, int one, int other, Found found) {
    int way = segments.way[one];
    int second = segments.way[other];
    if (way != second && !canMatter(map.kinds[way], map.kinds[second])) {
      return;
    }
    if (!segments.cross(one, other)) {
      return;
    }
    MapRule rule = way == second ? MapRule.SELF_CROSSING : rule(map, way, second);
    if (rule == null) {
      return;
    }
    int a = segments.from[one];
    int b = segments.to[one];
    int c = segments.from[other];
    int d = segments.to[other];
    double along =
        Plane.along(map.x[a], map.y[a], map.x[b], map.y[b], map.x[c], map.y[c], map.x[d], map.y[d]);
    found.add(
        rule,
        (int) Math.rint(map.x[a] + along * ((double) map.x[b] - map.x[a])),
        (int) Math.rint(map.y[a] + along * ((double) map.y[b] - map.y[a])),
        "",
        way == second ? List.of(map.wayName(way)) : map.wayNames(way, second));
  }

  private static boolean canMatter(WayKind one, WayKind other) {
    if (one == OTHER || other == OTHER) {
      return false;
    }
    return one != BUILDING && other != BUILDING || one == ROAD || other == ROAD;
  }

  private static @Nullable MapRule rule(CheckedMap map, int one, int other) {
    OsmElement way = map.ways[one];
    OsmElement second = map.ways[other];
    if (CheckedMap.isApart(way, second)) {
      return null;
    }
    WayKind kind = map.kinds[one];
    WayKind otherKind = map.kinds[other];
    if (kind == BUILDING || otherKind == BUILDING) {
      return MapRule.ROAD_THROUGH_BUILDING;
    }
    if (kind != WATERWAY && otherKind != WATERWAY) {
      return MapRule.CROSSING_ROADS;
    }
    if (kind == otherKind) {
      return MapRule.CROSSING_WATERWAYS;
    }
    return CheckedMap.says(way, "ford") || CheckedMap.says(second, "ford")
        ? null
        : MapRule.ROAD_OVER_WATER;
  }
}
