package org.tequio.osm.check;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;

/** What a way is, as far as it matters for how it may meet others. */
enum WayKind {
  /** The outline of a building. */
  BUILDING,
  /** Something on which people move. */
  ROAD,
  /** A track. */
  RAILWAY,
  /** A line of water. */
  WATERWAY,
  /** Anything else. */
  OTHER;

  private static final Set<String> NO_ROADS =
      Set.of(
          "proposed",
          "construction",
          "razed",
          "abandoned",
          "corridor",
          "elevator",
          "platform",
          "rest_area",
          "services",
          "raceway",
          "no");
  private static final Set<String> NO_TRACKS =
      Set.of(
          "proposed",
          "construction",
          "razed",
          "abandoned",
          "disused",
          "dismantled",
          "platform",
          "station",
          "turntable",
          "subway",
          "no");
  private static final Set<String> NO_WATERWAYS =
      Set.of("riverbank", "dock", "boatyard", "dam", "weir", "fuel", "proposed", "no");

  static WayKind of(OsmElement way) {
    if (isBuilding(way)) {
      return BUILDING;
    }
    boolean isArea = "yes".equals(way.tag("area"));
    if (is(way.tag("highway"), NO_ROADS) && !isArea) {
      return ROAD;
    }
    if (is(way.tag("railway"), NO_TRACKS) && !isArea) {
      return RAILWAY;
    }
    return is(way.tag("waterway"), NO_WATERWAYS) && !isArea ? WATERWAY : OTHER;
  }

  /** True for what is a building, and not only a roof on posts. */
  static boolean isBuilding(OsmElement element) {
    String building = element.tag("building");
    return building != null
        && switch (building) {
          case "no", "roof", "carport", "proposed", "razed", "demolished" -> false;
          default -> true;
        };
  }

  private static boolean is(@Nullable String value, Set<String> others) {
    return value != null && !others.contains(value);
  }
}
