package org.tequio.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/** Areas without topology: equal to those of JTS where JTS can tell, bounded where it cannot. */
class PolygonAreaTest {
  private static final GeometryFactory FACTORY = new GeometryFactory();
  private static final long PAIRS = 40_000_000;

  @Test
  void aPolygonOfAHundredThousandCrossingsIsGivenUpInTime() {
    byte[] bomb = Wkb.of(scribble(100_000, 7));
    long start = System.nanoTime();

    assertThat(shared(bomb, bomb, 1_000_000)).isNaN();
    assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
  }

  @Test
  void aRingThatCrossesItselfHasTheAreaOfItsWinding() {
    byte[] bowTie = wkb("POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))");

    assertThat(new PolygonArea().read(bowTie, 0, 0, 0).area()).isZero();
    assertThat(shared(bowTie, wkb("POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))"), PAIRS)).isZero();
  }

  @Test
  void pointsAndLinesShareNoArea() {
    assertThat(shared(wkb("POINT(1 1)"), wkb("POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))"), PAIRS))
        .isZero();
  }

  @Test
  void aHoleIsNotShared() {
    byte[] ring = wkb("POLYGON((0 0, 9 0, 9 9, 0 9, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))");

    assertThat(new PolygonArea().read(ring, 0, 5, 5).area()).isEqualTo(72);
    assertThat(shared(ring, wkb("POLYGON((4 4, 5 4, 5 5, 4 5, 4 4))"), PAIRS))
        .isCloseTo(0, within(1e-9));
    assertThat(shared(ring, wkb("POLYGON((0 0, 0 9, 5 9, 5 0, 0 0))"), PAIRS))
        .isCloseTo(39, within(1e-9));
  }

  @Property(tries = 200)
  void twoPolygonsShareWhatJtsSaysTheyShare(
      @ForAll long seed,
      @ForAll @IntRange(min = 3, max = 300) int corners,
      @ForAll @IntRange(min = 3, max = 20) int otherCorners) {
    SplittableRandom random = new SplittableRandom(seed);
    Polygon a = star(corners, random, 486_000, 2_148_000);
    Polygon b = star(otherCorners, random, 486_020, 2_148_010);

    assertThat(shared(Wkb.of(a), Wkb.of(b), PAIRS))
        .isCloseTo(a.intersection(b).getArea(), within(1e-6 * a.getArea() + 1e-6));
  }

  private static double shared(byte[] a, byte[] b, long pairs) {
    double[] box = new double[4];
    Wkb.envelope(a, 0, box);
    return new PolygonArea()
        .read(a, 0, box[0], box[1])
        .shared(new PolygonArea().read(b, 0, box[0], box[1]), pairs);
  }

  private static Polygon star(int corners, SplittableRandom random, double x, double y) {
    Coordinate[] ring = new Coordinate[corners + 1];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double radius = 20 + random.nextDouble() * 30;
      ring[i] = new Coordinate(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    ring[corners] = ring[0].copy();
    return FACTORY.createPolygon(ring);
  }

  private static Geometry scribble(int corners, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Coordinate[] ring = new Coordinate[corners + 1];
    for (int i = 0; i < corners; i++) {
      ring[i] = new Coordinate(random.nextDouble() * 1000, random.nextDouble() * 1000);
    }
    ring[corners] = ring[0].copy();
    return FACTORY.createPolygon(ring);
  }

  private static byte[] wkb(String wkt) {
    try {
      return Wkb.of(new WKTReader().read(wkt));
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
