package org.tequio.osm.check;

import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapFinding;
import org.tequio.osm.MapRule;

/** Multipolygons whose ways do not make rings. */
final class OpenRings implements Check {
  @Override
  public void run(CheckedMap map, Found found) {
    for (OsmElement relation : map.relations) {
      if ("multipolygon".equals(relation.tag("type"))) {
        Rings rings = Rings.of(map, relation);
        if (rings.isKnown() && rings.gap() != CheckedMap.MISSING) {
          found.add(
              MapRule.OPEN_RING,
              map.x[rings.gap()],
              map.y[rings.gap()],
              map.nodeName(rings.gap()).toString(),
              MapFinding.Element.of(relation));
        }
      }
    }
  }
}
