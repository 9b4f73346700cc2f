package org.tequio.feature.filter;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.ServiceCrs;

/** Filters that somebody sends to do harm, or without thinking. */
class HostileFilterTest {
  private static final int MANY = 10_000;

  static Stream<String> endless() {
    return Stream.of(
        "(".repeat(MANY),
        "(".repeat(MANY) + "TRUE" + ")".repeat(MANY),
        "NOT ".repeat(MANY) + "TRUE",
        "casei(".repeat(MANY) + "'a'" + ")".repeat(MANY) + "='a'",
        "pisos=" + "1+".repeat(MANY) + "1",
        "pisos=" + "-".repeat(MANY) + "1",
        "A_EQUALS(" + "(".repeat(MANY),
        "uso='" + "a".repeat(1 << 20) + "'",
        "pisos IN (" + "1,".repeat(1_000_000) + "1)",
        "pisos IN (" + "1,".repeat(30_000) + "1)",
        "S_INTERSECTS(geometry,LINESTRING(" + "1 1,".repeat(MANY * 2) + "1 1))",
        String.join(" OR ", Collections.nCopies(15_000, "id=1")));
  }

  @ParameterizedTest
  @MethodSource("endless")
  void aFilterWithoutEndIsRefusedAtOnce(String filter) {
    assertTimeoutPreemptively(
        ofSeconds(5),
        () ->
            assertThatThrownBy(() -> FilterLanguage.CQL2_TEXT.parse(filter))
                .isInstanceOf(FilterRefused.class));
  }

  static Stream<String> endlessJson() {
    return Stream.of(
        "[".repeat(MANY),
        "{\"op\":\"not\",\"args\":[".repeat(MANY),
        "{\"op\":\"not\",\"args\":[".repeat(500) + "true" + "]}".repeat(500),
        "{\"op\":\"in\",\"args\":[1,[" + "1,".repeat(1_000_000) + "1]]}",
        "{\"op\":\"in\",\"args\":[1,[" + "1,".repeat(25_000) + "1]]}");
  }

  @ParameterizedTest
  @MethodSource("endlessJson")
  void aJsonFilterWithoutEndIsRefusedAtOnce(String filter) {
    assertTimeoutPreemptively(
        ofSeconds(5),
        () ->
            assertThatThrownBy(() -> FilterLanguage.CQL2_JSON.parse(filter))
                .isInstanceOf(FilterRefused.class));
  }

  @Test
  void aPatternOfManyWildcardsTakesNoLongerThanAnother() {
    String text = "a".repeat(200_000) + "c";
    LikePattern pattern = LikePattern.of("%a".repeat(450) + "%_b");
    assertTimeoutPreemptively(ofSeconds(5), () -> assertThat(pattern.matches(text)).isFalse());
    assertThatThrownBy(() -> LikePattern.of("%a".repeat(MANY))).isInstanceOf(FilterRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "uso",
        "uso=",
        "=1",
        "uso='a' AND",
        "uso='a",
        "\"uso='a'",
        "uso='a' uso='b'",
        "(uso='a'",
        "uso='a')",
        "uso==1",
        "uso='a'; DROP TABLE predios",
        "uso='a' -- comment",
        "uso=\"a\"",
        "uso='a' OR 1=1 UNION SELECT * FROM people",
        "propietario='Dolores Closedname'",
        "propietario IS NULL",
        "property('uso')='a'",
        "exec('rm')='a'",
        "/descendant::uso='a'",
        "uso LIKE propietario",
        "uso LIKE colonia",
        "uso=1",
        "pisos='1'",
        "pisos=TRUE",
        "fecha='2020-01-01'",
        "fecha=DATE('2020-02-30')",
        "fecha=DATE('hoy')",
        "visita=TIMESTAMP('2020-01-01')",
        "geometry=1",
        "geometry=POINT(1 1)",
        "uso + 1 = 2",
        "casei(pisos)='a'",
        "S_INTERSECTS(uso,POINT(1 1))",
        "S_INTERSECTS(geometry,POINT(1))",
        "S_INTERSECTS(geometry,POINT(a b))",
        "S_INTERSECTS(geometry,POLYGON((0 0,1 1,1 0,0 1)))",
        "S_INTERSECTS(geometry,POLYGON((0 0,1 1,0 0)))",
        "S_INTERSECTS(geometry,BBOX(1,2,3))",
        "S_INTERSECTS(geometry,BBOX(1,2,3,1))",
        "S_INTERSECTS(geometry,POINT(1e999 1))",
        "S_INTERSECTS(geometry)",
        "T_DURING(fecha,INTERVAL('2020-01-01','2021-01-01'))",
        "T_AFTER(fecha,'2020-01-01')",
        "T_AFTER(fecha,INTERVAL('2020-01-01'))",
        "T_AFTER(fecha,INTERVAL('ayer','hoy'))",
        "pisos BETWEEN 1",
        "pisos BETWEEN 1 OR 2",
        "pisos IN ()",
        "pisos IN (1,'a')",
        "pisos NOT 1",
        "pisos IS 1",
        "pisos=1e999",
        "uso='a'\u0000",
        "uso='a' AND pisos",
        "length(uso,uso)=1",
        "year(uso)=1"
      })
  void whatIsNoFilterOfThisLayerIsRefusedInEveryLanguage(String filter) {
    assertThatThrownBy(() -> Parcel.of().passes(filter))
        .isInstanceOfSatisfying(
            FilterRefused.class,
            e -> {
              assertThat(e.why().en()).isNotBlank().doesNotContain("Closedname");
              assertThat(e.why().es()).isNotBlank();
              assertThat(e.why().pt()).isNotBlank();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "1",
        "{\"op\":\"=\"}",
        "{\"op\":\"=\",\"args\":1}",
        "{\"op\":\"=\",\"args\":[{\"property\":\"pisos\"}]}",
        "{\"op\":\"=\",\"args\":[{\"property\":\"pisos\"},null]}",
        "{\"op\":\"=\",\"args\":[{\"property\":\"pisos\"},{\"pisos\":1}]}",
        "{\"op\":\"in\",\"args\":[{\"property\":\"pisos\"},1]}",
        "{\"op\":\"=\",\"op\":\"<>\",\"args\":[1,1]}",
        "{\"op\":\"=\",\"args\":[1,1]} {}",
        "{\"op\":\"=\",\"args\":[1,NaN]}",
        "{\"op\":\"=\",\"args\":[1,1e999]}",
        "{\"op\":\"nada\",\"args\":[1]}",
        "{\"op\":\"s_intersects\",\"args\":[{\"property\":\"geometry\"},{\"type\":\"Circle\"}]}",
        "{\"op\":\"s_intersects\",\"args\":[{\"property\":\"geometry\"},"
            + "{\"type\":\"Point\",\"coordinates\":[\"a\",1]}]}",
        "{\"op\":\"s_intersects\",\"args\":[{\"property\":\"geometry\"},{\"bbox\":[1,2]}]}",
        "{\"op\":\"t_after\",\"args\":[{\"property\":\"fecha\"},{\"date\":\"hoy\"}]}",
        "{\"op\":\"t_after\",\"args\":[{\"property\":\"fecha\"},{\"interval\":[\"..\"]}]}",
        "{\"op\":\"=\",\"args\":[{\"property\":\"propietario\"},\"a\"]}"
      })
  void whatIsNoJsonFilterOfThisLayerIsRefused(String filter) {
    assertThatThrownBy(
            () -> Parcel.of().passes(FilterLanguage.CQL2_JSON.parse(filter), ServiceCrs.CRS84))
        .isInstanceOf(FilterRefused.class);
  }

  @Test
  void aRefusalSaysWhereAndWhatWasExpected() {
    assertThatThrownBy(() -> FilterLanguage.CQL2_TEXT.parse("pisos > AND uso='a'"))
        .hasMessage("filter:9: wanted a property, a value or a function but got 'AND'");
    assertThatThrownBy(() -> FilterLanguage.CQL2_TEXT.parse("pisos > 1 uso"))
        .hasMessage("filter:11: wanted AND, OR, an operator or the end but got 'uso'");
    assertThatThrownBy(
            () -> FilterLanguage.CQL2_JSON.parse("{\"op\":\"not\",\"args\":[{\"op\":\"=\"}]}"))
        .hasMessage("filter#/args/0/args: wanted a list but got 'null'");
    assertThatThrownBy(() -> Parcel.of().passes("pisos = 'dos'"))
        .hasMessage("filter: wanted a number but got ''dos''");
    assertThatThrownBy(() -> Parcel.of().passes("propietario = 'x'"))
        .hasMessageStartingWith("there is no property 'propietario'; there are: id, geometry, uso");
  }

  @Test
  void textsThatLookLikeCodeAreTexts() {
    Parcel parcel = Parcel.of("uso", "' OR 1=1 --", "colonia", "a%b\\_");
    assertThat(parcel.passes("uso = ''' OR 1=1 --'")).isTrue();
    assertThat(parcel.passes("uso = '\\' OR 1=1 --'")).isTrue();
    assertThat(parcel.passes("colonia LIKE 'a\\%b\\\\\\\\\\_'")).isTrue();
    assertThat(parcel.passes("colonia = 'a%b\\_'")).isTrue();
  }
}
