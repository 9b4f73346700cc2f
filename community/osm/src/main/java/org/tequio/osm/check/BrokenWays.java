package org.tequio.osm.check;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapRule;

/** Ways that are not what they should be by themselves: too short, knotted, not closed. */
final class BrokenWays implements Check {
  private static final Set<String> ALL = Set.of();

  /** What is always an area, by key and value; any value but "no" where none is named. */
  private static final Map<String, Set<String>> AREAS =
      Map.of(
          "building", ALL,
          "building:part", ALL,
          "landuse", ALL,
          "area", ALL,
          "natural",
              Set.of(
                  "water",
                  "wood",
                  "scrub",
                  "wetland",
                  "grassland",
                  "beach",
                  "sand",
                  "heath",
                  "bare_rock"),
          "leisure",
              Set.of(
                  "park",
                  "pitch",
                  "garden",
                  "playground",
                  "swimming_pool",
                  "golf_course",
                  "sports_centre",
                  "stadium"),
          "amenity",
              Set.of(
                  "parking",
                  "school",
                  "hospital",
                  "university",
                  "college",
                  "kindergarten",
                  "marketplace",
                  "place_of_worship"));

  @Override
  public void run(CheckedMap map, Found found) {
    for (int way = 0; way < map.ways.length; way++) {
      int node = map.anyNode(way);
      if (node == CheckedMap.MISSING) {
        continue; // Nobody can say where it is.
      }
      if (isShort(map, way)) {
        found.add(MapRule.SHORT_WAY, map.x[node], map.y[node], "", map.wayName(way));
        continue;
      }
      knots(map, way, found);
      String area = areaTag(map.ways[way]);
      if (area != null && !isClosed(map, way) && !map.memberWays.get(way)) {
        int end = map.node(way, map.length(way) - 1);
        int shown = end == CheckedMap.MISSING ? node : end;
        found.add(MapRule.UNCLOSED_AREA, map.x[shown], map.y[shown], area, map.wayName(way));
      }
    }
  }

  private static boolean isShort(CheckedMap map, int way) {
    long[] refs = map.ways[way].refs();
    return Arrays.stream(refs).allMatch(ref -> ref == refs[0]);
  }

  private static boolean isClosed(CheckedMap map, int way) {
    long[] refs = map.ways[way].refs();
    return refs[0] == refs[refs.length - 1];
  }

  private static void knots(CheckedMap map, int way, Found found) {
    int length = map.length(way);
    int[] ring = new int[length - 1];
    for (int i = 1; i < length; i++) {
      int node = map.node(way, i);
      ring[i - 1] = node;
      if (node != CheckedMap.MISSING && node == map.node(way, i - 1)) {
        found.add(MapRule.REPEATED_NODE, map.x[node], map.y[node], "", map.wayName(way));
        return;
      }
    }
    if (map.kinds[way] != WayKind.BUILDING || !map.isClosed(way)) {
      return;
    }
    // A ring that comes to one of its nodes again is two rings.
    Arrays.sort(ring);
    for (int i = 1; i < ring.length; i++) {
      if (ring[i] == ring[i - 1] && ring[i] != CheckedMap.MISSING) {
        found.add(MapRule.SELF_CROSSING, map.x[ring[i]], map.y[ring[i]], "", map.wayName(way));
        return;
      }
    }
  }

  private static @Nullable String areaTag(OsmElement way) {
    for (int i = 0; i + 1 < way.tags().length; i += 2) {
      Set<String> values = AREAS.get(way.tags()[i]);
      String value = way.tags()[i + 1];
      if (values != null && !value.equals("no") && (values.isEmpty() || values.contains(value))) {
        return way.tags()[i] + "=" + value;
      }
    }
    return null;
  }
}
