package org.tequio.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/** Parts and collections, and what lies inside, on the bytes. */
class WkbPartsTest {
  private static byte[] wkb(String wkt) throws ParseException {
    return Wkb.of(new WKTReader().read(wkt));
  }

  private static Geometry read(byte[] wkb) {
    return Wkb.toGeometry(wkb, 0, wkb.length);
  }

  @Test
  void aPositionInAHoleIsNotInside() throws ParseException {
    byte[] ring = wkb("POLYGON((0 0, 9 0, 9 9, 0 9, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))");

    assertThat(Wkb.contains(ring, 0, 4, 4)).isFalse();
    assertThat(Wkb.contains(ring, 0, 2, 2)).isTrue();
    assertThat(Wkb.contains(ring, 0, 10, 2)).isFalse();
  }

  @Test
  void aPartIsPromotedOnlyWhereTheLayerHoldsCollections() throws ParseException {
    byte[] point = wkb("POINT(1 2)");

    assertThat(WkbBuilder.promoted(point, GeometryType.POINT)).isSameAs(point);
    assertThat(read(WkbBuilder.promoted(point, GeometryType.MULTIPOINT)).toText())
        .isEqualTo("MULTIPOINT ((1 2))");
  }

  @Test
  void partsOfCollectionsAndSinglePartsBecomeOneCollection() throws ParseException {
    byte[] both =
        WkbBuilder.collected(
            List.of(
                wkb("POLYGON((0 0, 1 0, 1 1, 0 0))"),
                wkb("MULTIPOLYGON(((5 5, 6 5, 6 6, 5 5)), ((8 8, 9 8, 9 9, 8 8)))")),
            GeometryType.MULTIPOLYGON);

    assertThat(read(both).getNumGeometries()).isEqualTo(3);
    assertThat(read(both).getArea()).isEqualTo(1.5);
  }
}
