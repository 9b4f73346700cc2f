package org.tequio.feature.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both encodings say the same (OGC 21-065r2, clause 8). */
class RoundTripTest {
  @Property(tries = 1500)
  void whatIsWrittenInEitherEncodingIsReadAgain(@ForAll("filters") Expression filter) {
    for (FilterLanguage language : FilterLanguage.values()) {
      String written = language.write(filter);
      assertThat(language.parse(written)).as(written).isEqualTo(filter);
    }
  }

  @Provide
  Arbitrary<Expression> filters() {
    return RandomFilters.ofAnyForm();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "uso='a'|{\"op\":\"=\",\"args\":[{\"property\":\"uso\"},\"a\"]}",
        "a:b.c NOT LIKE 'x%'|{\"op\":\"not\",\"args\":[{\"op\":\"like\",\"args\":[{\"property\":\"a:b.c\"},\"x%\"]}]}",
        "\"un nombre\" IS NOT NULL|{\"op\":\"not\",\"args\":[{\"op\":\"isNull\",\"args\":[{\"property\":\"un nombre\"}]}]}",
        "n in (1,2.5)|{\"op\":\"in\",\"args\":[{\"property\":\"n\"},[1,2.5]]}",
        "n = - m * 2|{\"op\":\"=\",\"args\":[{\"property\":\"n\"},{\"op\":\"*\",\"args\":[{\"op\":\"*\",\"args\":[-1,{\"property\":\"m\"}]},2]}]}",
        "s_within(g,bbox(1,2,3,4))|{\"op\":\"s_within\",\"args\":[{\"property\":\"g\"},{\"bbox\":[1.0,2.0,3.0,4.0]}]}",
        "T_FinishedBy(interval(a,'..'),interval('2020-01-01','2020-01-02T00:00:00Z'))|{\"op\":\"t_finishedBy\",\"args\":[{\"interval\":[{\"property\":\"a\"},\"..\"]},{\"interval\":[\"2020-01-01\",\"2020-01-02T00:00:00Z\"]}]}",
        "S_CROSSES(g,LINESTRING Z(1 2 3,4 5 6))|{\"op\":\"s_crosses\",\"args\":[{\"property\":\"g\"},{\"type\":\"LineString\",\"coordinates\":[[1.0,2.0,3.0],[4.0,5.0,6.0]]}]}",
        "a_overlaps(v,(date('2020-01-01'),TRUE))|{\"op\":\"a_overlaps\",\"args\":[{\"property\":\"v\"},[{\"date\":\"2020-01-01\"},true]]}",
        "Foo(g,1)=TRUE|{\"op\":\"=\",\"args\":[{\"op\":\"Foo\",\"args\":[{\"property\":\"g\"},1]},true]}"
      })
  void theSameFilterInBothEncodings(String text, String json) {
    Expression filter = FilterLanguage.CQL2_TEXT.parse(text);
    assertThat(FilterLanguage.CQL2_JSON.write(filter)).isEqualTo(json);
    assertThat(FilterLanguage.CQL2_JSON.parse(json)).isEqualTo(filter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"date", "point", "bbox", "interval", "z", "casei", "s_within", "áéí:ñ"})
  void wordsOfTheLanguageAreNamesWhereNothingElseCanStand(String name) {
    assertThat(FilterLanguage.CQL2_TEXT.parse(name + " = 1"))
        .isEqualTo(
            new Expression.Operation(
                Operator.EQUAL,
                List.of(new Expression.Property(name), new Expression.Literal(1L))));
  }
}
