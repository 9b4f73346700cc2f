package org.tequio.publish.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.publish.search.NameIndex.Question;
import org.tequio.publish.search.SearchWords.Word;

class NameIndexTest {
  private static final List<String> NAMES =
      List.of(
          "Avenida Insurgentes Sur",
          "Calle Benito Juárez",
          "Cerrada de la Peña",
          "Calle 5 de Mayo",
          "Calle 2 de Abril",
          "Rua dos Pinheiros",
          "Juárez",
          "Calle Xochimilco");
  private static final NameIndex INDEX = index();

  private static NameIndex index() {
    NameIndex.Builder builder = new NameIndex.Builder();
    for (String name : NAMES) {
      builder.add(SearchWords.of(name), SearchWords.of("Colonia Centro"));
    }
    return builder.build();
  }

  private static Map<String, Integer> find(String typed, boolean typos) {
    List<Word> words = SearchWords.of(typed);
    Map<String, Integer> found = new TreeMap<>();
    INDEX.find(
        new Question(words, words.size(), true, typos),
        (name, cost) -> found.put(NAMES.get(name), cost));
    return found;
  }

  @Test
  void aWordThatIsNowhereFindsNothing() {
    assertThat(find("insurgentes zzz", true)).isEmpty();
    assertThat(find("norte", false)).isEmpty();
  }

  @Test
  void theNeighborhoodAloneIsNoName() {
    assertThat(find("centro", false)).isEmpty();
    assertThat(find("mayo centro", false)).containsOnlyKeys("Calle 5 de Mayo");
  }

  @ParameterizedTest
  @CsvSource({
    "insurgnetes,Avenida Insurgentes Sur",
    "insurjentes sur,Avenida Insurgentes Sur",
    "ynsurgentes,Avenida Insurgentes Sur",
    "sochimilco,Calle Xochimilco",
    "xochimico,Calle Xochimilco",
    "pinheros,Rua dos Pinheiros",
    "benito juares,Calle Benito Juárez",
    "insurjen,Avenida Insurgentes Sur"
  })
  void typingErrorsAreForgiven(String typed, String name) {
    assertThat(find(typed, false)).doesNotContainKey(name);
    assertThat(find(typed, true)).containsKey(name);
  }

  @Test
  void numbersAreNeverTakenForTypingErrors() {
    assertThat(find("6 de mayo", true)).isEmpty();
    assertThat(find("5 mayo", true)).containsOnlyKeys("Calle 5 de Mayo");
  }

  @Test
  void wordsComeInAnyOrderCutShortAndWithoutTheirKind() {
    assertThat(find("sur insurgentes", false)).containsOnlyKeys("Avenida Insurgentes Sur");
    assertThat(find("ins sur", false)).containsOnlyKeys("Avenida Insurgentes Sur");
    assertThat(find("dos de abril", false)).containsOnlyKeys("Calle 2 de Abril");
    assertThat(find("pinheiros", false)).containsOnlyKeys("Rua dos Pinheiros");
  }

  @Test
  void theNameThatSaysNothingElseIsBest() {
    Map<String, Integer> found = find("juarez", false);
    assertThat(found.get("Juárez")).isLessThan(found.get("Calle Benito Juárez"));
    assertThat(find("avenida insurgentes sur", false).get("Avenida Insurgentes Sur")).isZero();
  }
}
