package org.tequio.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.WKBWriter;

class WkbTest {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  @Test
  void bytesThatAreNoGeometryAreRefusedAndNotGuessedAt() {
    assertThatThrownBy(() -> Wkb.normalize(new byte[] {1, 99, 0, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Wkb.normalize(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCountThatPromisesMoreThanThereIsIsRefused() {
    byte[] line = new WkbBuilder().header(GeometryType.LINESTRING, false, false).toBytes();
    byte[] promising = java.util.Arrays.copyOf(line, 9);
    promising[8] = 0x7f;
    assertThatThrownBy(() -> Wkb.normalize(promising)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPointThatIsNotANumberIsEmptyAndHasNoEnvelope() {
    double[] envelope = new double[4];
    byte[] empty = WkbBuilder.point(Double.NaN, Double.NaN);
    assertThat(Wkb.isEmpty(empty, 0)).isTrue();
    assertThat(Wkb.envelope(empty, 0, envelope)).isFalse();
    assertThat(envelope).containsOnly(Double.NaN);
  }

  @Test
  void heightsSurviveTheTripThroughGeometryObjects() {
    Point point = FACTORY.createPoint(new Coordinate(1, 2, 2240.5));
    byte[] wkb = Wkb.of(FACTORY.createMultiPoint(new Point[] {point, point}));
    assertThat(Wkb.hasZ(wkb, 0)).isTrue();
    Geometry back = Wkb.toGeometry(wkb, 0, wkb.length);
    assertThat(back.getCoordinates()[1].getZ()).isEqualTo(2240.5);
  }

  @Property(tries = 300)
  void bigEndianAndLittleEndianBecomeTheSameBytes(@ForAll("geometries") Geometry geometry) {
    byte[] big = new WKBWriter(2, ByteOrderValues.BIG_ENDIAN).write(geometry);
    assertThat(Wkb.normalize(big)).isEqualTo(Wkb.of(geometry));
    assertThat(Wkb.normalize(Wkb.of(geometry))).isEqualTo(Wkb.of(geometry));
  }

  @Property(tries = 300)
  void theEnvelopeIsThatOfTheGeometryObject(@ForAll("geometries") Geometry geometry) {
    double[] ours = new double[4];
    boolean any = Wkb.envelope(Wkb.of(geometry), 0, ours);
    Envelope theirs = geometry.getEnvelopeInternal();
    assertThat(any).isEqualTo(!theirs.isNull());
    if (any) {
      assertThat(ours)
          .containsExactly(theirs.getMinX(), theirs.getMinY(), theirs.getMaxX(), theirs.getMaxY());
    }
    assertThat(Wkb.vertexCount(Wkb.of(geometry), 0)).isEqualTo(geometry.getNumPoints());
  }

  @Property(tries = 200)
  void changingPositionsChangesEveryVertexOnce(@ForAll("geometries") Geometry geometry) {
    byte[] wkb = Wkb.of(geometry);
    Wkb.changePositions(
        wkb,
        0,
        (xy, pairs) -> {
          for (int i = 0; i < 2 * pairs; i += 2) {
            xy[i] += 1000;
          }
        });
    Geometry moved = Wkb.toGeometry(wkb, 0, wkb.length);
    Coordinate[] before = geometry.getCoordinates();
    Coordinate[] after = moved.getCoordinates();
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i].x).isEqualTo(before[i].x + 1000);
      assertThat(after[i].y).isEqualTo(before[i].y);
    }
  }

  @Property(tries = 200)
  void aGeoPackageBlobGivesBackItsWkb(@ForAll("geometries") Geometry geometry) {
    byte[] wkb = Wkb.of(geometry);
    double[] envelope = new double[4];
    boolean any = Wkb.envelope(wkb, 0, envelope);
    byte[] blob = GeoPackageGeometry.of(32614, wkb, envelope);
    int offset = GeoPackageGeometry.wkbOffset(blob);
    assertThat(java.util.Arrays.copyOfRange(blob, offset, blob.length)).isEqualTo(wkb);
    assertThat(GeoPackageGeometry.isEmpty(blob)).isEqualTo(!any);
  }

  @Provide
  Arbitrary<Geometry> geometries() {
    Arbitrary<Coordinate> coordinate =
        net.jqwik.api.Combinators.combine(
                Arbitraries.doubles().between(-1000, 1000),
                Arbitraries.doubles().between(-1000, 1000))
            .as(Coordinate::new);
    Arbitrary<List<Coordinate>> coordinates = coordinate.list().ofMinSize(2).ofMaxSize(40);
    Arbitrary<Geometry> point = coordinate.map(FACTORY::createPoint);
    Arbitrary<Geometry> line =
        coordinates.map(list -> FACTORY.createLineString(list.toArray(new Coordinate[0])));
    Arbitrary<Geometry> polygon = coordinates.map(WkbTest::ring);
    Arbitrary<Geometry> multi =
        coordinates
            .list()
            .ofMaxSize(4)
            .map(
                rings ->
                    FACTORY.createMultiPolygon(
                        rings.stream().map(WkbTest::ring).toArray(Polygon[]::new)));
    Arbitrary<Geometry> collection =
        Arbitraries.oneOf(point, line, polygon)
            .list()
            .ofMaxSize(4)
            .map(list -> FACTORY.createGeometryCollection(list.toArray(new Geometry[0])));
    return Arbitraries.oneOf(point, line, polygon, multi, collection);
  }

  private static Polygon ring(List<Coordinate> list) {
    Coordinate[] closed = new Coordinate[list.size() + 2];
    for (int i = 0; i < list.size(); i++) {
      closed[i] = list.get(i);
    }
    closed[list.size()] = list.get(0).copy();
    closed[list.size() + 1] = list.get(0).copy();
    return FACTORY.createPolygon(closed);
  }
}
