package org.tequio.cartography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "red", "#fff", "#12345g", "url(http://x)", "#1234567", "javascript:1"})
  void whatIsNoColourIsRefused(String text) {
    assertThat(Rgb.find(text)).isEmpty();
    assertThatThrownBy(() -> Rgb.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void contrastIsThatOfTheAccessibilityGuidelines() {
    assertThat(Rgb.BLACK.contrast(Rgb.WHITE)).isEqualTo(21);
    assertThat(Rgb.of("#777777").contrast(Rgb.WHITE)).isBetween(4.47, 4.49);
  }

  @Test
  void namesOnMapsAreReadableOnTheirHaloAndOnPaper() {
    assertThat(Symbol.INK.contrast(Symbol.LIGHT)).isGreaterThan(7);
    assertThat(Symbol.INK.contrast(Rgb.WHITE)).isGreaterThan(7);
  }

  @Test
  void sizesGrowBetweenStopsAndNowhereElse() {
    Stops stops = Stops.of(1.4, 9, 0.9, 14, 3.2, 18, 7);
    assertThat(stops.at(0)).isEqualTo(0.9);
    assertThat(stops.at(14)).isEqualTo(3.2);
    assertThat(stops.at(16)).isBetween(3.2, 5.1);
    assertThat(stops.at(24)).isEqualTo(7);
  }
}
