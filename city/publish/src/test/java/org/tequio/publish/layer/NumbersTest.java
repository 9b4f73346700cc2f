package org.tequio.publish.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
  private final Numbers numbers = new Numbers();

  @Test
  void manyNumbersAreToldByFewAndEveryFeatureIsCountedOnce() {
    for (int i = 0; i < 100_000; i++) {
      numbers.add(Math.sin(i) * 1e6);
    }

    List<ValuesEndpoint.NumberJson> told = numbers.distribution();

    assertThat(told).hasSizeBetween(Numbers.MOST / 2, Numbers.MOST + 1);
    assertThat(told.stream().mapToLong(ValuesEndpoint.NumberJson::count).sum()).isEqualTo(100_000);
    assertThat(told.getFirst().value()).isCloseTo(-1e6, org.assertj.core.data.Offset.offset(1.0));
    assertThat(told.getLast().value()).isCloseTo(1e6, org.assertj.core.data.Offset.offset(1.0));
  }

  @Test
  void oneCommonNumberStaysOnePoint() {
    for (int i = 0; i < 5_000; i++) {
      numbers.add(i < 4_990 ? 7 : i);
    }

    List<ValuesEndpoint.NumberJson> told = numbers.distribution();

    assertThat(told.getFirst()).isEqualTo(new ValuesEndpoint.NumberJson(7, 4_990));
    assertThat(told)
        .extracting(ValuesEndpoint.NumberJson::value)
        .doesNotHaveDuplicates()
        .isSorted();
    assertThat(told.stream().mapToLong(ValuesEndpoint.NumberJson::count).sum()).isEqualTo(5_000);
  }

  @Test
  void whatIsNoNumberCountsForNothing() {
    numbers.add(Double.NaN);
    numbers.add(Double.POSITIVE_INFINITY);

    assertThat(numbers.size()).isZero();
    assertThat(numbers.distribution()).isEmpty();
  }
}
