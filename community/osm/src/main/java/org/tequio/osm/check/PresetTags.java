package org.tequio.osm.check;

import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapFinding;
import org.tequio.osm.MapRule;
import org.tequio.osm.preset.Presets;
import org.tequio.osm.preset.TagExam;
import org.tequio.osm.preset.TagExam.Shape;

/** Tags against what the city asks. */
final class PresetTags implements Check {
  private final TagExam exam;

  PresetTags(Presets presets) {
    this.exam = presets.exam();
  }

  @Override
  public void run(CheckedMap map, Found found) {
    for (int node = 0; node < map.nodes.length; node++) {
      if (map.nodes[node].tags().length > 0) {
        examine(
            map.nodes[node], map.uses(node) == 0 ? Shape.POINT : Shape.VERTEX, map, node, found);
      }
    }
    for (int way = 0; way < map.ways.length; way++) {
      int node = map.anyNode(way);
      if (map.ways[way].tags().length > 0 && node != CheckedMap.MISSING) {
        examine(map.ways[way], map.isClosed(way) ? Shape.AREA : Shape.LINE, map, node, found);
      }
    }
  }

  private void examine(OsmElement element, Shape shape, CheckedMap map, int node, Found found) {
    exam.examine(
        element,
        shape,
        new TagExam.Listener() {
          @Override
          public void unknownValue(String key, String value) {
            tell(MapRule.UNKNOWN_VALUE, key + "=" + value);
          }

          @Override
          public void missing(String key) {
            tell(MapRule.MISSING_FIELD, key);
          }

          @Override
          public void replaced(String key, String value, String instead) {
            tell(MapRule.DEPRECATED_TAG, key + "=" + value + " → " + instead);
          }

          private void tell(MapRule rule, String detail) {
            found.add(rule, map.x[node], map.y[node], detail, MapFinding.Element.of(element));
          }
        });
  }
}
