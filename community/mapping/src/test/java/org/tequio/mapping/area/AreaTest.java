package org.tequio.mapping.area;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.operation.overlayng.UnaryUnionNG;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people draw and upload as areas, and how it is cut. */
class AreaTest {
  private static final double ROUNDING = 1e-9;

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static JsonNode polygons(String... rings) {
    List<String> features = new ArrayList<>();
    for (String ring : rings) {
      features.add(
          "{'type':'Feature','properties':{},'geometry':{'type':'Polygon','coordinates':[["
              + ring
              + "]]}}");
    }
    return json("{'type':'FeatureCollection','features':[" + String.join(",", features) + "]}");
  }

  private static String box(double west, double south, double east, double north) {
    return "[%s,%s],[%s,%s],[%s,%s],[%s,%s],[%s,%s]"
        .formatted(west, south, east, south, east, north, west, north, west, south);
  }

  private static String code(JsonNode area) {
    try {
      AreaOfInterest.read(area);
      return "taken";
    } catch (InvalidArea e) {
      return e.kind();
    }
  }

  // ---- what is refused

  @Test
  void whatIsNoAreaIsRefusedWithTheCodesOfTheReference() {
    assertThat(code(json("{'type':'FeatureCollection','features':[]}")))
        .isEqualTo("MustHaveFeatures");
    assertThat(code(json("{'type':'Topology'}"))).isEqualTo("MustBeFeatureCollection");
    assertThat(code(json("[]"))).isEqualTo("MustBeFeatureCollection");
    assertThat(code(json("{'type':'Point','coordinates':[0,0]}")))
        .isEqualTo("MustBeFeatureCollection");
    assertThat(
            code(
                json(
                    "{'type':'FeatureCollection','features':[{'type':'Feature','geometry':"
                        + "{'type':'Point','coordinates':[0,0]}}]}")))
        .isEqualTo("MustBeMultiPloygon");
    // A bow tie, a ring that is not closed, two positions, words, UTM, a pole.
    for (String ring :
        List.of(
            "[0,0],[1,1],[1,0],[0,1],[0,0]",
            "[0,0],[1,0],[1,1],[0,1]",
            "[0,0],[1,1]",
            "['a','b'],[1,0],[1,1],['a','b']",
            "[484000,2146000],[484100,2146000],[484100,2146100],[484000,2146000]",
            "[0,0],[1,0],[1,90],[0,0]")) {
      assertThat(code(polygons(ring))).as(ring).isEqualTo("InvalidMultipolygon");
    }
    assertThat(code(polygons(box(-100, 19, -99, 20)))).isEqualTo("AreaTooLarge");
    assertThat(code(polygons(box(-99.5, 19, -99, 19.5)))).isEqualTo("taken");
  }

  @Test
  void tasksThatOverlapAreToldByNumberOrJoinedWhereThatIsWanted() {
    JsonNode three =
        polygons(box(0, 0, 0.01, 0.01), box(0.02, 0, 0.03, 0.01), box(0.025, 0, 0.04, 0.01));

    assertThatThrownBy(() -> GivenTasks.read(three, false))
        .isInstanceOf(InvalidArea.class)
        .hasMessageContaining("2 tasks overlap (2, 3)");
    List<TaskShape> joined = GivenTasks.read(three, true);
    assertThat(joined).hasSize(2);
    assertThat(joined.get(1).geometry().getEnvelopeInternal())
        .isEqualTo(new Envelope(0.02, 0.04, 0, 0.01));
  }

  @Test
  void tasksThatOnlyTouchAreLeftAsTheyAre() {
    assertThat(GivenTasks.read(polygons(box(0, 0, 1e-2, 1e-2), box(1e-2, 0, 2e-2, 1e-2)), false))
        .hasSize(2);
  }

  @Test
  void aGridOfTooManyTasksIsRefusedBeforeItIsMade() {
    MultiPolygon area = AreaOfInterest.read(polygons(box(-99.5, 19, -99, 19.5))).area();
    assertThatThrownBy(() -> TaskGrid.of(area, 20, false))
        .isInstanceOf(InvalidArea.class)
        .hasMessageContaining("10000");
  }

  // ---- the grid

  @Test
  void theTilesAreThoseOfTheReference() {
    // Zoom 1: the world in four, y from the south.
    MultiPolygon southWest = new GridTile(0, 0, 1).square();
    assertThat(southWest.getEnvelopeInternal().getMaxX()).isEqualTo(0);
    assertThat(southWest.getEnvelopeInternal().getMaxY()).isEqualTo(0);
    assertThat(southWest.getEnvelopeInternal().getMinY()).isEqualTo(-85.0511288);

    MultiPolygon area = AreaOfInterest.read(polygons(box(-99.2, 19.3, -99.16, 19.34))).area();
    List<TaskShape> tiles = TaskGrid.of(area, 15, false);
    // Web map tile 7352/14580 of zoom 15 holds -99.2, 19.3; TMS counts it from the south.
    int x = (int) Math.floor((180 - 99.2) / 360 * 32768);
    assertThat(tiles.getFirst().tile())
        .isNotNull()
        .extracting(GridTile::x, GridTile::zoom)
        .containsExactly(x, 15);
    assertThat(tiles).allMatch(TaskShape::isSquare);
  }

  @Test
  void aClippedGridIsTheAreaAndNoTwoTasksShareGround() {
    Random random = new Random(16);
    for (int round = 0; round < 20; round++) {
      MultiPolygon area = star(random);
      List<TaskShape> shapes = TaskGrid.of(area, 15, true);
      assertThat(GivenTasks.disjoint(shapes, false)).isSameAs(shapes);
      assertThat(sum(shapes) / area.getArea()).isBetween(0.99999, 1.00001);
    }
  }

  @Test
  void aGridThatIsNotClippedCoversTheArea() {
    MultiPolygon area = star(new Random(4));
    List<TaskShape> shapes = TaskGrid.of(area, 15, false);
    Geometry union =
        UnaryUnionNG.union(
            Polygons.FACTORY.buildGeometry(shapes.stream().map(TaskShape::geometry).toList()),
            Polygons.FACTORY.getPrecisionModel());
    assertThat(area.difference(union).getArea()).isLessThan(ROUNDING);
  }

  @Test
  void splittingKeepsTheGroundWhateverItsShape() {
    Random random = new Random(7);
    List<TaskShape> shapes = new ArrayList<>(TaskGrid.of(star(random), 15, true));
    for (int round = 0; round < 10; round++) {
      shapes.add(new TaskShape(null, false, star(random), java.util.Map.of()));
    }
    for (TaskShape shape : shapes) {
      List<TaskShape> pieces = TaskSplit.split(shape);
      assertThat(pieces.size()).isBetween(1, 4);
      assertThat(GivenTasks.disjoint(pieces, false)).isSameAs(pieces);
      assertThat(sum(pieces) / shape.geometry().getArea()).isBetween(0.9999, 1.0001);
    }
  }

  @Test
  void sizesAreThoseOfTheEarth() {
    // A tile of zoom 15 at the latitude of Mexico City is about 1.33 km².
    double tile =
        Polygons.squareMeters(TaskGrid.of(star(new Random(1)), 15, false).get(0).geometry());
    assertThat(tile).isBetween(1.30e6, 1.36e6);
  }

  @Test
  void whatIsWrittenIsReadAgainToTheSameBytes() {
    MultiPolygon area = star(new Random(3));
    String text = Polygons.write(area);
    assertThat(Polygons.write(Polygons.parse(text))).isEqualTo(text);
  }

  private static double sum(List<TaskShape> shapes) {
    return shapes.stream().mapToDouble(shape -> shape.geometry().getArea()).sum();
  }

  /** A ragged area of some kilometers near Mexico City. */
  private static MultiPolygon star(Random random) {
    StringBuilder ring = new StringBuilder();
    String first = "";
    for (int i = 0; i < 24; i++) {
      double angle = 2 * Math.PI * i / 24;
      double reach = 0.01 + 0.03 * random.nextDouble();
      String at =
          "[%.7f,%.7f]".formatted(-99.2 + reach * Math.cos(angle), 19.3 + reach * Math.sin(angle));
      first = i == 0 ? at : first;
      ring.append(at).append(',');
    }
    return AreaOfInterest.read(polygons(ring + first)).area();
  }
}
