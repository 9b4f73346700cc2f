package org.tequio.osm.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.tequio.osm.MapFinding;
import org.tequio.osm.MapRule;

/** The index finds what comparing everything with everything finds. */
class BruteForceTest {
  private static final GeometryFactory GEOMETRY = new GeometryFactory();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void crowdedHousesOverlapAsAnotherLibrarySays(long seed) {
    Random random = new Random(seed);
    Sketch map = new Sketch();
    List<Polygon> houses = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      double west = random.nextInt(200);
      double south = random.nextInt(200);
      double width = 4 + random.nextInt(20);
      double height = 4 + random.nextInt(20);
      // Some are slanted, some lie wall to wall or are copies: whole metres make that likely.
      double slant = random.nextInt(3) == 0 ? random.nextDouble() * 8 : 0;
      double[] corners = {
        west,
        south,
        west + width,
        south,
        west + width + slant,
        south + height,
        west + slant,
        south + height
      };
      ids.add(map.area("building=yes", corners));
      Coordinate[] ring = new Coordinate[5];
      for (int c = 0; c < 5; c++) {
        ring[c] =
            new Coordinate(Sketch.lon(corners[2 * (c % 4)]), Sketch.lat(corners[2 * (c % 4) + 1]));
      }
      houses.add(GEOMETRY.createPolygon(ring));
    }
    double scale = Plane.METERS * Plane.metersOfLon(Sketch.LAT);
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < houses.size(); i++) {
      for (int j = i + 1; j < houses.size(); j++) {
        MapRule rule =
            BuildingOverlaps.rule(
                new SharedGround.Areas(
                    houses.get(i).getArea() * scale,
                    houses.get(j).getArea() * scale,
                    houses.get(i).intersection(houses.get(j)).getArea() * scale));
        if (rule != null) {
          expected.add(rule.id() + " way/" + ids.get(i) + " way/" + ids.get(j));
        }
      }
    }

    assertThat(expected).hasSizeGreaterThan(50);
    assertThat(
            told(
                map,
                rule ->
                    rule == MapRule.CROSSING_BUILDINGS
                        || rule == MapRule.BUILDING_INSIDE
                        || rule == MapRule.DUPLICATED_BUILDING))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aTangleOfRoadsCrossesAsAnotherLibrarySays(long seed) {
    Random random = new Random(seed);
    Sketch map = new Sketch();
    List<Coordinate[]> roads = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      double[] places = new double[8];
      Coordinate[] line = new Coordinate[4];
      double east = random.nextInt(300);
      double north = random.nextInt(300);
      for (int c = 0; c < 4; c++) {
        places[2 * c] = east;
        places[2 * c + 1] = north;
        line[c] = new Coordinate(Sketch.lon(east), Sketch.lat(north));
        east += random.nextInt(61) - 30;
        north += random.nextInt(61) - 30;
      }
      ids.add(map.line("highway=path", places));
      roads.add(line);
    }
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < roads.size(); i++) {
      for (int j = i; j < roads.size(); j++) {
        if (cross(roads.get(i), roads.get(j))) {
          expected.add(
              i == j
                  ? "self-crossing way/" + ids.get(i)
                  : "crossing-roads way/" + ids.get(i) + " way/" + ids.get(j));
        }
      }
    }

    assertThat(expected).hasSizeGreaterThan(50);
    assertThat(told(map, rule -> rule == MapRule.CROSSING_ROADS || rule == MapRule.SELF_CROSSING))
        .isEqualTo(expected);
  }

  private static boolean cross(Coordinate[] one, Coordinate[] other) {
    RobustLineIntersector intersector = new RobustLineIntersector();
    for (int i = 1; i < one.length; i++) {
      for (int j = 1; j < other.length; j++) {
        intersector.computeIntersection(one[i - 1], one[i], other[j - 1], other[j]);
        if (intersector.isProper()) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<String> told(Sketch map, Predicate<MapRule> wanted) {
    Set<String> told = new TreeSet<>();
    for (MapFinding one : map.report().findings()) {
      if (wanted.test(one.rule())) {
        told.add(
            one.rule().id()
                + " "
                + String.join(
                    " ", one.elements().stream().map(MapFinding.Element::toString).toList()));
      }
    }
    return told;
  }
}
