package org.tequio.cartography.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.cartography.MapView;
import org.tequio.cartography.NameStyle;
import org.tequio.cartography.Rgb;
import org.tequio.cartography.canvas.Canvas;
import org.tequio.cartography.canvas.Lettering;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;

/** Which names find room on a map, and where they stand. */
class NamesTest {
  private static final MapView VIEW =
      new MapView(Crs.WEB_MERCATOR, new Bbox(0, 0, 4_000, 4_000), 400, 400, 96);

  /** Keeps what was written and where. */
  private static final class Paper implements Canvas {
    private final List<Rectangle2D> lines = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private double lastHalo;

    @Override
    public void fill(Path2D path, int argb) {}

    @Override
    public void stroke(Path2D path, int argb, double width) {}

    @Override
    public void dot(double x, double y, double radius, int argb, double ring, int ringArgb) {}

    @Override
    public void speck(double x, double y, int argb) {}

    @Override
    public void letters(
        Lettering face,
        String text,
        double size,
        AffineTransform at,
        int ink,
        int halo,
        double haloWidth) {
      double top = at.getTranslateY() - size * Lettering.CAPITAL;
      lines.add(
          new Rectangle2D.Double(
              at.getTranslateX(), top, face.width(text, size), size * Lettering.CAPITAL));
      texts.add(text);
      lastHalo = haloWidth;
    }

    @Override
    public void image(
        int[] argb, int columns, int rows, double x, double y, double width, double height) {}
  }

  private static Paper written(NameStyle style, Object... xyText) {
    Names names = new Names(VIEW, false);
    names.nextLayer(style);
    for (int i = 0; i < xyText.length; i += 3) {
      names.below((int) xyText[i], (int) xyText[i + 1], 3, (String) xyText[i + 2]);
    }
    Paper paper = new Paper();
    names.write(paper);
    return paper;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "سوق لا ميرسيد",
        "שוק",
        "e\u0301\u0302\u0303\u0304",
        "\u202Eabc\u202C",
        "\uD800",
        "👩‍👩‍👧‍👦",
        "\u0000\u0007",
        "<script>alert(1)</script>"
      })
  void aNameInAnyLettersIsWrittenAsFarAsTheFaceGoesAndThrowsNothing(String name) {
    assertThat(written(NameStyle.STANDARD, 200, 200, name).texts).isNotEmpty();
  }

  @Test
  void noNameCoversAnotherOrLeavesTheMap() {
    Names names = new Names(VIEW, false);
    names.nextLayer(NameStyle.STANDARD);
    for (int i = 0; i < 2_000; i++) {
      names.below(i * 37 % 400, i * 91 % 400, 3, "Mercado número " + i);
    }
    Paper paper = new Paper();
    names.write(paper);

    assertThat(paper.lines).hasSizeGreaterThan(10);
    for (int i = 0; i < paper.lines.size(); i++) {
      Rectangle2D one = paper.lines.get(i);
      assertThat(new Rectangle2D.Double(-1, -1, 402, 402).contains(one)).isTrue();
      for (Rectangle2D other : paper.lines.subList(i + 1, paper.lines.size())) {
        assertThat(one.intersects(other)).isFalse();
      }
    }
  }

  @Test
  void aSignCountsAsTakenRoom() {
    Names names = new Names(VIEW, false);
    names.nextLayer(NameStyle.STANDARD);
    names.below(200, 180, 3, "debajo");
    names.nextLayer(NameStyle.STANDARD);
    names.sign(200, 195, "hospital", Rgb.of("#00798c"), null);
    Paper paper = new Paper();
    names.write(paper);

    assertThat(paper.texts).isEmpty();
  }

  @Test
  void eachLayerWritesItsNamesInItsOwnSize() {
    Names names = new Names(VIEW, false);
    names.nextLayer(new NameStyle(24, 3));
    names.below(100, 100, 3, "Grande");
    names.nextLayer(new NameStyle(8, 0));
    names.below(300, 300, 3, "Grande");
    Paper paper = new Paper();
    names.write(paper);

    assertThat(paper.lines.get(1).getWidth()).isEqualTo(3 * paper.lines.get(0).getWidth());
    assertThat(paper.lastHalo).isEqualTo(3);
  }

  @Test
  void theSameNameStandsNotTwiceNearby() {
    assertThat(written(NameStyle.STANDARD, 200, 100, "Juárez", 200, 150, "Juárez").texts)
        .containsExactly("Juárez");
  }
}
