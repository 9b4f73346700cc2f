package org.tequio.osm.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.CheckReport;
import org.tequio.osm.MapFinding;
import org.tequio.osm.preset.Presets;

/** A little map drawn in metres from a street corner of Iztapalapa. */
final class Sketch {
  static final int LON = -990_600_000;
  static final int LAT = 193_500_000;
  private static final Checks CHECKS = new Checks(Presets.of(Path.of("no-presets-of-its-own")));

  private final List<OsmElement> elements = new ArrayList<>();
  private long last;

  /** A node so many metres east and north of the corner. */
  long node(double east, double north, String... tags) {
    elements.add(OsmElement.node(++last, Meta.UNKNOWN, lon(east), lat(north), tags));
    return last;
  }

  static int lon(double east) {
    return (int) Math.rint(LON + east / Plane.metersOfLon(LAT));
  }

  static int lat(double north) {
    return (int) Math.rint(LAT + north / Plane.METERS);
  }

  /** A way through nodes; tags are {@code key=value}. */
  long way(String tags, long... nodes) {
    elements.add(OsmElement.way(++last, Meta.UNKNOWN, nodes, pairs(tags)));
    return last;
  }

  /** A way through places: east, north, east, north … in metres. */
  long line(String tags, double... places) {
    long[] nodes = new long[places.length / 2];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = node(places[2 * i], places[2 * i + 1]);
    }
    return way(tags, nodes);
  }

  /** An outline through places. */
  long area(String tags, double... places) {
    long[] nodes = new long[places.length / 2 + 1];
    for (int i = 0; i + 1 < nodes.length; i++) {
      nodes[i] = node(places[2 * i], places[2 * i + 1]);
    }
    nodes[nodes.length - 1] = nodes[0];
    return way(tags, nodes);
  }

  /** A rectangle between two corners. */
  long box(String tags, double west, double south, double east, double north) {
    return area(tags, west, south, east, south, east, north, west, north);
  }

  /** A relation of ways: id, role, id, role … */
  long relation(String tags, Object... members) {
    long[] refs = new long[members.length / 2];
    Type[] types = new Type[refs.length];
    String[] roles = new String[refs.length];
    for (int i = 0; i < refs.length; i++) {
      refs[i] = (long) members[2 * i];
      types[i] = Type.WAY;
      roles[i] = (String) members[2 * i + 1];
    }
    elements.add(OsmElement.relation(++last, Meta.UNKNOWN, refs, types, roles, pairs(tags)));
    return last;
  }

  private static String[] pairs(String tags) {
    if (tags.isEmpty()) {
      return new String[0];
    }
    List<String> pairs = new ArrayList<>();
    for (String tag : tags.split(" (?=[a-z:_]+=)")) {
      pairs.addAll(List.of(tag.split("=", 2)));
    }
    return pairs.toArray(String[]::new);
  }

  List<OsmElement> elements() {
    return elements;
  }

  CheckReport report() {
    return CHECKS.run(elements);
  }

  /** What is found: rule, elements and detail, in order. */
  List<String> findings() {
    return report().findings().stream().map(Sketch::told).toList();
  }

  /** The findings about the rules that are named, without detail. */
  List<String> rules() {
    return report().findings().stream().map(one -> one.rule().id()).distinct().toList();
  }

  private static String told(MapFinding one) {
    return (one.rule().id()
            + " "
            + String.join(" ", one.elements().stream().map(MapFinding.Element::toString).toList())
            + " "
            + one.detail())
        .strip();
  }
}
