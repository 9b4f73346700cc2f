package org.tequio.cartography;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tequio.cartography.SheetBlock.Print;
import org.tequio.cartography.canvas.Lettering;

/** Where the blocks of a sheet's margin go, and how texts are broken for them. */
class SheetFlowTest {
  private static final List<Rectangle2D> FIRST = List.of(new Rectangle2D.Double(10, 20, 230, 100));
  private static final List<Rectangle2D> FURTHER =
      List.of(new Rectangle2D.Double(10, 20, 230, 200), new Rectangle2D.Double(254, 20, 230, 200));

  @Test
  void aBlockHigherThanEveryColumnStillStandsSomewhere() {
    SheetFlow flow = new SheetFlow(FIRST, FURTHER);

    flow.add(lines(60));

    assertThat(flow.on(0)).hasSize(1);
    assertThat(flow.pages()).isEqualTo(1);
  }

  @Test
  void whatHasNoRoomBesideTheMapGoesOnOverTheNextPagesColumnByColumn() {
    SheetFlow flow = new SheetFlow(FIRST, FURTHER);

    for (int i = 0; i < 5; i++) {
      flow.add(lines(7));
    }
    flow.add(lines(14));

    assertThat(flow.on(0)).hasSize(1);
    assertThat(flow.on(1))
        .extracting(SheetFlow.Placed::x)
        .containsExactly(10.0, 10.0, 254.0, 254.0);
    assertThat(flow.on(2)).extracting(SheetFlow.Placed::y).containsExactly(20.0);
    assertThat(flow.pages()).isEqualTo(3);
  }

  @Test
  void nothingIsLostWhereATextIsBroken() {
    String long1 = "Anticonstitucionalísimamente".repeat(5);
    List<String> lines = Paragraph.lines(Lettering.MEDIUM, "a " + long1 + " z", 10, 120);

    assertThat(String.join("", lines)).isEqualTo("a" + long1 + "z");
    assertThat(lines).allMatch(line -> Lettering.MEDIUM.width(line, 10) <= 120);
  }

  @Test
  void aTextThatIsCutSaysSo() {
    List<String> lines =
        Paragraph.lines(Lettering.BOLD, "de la ciudad y de sus barrios ".repeat(9), 17, 200, 2);

    assertThat(lines).hasSize(2);
    assertThat(lines.getLast()).endsWith("…");
    assertThat(lines).allMatch(line -> Lettering.BOLD.width(line, 17) <= 200);
  }

  private static SheetBlock lines(int count) {
    return new Print(null, Collections.nCopies(count, "x"));
  }
}
