package org.tequio.publish.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SmallCountsTest {
  @Test
  void largeCountsAreTold() {
    assertThat(SmallCounts.withheld(new long[] {})).isZero();
    assertThat(SmallCounts.withheld(new long[] {40, 20, 5})).isZero();
  }

  @Test
  void aSmallCountTakesTheNextWithIt() {
    // 65 in all: 40 and 20 told would give the 5 of which 4 and 1 are made, but neither alone.
    assertThat(SmallCounts.withheld(new long[] {40, 20, 4, 1})).isEqualTo(2);
    assertThat(SmallCounts.withheld(new long[] {40, 20, 4})).isEqualTo(2);
    assertThat(SmallCounts.withheld(new long[] {40, 20, 1, 1})).isEqualTo(3);
    assertThat(SmallCounts.withheld(new long[] {3})).isEqualTo(1);
  }

  @Test
  void nothingBelowFiveCanBeReckonedFromWhatIsTold() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int round = 0; round < 20_000; round++) {
      long[] counts = random.longs(random.nextInt(1, 9), 1, 13).sorted().toArray();
      long[] descending = new long[counts.length];
      Arrays.setAll(descending, i -> counts[counts.length - 1 - i]);
      int withheld = SmallCounts.withheld(descending);
      int told = descending.length - withheld;
      long left = Arrays.stream(descending).sum() - Arrays.stream(descending, 0, told).sum();
      assertThat(Arrays.stream(descending, 0, told)).allMatch(count -> count >= 5);
      if (withheld > 0 && told > 0) {
        assertThat(left).as(Arrays.toString(descending)).isGreaterThanOrEqualTo(5);
        assertThat(withheld).as(Arrays.toString(descending)).isGreaterThanOrEqualTo(2);
      }
    }
  }
}
