package org.tequio.feature.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What filters say of a parcel, requirement by requirement of CQL2 (OGC 21-065r2). */
class FilterTest {
  private static final Parcel HOUSE =
      Parcel.of(
          "uso",
          "Habitacional",
          "pisos",
          3L,
          "superficie",
          250.5,
          "baldio",
          false,
          "fecha",
          LocalDate.of(2022, 4, 16),
          "visita",
          Instant.parse("2022-04-16T10:13:19Z"),
          "colonia",
          "Peñón de los Baños");
  private static final Parcel UNKNOWN = Parcel.of();

  @ParameterizedTest(name = "/req/basic-cql2: {0}")
  @ValueSource(
      strings = {
        "uso = 'Habitacional'",
        "uso <> 'Comercial'",
        "uso > 'Comercial' AND uso <= 'Habitacional'",
        "USO = 'Habitacional'",
        "\"uso\" = 'Habitacional'",
        "pisos = 3 and pisos=3.0 And pisos < 3.5 AND pisos >= +3",
        "superficie > 250 AND superficie < 2.51E2",
        "baldio = FALSE",
        "NOT baldio",
        "baldio < true",
        "fecha = DATE('2022-04-16')",
        "fecha < DATE('2022-04-17')",
        "visita >= TIMESTAMP('2022-04-16T10:13:19Z')",
        "visita > DATE('2022-04-16')",
        "id = 7",
        "TRUE",
        "NOT FALSE",
        "uso IS NOT NULL",
        "geometry IS NULL",
        "NOT (pisos < 2) AND (uso = 'x' OR pisos = 3)",
        "pisos = 3 OR uso = 'x' AND uso = 'y'",
        "(pisos = 3) = TRUE",
        "uso='Habitacional'AND(pisos=3)"
      })
  void comparesWithValues(String filter) {
    assertThat(HOUSE.passes(filter)).isTrue();
    assertThat(HOUSE.passes("NOT (" + filter + ")")).isFalse();
  }

  @ParameterizedTest(name = "/req/basic-cql2/null-predicate: {0} is not known")
  @ValueSource(
      strings = {
        "uso = 'a'",
        "uso <> 'a'",
        "pisos < 1",
        "pisos >= 1",
        "uso LIKE '%'",
        "pisos BETWEEN 0 AND 9",
        "pisos IN (1,2)",
        "CASEI(uso) = CASEI('a')",
        "pisos + 1 > 0",
        "1 / 0 = 1",
        "baldio",
        "NOT baldio",
        "T_AFTER(fecha,DATE('2000-01-01'))",
        "T_INTERSECTS(INTERVAL(fecha,visita),INTERVAL('..','..'))",
        "S_INTERSECTS(geometry,BBOX(-180,-90,180,90))",
        "S_DISJOINT(geometry,POINT(0 0))",
        "A_CONTAINEDBY(uso,('a','b'))",
        "uso = 'a' AND TRUE",
        "uso = 'a' OR FALSE"
      })
  void whatIsNotKnownIsNeitherTrueNorFalse(String filter) {
    assertThat(UNKNOWN.passes(filter)).isFalse();
    assertThat(UNKNOWN.passes("NOT (" + filter + ")")).isFalse();
    assertThat(UNKNOWN.passes("(" + filter + ") IS NULL")).isTrue();
  }

  @Test
  @DisplayName("/req/basic-cql2/cql2-filter: what one side decides needs no other")
  void oneSideCanDecide() {
    assertThat(UNKNOWN.passes("uso = 'a' OR TRUE")).isTrue();
    assertThat(UNKNOWN.passes("NOT (uso = 'a' AND FALSE)")).isTrue();
  }

  @ParameterizedTest(name = "/req/advanced-comparison-operators: {0}")
  @ValueSource(
      strings = {
        "uso LIKE 'Hab%'",
        "uso LIKE '%cional'",
        "uso LIKE 'H_bit%on_l'",
        "uso LIKE '%'",
        "uso NOT LIKE 'hab%'",
        "NOT uso LIKE '%x%'",
        "colonia LIKE 'Peñ_n%'",
        "pisos BETWEEN 3 AND 3",
        "pisos NOT BETWEEN 4 AND 9",
        "pisos BETWEEN 1 + 1 AND 2 * 2 AND TRUE",
        "pisos IN (1, 2, 3.0)",
        "uso IN ('Comercial','Habitacional')",
        "uso NOT IN ('Comercial')",
        "fecha IN (DATE('2022-04-16'))",
        "baldio IN (true,false)"
      })
  void patternsRangesAndLists(String filter) {
    assertThat(HOUSE.passes(filter)).isTrue();
    assertThat(HOUSE.passes("NOT (" + filter + ")")).isFalse();
  }

  @ParameterizedTest(name = "/req/case-insensitive-comparison, accent-insensitive: {0}")
  @ValueSource(
      strings = {
        "CASEI(uso) = casei('HABITACIONAL')",
        "CASEI(uso) LIKE casei('HAB_T%')",
        "CASEI(colonia) IN (CASEI('PEÑÓN DE LOS BAÑOS'))",
        "ACCENTI(colonia) = ACCENTI('Penon de los Banos')",
        "ACCENTI(CASEI(colonia)) LIKE accenti(casei('%BANOS'))",
        "CASEI('Straße') = CASEI('STRASSE')",
        "CASEI('Οδος') = CASEI('ΟΔΟΣ')",
        "ACCENTI('débárquér København Łódź') = 'debarquer Kobenhavn Lodz'",
        "lower(uso) = 'habitacional' AND upper('á') = 'Á'"
      })
  void capitalsAndAccentsCanBeForgiven(String filter) {
    assertThat(HOUSE.passes(filter)).isTrue();
  }

  @Test
  @DisplayName("/rec/core/string-normalization: composed and decomposed letters are the same")
  void theSameLetterInOtherBytesIsTheSame() {
    Parcel apart = Parcel.of("colonia", "Pen\u0303o\u0301n");
    assertThat(apart.passes("colonia = 'Peñón'")).isTrue();
    assertThat(apart.passes("colonia LIKE 'Pe_ón'")).isTrue();
  }

  @ParameterizedTest(name = "/req/arithmetic: {0}")
  @ValueSource(
      strings = {
        "pisos = 1 + 2",
        "pisos = 5 - 1 - 1",
        "pisos = 2 * 3 / 2",
        "pisos = 7 div 2",
        "-3 = -7 DIV 2",
        "pisos = 13 % 10",
        "pisos ^ 2 = 9",
        "- pisos = -3",
        "(pisos + 1) * 2 = 8",
        "superficie / pisos > 83 AND superficie/pisos<84",
        "abs(-2.5) = 2.5 AND floor(2.5) = 2 AND ceiling(2.5) = 3",
        "length(uso) = 12 AND year(fecha) = 2022 AND month(visita) = 4"
      })
  void calculates(String filter) {
    assertThat(HOUSE.passes(filter)).isTrue();
  }

  @ParameterizedTest(name = "/req/property-property: {0}")
  @ValueSource(
      strings = {
        "uso < colonia",
        "'Habitacional' = uso",
        "pisos < superficie",
        "3 IN (pisos, 9)",
        "visita > fecha",
        "pisos BETWEEN pisos AND superficie"
      })
  void propertiesMayStandOnBothSides(String filter) {
    assertThat(HOUSE.passes(filter)).isTrue();
  }

  @ParameterizedTest(name = "/req/temporal-functions: {0} of [2,5] and [{1},{2}] is {3}")
  @CsvSource({
    "T_AFTER,0,1,true",
    "T_AFTER,1,2,false",
    "T_BEFORE,6,7,true",
    "T_BEFORE,5,7,false",
    "T_DISJOINT,6,7,true",
    "T_DISJOINT,5,7,false",
    "T_INTERSECTS,5,7,true",
    "T_INTERSECTS,6,7,false",
    "T_EQUALS,2,5,true",
    "T_EQUALS,2,6,false",
    "T_CONTAINS,3,4,true",
    "T_CONTAINS,2,4,false",
    "T_DURING,1,6,true",
    "T_DURING,2,6,false",
    "T_FINISHES,1,5,true",
    "T_FINISHES,2,5,false",
    "T_FINISHEDBY,3,5,true",
    "T_FINISHEDBY,2,5,false",
    "T_STARTS,2,6,true",
    "T_STARTS,2,5,false",
    "T_STARTEDBY,2,4,true",
    "T_STARTEDBY,2,5,false",
    "T_MEETS,5,7,true",
    "T_MEETS,6,7,false",
    "T_METBY,1,2,true",
    "T_METBY,1,3,false",
    "T_OVERLAPS,3,6,true",
    "T_OVERLAPS,5,6,false",
    "T_OVERLAPPEDBY,1,3,true",
    "T_OVERLAPPEDBY,1,2,false"
  })
  void spansOfDaysAndOfMoments(String function, int from, int until, boolean expected) {
    for (String form :
        List.of(
            "INTERVAL('2020-01-1%d','2020-01-1%d')",
            "INTERVAL('2020-01-1%dT00:00:00Z','2020-01-1%dT00:00:00Z')")) {
      String filter =
          function + "(" + form.formatted(2, 5) + "," + form.formatted(from, until) + ")";
      assertThat(HOUSE.passes(filter)).as(filter).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "/req/temporal-functions: {0}")
  @ValueSource(
      strings = {
        "T_INTERSECTS(fecha,INTERVAL('2022-01-01','2022-12-31'))",
        "T_EQUALS(fecha,INTERVAL('2022-04-16','2022-04-16'))",
        "T_AFTER(fecha,INTERVAL('..','2022-04-15'))",
        "T_BEFORE(visita,INTERVAL('2022-04-16T10:13:20Z','..'))",
        "T_INTERSECTS(fecha,TIMESTAMP('2022-04-16T23:00:00Z'))",
        "T_DISJOINT(fecha,TIMESTAMP('2022-04-17T00:00:00Z'))",
        "T_DURING(INTERVAL(visita,visita),INTERVAL('2022-04-16','2022-04-16'))",
        "T_INTERSECTS(INTERVAL(fecha,visita),INTERVAL('..','..'))"
      })
  void datesAndInstantsMayBeMixed(String filter) {
    assertThat(HOUSE.passes(filter)).isTrue();
  }

  @ParameterizedTest(name = "/req/array-functions: {0}")
  @ValueSource(
      strings = {
        "A_EQUALS((1,2,2),(2,1.0))",
        "A_CONTAINS(('a','b'),('b'))",
        "NOT A_CONTAINS(('a'),('a','b'))",
        "A_CONTAINEDBY(uso,('Habitacional','Comercial'))",
        "A_OVERLAPS((uso,colonia),('Habitacional'))",
        "NOT A_OVERLAPS((1),('1'))",
        "A_CONTAINS((1),())",
        "A_EQUALS((DATE('2022-04-16'),TRUE),(TRUE,fecha))"
      })
  void arraysAreSets(String filter) {
    assertThat(HOUSE.passes(filter)).isTrue();
  }

  @Test
  void theStoreIsToldWhichRowsCannotPass() {
    RowFilter filter =
        RowFilter.of(
            FilterLanguage.CQL2_TEXT.parse(
                "uso='H' AND 3=pisos AND colonia='Peñón' AND superficie=1 AND (baldio=TRUE OR TRUE)"),
            Parcel.TARGET,
            org.tequio.feature.ServiceCrs.CRS84);
    assertThat(filter.equal())
        .containsExactly(new RowFilter.Equal("uso", "H"), new RowFilter.Equal("pisos", 3L));
  }
}
