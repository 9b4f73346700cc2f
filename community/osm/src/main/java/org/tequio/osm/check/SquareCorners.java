package org.tequio.osm.check;

import java.util.Locale;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapRule;

/** Buildings that were probably meant to be square: all corners nearly are, and not all are. */
final class SquareCorners implements Check {
  /** What a hand does wrong with a mouse. */
  private static final double MOST_DEGREES = 13;

  /** What nobody sees. */
  private static final double LEAST_DEGREES = 3;

  private static final int MOST_CORNERS = 12;

  @Override
  public void run(CheckedMap map, Found found) {
    for (int way = 0; way < map.ways.length; way++) {
      int corners = map.length(way) - 1;
      if (map.kinds[way] == WayKind.BUILDING
          && corners >= 4
          && corners <= MOST_CORNERS
          && map.isClosed(way)
          && map.isWhole(way)
          && !isSoOnPurpose(map.ways[way])) {
        look(map, way, corners, found);
      }
    }
  }

  private static boolean isSoOnPurpose(OsmElement building) {
    return CheckedMap.says(building, "nonsquare") || "no".equals(building.tag("square"));
  }

  private static void look(CheckedMap map, int way, int corners, Found found) {
    double worst = 0;
    double shown = 90;
    int at = map.node(way, 0);
    for (int i = 0; i < corners; i++) {
      int node = map.node(way, i);
      if (map.uses(node) > 2 || map.uses(node) == 2 && node != map.node(way, 0)) {
        return; // Its neighbours say where the wall is.
      }
      double angle =
          angle(map, map.node(way, (i + corners - 1) % corners), node, map.node(way, i + 1));
      double off = Math.min(Math.abs(angle - 90), Math.abs(angle - 180));
      if (!(off <= MOST_DEGREES)) {
        return;
      }
      if (off > worst) {
        worst = off;
        shown = angle;
        at = node;
      }
    }
    if (worst > LEAST_DEGREES) {
      found.add(
          MapRule.UNSQUARE_BUILDING,
          map.x[at],
          map.y[at],
          String.format(Locale.ROOT, "%.1f°", shown),
          map.wayName(way));
    }
  }

  /** The angle at b in degrees, from 0 to 180; NaN where two of them are at one place. */
  private static double angle(CheckedMap map, int a, int b, int c) {
    double scale = Plane.metersOfLon(map.y[b]) / Plane.METERS;
    double ax = ((double) map.x[a] - map.x[b]) * scale;
    double ay = (double) map.y[a] - map.y[b];
    double cx = ((double) map.x[c] - map.x[b]) * scale;
    double cy = (double) map.y[c] - map.y[b];
    double product = Math.hypot(ax, ay) * Math.hypot(cx, cy);
    return Math.toDegrees(Math.acos(Math.clamp((ax * cx + ay * cy) / product, -1, 1)));
  }
}
