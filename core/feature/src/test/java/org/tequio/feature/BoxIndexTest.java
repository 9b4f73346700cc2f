package org.tequio.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The index finds what a look at every box would find. */
class BoxIndexTest {
  @Test
  void anEmptyIndexFindsNothing() {
    assertThat(found(BoxIndex.of(new double[0]), 0, 0, 1, 1)).isEmpty();
  }

  @Test
  void aBoxWithoutAPlaceIsNeverFound() {
    double nan = Double.NaN;
    BoxIndex index = BoxIndex.of(new double[] {nan, nan, nan, nan, 0, 0, 1, 1});

    assertThat(found(index, -9, -9, 9, 9)).containsExactly(1);
  }

  @Property(tries = 60)
  void findsExactlyTheBoxesThatTouch(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] boxes = new double[4 * count];
    for (int i = 0; i < boxes.length; i += 4) {
      boxes[i] = random.nextInt(500);
      boxes[i + 1] = random.nextInt(500);
      boxes[i + 2] = boxes[i] + random.nextInt(20);
      boxes[i + 3] = boxes[i + 1] + random.nextInt(20);
    }
    double x = random.nextInt(500);
    double y = random.nextInt(500);
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < boxes.length; i += 4) {
      if (boxes[i] <= x + 30 && boxes[i + 2] >= x && boxes[i + 1] <= y + 30 && boxes[i + 3] >= y) {
        expected.add(i / 4);
      }
    }

    assertThat(found(BoxIndex.of(boxes), x, y, x + 30, y + 30))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Property(tries = 60)
  void countsWhatItFindsAndPassesOverLowRanks(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] boxes = new double[4 * count];
    float[] ranks = new float[count];
    for (int i = 0; i < count; i++) {
      boxes[4 * i] = random.nextInt(500);
      boxes[4 * i + 1] = random.nextInt(500);
      boxes[4 * i + 2] = boxes[4 * i] + random.nextInt(20);
      boxes[4 * i + 3] = boxes[4 * i + 1] + random.nextInt(20);
      ranks[i] = random.nextInt(100) == 0 ? Float.POSITIVE_INFINITY : random.nextInt(100);
    }
    BoxIndex index = BoxIndex.of(boxes, ranks);
    List<Integer> all = found(index, 100, 100, 400, 450);
    List<Integer> high = new ArrayList<>();
    index.search(100, 100, 400, 450, 70f, high::add);

    assertThat(index.count(100, 100, 400, 450)).isEqualTo(all.size());
    assertThat(high)
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(item -> ranks[item] >= 70).toList());
  }

  private static List<Integer> found(BoxIndex index, double x, double y, double x2, double y2) {
    List<Integer> found = new ArrayList<>();
    index.search(x, y, x2, y2, found::add);
    return found;
  }
}
