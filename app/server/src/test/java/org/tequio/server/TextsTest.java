package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

/** Nothing may be said in two languages only. */
class TextsTest {
  @Test
  void everyTextExistsInAllThreeLanguages() {
    assertThat(keys("es")).isEqualTo(keys("en"));
    assertThat(keys("pt")).isEqualTo(keys("en"));
  }

  private static java.util.Set<String> keys(String language) {
    return new java.util.TreeSet<>(
        ResourceBundle.getBundle(
                "org.tequio.server.texts",
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(
                    ResourceBundle.Control.FORMAT_PROPERTIES))
            .keySet());
  }
}
