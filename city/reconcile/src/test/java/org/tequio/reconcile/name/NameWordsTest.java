package org.tequio.reconcile.name;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as departments write them, and what they mean. */
class NameWordsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "...", "???", "-"})
  void whatSaysNothingHasNoWords(String name) {
    assertThat(NameWords.of(name)).isEmpty();
  }

  @Test
  void aNameOfArticlesOnlyKeepsThem() {
    assertThat(NameWords.of("De la")).containsExactly("de", "la");
  }

  @ParameterizedTest
  @CsvSource({
    "Álvaro Obregón, alvaro obregon",
    "ALVARO OBREGON, alvaro obregon",
    "ObregÃ³n, obregon",
    "La Magdalena Contreras, magdalena contreras",
    "Gustavo A. Madero, gustavo madero",
    "Col. Sta. María la Ribera, colonia santa maria ribera",
    "U. H. Vallejo II, unidad habitacional vallejo 2",
    "San Juan Tlihuaca (PBLO), san juan tlihuaca pueblo",
    "Lindavista I, lindavista 1",
    "2a. Sección del Bosque, 2 seccion bosque",
    "Segunda Sección del Bosque, 2 seccion bosque",
    "Jd. São José, jardim sao jose",
    "Barrio 007, barrio 7"
  })
  void writingsOfOneNameHaveTheSameWords(String name, String words) {
    assertThat(String.join(" ", NameWords.of(name))).isEqualTo(words);
  }

  @Test
  void aLetterThatIsLostAgreesWithAnyButAQuestionIsNone() {
    assertThat(NameWords.of("Coyoac\uFFFDn")).containsExactly("coyoac?n");
    assertThat(NameWords.of("Coyoac?n?")).containsExactly("coyoac?n");
    assertThat(JaroWinkler.similarity("coyoac?n", "coyoacan")).isEqualTo(1);
  }

  @Property
  void anyTextIsTakenApartAndTakingItApartAgainChangesNothing(
      @ForAll @StringLength(max = 60) String text) {
    var words = NameWords.of(text);

    assertThat(words)
        .allMatch(word -> !word.isEmpty() && word.equals(word.toLowerCase(java.util.Locale.ROOT)));
  }

  @Property
  void likenessIsTheSameBothWaysAndNeverOutOfBounds(
      @ForAll @StringLength(max = 12) String a, @ForAll @StringLength(max = 12) String b) {
    double alike = JaroWinkler.similarity(a, b);

    assertThat(alike).isBetween(0.0, 1.0);
    assertThat(JaroWinkler.similarity(a, a)).isEqualTo(1);
  }
}
