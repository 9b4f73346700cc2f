package org.tequio.formats.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextEncodingTest {
  private static final String SPANISH =
      "Álvaro Obregón, Cuauhtémoc, Coyoacán; peñón y güero, MÉXICO, 2º piso";

  @Test
  void tellsTheFourUsualEncodingsOfSpanishApart() {
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_8,
            TextEncoding.WINDOWS_1252,
            TextEncoding.CP850,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE)) {
      assertThat(TextEncoding.of(SPANISH.getBytes(charset)).charset()).isEqualTo(charset);
    }
  }

  @Test
  void tellsTheDosPageOfTheUnitedStatesByWhatOnlyItHas() {
    byte[] text = "Obregón ½ peñón ┐".replace('┐', 'ª').getBytes(TextEncoding.CP437);

    assertThat(TextEncoding.of(text).charset()).isIn(TextEncoding.CP437, TextEncoding.CP850);
    assertThat(new String(text, TextEncoding.of(text).charset())).contains("Obregón", "peñón");
  }

  @Test
  void readsPortugueseInWindows1252() {
    byte[] text = "São João, Conceição, Paraná, três".getBytes(TextEncoding.WINDOWS_1252);

    TextEncoding encoding = TextEncoding.of(text);

    assertThat(encoding.charset()).isEqualTo(TextEncoding.WINDOWS_1252);
    assertThat(encoding.certain()).isFalse();
    assertThat(encoding.evidence()).contains("not UTF-8").contains("ã");
  }

  @Test
  void readsCapitalsOfDosAndOfWindows() {
    assertThat(TextEncoding.of("CUAUHTÉMOC, PEÑÓN".getBytes(TextEncoding.CP850)).charset())
        .isEqualTo(TextEncoding.CP850);
    assertThat(TextEncoding.of("CUAUHTÉMOC, PEÑÓN".getBytes(TextEncoding.WINDOWS_1252)).charset())
        .isEqualTo(TextEncoding.WINDOWS_1252);
  }

  @Test
  void asciiIsCertainlyUtf8AndAMarkIsSkipped() {
    assertThat(TextEncoding.of("id,name".getBytes(StandardCharsets.US_ASCII)).certain()).isTrue();
    assertThat(TextEncoding.of("\ufeffid".getBytes(StandardCharsets.UTF_8)).markBytes())
        .isEqualTo(3);
  }

  @Test
  void oneBrokenCharacterInAUtf8TextDoesNotMakeItAnotherEncoding() {
    byte[] text = (SPANISH.repeat(5) + "x").getBytes(StandardCharsets.UTF_8);
    text[text.length - 1] = (byte) 0xff;

    TextEncoding encoding = TextEncoding.of(text);

    assertThat(encoding.charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(encoding.malformed()).isEqualTo(1);
  }

  @Test
  void aCharacterCutAtTheWidthOfACellIsForgiven() {
    byte[] text = "peñón".getBytes(StandardCharsets.UTF_8);
    EncodingDetector detector = new EncodingDetector();

    detector.feed(text, 0, text.length).endOfText();
    detector.feed(text, 0, 3).endOfText();

    assertThat(detector.detect().isUtf8()).isTrue();
    assertThat(detector.detect().certain()).isTrue();
  }

  @Property(tries = 200)
  void everyTextInUtf8IsFoundToBeUtf8HoweverItIsCutIntoBlocks(@ForAll("texts") String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    EncodingDetector detector = new EncodingDetector();

    for (int i = 0; i < bytes.length; i += 3) {
      detector.feed(bytes, i, Math.min(3, bytes.length - i));
    }

    assertThat(detector.detect().charset()).isEqualTo(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("abcñáé€ ")
        .withCharRange('\u4e00', '\u4eff')
        .ofMinLength(1)
        .ofMaxLength(40);
  }
}
