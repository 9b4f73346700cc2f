package org.tequio.formats.tiles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Bbox;
import org.tequio.feature.TileCoord;
import org.tequio.formats.TileArchiveContents;
import org.tequio.formats.TileArchiveFormat;
import org.tequio.formats.TileArchiveInfo;
import org.tequio.formats.TileArchiveWriter;

/** Archives are read back byte by byte, by the specification and not by the writer's own code. */
class PmtilesWriterTest {
  private static final TileArchiveInfo INFO =
      new TileArchiveInfo(
          "Predios \"2024\"",
          "Todo",
          "Catastro",
          new Bbox(-99.2, 19.1, -99.1, 19.2),
          0,
          16,
          List.of(new TileArchiveInfo.VectorLayer("predios", "Predios", Map.of("uso", "String"))),
          Map.of("license", "CC-BY-4.0"));

  @TempDir Path folder;

  @Test
  void aTileThatComesTooLateIsRefused() throws IOException {
    try (TileArchiveWriter writer = open("late.pmtiles")) {
      writer.add(new TileCoord(3, 2, 2), new byte[] {1});

      assertThatThrownBy(() -> writer.add(new TileCoord(2, 0, 0), new byte[] {1}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("too late");
    }
  }

  @Test
  void whatIsNotFinishedLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("half.pmtiles");
    Files.writeString(file, "yesterday's");
    try (TileArchiveWriter writer = TileArchiveFormat.PMTILES.open(file, INFO)) {
      writer.add(new TileCoord(0, 0, 0), new byte[] {1});
    }

    assertThat(file).hasContent("yesterday's");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void theHeaderSaysWhereEverythingLies() throws IOException {
    TileArchiveContents contents;
    try (TileArchiveWriter writer = open("head.pmtiles")) {
      writer.add(new TileCoord(0, 0, 0), "world".getBytes(UTF_8));
      writer.add(new TileCoord(1, 0, 0), "sea".getBytes(UTF_8));
      writer.add(new TileCoord(1, 0, 1), "sea".getBytes(UTF_8));
      writer.add(new TileCoord(1, 1, 0), "sea".getBytes(UTF_8));
      contents = writer.finish();
    }
    Archive read = new Archive(folder.resolve("head.pmtiles"));

    assertThat(contents.tiles()).isEqualTo(4);
    assertThat(contents.distinct()).isEqualTo(2);
    assertThat(contents.bytes()).isEqualTo(read.bytes.length);
    // Two neighbours along the curve are one entry; the last shares their bytes.
    assertThat(List.of(read.number(72), read.number(80), read.number(88)))
        .containsExactly(4L, 3L, 2L);
    assertThat(read.number(64)).isEqualTo("worldsea".length());
    assertThat(read.head.getInt(102)).isEqualTo(-992_000_000);
    assertThat(read.head.getInt(114)).isEqualTo(192_000_000);
    assertThat(new String(read.unzipped(24), UTF_8))
        .contains("\"vector_layers\":[{\"id\":\"predios\"")
        .contains("\"license\":\"CC-BY-4.0\"")
        .contains("Predios \\\"2024\\\"");
  }

  @Test
  void aHundredThousandTilesNeedLeavesAndNoneIsLost() throws IOException {
    Map<Long, byte[]> given = new TreeMap<>();
    Random random = new Random(7);
    try (TileArchiveWriter writer = open("large.pmtiles")) {
      long id = TileId.of(new TileCoord(12, 0, 0));
      for (int i = 0; i < 100_000; i++) {
        id += 1 + random.nextInt(3);
        byte[] bytes = new byte[1 + random.nextInt(20)];
        random.nextBytes(bytes);
        given.put(id, bytes);
        writer.add(TileId.tile(id), bytes);
      }
      writer.finish();
    }
    Archive read = new Archive(folder.resolve("large.pmtiles"));

    assertThat(read.number(48)).as("bytes of leaves").isPositive();
    assertThat(read.number(8) + read.number(16)).isLessThanOrEqualTo(PmtilesWriter.ROOT_BYTES);
    assertThat(read.tiles())
        .hasSize(100_000)
        .allSatisfy((tile, bytes) -> assertThat(bytes).isEqualTo(given.get(tile)));
  }

  @Property(tries = 60)
  void whateverComesIsReadBackWithRunsAndRepetitions(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path file = Files.createTempFile("tequio", ".pmtiles");
    Map<Long, byte[]> given = new HashMap<>();
    try (TileArchiveWriter writer = TileArchiveFormat.PMTILES.open(file, INFO)) {
      long id = -1;
      for (int i = random.nextInt(300); i >= 0; i--) {
        id += random.nextInt(4) == 0 ? 1 + random.nextInt(1000) : 1;
        byte[] bytes = {(byte) random.nextInt(4), (byte) random.nextInt(2)};
        given.put(id, bytes);
        writer.add(TileId.tile(id), bytes);
      }
      writer.finish();
    }
    Map<Long, byte[]> read = new Archive(file).tiles();
    Files.delete(file);

    assertThat(read.keySet()).isEqualTo(given.keySet());
    read.forEach((tile, bytes) -> assertThat(bytes).isEqualTo(given.get(tile)));
  }

  private TileArchiveWriter open(String name) throws IOException {
    return TileArchiveFormat.PMTILES.open(folder.resolve(name), INFO);
  }

  /** Reads as section 3 and 4 of the specification say. */
  private static final class Archive {
    private final byte[] bytes;
    private final ByteBuffer head;

    Archive(Path file) throws IOException {
      bytes = Files.readAllBytes(file);
      head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(new String(bytes, 0, 7, UTF_8)).isEqualTo("PMTiles");
      assertThat(bytes[7]).isEqualTo((byte) 3);
    }

    long number(int at) {
      return head.getLong(at);
    }

    byte[] unzipped(int at) throws IOException {
      return unzipped(number(at), number(at + 8));
    }

    private byte[] unzipped(long from, long length) throws IOException {
      byte[] part = Arrays.copyOfRange(bytes, (int) from, (int) (from + length));
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(part))) {
        return in.readAllBytes();
      }
    }

    Map<Long, byte[]> tiles() throws IOException {
      Map<Long, byte[]> tiles = new TreeMap<>();
      directory(unzipped(8), tiles);
      return tiles;
    }

    private void directory(byte[] directory, Map<Long, byte[]> tiles) throws IOException {
      ByteBuffer in = ByteBuffer.wrap(directory);
      int count = (int) varint(in);
      long[] ids = new long[count];
      long[] runs = new long[count];
      long[] lengths = new long[count];
      for (int i = 0; i < count; i++) {
        ids[i] = varint(in) + (i == 0 ? 0 : ids[i - 1]);
      }
      for (int i = 0; i < count; i++) {
        runs[i] = varint(in);
      }
      for (int i = 0; i < count; i++) {
        lengths[i] = varint(in);
      }
      long next = 0;
      for (int i = 0; i < count; i++) {
        long said = varint(in);
        long offset = said == 0 ? next : said - 1;
        next = offset + lengths[i];
        if (runs[i] == 0) {
          directory(unzipped(number(40) + offset, lengths[i]), tiles);
        }
        for (long id = ids[i]; id < ids[i] + runs[i]; id++) {
          int from = (int) (number(56) + offset);
          tiles.put(id, Arrays.copyOfRange(bytes, from, (int) (from + lengths[i])));
        }
      }
      assertThat(in.hasRemaining()).isFalse();
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; true; shift += 7) {
        byte one = in.get();
        value |= (long) (one & 0x7f) << shift;
        if (one >= 0) {
          return value;
        }
      }
    }
  }
}
