package org.tequio.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;

/** Archives whose 64-bit numbers are chosen so that sums of them come out small or negative. */
@Timeout(60)
class HostileZipTest {
  private static final Limits SMALL = new Limits(4 << 20, 50, 2, 100, 1 << 20, 1 << 20, 100, 64);
  private static final byte[] POINT =
      "{\"type\":\"Point\",\"coordinates\":[1,2]}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path top;
  private final Findings findings = new Findings();
  private Path folder = Path.of("");
  private Path scratch = Path.of("");

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectory(top.resolve("entrega"));
    scratch = Files.createDirectory(top.resolve("scratch"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Integer.MAX_VALUE, 1L << 40})
  void aCountOfEntriesThatIsALieDoesNotLiftTheLimit(long count) throws IOException {
    Files.write(folder.resolve("a.zip"), counted(count, entries(60)));
    Files.write(folder.resolve("b.zip"), entries(60));

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(refused()).containsExactly("a.zip", "b.zip");
    }
  }

  @Test
  void aMillionEntriesAreRefusedByTheDirectoryAlone() throws IOException {
    Files.write(folder.resolve("millon.zip"), directoryOf(1_000_000));

    try (SourceScan scan = SourceScan.of(List.of(folder), scratch, Limits.STANDARD, findings)) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(findings.list().getFirst().evidence()).contains("more than 100000 entries");
      assertThat(unpacked()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 0",
    "9223372036854775000, 0",
    "-1, 0",
    "0, 9223372036854775807",
    "0, 9223372036854775790",
    "0, -9223372036854775808"
  })
  void aSizeOrPlacePastAllNumbersHidesNoBomb(long packed, long offset) throws IOException {
    Files.write(folder.resolve("bomba.zip"), bomb(packed, offset));

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(refused()).containsExactly("bomba.zip");
      assertThat(unpacked()).isEmpty();
    }
  }

  @Test
  void aSingleCompressedFileThatGrowsWithoutEndIsStopped() throws IOException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.dbf.gz")))) {
      out.write(new byte[3 << 20]);
    }

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(refused()).containsExactly("a.dbf.gz");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 40, -1})
  void aDirectoryThatLiesNowhereIsNotLookedFor(long at) throws IOException {
    byte[] bytes = counted(60, entries(60));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length - 22 - 20 + 8, at);
    Files.write(folder.resolve("a.zip"), bytes);

    try (SourceScan scan = scan()) {
      assertThat(scan.datasets()).isEmpty();
      assertThat(refused()).containsExactly("a.zip");
    }
  }

  private SourceScan scan() throws IOException {
    return SourceScan.of(List.of(folder), scratch, SMALL, findings);
  }

  private List<Path> unpacked() throws IOException {
    try (Stream<Path> all = Files.walk(scratch)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private List<String> refused() {
    return findings.list().stream()
        .filter(
            found ->
                found.code() == FindingCode.FILE_REFUSED
                    || found.code() == FindingCode.FILE_UNREADABLE)
        .map(Finding::source)
        .toList();
  }

  private static byte[] entries(int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name :
          Stream.iterate(1, i -> i + 1).limit(count).map(i -> i + ".geojson").toList()) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(POINT);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  /** The same archive with a 64-bit end that claims so many entries. */
  private static byte[] counted(long count, byte[] zip) {
    ByteBuffer end = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int at = zip.length - 22;
    ByteBuffer out = ByteBuffer.allocate(zip.length + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
    out.put(zip, 0, at);
    out.putInt(0x06064b50).putLong(44).putInt(0x2d002d).putLong(0).putLong(count).putLong(count);
    out.putLong(end.getInt(at + 12)).putLong(end.getInt(at + 16));
    out.putInt(0x07064b50).putInt(0).putLong(at).putInt(1);
    out.put(zip, at, 22);
    return out.putShort(at + 56 + 20 + 10, (short) -1).array();
  }

  /** An archive that is a directory and nothing else. */
  private static byte[] directoryOf(int count) {
    int size = 46 + 7;
    ByteBuffer out =
        ByteBuffer.allocate(count * size + 56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
    byte[] name = "a.shp__".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < count; i++) {
      out.putInt(0x02014b50).position(out.position() + 24);
      out.putShort((short) name.length).position(out.position() + 16);
      out.put(name);
    }
    int at = count * size;
    out.putInt(0x06064b50).putLong(44).putInt(0x2d002d).putLong(0).putLong(count).putLong(count);
    out.putLong(at).putLong(0);
    out.putInt(0x07064b50).putInt(0).putLong(at).putInt(1);
    out.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1);
    return out.array();
  }

  /** Three megabytes of nothing in one entry; where a number is 0 it is as it should be. */
  private static byte[] bomb(long packed, long offset) {
    byte[] nothing = new byte[3 << 20];
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    byte[] data = new byte[1 << 16];
    int length;
    try {
      deflater.setInput(nothing);
      deflater.finish();
      length = deflater.deflate(data);
    } finally {
      deflater.end();
    }
    byte[] name = "a.dbf".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(1 << 17).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x04034b50).putShort((short) 45).putShort((short) 0).putShort((short) 8);
    out.position(26).putShort((short) name.length).putShort((short) 0).put(name);
    out.put(data, 0, length);
    int directory = out.position();
    out.putInt(0x02014b50).putShort((short) 45).putShort((short) 45).putShort((short) 0);
    out.putShort((short) 8).position(directory + 20);
    out.putInt(-1).putInt(-1).putShort((short) name.length).putShort((short) 28);
    out.position(directory + 42).putInt(-1).put(name);
    out.putShort((short) 1).putShort((short) 24).putLong(10);
    out.putLong(packed == 0 ? length : packed).putLong(offset);
    int end = out.position();
    out.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1);
    out.putInt(end - directory).putInt(directory).putShort((short) 0);
    byte[] zip = new byte[out.position()];
    out.get(0, zip);
    return zip;
  }
}
