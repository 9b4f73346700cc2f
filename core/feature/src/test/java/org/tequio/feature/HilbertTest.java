package org.tequio.feature;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The curve visits every cell once and never jumps. */
class HilbertTest {
  @Test
  void theFourCornersOfTheSmallestSquareComeFirst() {
    assertThat(Hilbert.index(0, 0)).isZero();
    assertThat(Hilbert.index(1, 1)).isEqualTo(2);
  }

  @Property
  void noTwoCellsShareAPosition(
      @ForAll @IntRange(max = 65535) int x,
      @ForAll @IntRange(max = 65535) int y,
      @ForAll @IntRange(max = 65535) int otherX,
      @ForAll @IntRange(max = 65535) int otherY) {
    assertThat(Hilbert.index(x, y) == Hilbert.index(otherX, otherY))
        .isEqualTo(x == otherX && y == otherY);
  }

  @Test
  void followingThePositionsInASmallSquareEachStepGoesToANeighbour() {
    int[][] cells = new int[64 * 64][];
    for (int x = 0; x < 64; x++) {
      for (int y = 0; y < 64; y++) {
        cells[(int) Hilbert.index(x, y)] = new int[] {x, y};
      }
    }
    for (int i = 1; i < cells.length; i++) {
      int step = Math.abs(cells[i][0] - cells[i - 1][0]) + Math.abs(cells[i][1] - cells[i - 1][1]);
      assertThat(step).as("step %d", i).isEqualTo(1);
    }
  }
}
