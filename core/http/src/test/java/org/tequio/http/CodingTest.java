package org.tequio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br, zstd | BROTLI",
        "gzip, deflate | GZIP",
        "br;q=0.5, gzip;q=0.8 | GZIP",
        "br;q=0.8, gzip;q=0.5 | BROTLI",
        "br;q=0, gzip;q=0.0 | IDENTITY",
        "gzip;q=much | IDENTITY",
        "identity | IDENTITY",
        "GZIP | GZIP",
        ";;;,,,q=1 | IDENTITY",
        "'' | IDENTITY"
      })
  void aClientGetsTheBestThatItReads(String accepted, Coding best) {
    assertThat(Coding.best(accepted)).isEqualTo(best);
  }

  @Test
  void whoSaysNothingGetsTheBytesAsTheyAre() {
    assertThat(Coding.best(null)).isEqualTo(Coding.IDENTITY);
  }

  @Property(tries = 200)
  void whatIsPackedComesOutAgain(@ForAll Coding coding, @ForAll byte[] bytes, @ForAll byte spare)
      throws IOException {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + Math.abs(spare));
    byte[] packed = coding.pack(longer, bytes.length);
    assertThat(coding.unpacking(packed).readAllBytes()).isEqualTo(bytes);
  }

  @Property(tries = 50)
  void whatIsPackedOtherwiseIsTheSame(
      @ForAll Coding coding, @ForAll Coding other, @ForAll byte[] bytes) throws IOException {
    byte[] again = coding.repack(coding.pack(bytes, bytes.length), other);
    assertThat(other.unpacking(again).readAllBytes()).isEqualTo(bytes);
  }
}
