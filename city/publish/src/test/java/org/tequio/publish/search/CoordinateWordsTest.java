package org.tequio.publish.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.publish.search.CoordinateWords.Typed;

class CoordinateWordsTest {
  private static final CoordinateWords MEXICO =
      new CoordinateWords(new Bbox(-99.4, 19.0, -98.9, 19.6), new Crs(32614));
  private static final CoordinateWords LIMA =
      new CoordinateWords(new Bbox(-77.2, -12.5, -76.7, -11.7), new Crs(32718));
  private static final CoordinateWords NOWHERE = new CoordinateWords(null, null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "Insurgentes 1602",
        "5 de Mayo 12",
        "012-345-06",
        "012 345 06",
        "Calle 5, 12",
        "19 de Septiembre",
        "95, 200.5",
        "999.5 999.5",
        "19°25'57\"N 19°25'57\"N",
        "1 2 3 4 5 6",
        "555 1234567",
        "06000, 06010",
        "10 N",
        "Norte 12 A",
        "14 Oriente 1205"
      })
  void whatIsNoCoordinateIsLeftToTheOthers(String text) {
    assertThat(MEXICO.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "19.4326, -99.1332",
        "19.4326 -99.1332",
        "-99.1332, 19.4326",
        "19,4326 -99,1332",
        "19,4326; -99,1332",
        "19.4326, 99.1332",
        "(19.4326,-99.1332)",
        "19.4326N 99.1332W",
        "19.4326° N, 99.1332° O",
        "N 19.4326 W 99.1332",
        "W99.1332 N19.4326",
        "lat 19.4326 lon -99.1332",
        "Lat: 19.4326, Long: -99.1332",
        "geo:19.4326,-99.1332?z=17",
        "geo:19.4326,-99.1332;u=35",
        "https://www.google.com/maps/@19.4326,-99.1332,15z",
        "https://maps.google.com/?q=19.4326,-99.1332",
        "https://www.openstreetmap.org/#map=17/19.4326/-99.1332",
        "19°25'57.36\"N 99°07'59.52\"W",
        "19º25′57.36″N, 99º7′59.52″O",
        "19° 25' 57,36\" N 99° 7' 59,52\" O",
        "19 25 57.36 N 99 07 59.52 W",
        "19°25'57.36'' -99°07'59.52''",
        "N19°25.956' W099°07.992'",
        "19:25:57.36N 99:07:59.52W"
      })
  void degreesAreUnderstoodAsPeopleWriteThem(String text) {
    Typed at = MEXICO.parse(text).orElseThrow();
    assertThat(at.lat()).isCloseTo(19.4326, within(1e-6));
    assertThat(at.lon()).isCloseTo(-99.1332, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "14N 486000 2148000",
        "14 N 486000 2148000",
        "14Q 486000 2148000",
        "UTM 14N 486,000 2,148,000",
        "486000 2148000",
        "486000.0, 2148000.0",
        "2148000 486000",
        "486 000 2 148 000",
        "X=486000 Y=2148000",
        "E 486000 N 2148000",
        "486000E 2148000N",
        "486000 mE 2148000 mN 14N",
        "486000,00 2148000,00 zona 14 N"
      })
  void metersOfTheUtmGridAreUnderstood(String text) {
    double[] expected = {486000, 2148000};
    CrsRegistry.standard().operation(new Crs(32614), Crs.CRS84).apply(expected, 1);
    Typed at = MEXICO.parse(text).orElseThrow();
    assertThat(at.lon()).isCloseTo(expected[0], within(1e-7));
    assertThat(at.lat()).isCloseTo(expected[1], within(1e-7));
  }

  @Test
  void theSouthIsSouthThoughTheMilitaryGridCallsItOtherwise() {
    Typed at = LIMA.parse("18S 279000 8667000").orElseThrow();
    assertThat(at.lat()).isBetween(-12.1, -12.0);
    assertThat(at.lon()).isBetween(-77.1, -77.0);
    assertThat(LIMA.parse("18L 279000 8667000").orElseThrow().lat()).isBetween(-12.1, -12.0);
  }

  @Test
  void theCityDecidesWhichNumberIsTheLatitude() {
    assertThat(LIMA.parse("-77.03, -12.05").orElseThrow().lat()).isEqualTo(-12.05);
    assertThat(LIMA.parse("12.05 77.03").orElseThrow().lon()).isEqualTo(-77.03);
    assertThat(NOWHERE.parse("-77.03, -12.05").orElseThrow().lat()).isEqualTo(-77.03);
    assertThat(NOWHERE.parse("486000 2148000")).isEmpty();
  }

  @Test
  void theDigitsSayHowPreciseItIs() {
    assertThat(MEXICO.parse("19.43, -99.13").orElseThrow().meters()).isCloseTo(557, within(1.0));
    assertThat(MEXICO.parse("19.43261, -99.13321").orElseThrow().meters())
        .isCloseTo(0.56, within(0.01));
    assertThat(MEXICO.parse("19°25'57\"N 99°07'59\"W").orElseThrow().meters())
        .isCloseTo(15.5, within(0.1));
  }
}
