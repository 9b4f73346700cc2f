package org.tequio.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;
import org.tequio.demo.land.Land;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Lot;
import org.tequio.demo.town.Ring;
import org.tequio.demo.town.Town;
import org.tequio.feature.Progress;

/** The town before any office writes about it: sizes, soundness, and that nothing overlaps. */
class TownTest {
  private static final GeometryFactory FACTORY = new GeometryFactory();
  private static final int SIZE = 8_000;

  private static Town town = Town.build(new Land(3, 2_000), 2_000, Progress.NONE);

  @BeforeAll
  static void build() {
    town = Town.build(new Land(3, SIZE), SIZE, Progress.NONE);
  }

  @Test
  void theTownGrowsUntilItHasAboutAsManyLotsAsAskedFor() {
    assertThat(town.lotCount()).isBetween(SIZE, SIZE + 1_200);
  }

  @Test
  void everyLotIsASoundPolygonOfABelievableSize() {
    for (Block block : town.blocks()) {
      for (Lot lot : town.lots(block)) {
        assertThat(polygon(lot.ring()).isValid()).isTrue();
        assertThat(lot.ring().area()).isGreaterThan(30);
      }
    }
  }

  @Test
  void lotsFillTheirBlockAndNothingElse() {
    for (Block block : town.blocks()) {
      double sum = town.lots(block).stream().mapToDouble(lot -> lot.ring().area()).sum();
      assertThat(sum).isCloseTo(block.ring().area(), org.assertj.core.data.Offset.offset(0.5));
    }
  }

  @Test
  void blocksDoNotOverlap() {
    STRtree index = new STRtree();
    List<Polygon> polygons = new ArrayList<>();
    for (Block block : town.blocks()) {
      Polygon polygon = polygon(block.ring());
      polygons.add(polygon);
      index.insert(polygon.getEnvelopeInternal(), polygon);
    }
    for (Polygon polygon : polygons) {
      Envelope around = polygon.getEnvelopeInternal();
      for (Object other : index.query(around)) {
        if (!polygon.equals(other)) {
          assertThat(polygon.intersection((Geometry) other).getArea()).isLessThan(0.01);
        }
      }
    }
  }

  @Test
  void mostLotsFrontOnAStreetAndHaveAHouseNumberOfTheirOwn() {
    int fronted = 0;
    int all = 0;
    Set<String> addresses = new HashSet<>();
    int numbered = 0;
    for (Block block : town.blocks()) {
      for (Lot lot : town.lots(block)) {
        all++;
        if (lot.link() >= 0) {
          fronted++;
          numbered += addresses.add(lot.link() + " " + lot.houseNumber()) ? 1 : 0;
        }
      }
    }
    assertThat(fronted).isGreaterThan((int) (0.99 * all));
    assertThat(numbered).isGreaterThan((int) (0.97 * fronted));
  }

  @Test
  void everyBuiltStreetHasAName() {
    assertThat(town.links().stream().filter(link -> link.isBuilt()))
        .allMatch(link -> !link.way().name().isBlank());
  }

  private static Polygon polygon(Ring ring) {
    Coordinate[] c = new Coordinate[ring.size() + 1];
    for (int i = 0; i <= ring.size(); i++) {
      c[i] = new Coordinate(ring.x(i), ring.y(i));
    }
    return FACTORY.createPolygon(c);
  }
}
