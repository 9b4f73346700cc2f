package org.tequio.publish.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.publish.search.SearchWords.Role;
import org.tequio.publish.search.SearchWords.Word;

class SearchWordsTest {
  @Test
  void nothingHasNoWords() {
    assertThat(SearchWords.of("  —¿?  ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Av. Juárez,avenida juarez",
    "AVDA JUÁREZ,avenida juarez",
    "Cda. de la Peña,cerrada de la pena",
    "Calz. Tlalpan,calzada tlalpan",
    "Blvd. Ávila Camacho,boulevard avila camacho",
    "R. São João,rua sao joao",
    "Trav. Açaí,travessa acai",
    "Jr. de la Unión,jiron de la union",
    "Priv. 5 de Mayo,privada 5 de mayo",
    "Privada Cinco de Mayo,privada 5 de mayo",
    "1a. Cda. Morelos,1 cerrada morelos",
    "Primera Cerrada de Morelos,1 cerrada de morelos",
    "Rua Quinze de Novembro,rua 15 de novembro",
    "Treinta y Uno de Diciembre,31 de diciembre",
    "Vinte e Cinco de Março,25 de marco",
    "Eje 1 Pte.,eje 1 poniente",
    "Gral. Anaya No. 12,general anaya 12"
  })
  void shortFormsAccentsAndNumberWordsComeToOneForm(String written, String form) {
    assertThat(SearchWords.of(written)).extracting(Word::text).containsExactly(form.split(" "));
  }

  @Test
  void articlesAndKindsOfStreetsMayBeMissing() {
    assertThat(SearchWords.of("Avenida de la Reforma"))
        .extracting(Word::role)
        .containsExactly(Role.TYPE, Role.SMALL, Role.SMALL, Role.TELLING);
  }
}
