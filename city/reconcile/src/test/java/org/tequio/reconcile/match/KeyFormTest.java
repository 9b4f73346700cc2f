package org.tequio.reconcile.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as departments write them. */
class KeyFormTest {
  @Test
  void noKeyIsNotTheKeyZero() {
    assertThat(KeyForm.clean(null)).isNull();
    assertThat(KeyForm.clean(" -- ")).isNull();
    assertThat(KeyForm.clean(0L)).isEqualTo("0");
    assertThat(KeyForm.clean(2.5)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"09-002, 09002", "cve 12/b, CVE12B", "Ñ-1, N1"})
  void separatorsCaseAndAccentsDoNotCount(String written, String clean) {
    assertThat(KeyForm.clean(written)).isEqualTo(clean);
  }

  @Test
  void theLastThreeWithoutZerosAreOneBoroughInEveryWriting() {
    KeyForm form = new KeyForm(3, true);

    assertThat(form.of("09002")).isEqualTo("2");
    assertThat(form.of("002")).isEqualTo("2");
    assertThat(form.of("2")).isEqualTo("2");
    assertThat(new KeyForm(0, true).of("000")).isEqualTo("0");
  }
}
