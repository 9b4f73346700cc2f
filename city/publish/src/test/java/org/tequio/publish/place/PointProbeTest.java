package org.tequio.publish.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.tequio.feature.Wkb;

/** Points and shapes on a small grid, so that outlines and corners are often hit; JTS knows. */
class PointProbeTest {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  @Test
  void nothingIsHeldByWhatHasNoArea() {
    PointProbe probe = new PointProbe(1, 1, 1, 1);
    assertThat(probe.isHeldBy(Wkb.of(FACTORY.createPolygon()), 0)).isFalse();
    assertThat(probe.isHeldBy(Wkb.of(FACTORY.createPoint(new Coordinate(1, 1))), 0)).isFalse();
    assertThat(
            probe.isHeldBy(
                Wkb.of(
                    FACTORY.createLineString(
                        new Coordinate[] {new Coordinate(0, 0), new Coordinate(2, 2)})),
                0))
        .isFalse();
  }

  @Property(tries = 2_000)
  void areasHoldWhatJtsSaysTheyCover(
      @ForAll Random random,
      @ForAll @IntRange(min = 0, max = 12) int x,
      @ForAll @IntRange(min = 0, max = 12) int y) {
    Geometry shape = FACTORY.createMultiPolygon(new Polygon[] {ring(random, 6), far(random)});
    Point point = FACTORY.createPoint(new Coordinate(x, y));
    PointProbe probe = new PointProbe(x, y, 1, 1);
    byte[] wkb = Wkb.of(shape);
    assertThat(probe.isHeldBy(wkb, 0)).as(shape + " " + point).isEqualTo(shape.covers(point));
    assertThat(probe.distance(wkb, 0)).isCloseTo(shape.distance(point), within(1e-9));
  }

  /** A star of integer corners around a middle, with a square hole where it surely fits. */
  private static Polygon ring(Random random, int middle) {
    List<Coordinate> corners = new ArrayList<>();
    int n = 3 + random.nextInt(8);
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * i / n;
      int radius = 3 + random.nextInt(4);
      corners.add(
          new Coordinate(
              middle + Math.rint(radius * Math.cos(angle)),
              middle + Math.rint(radius * Math.sin(angle))));
    }
    if (random.nextBoolean()) {
      Collections.reverse(corners);
    }
    corners.add(corners.getFirst());
    LinearRing shell = FACTORY.createLinearRing(corners.toArray(Coordinate[]::new));
    Polygon whole = FACTORY.createPolygon(shell);
    Polygon hole = square(middle, 1);
    return whole.isValid() && whole.contains(hole.buffer(0.5))
        ? FACTORY.createPolygon(shell, new LinearRing[] {hole.getExteriorRing()})
        : whole.isValid() ? whole : square(middle, 3);
  }

  private static Polygon far(Random random) {
    return square(40 + random.nextInt(3), 2);
  }

  private static Polygon square(int middle, int half) {
    return FACTORY.createPolygon(
        new Coordinate[] {
          new Coordinate(middle - half, middle - half),
          new Coordinate(middle + half, middle - half),
          new Coordinate(middle + half, middle + half),
          new Coordinate(middle - half, middle + half),
          new Coordinate(middle - half, middle - half)
        });
  }
}
