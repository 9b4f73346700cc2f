package org.tequio.osm.check;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapRule;

/** Areas of the same kind that overlap in part: two ponds, two parks, two kinds of forest. */
final class AreaOverlaps implements Check {
  private static final List<String> KEYS = List.of("landuse", "natural", "leisure", "amenity");
  private static final double LEAST = 0.02;
  private static final double MOST = 0.98;

  @Override
  public void run(CheckedMap map, Found found) {
    SharedGround.find(
        Outline.listOf(map, area -> !WayKind.isBuilding(area) && kind(area) != null),
        (one, other) ->
            String.valueOf(kind(one.element())).equals(kind(other.element()))
                && !CheckedMap.isApart(one.element(), other.element()),
        found,
        (one, other, areas) -> {
          if (areas.ofSmaller() > LEAST && areas.ofSmaller() < MOST) {
            int[] place = SharedGround.middle(one, other);
            found.add(
                MapRule.OVERLAPPING_AREAS,
                place[0],
                place[1],
                String.format(Locale.ROOT, "%.0f m²", areas.shared()),
                List.of(one.name(), other.name()));
          }
        });
  }

  /** What two areas have in common that must not overlap: key and value. */
  private static @Nullable String kind(OsmElement area) {
    for (String key : KEYS) {
      String value = area.tag(key);
      if (value != null) {
        return key + "=" + value;
      }
    }
    return null;
  }
}
