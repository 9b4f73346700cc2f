package org.tequio.osm.check;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.MapRule;

/** Buildings that share ground: crossing, one inside another, or drawn twice. */
final class BuildingOverlaps implements Check {
  private static final double LEAST_METERS = 0.1;
  private static final double LEAST_SHARE = 0.001;
  private static final double ALL = 0.98;

  @Override
  public void run(CheckedMap map, Found found) {
    SharedGround.find(
        Outline.listOf(map, WayKind::isBuilding),
        (one, other) -> !CheckedMap.isApart(one.element(), other.element()),
        found,
        (one, other, areas) -> {
          MapRule rule = rule(areas);
          if (rule != null) {
            int[] place = SharedGround.middle(one, other);
            found.add(
                rule,
                place[0],
                place[1],
                String.format(Locale.ROOT, "%.1f m²", areas.shared()),
                List.of(one.name(), other.name()));
          }
        });
  }

  static @Nullable MapRule rule(SharedGround.Areas areas) {
    if (areas.shared() < LEAST_METERS || areas.ofSmaller() < LEAST_SHARE) {
      return null;
    }
    if (areas.ofLarger() >= ALL) {
      return MapRule.DUPLICATED_BUILDING;
    }
    return areas.ofSmaller() >= ALL ? MapRule.BUILDING_INSIDE : MapRule.CROSSING_BUILDINGS;
  }
}
