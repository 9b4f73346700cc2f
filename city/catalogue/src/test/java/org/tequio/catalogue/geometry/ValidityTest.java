package org.tequio.catalogue.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;

/** Every kind of broken shape is told, and a bomb costs no more than its budget. */
class ValidityTest {
  private final Validity validity = new Validity(GeometryBudget.standard(Progress.NONE));
  private final GeometryScan scan = new GeometryScan();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POLYGON((0 0,10 10,10 0,0 10,0 0))|GEOMETRY_SELF_INTERSECTION",
        "POLYGON((0 0,10 0,10 10,5 0,0 10,0 0))|GEOMETRY_SELF_INTERSECTION",
        "POLYGON((0 0,10 0,5 0,10 10,0 10,0 0))|GEOMETRY_SELF_INTERSECTION",
        "POLYGON((0 0,10 0,10 10,0 10,0 0),(20 20,21 20,21 21,20 20))|GEOMETRY_HOLE_OUTSIDE",
        "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(2 2,3 2,3 3,2 2))|GEOMETRY_NESTED_PARTS",
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((1 1,2 1,2 2,1 1)))|GEOMETRY_NESTED_PARTS",
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((5 5,12 5,12 7,5 7,5 5)))|GEOMETRY_NESTED_PARTS",
        "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 1,3 3,1 1),(3 3,1 1,3 1,3 3))|GEOMETRY_DUPLICATE_RINGS",
        "POLYGON((0 0,9 0,9 9,0 9,0 0),(0 5,5 0,9 5,5 9,0 5))|GEOMETRY_DISCONNECTED_INTERIOR",
      })
  void everyKindOfInvalidPolygon(String wkt, FindingCode code) throws ParseException {
    assertThat(fault(wkt)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POLYGON((0 0,10 0,10 10,0 10,0 0))|",
        "POLYGON((0 0,5 0,10 0,10 10,0 10,0 0))|",
        "POLYGON((0 0,0 0,10 0,10 10,10 10,0 10,0 0))|",
        "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1))|",
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((9 9,12 9,12 12,9 9)))|",
        "LINESTRING(0 0,10 10,10 0,0 10)|",
        "POINT(1 2)|"
      })
  void validShapesAreLeftAlone(String wkt, String nothing) throws ParseException {
    assertThat(fault(wkt)).as(String.valueOf(nothing)).isNull();
  }

  @Test
  void anOpenRingIsToldBeforeAnythingElse() {
    byte[] wkb =
        new WkbBuilder()
            .header(GeometryType.POLYGON, false, false)
            .append(new byte[] {1, 0, 0, 0, 4, 0, 0, 0}, 0, 8)
            .xy(0, 0)
            .xy(1, 0)
            .xy(1, 1)
            .xy(0, 1)
            .toBytes();
    assertThat(fault(wkb)).isEqualTo(FindingCode.GEOMETRY_RING_NOT_CLOSED);
  }

  @Test
  void theFaultHasAPlace() throws ParseException {
    byte[] wkb = Wkb.of(new WKTReader().read("POLYGON((0 0,10 10,10 0,0 10,0 0))"));
    scan.read(wkb);
    assertThat(validity.findFault(wkb, scan))
        .isEqualTo(new Validity.Fault(FindingCode.GEOMETRY_SELF_INTERSECTION, 5, 5));
  }

  @ParameterizedTest
  @CsvSource({"1000", "10000", "1000000"})
  void aStarThatCrossesItselfIsToldOrCalledTooComplex(int vertices) {
    Coordinate[] ring = new Coordinate[vertices + 1];
    for (int i = 0; i < vertices; i++) {
      double angle = 2 * Math.PI * i * (vertices / 2 - 1) / vertices;
      ring[i] = new Coordinate(1000 * Math.cos(angle), 1000 * Math.sin(angle));
    }
    ring[vertices] = ring[0];
    assertThat(fault(Wkb.of(new GeometryFactory().createPolygon(ring))))
        .isIn(FindingCode.GEOMETRY_SELF_INTERSECTION, FindingCode.GEOMETRY_TOO_COMPLEX);
  }

  @Test
  @Timeout(60)
  void aMillionPartsAndPartsOnEachOtherAreToldOrCalledTooComplex() {
    int parts = 1_000_000;
    WkbBuilder many = new WkbBuilder().header(GeometryType.MULTIPOLYGON, false, false);
    many.count(parts);
    for (int i = 0; i < parts; i++) {
      triangle(many, i % 1000 * 10, i / 1000 * 10);
    }
    assertThat(fault(many.toBytes())).isIn(null, FindingCode.GEOMETRY_TOO_COMPLEX);

    WkbBuilder stacked = new WkbBuilder().header(GeometryType.MULTIPOLYGON, false, false);
    stacked.count(100_000);
    for (int i = 0; i < 100_000; i++) {
      triangle(stacked, i * 1e-6, 0);
    }
    assertThat(fault(stacked.toBytes())).isNotNull();
  }

  private static void triangle(WkbBuilder into, double x, double y) {
    into.header(GeometryType.POLYGON, false, false);
    into.count(1);
    into.count(4);
    into.xy(x, y).xy(x + 5, y).xy(x, y + 5).xy(x, y);
  }

  @Test
  void aCombThatWouldTakeHoursIsCalledTooComplex() {
    int teeth = 200_000;
    Coordinate[] ring = new Coordinate[2 * teeth + 3];
    for (int i = 0; i < teeth; i++) {
      double jitter = (i * 7919 % teeth) * 1e-9;
      ring[2 * i] = new Coordinate(i % 2 == 0 ? jitter : 1, i);
      ring[2 * i + 1] = new Coordinate(i % 2 == 0 ? 1 : jitter, i + 0.5);
    }
    ring[2 * teeth] = new Coordinate(2, teeth);
    ring[2 * teeth + 1] = new Coordinate(2, 0);
    ring[2 * teeth + 2] = ring[0];
    byte[] wkb = Wkb.of(new GeometryFactory().createPolygon(ring));
    Validity strict =
        new Validity(new GeometryBudget(1000, 100_000, Duration.ofMillis(200), Progress.NONE));
    scan.read(wkb);
    Validity.Fault fault = strict.findFault(wkb, scan);
    assertThat(fault == null || fault.code() == FindingCode.GEOMETRY_TOO_COMPLEX).isTrue();
  }

  @Property(tries = 500)
  void agreesWithJtsOnSmallRings(@ForAll @IntRange(max = 1 << 30) int seed) {
    var random = new java.util.Random(seed);
    int n = 3 + random.nextInt(9);
    Coordinate[] ring = new Coordinate[n + 1];
    for (int i = 0; i < n; i++) {
      ring[i] = new Coordinate(random.nextInt(12), random.nextInt(12));
    }
    ring[n] = ring[0];
    Geometry polygon = new GeometryFactory().createPolygon(ring);
    assertThat(fault(Wkb.of(polygon)) == null).as(polygon.toText()).isEqualTo(polygon.isValid());
  }

  @Property(tries = 50)
  void agreesWithJtsOnLargerRings(@ForAll @IntRange(max = 1 << 30) int seed) {
    var random = new java.util.Random(seed);
    int n = 60 + random.nextInt(300);
    Coordinate[] ring = new Coordinate[n + 1];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * (i + (random.nextInt(40) == 0 ? 1.5 : 0)) / n;
      double radius = 100 + random.nextDouble() * 20;
      ring[i] = new Coordinate(radius * Math.cos(angle), radius * Math.sin(angle));
    }
    ring[n] = ring[0];
    Geometry polygon = new GeometryFactory().createPolygon(ring);
    assertThat(fault(Wkb.of(polygon)) == null).isEqualTo(polygon.isValid());
  }

  private @org.jspecify.annotations.Nullable FindingCode fault(String wkt) throws ParseException {
    return fault(Wkb.of(new WKTReader().read(wkt)));
  }

  private @org.jspecify.annotations.Nullable FindingCode fault(byte[] wkb) {
    scan.read(wkb);
    Validity.Fault fault = validity.findFault(wkb, scan);
    return fault == null ? null : fault.code();
  }
}
