package org.tequio.osm.check;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapFinding;
import org.tequio.osm.MapRule;

/** Buildings that are hardly as small, large or high as the map says. */
final class PlausibleSizes implements Check {
  private static final Set<String> SMALL =
      Set.of(
          "house",
          "detached",
          "hut",
          "garage",
          "shed",
          "cabin",
          "bungalow",
          "semidetached_house",
          "static_caravan");
  private static final Pattern METERS = Pattern.compile("-?[0-9]{1,6}(\\.[0-9]{1,6})?( ?m)?");
  private static final Pattern FEET = Pattern.compile("[0-9]{1,4}('([0-9.]{1,4}\")?| ?ft)");
  private static final Pattern LEVELS = Pattern.compile("[0-9]{1,3}(\\.[0-9])?");
  private static final double LEAST_AREA = 2;
  private static final double MOST_AREA = 300_000;
  private static final double MOST_SMALL_AREA = 2_000;

  /** The highest building of the world has 828 m and 163 storeys. */
  private static final double MOST_HEIGHT = 828;

  private static final double MOST_LEVELS = 163;
  private static final double LEAST_STOREY = 1.8;

  @Override
  public void run(CheckedMap map, Found found) {
    for (int way = 0; way < map.ways.length; way++) {
      if (map.kinds[way] == WayKind.BUILDING && map.isWhole(way)) {
        int node = map.node(way, 0);
        if (map.isClosed(way)) {
          size(map, way, found);
        }
        height(map.ways[way], map.x[node], map.y[node], found);
      }
    }
  }

  private static void size(CheckedMap map, int way, Found found) {
    double area = squareMeters(map, way);
    boolean isSmall = SMALL.contains(String.valueOf(map.ways[way].tag("building")));
    if (area < LEAST_AREA || area > MOST_AREA || isSmall && area > MOST_SMALL_AREA) {
      int node = map.node(way, 0);
      found.add(
          MapRule.IMPLAUSIBLE_SIZE,
          map.x[node],
          map.y[node],
          String.format(Locale.ROOT, area < 10 ? "%.1f m²" : "%.0f m²", area),
          map.wayName(way));
    }
  }

  private static double squareMeters(CheckedMap map, int way) {
    int first = map.node(way, 0);
    double twice = 0;
    for (int i = 1; i < map.length(way); i++) {
      int a = map.node(way, i - 1);
      int b = map.node(way, i);
      twice +=
          ((double) map.x[a] - map.x[first]) * ((double) map.y[b] - map.y[first])
              - ((double) map.x[b] - map.x[first]) * ((double) map.y[a] - map.y[first]);
    }
    return Math.abs(twice) / 2 * Plane.METERS * Plane.metersOfLon(map.y[first]);
  }

  private static void height(OsmElement building, int x, int y, Found found) {
    String height = building.tag("height");
    String levels = building.tag("building:levels");
    double meters = height == null ? Double.NaN : meters(height);
    double storeys =
        levels == null || !LEVELS.matcher(levels).matches()
            ? Double.NaN
            : Double.parseDouble(levels);
    if (height != null && !FEET.matcher(height).matches()) {
      if (!(meters > 0 && meters <= MOST_HEIGHT)) {
        tell(building, "height=" + height, x, y, found);
      } else if (storeys >= 1 && meters / storeys < LEAST_STOREY) {
        tell(building, "height=" + height + " building:levels=" + levels, x, y, found);
      }
    }
    if (levels != null && !(storeys >= 0 && storeys <= MOST_LEVELS)) {
      tell(building, "building:levels=" + levels, x, y, found);
    }
  }

  private static double meters(@Nullable String height) {
    return height == null || !METERS.matcher(height).matches()
        ? Double.NaN
        : Double.parseDouble(height.endsWith("m") ? height.replaceAll(" ?m", "") : height);
  }

  private static void tell(OsmElement building, String tag, int x, int y, Found found) {
    found.add(MapRule.IMPLAUSIBLE_HEIGHT, x, y, tag, MapFinding.Element.of(building));
  }
}
