package org.tequio.feature.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.Wkb;

/** Where parcels lie, in UTM as in the filter's own system. */
class SpatialFilterTest {
  private static final ServiceCrs METERS = ServiceCrs.of(Parcel.UTM);
  private static final ServiceCrs DEGREES = ServiceCrs.of(new Crs(4326));

  /** A square parcel of 20 m. */
  private static final Parcel SQUARE = Parcel.at(square(484_000, 2_100_000, 20));

  private static String square(double x, double y, double side) {
    return String.format(
        Locale.ROOT,
        "POLYGON((%1$f %2$f,%3$f %2$f,%3$f %4$f,%1$f %4$f,%1$f %2$f))",
        x,
        y,
        x + side,
        y + side);
  }

  private static boolean meters(FeatureRow parcel, String filter) {
    Expression expression = FilterLanguage.CQL2_TEXT.parse(filter);
    return RowFilter.of(expression, Parcel.TARGET, METERS).holds(parcel);
  }

  @ParameterizedTest(name = "/req/spatial-functions: {0} of a square and {1} is {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "S_INTERSECTS;POINT(484000 2100000);true",
        "S_INTERSECTS;POINT(484021 2100000);false",
        "S_DISJOINT;POINT(484021 2100000);true",
        "S_DISJOINT;POINT(484001 2100001);false",
        "S_TOUCHES;POLYGON((484020 2100000,484040 2100000,484040 2100020,484020 2100000));true",
        "S_TOUCHES;POINT(484001 2100001);false",
        "S_WITHIN;BBOX(484000,2100000,484020,2100020);true",
        "S_WITHIN;BBOX(484001,2100000,484020,2100020);false",
        "S_CONTAINS;POINT(484001 2100001);true",
        "S_CONTAINS;LINESTRING(484001 2100001,484030 2100001);false",
        "S_OVERLAPS;BBOX(484010,2100010,484030,2100030);true",
        "S_OVERLAPS;BBOX(484000,2100000,484020,2100020);false",
        "S_CROSSES;LINESTRING(483990 2100010,484030 2100010);true",
        "S_CROSSES;LINESTRING(484001 2100010,484002 2100010);false",
        "S_EQUALS;POLYGON((484020 2100020,484020 2100000,484000 2100000,484000 2100020,484020 2100020));true",
        "S_EQUALS;BBOX(484000,2100000,484020,2100021);false",
        "S_INTERSECTS;GEOMETRYCOLLECTION(POINT(0 0),LINESTRING(484001 2100010,1 1));true",
        "S_INTERSECTS;MULTIPOINT((1 1),(484001 2100010));true"
      })
  void relations(String function, String shape, boolean expected) {
    assertThat(meters(SQUARE, function + "(geometry," + shape + ")")).isEqualTo(expected);
    String turned =
        switch (function) {
          case "S_WITHIN" -> "S_CONTAINS";
          case "S_CONTAINS" -> "S_WITHIN";
          default -> function;
        };
    assertThat(meters(SQUARE, turned + "(" + shape + ",geometry)")).isEqualTo(expected);
    assertThat(meters(SQUARE, "NOT " + function + "(geometry," + shape + ")")).isEqualTo(!expected);
  }

  @Test
  void coordinatesComeInTheOrderOfTheSystemThatTheyAreIn() {
    double[] place = {484_010, 2_100_010};
    CrsRegistry.standard().operation(Parcel.UTM, Crs.CRS84).apply(place, 1);
    String form = "S_INTERSECTS(geometry,POINT(%.8f %.8f))";
    Expression lonLat =
        FilterLanguage.CQL2_TEXT.parse(String.format(Locale.ROOT, form, place[0], place[1]));
    Expression latLon =
        FilterLanguage.CQL2_TEXT.parse(String.format(Locale.ROOT, form, place[1], place[0]));
    assertThat(SQUARE.passes(lonLat, ServiceCrs.CRS84)).isTrue();
    assertThat(SQUARE.passes(latLon, ServiceCrs.CRS84)).isFalse();
    assertThat(SQUARE.passes(latLon, DEGREES)).isTrue();
    assertThat(SQUARE.passes(lonLat, DEGREES)).isFalse();
  }

  @Test
  void boxesKnowTheWholeWorldAndTheAntimeridian() {
    for (String world : new String[] {"-180,-90,180,90", "177,-70,-90,70", "-180,-90,0,180,90,9"}) {
      assertThat(SQUARE.passes("S_INTERSECTS(geometry,BBOX(" + world + "))")).isTrue();
      assertThat(SQUARE.passes("S_WITHIN(geometry,BBOX(" + world + "))")).isTrue();
      assertThat(SQUARE.passes("S_DISJOINT(geometry,BBOX(" + world + "))")).isFalse();
    }
    assertThat(SQUARE.passes("S_INTERSECTS(geometry,BBOX(177,65,-177,70))")).isFalse();
    assertThat(SQUARE.passes("S_DISJOINT(geometry,BBOX(177,65,-177,70))")).isTrue();
    Expression latLon =
        FilterLanguage.CQL2_TEXT.parse("S_INTERSECTS(geometry,BBOX(-70,177,70,-90))");
    assertThat(SQUARE.passes(latLon, DEGREES)).isTrue();
  }

  @Test
  void aGeometryThatWasPublishedIsEqualToItself() {
    Geometry published = new Places(Parcel.TARGET, ServiceCrs.CRS84).of(SQUARE);
    Expression filter =
        new Expression.Operation(
            Operator.S_EQUALS,
            java.util.List.of(
                new Expression.Property("geometry"),
                new Expression.Shape(Objects.requireNonNull(published))));
    assertThat(SQUARE.passes(filter, ServiceCrs.CRS84)).isTrue();
  }

  @Test
  void aGeometryOfTheSourceWithAllItsDecimalsTouchesAsItDidThere() {
    Parcel inDegrees =
        Parcel.at(
            "POLYGON((484000.123456 2100000.987654,484020 2100000,484020 2100020,484000.123456 2100000.987654))");
    assertThat(meters(inDegrees, "S_TOUCHES(geometry,POINT(484000.123456 2100000.987654))"))
        .isTrue();
    assertThat(meters(inDegrees, "S_TOUCHES(geometry,POINT(484000.1235 2100000.9877))")).isTrue();
    assertThat(
            meters(
                Parcel.at(square(484_000.00004, 2_100_000, 20)),
                "S_TOUCHES(geometry,POINT(484000 2100000))"))
        .isTrue();
  }

  @Test
  void aGeometryOutsideItsSystemIsNotKnownToBeAnywhere() {
    Parcel lost = Parcel.at("POINT(1e30 1e30)");
    assertThat(lost.passes("S_DISJOINT(geometry,POLYGON((0 0,1 0,1 1,0 0))) IS NOT NULL")).isTrue();
    assertThat(lost.passes("S_INTERSECTS(geometry,POLYGON((0 0,1 0,1 1,0 0)))")).isFalse();
  }

  @Property(tries = 400)
  void polygonsAndBoxesSayWhatPlainGeometrySays(
      @ForAll @IntRange(min = -60, max = 60) int x,
      @ForAll @IntRange(min = -60, max = 60) int y,
      @ForAll @IntRange(min = 1, max = 90) int side) {
    double west = 484_000.3 + x;
    double south = 2_100_000.7 + y;
    Geometry asked = Parcel.geometry(square(west, south, side));
    boolean expected = Parcel.geometry(square(484_000, 2_100_000, 20)).intersects(asked);
    String box = String.format(Locale.ROOT, "%f,%f,%f,%f", west, south, west + side, south + side);
    assertThat(meters(SQUARE, "S_INTERSECTS(geometry,BBOX(" + box + "))")).isEqualTo(expected);
    assertThat(meters(SQUARE, "S_INTERSECTS(geometry," + asked.toText() + ")")).isEqualTo(expected);
    byte[] wkb = Wkb.of(asked);
    CrsRegistry.standard().operation(Parcel.UTM, Crs.CRS84).apply(wkb, 0);
    String degrees = Wkb.toGeometry(wkb, 0, wkb.length).toText();
    assertThat(SQUARE.passes("S_INTERSECTS(geometry," + degrees + ")")).isEqualTo(expected);
  }

  @Property(tries = 400)
  void whatPassesLiesWhereTheStoreWasToldToLook(
      @ForAll @IntRange(min = -60, max = 60) int x, @ForAll @IntRange(min = 1, max = 90) int side) {
    String box =
        String.format(Locale.ROOT, "BBOX(%d,2100000,%d,2100010)", 484_000 + x, 484_000 + x + side);
    for (String form :
        new String[] {
          "S_INTERSECTS(geometry,%s)",
          "S_OVERLAPS(geometry,%s) OR S_WITHIN(geometry,%s)",
          "S_TOUCHES(geometry,%s) AND pisos IS NULL",
          "S_INTERSECTS(geometry,%s) AND S_INTERSECTS(geometry,BBOX(0,0,9999999,9999999))"
        }) {
      RowFilter filter =
          RowFilter.of(
              FilterLanguage.CQL2_TEXT.parse(form.replace("%s", box)), Parcel.TARGET, METERS);
      if (filter.holds(SQUARE)) {
        assertThat(filter.reach())
            .isInstanceOfSatisfying(
                Reach.Near.class,
                near ->
                    assertThat(
                            near.box().intersects(new Bbox(484_000, 2_100_000, 484_020, 2_100_020)))
                        .isTrue());
      }
    }
    RowFilter none =
        RowFilter.of(
            FilterLanguage.CQL2_TEXT.parse("S_INTERSECTS(geometry,BBOX(0,0,1,1)) AND TRUE"),
            Parcel.TARGET,
            METERS);
    assertThat(none.reach()).isInstanceOf(Reach.Nowhere.class);
  }

  @ParameterizedTest(name = "{0} m of {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "10;POINT(484030 2100010);true",
        "9.999;POINT(484030 2100010);false",
        "0;POINT(484010 2100010);true",
        "0;POINT(484020 2100000);true",
        "14.2;POINT(484030 2100030);true",
        "14.1;POINT(484030 2100030);false",
        "5;POLYGON((483000 2099000,485000 2099000,485000 2101000,483000 2101000,483000 2099000));true",
        "5;LINESTRING(484010 2100026,484500 2100026);false",
        "6;LINESTRING(484010 2100026,484500 2100026);true",
        "1e7;MULTIPOINT((0 0),(1 1));true"
      })
  void nearnessIsMeasuredInMetresOfTheLayersPlane(String distance, String shape, boolean expected) {
    String filter = "S_DWITHIN(geometry," + shape + "," + distance + ")";
    assertThat(meters(SQUARE, filter)).isEqualTo(expected);
    assertThat(meters(SQUARE, "NOT " + filter)).isEqualTo(!expected);
    assertThat(meters(SQUARE, "S_DWITHIN(" + shape + ",geometry," + distance + ")"))
        .isEqualTo(expected);
    RowFilter ready = RowFilter.of(FilterLanguage.CQL2_TEXT.parse(filter), Parcel.TARGET, METERS);
    boolean looked =
        ready.reach() instanceof Reach.Near(Bbox box)
            && box.intersects(new Bbox(484_000, 2_100_000, 484_020, 2_100_020));
    assertThat(looked || !expected).as("the store looks where it passes").isTrue();
  }

  @Test
  void nearnessIsTheSameWhicheverSystemTheGeometryComesIn() {
    double[] place = {484_030, 2_100_010};
    CrsRegistry.standard().operation(Parcel.UTM, Crs.CRS84).apply(place, 1);
    String form = "S_DWITHIN(geometry,POINT(%.9f %.9f),%s)";
    assertThat(SQUARE.passes(String.format(Locale.ROOT, form, place[0], place[1], "10.02")))
        .isTrue();
    assertThat(SQUARE.passes(String.format(Locale.ROOT, form, place[0], place[1], "9.98")))
        .isFalse();
  }

  @Test
  void aLayerInDegreesOrInTheWebsMercatorIsMeasuredInMetresOfTheGround() {
    for (Crs crs : new Crs[] {Crs.CRS84, Crs.WEB_MERCATOR}) {
      byte[] wkb = Wkb.of(Parcel.geometry(square(484_000, 2_100_000, 20)));
      CrsRegistry.standard().operation(Parcel.UTM, crs).apply(wkb, 0);
      Parcel there = Parcel.at(Wkb.toGeometry(wkb, 0, wkb.length).toText());
      Bbox extent =
          CrsRegistry.standard()
              .operation(Parcel.UTM, crs)
              .apply(Objects.requireNonNull(Parcel.TARGET.extent()));
      FilterTarget target =
          new FilterTarget(Parcel.TARGET.fields(), Parcel.TARGET.positions(), true, crs, extent);
      for (double meters : new double[] {9.98, 10.02}) {
        String filter = "S_DWITHIN(geometry,POINT(484030 2100010)," + meters + ")";
        assertThat(
                RowFilter.of(FilterLanguage.CQL2_TEXT.parse(filter), target, METERS).holds(there))
            .as(crs + " " + meters)
            .isEqualTo(meters > 10);
      }
    }
  }

  @Test
  void whatHasNoPlaceIsNeitherNearNorFar() {
    Parcel nowhere = Parcel.of("uso", "H");
    String near = "S_DWITHIN(geometry,POINT(484030 2100010),10)";
    assertThat(meters(nowhere, near)).isFalse();
    assertThat(meters(nowhere, "NOT " + near)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S_DWITHIN(geometry,POINT(0 0))",
        "S_DWITHIN(geometry,POINT(0 0),-1)",
        "S_DWITHIN(geometry,POINT(0 0),'10')",
        "S_DWITHIN(geometry,POINT(0 0),pisos)",
        "S_DWITHIN(geometry,geometry,10)",
        "S_DWITHIN(POINT(0 0),POINT(0 0),10)",
        "S_DWITHIN(uso,POINT(0 0),10)",
        "S_DWITHIN(geometry,POINT(1e300 1e300),10)"
      })
  void whatIsNoDistanceIsRefusedWithAReason(String filter) {
    assertThatThrownBy(() -> SQUARE.passes(filter)).isInstanceOf(FilterRefused.class);
  }
}
