package org.tequio.osm.check;

import java.util.Locale;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapRule;

/**
 * What almost meets: a road that ends just before another, and a corner or bend that lies beside a
 * line of its own kind without being part of it.
 */
final class NearMisses implements Check {
  private static final double END_METERS = 5;
  private static final double WALL_METERS = 0.2;
  private static final double LINE_METERS = 0.5;

  /** Roads that meet so soon after an end are joined well enough. */
  private static final double ROUND_THE_CORNER_METERS = 20;

  @Override
  public void run(CheckedMap map, Found found) {
    Segments segments = map.segments();
    for (int way = 0; way < map.ways.length; way++) {
      WayKind kind = map.kinds[way];
      if (kind == WayKind.OTHER || kind == WayKind.RAILWAY || !map.isWhole(way)) {
        continue;
      }
      int last = map.length(way) - 1;
      boolean hasEnds = kind == WayKind.ROAD && !map.isClosed(way);
      for (int i = 0; i <= last; i++) {
        boolean goesOn =
            hasEnds && (i == 0 || i == last) && map.uses(map.node(way, i)) == 1
                ? end(map, segments, way, i, found)
                : bend(map, segments, way, map.node(way, i), found);
        if (!goesOn) {
          return;
        }
      }
    }
  }

  private static boolean end(CheckedMap map, Segments segments, int way, int at, Found found) {
    int node = map.node(way, at);
    if (isEndOnPurpose(map.nodes[node])) {
      return true;
    }
    int[] nearest = {-1};
    double[] least = {END_METERS};
    boolean goesOn =
        segments.near(
            node,
            END_METERS,
            segment -> {
              int other = segments.way[segment];
              if (other != way && map.kinds[other] == WayKind.ROAD) {
                double distance = segments.distance(segment, node);
                if (distance < least[0]
                    && !CheckedMap.isApart(map.ways[way], map.ways[other])
                    && !meetsSoon(map, way, at, other)) {
                  least[0] = distance;
                  nearest[0] = other;
                }
              }
              return found.goesOn(1);
            });
    if (nearest[0] >= 0) {
      tell(MapRule.LOOSE_END, map, node, least[0], way, nearest[0], found);
    }
    return goesOn;
  }

  private static boolean isEndOnPurpose(OsmElement node) {
    return CheckedMap.says(node, "noexit")
        || CheckedMap.says(node, "entrance")
        || CheckedMap.says(node, "barrier")
        || CheckedMap.says(node, "fixme");
  }

  private static boolean meetsSoon(CheckedMap map, int way, int end, int other) {
    int step = end == 0 ? 1 : -1;
    double walked = 0;
    for (int i = end + step; i >= 0 && i < map.length(way); i += step) {
      int before = map.node(way, i - step);
      int node = map.node(way, i);
      walked += Plane.distance(map.x[before], map.y[before], map.x[node], map.y[node]);
      if (walked > ROUND_THE_CORNER_METERS) {
        return false;
      }
      if (map.isThrough(other, node)) {
        return true;
      }
    }
    return false;
  }

  private static boolean bend(CheckedMap map, Segments segments, int way, int node, Found found) {
    WayKind kind = map.kinds[way];
    double most = kind == WayKind.BUILDING ? WALL_METERS : LINE_METERS;
    return segments.near(
        node,
        most,
        segment -> {
          int other = segments.way[segment];
          if (other != way && map.kinds[other] == kind && !map.isThrough(other, node)) {
            double distance = segments.distance(segment, node);
            if (distance <= most
                && !isAt(map, segments.from[segment], node)
                && !isAt(map, segments.to[segment], node)
                && !CheckedMap.isApart(map.ways[way], map.ways[other])) {
              tell(MapRule.NODE_NEAR_WAY, map, node, distance, way, other, found);
            }
          }
          return found.goesOn(1);
        });
  }

  private static boolean isAt(CheckedMap map, int one, int other) {
    return map.x[one] == map.x[other] && map.y[one] == map.y[other];
  }

  private static void tell(
      MapRule rule, CheckedMap map, int node, double meters, int way, int other, Found found) {
    found.add(
        rule,
        map.x[node],
        map.y[node],
        String.format(Locale.ROOT, "%.2f m", meters),
        map.wayNames(way, other));
  }
}
