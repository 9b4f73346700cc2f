package org.tequio.catalogue.intake;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cell looks like decides whether a column is numbers, codes, days or text. */
class TextKindTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "''|OTHER",
        "\"  \"|BLANK",
        "*|SUPPRESSED",
        "N/D|SUPPRESSED",
        "n/a|SUPPRESSED",
        "NA|NOT_KNOWN",
        "-|NOT_KNOWN",
        "Nápoles|OTHER",
        "Santa Fe|OTHER",
        "0|INTEGER",
        "-9999|INTEGER",
        "007|CODE",
        "09002|CODE",
        "1234567890123456789|CODE",
        "3.14|DECIMAL",
        "-0.5|DECIMAL",
        "1e-05|DECIMAL",
        "12E5|OTHER",
        "3,14|DECIMAL_COMMA",
        "1,234,567|OTHER",
        "8:00 A 17:00 HORAS|OTHER",
        "true|TRUTH",
        "Falso|TRUTH",
        "2024-03-31|DATE_ISO",
        "2024-13-31|OTHER",
        "31/03/2024|DATE_DAY_FIRST",
        "03/31/2024|DATE_MONTH_FIRST",
        "1/2/2024|DATE_EITHER",
        "2021-11-20T13:04:25.582-06:00|INSTANT",
        "2021-11-20T13:04:25|OTHER",
        "5º piso|OTHER",
        "12-A|OTHER",
        "1951 - 2010|OTHER",
        "55-1234-5678|OTHER",
      })
  void everyKindOfCell(String text, TextKind kind) {
    assertThat(TextKind.of(text)).isEqualTo(kind);
  }

  @Property
  void everyWholeNumberIsAnIntegerAndComesBack(@ForAll int number) {
    assertThat(TextKind.of(Integer.toString(number))).isEqualTo(TextKind.INTEGER);
  }

  @Property
  void anyTextHasAKind(@ForAll String text) {
    assertThat(TextKind.of(text)).isNotNull();
  }
}
