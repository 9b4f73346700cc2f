package org.tequio.cartography.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, true",
    "7, 5, 2, true",
    "64, 64, 256, true",
    "64, 64, 256, false",
    "64, 64, 257, true",
    "33, 70, 4096, false",
    "33, 70, 4096, true"
  })
  void everyPixelComesBackThroughAnotherReader(int width, int height, int colors, boolean opaque)
      throws IOException {
    SplittableRandom random = new SplittableRandom(width * 31L + colors);
    int[] palette = new int[colors];
    for (int i = 0; i < colors; i++) {
      // An invisible colour is written as it is, and read as it is.
      palette[i] = random.nextInt() & 0xFFFFFF | (opaque ? 255 : 1 + random.nextInt(255)) << 24;
    }
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = palette[i < colors ? i : random.nextInt(colors)];
    }

    BufferedImage read =
        Objects.requireNonNull(
            ImageIO.read(new ByteArrayInputStream(Png.encode(argb, width, height, 96))));

    assertThat(read.getRGB(0, 0, width, height, null, 0, width)).isEqualTo(argb);
  }
}
