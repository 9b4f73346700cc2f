package org.tequio.publish.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyIndexTest {
  private static final List<String> KEYS =
      List.of("012-345-06", "012-345-07", "012.345.0067-8", "31120510010001", "AB-12");

  private static List<String> find(String typed) {
    KeyIndex.Builder builder = new KeyIndex.Builder();
    for (int i = 0; i < KEYS.size(); i++) {
      builder.add(KEYS.get(i), i);
    }
    List<String> found = new ArrayList<>();
    builder
        .build()
        .find(typed, 10, (feature, whole) -> found.add(KEYS.get(feature) + (whole ? "!" : "")));
    return found;
  }

  @Test
  void anotherKeyIsNotFound() {
    assertThat(find("012-345-08")).isEmpty();
    assertThat(find("---")).isEmpty();
    assertThat(find("012")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "012-345-06,012-345-06!",
    "012 345 06,012-345-06!",
    "01234506,012-345-06!",
    "12-345-6,012-345-06!",
    "012/345/06,012-345-06!",
    "012.345.0067-8,012.345.0067-8!",
    "01234500678,012.345.0067-8!",
    "012.345.0067,012.345.0067-8",
    "12.345.67-8,012.345.0067-8!",
    "ab12,AB-12!",
    "3112051001,31120510010001"
  })
  void separatorsAndFillingZerosDoNotMatter(String typed, String found) {
    assertThat(find(typed)).containsExactly(found);
  }
}
