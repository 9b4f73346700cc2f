package org.tequio.formats.osm;

import java.util.Set;

/** Whether a closed way is an area, by its tags, as mappers mean them (wiki "Key:area"). */
final class AreaRule {
  private static final Set<String> AREA_KEYS =
      Set.of(
          "building",
          "building:part",
          "landuse",
          "amenity",
          "shop",
          "office",
          "craft",
          "tourism",
          "boundary",
          "place",
          "military",
          "geological",
          "sport",
          "healthcare",
          "golf",
          "area:highway",
          "allotments",
          "residential",
          "water",
          "wetland",
          "public_transport",
          "playground",
          "historic",
          "landcover",
          "indoor",
          "cemetery",
          "aeroway",
          "leisure",
          "natural",
          "man_made",
          "power",
          "emergency");

  private AreaRule() {}

  static boolean isArea(OsmElement way) {
    if (!way.isClosed()) {
      return false;
    }
    String area = way.tag("area");
    if (area != null) {
      return !area.equals("no");
    }
    for (int i = 0; i + 1 < way.tags().length; i += 2) {
      String value = way.tags()[i + 1];
      if (!value.equals("no") && isArea(way.tags()[i], value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isArea(String key, String value) {
    return switch (key) {
      case "aeroway" -> !value.equals("taxiway") && !value.equals("runway");
      case "leisure" -> !value.equals("track") && !value.equals("slipway");
      case "natural" ->
          switch (value) {
            case "coastline", "cliff", "ridge", "arete", "tree_row", "valley" -> false;
            default -> true;
          };
      case "man_made" ->
          switch (value) {
            case "cutline", "embankment", "pipeline", "dyke", "breakwater", "groyne" -> false;
            default -> true;
          };
      case "power" ->
          value.equals("plant")
              || value.equals("substation")
              || value.equals("generator")
              || value.equals("transformer");
      case "public_transport" -> value.equals("platform") || value.equals("station");
      case "emergency" -> !value.equals("designated") && !value.equals("yes");
      case "highway" ->
          value.equals("platform") || value.equals("rest_area") || value.equals("services");
      case "railway" ->
          value.equals("platform") || value.equals("station") || value.equals("turntable");
      case "waterway" ->
          value.equals("riverbank")
              || value.equals("dock")
              || value.equals("boatyard")
              || value.equals("dam");
      case "historic" -> !value.equals("citywalls");
      case "indoor" -> !value.equals("wall") && !value.equals("yes");
      default -> AREA_KEYS.contains(key);
    };
  }
}
