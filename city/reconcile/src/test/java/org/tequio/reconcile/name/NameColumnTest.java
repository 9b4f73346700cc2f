package org.tequio.reconcile.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How alike names are, in a city where some words are common. */
class NameColumnTest {
  private static final String[] OTHERS = {
    "San Juan",
    "San Pedro",
    "San Felipe",
    "Santa Cruz",
    "Lomas de Chapultepec",
    "Lomas Altas",
    "Ampliación San Juan",
    "Barrio San Lucas",
    "Colonia Centro",
    "Colonia Roma",
    "Pueblo Santa Fe"
  };

  private static double alike(String a, String b) {
    WordBook book = new WordBook();
    NameColumn column = new NameColumn(book, "nombre", OTHERS.length + 2);
    column.add(a);
    column.add(b);
    for (String other : OTHERS) {
      column.add(other);
    }
    return column.similarity(0, column, 1);
  }

  @Test
  void aMissingNameIsLikeNone() {
    NameColumn column = new NameColumn(new WordBook(), "nombre", 2);
    column.add(null);
    column.add("Centro");

    assertThat(column.has(0)).isFalse();
    assertThat(column.hash(0)).isZero();
    assertThat(column.similarity(0, column, 1)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Lindavista I, Lindavista II, 0.0, 0.5",
    "Lindavista, Lindavista II, 0.4, 0.85",
    "San Juan, San Pedro, 0.0, 0.7",
    "Tezozómoc, Tacubaya, 0.0, 0.3"
  })
  void namesThatDifferInWhatTellsAreNotAlike(String a, String b, double least, double most) {
    assertThat(alike(a, b)).isBetween(least, most);
  }

  @ParameterizedTest
  @CsvSource({
    "Juárez Benito, Benito Juárez",
    "Colonia Tezozómoc, TEZOZOMOC",
    "Sn. Felipe de Jesús, San Felipe Jesus",
    "Gustavo A. Madero, GUSTAVO A MADERO",
    "Cuauhtemoc, Cuautemoc",
    "SANFELIPE, San Felipe",
    "Coyoac?n, Coyoacán",
    "F. I. Madero, Francisco I. Madero"
  })
  void writingsOfOneNameAreAlike(String a, String b) {
    assertThat(alike(a, b)).isGreaterThan(0.8);
    assertThat(alike(b, a)).isGreaterThan(0.8);
  }
}
