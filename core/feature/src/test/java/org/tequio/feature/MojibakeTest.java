package org.tequio.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged text is told from text that only looks unusual. */
class MojibakeTest {
  @ParameterizedTest
  @ValueSource(strings = {"Inundaci?n", "Juárez \uFFFD", "InundaciÃ n", "InundaciÃ?n"})
  void lostLettersAreIrreparable(String text) {
    assertThat(Mojibake.flags(text) & Mojibake.LOST).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "São Paulo",
        "SÃO PAULO",
        "MAÇÃ VERDE",
        "¿Qué hay?",
        "Niño",
        "http://x.mx/?id=3",
        "Âmbar",
        "10 °C"
      })
  void soundTextIsLeftAlone(String text) {
    assertThat(Mojibake.flags(text) & (Mojibake.LOST | Mojibake.REPAIRABLE)).isZero();
  }

  @Property
  void whatWasReadAsWindowsComesBackWhole(
      @ForAll @StringLength(min = 1, max = 20) @CharRange(from = 'à', to = 'ü') String accents) {
    String text = "Calle " + accents;
    String wrong = new String(text.getBytes(StandardCharsets.UTF_8), Charset.forName("ISO-8859-1"));
    assertThat(Mojibake.repair(wrong)).isEqualTo(text);
    assertThat(Mojibake.flags(wrong) & Mojibake.REPAIRABLE).isNotZero();
  }
}
