package org.tequio.osm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers as they stand in answers. */
class WireBytesTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final WireBytes out = new WireBytes(bytes);

  private String told() throws IOException {
    out.flush();
    String text = bytes.toString(StandardCharsets.US_ASCII);
    bytes.reset();
    return text;
  }

  @Test
  void wholeNumbersHaveAllTheirDigitsAndNoMore() throws IOException {
    Random random = new Random(4);
    for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
      for (long number :
          new long[] {0, power - 1, power, power + 1, -power, random.nextLong(power, 10 * power)}) {
        out.number(number);
        assertThat(told()).isEqualTo(Long.toString(number));
      }
    }
    out.number(Long.MAX_VALUE);
    assertThat(told()).isEqualTo(Long.toString(Long.MAX_VALUE));
  }

  @Test
  void degreesHaveSevenDecimals() throws IOException {
    for (int e7 :
        new int[] {0, 1, -1, 9_999_999, 10_000_000, -10_000_001, 1_800_000_000, -900_000_000}) {
      out.degrees(e7);
      assertThat(told()).isEqualTo(BigDecimal.valueOf(e7, 7).toPlainString());
    }
  }
}
