package org.tequio.cartography.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tequio.cartography.Rgb;

/** Colours that everyone can tell apart, and that the web map has, too. */
class PalettesTest {
  private static final Rgb GROUND = Rgb.of("#f6f2ea");

  /**
   * How colours look without one kind of cone, in linear light (Machado, Oliveira and Fernandes
   * 2009, severity 1).
   */
  enum Vision {
    FULL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPIA(
        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
        1.051998),
    DEUTERANOPIA(
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    TRITANOPIA(
        1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
        0.303900);

    private final double[] matrix;

    Vision(double... matrix) {
      this.matrix = matrix;
    }

    /** The colour in CIELAB, as it is seen. */
    double[] seen(Rgb color) {
      double[] linear = {linear(color.red()), linear(color.green()), linear(color.blue())};
      double[] rgb = new double[3];
      for (int i = 0; i < 3; i++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += matrix[3 * i + k] * linear[k];
        }
        rgb[i] = Math.clamp(sum, 0, 1);
      }
      double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
      double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
      double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
      return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int channel) {
      double c = channel / 255.0;
      return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
      return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    double distance(Rgb a, Rgb b) {
      double[] one = seen(a);
      double[] other = seen(b);
      return Math.hypot(Math.hypot(one[0] - other[0], one[1] - other[1]), one[2] - other[2]);
    }
  }

  @ParameterizedTest
  @EnumSource(Vision.class)
  void neighboursInASequenceAreToldApartByEveryEye(Vision vision) {
    for (List<Rgb> sequence :
        List.of(Palettes.WATER, Palettes.EARTH, Palettes.SHAKE, Palettes.PEOPLE)) {
      for (int i = 1; i < sequence.size(); i++) {
        assertThat(vision.distance(sequence.get(i - 1), sequence.get(i)))
            .as(sequence.get(i - 1).hex() + " and " + sequence.get(i).hex())
            .isGreaterThan(5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Vision.class)
  void theFirstKindsAreToldApartByEveryEye(Vision vision) {
    List<Rgb> first = Palettes.KINDS.subList(0, 6);
    for (Rgb one : first) {
      for (Rgb other : first) {
        if (!one.equals(other)) {
          assertThat(vision.distance(one, other))
              .as(one.hex() + " and " + other.hex())
              .isGreaterThan(9);
        }
      }
    }
  }

  @Test
  void sequencesGoFromLightToDark() {
    for (List<Rgb> sequence :
        List.of(Palettes.WATER, Palettes.EARTH, Palettes.SHAKE, Palettes.PEOPLE)) {
      for (int i = 1; i < sequence.size(); i++) {
        assertThat(sequence.get(i).contrast(Rgb.WHITE))
            .isGreaterThan(sequence.get(i - 1).contrast(Rgb.WHITE));
      }
    }
  }

  @Test
  void coloursOfThemesStandOutFromTheGround() {
    Palettes.themes()
        .forEach(color -> assertThat(color.contrast(GROUND)).as(color.hex()).isGreaterThan(3));
  }

  @Test
  void theWebMapHasTheSameColours() throws IOException {
    Path look = Path.of("../../app/web/src/map/look.ts");
    String source = Files.readString(look).toLowerCase(Locale.ROOT);
    Stream.of(Palettes.KINDS, Palettes.WATER, Palettes.EARTH, Palettes.SHAKE, Palettes.PEOPLE)
        .forEach(
            palette -> {
              String list =
                  String.join(
                      ", ", palette.stream().map(color -> "'" + color.hex() + "'").toList());
              assertThat(source).contains("[" + list + "]");
            });
    Palettes.themes().forEach(color -> assertThat(source).contains("'" + color.hex() + "'"));
    assertThat(source).contains("others = '" + Palettes.OTHERS.hex() + "'");
  }
}
