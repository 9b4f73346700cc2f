package org.tequio.osm.check;

import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.MapFinding;
import org.tequio.osm.MapRule;

/** Elements that do not say what they are and that nothing uses. */
final class NothingSaid implements Check {
  @Override
  public void run(CheckedMap map, Found found) {
    for (int node = 0; node < map.nodes.length; node++) {
      if (map.uses(node) == 0 && !map.memberNodes.get(node) && !map.nodes[node].isTagged()) {
        found.add(MapRule.TAGLESS_NODE, map.x[node], map.y[node], "", map.nodeName(node));
      }
    }
    for (int way = 0; way < map.ways.length; way++) {
      int node = map.anyNode(way);
      if (node != CheckedMap.MISSING && !map.memberWays.get(way) && !map.ways[way].isTagged()) {
        found.add(MapRule.TAGLESS_WAY, map.x[node], map.y[node], "", map.wayName(way));
      }
    }
    for (OsmElement relation : map.relations) {
      int node = relation.tag("type") == null ? firstNode(map, relation) : CheckedMap.MISSING;
      if (node != CheckedMap.MISSING) {
        found.add(
            MapRule.TAGLESS_RELATION,
            map.x[node],
            map.y[node],
            "",
            MapFinding.Element.of(relation));
      }
    }
  }

  private static int firstNode(CheckedMap map, OsmElement relation) {
    for (int i = 0; i < relation.refs().length; i++) {
      if (relation.types()[i] == Type.WAY) {
        int way = map.findWay(relation.refs()[i]);
        int node = way == CheckedMap.MISSING ? CheckedMap.MISSING : map.anyNode(way);
        if (node != CheckedMap.MISSING) {
          return node;
        }
      }
    }
    return CheckedMap.MISSING;
  }
}
