package org.tequio.cartography.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetteringTest {
  @ParameterizedTest
  @ValueSource(strings = {"مرحبا", "東京", "\uD83D\uDEB0", "a\u0000b", "a\tb", "a\u3000b"})
  void aNameInLettersThatTheFaceLacksIsDrawnWithWhatItHas(String name) {
    Path2D drawn = new Path2D.Double();

    Lettering.BOLD.outline(name, 12, new AffineTransform(), drawn);

    assertThat(drawn.getBounds2D().isEmpty()).isFalse();
    assertThat(Lettering.BOLD.width(name, 12))
        .isEqualTo(Lettering.BOLD.width(Lettering.BOLD.known(name), 12));
  }
}
