package org.tequio.formats.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceRaster;

class RasterFormatTest {
  @TempDir Path folder;

  @Test
  void aGridThatPromisesMoreCellsThanTheFileCanHoldIsRefused() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.asc"),
            "ncols 1000000\nnrows 1000000\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2 3\n");
    assertRefused(file);
  }

  @Test
  void anImageOfAMillionByAMillionInOneKilobyteIsRefused() throws IOException {
    assertRefused(tiff(1_000_000, 1_000_000, 8, 4));
  }

  @Test
  void aStripOutsideTheFileIsRefused() throws IOException {
    assertRefused(tiff(2, 2, 1 << 30, 4));
    assertRefused(tiff(2, 2, 200, 1 << 30));
  }

  @Test
  void negativeSizesAndPlacesOfStripsAreRefused() throws IOException {
    assertRefused(tiff(2, 2, -1, 4));
    assertRefused(tiff(2, 2, Integer.MIN_VALUE, 4));
    assertRefused(tiff(2, 2, 0, -1));
    assertRefused(tiff(-2, 2, 0, 4));
    assertRefused(tiff(50_000, 50_000, 0, 4));
  }

  @Test
  void aPictureThatIsNoGridOfNumbersIsNotRead() throws IOException {
    for (String name : List.of("foto.png", "foto.jpg", "plano.svg")) {
      Path file = Files.writeString(folder.resolve(name), "<svg onload='alert(1)'/>");
      assertThat(
              new RasterFormat()
                  .claim(List.of(new SourceFile(file, String.valueOf(file.getFileName())))))
          .isEmpty();
    }
  }

  @Test
  void aTiffWhoseDirectoryPointsNowhereIsRefused() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) 0x4949).putShort((short) 42).putInt(0x7fffffff);
    assertRefused(Files.write(folder.resolve("b.tif"), bytes.array()));
  }

  @Test
  void aHeightTileThatIsCutIsToldAsTruncated() throws IOException {
    Path file = Files.write(folder.resolve("S29W072.hgt"), new byte[1000]);

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(FormatException.class)
        .extracting(e -> ((FormatException) e).code())
        .isEqualTo(FindingCode.FILE_TRUNCATED);
  }

  @Test
  void anAsciiGridIsReadFromNorthToSouth() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("dem.asc"),
            "ncols 3\nnrows 2\nxllcenter 10.5\nyllcorner 20\ncellsize 1\nNODATA_value -9999\n"
                + "1 2 -9999\n4 5\n6\n");
    try (SourceDataset dataset = open(file)) {
      SourceRaster grid = dataset.rasters().getFirst();
      assertThat(grid.extent()).isEqualTo(new Bbox(10, 20, 13, 22));
      assertThat(grid.valueAt(10.1, 20.1)).hasValue(4);
      assertThat(grid.valueAt(12.9, 21.9)).isEmpty();
      assertThat(grid.valueAt(99, 99)).isEmpty();
      assertThat(grid.valueAt(10.1, 21.9)).hasValue(1);
      assertThat(grid.statistics()).isEqualTo(new SourceRaster.Statistics(5, 1, 1, 6, 3.6));
    }
  }

  @Test
  void aGeoTiffKnowsItsPlaceAndItsSystem() throws Exception {
    try (SourceDataset dataset = open(tiff(2, 2, 0, 4))) {
      SourceRaster grid = dataset.rasters().getFirst();
      assertThat(grid.crs()).isEqualTo(new SourceCrs.Declared(new Crs(32614), "GeoTIFF keys"));
      assertThat(grid.extent()).isEqualTo(new Bbox(100, 180, 120, 200));
      assertThat(grid.valueAt(119, 181)).hasValue(4);
      assertThat(grid.statistics().mean()).isEqualTo(2.5);
    }
  }

  // A TIFF of bytes 1, 2, 3, 4 in one strip; where the offset is 0 the strip is where it belongs.
  private Path tiff(int width, int height, int stripAt, int stripBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) 0x4949).putShort((short) 42).putInt(8);
    int[][] tags = {
      {256, 4, 1, width},
      {257, 4, 1, height},
      {258, 3, 1, 8},
      {259, 3, 1, 1},
      {262, 3, 1, 1},
      {273, 4, 1, stripAt == 0 ? 400 : stripAt},
      {277, 3, 1, 1},
      {278, 4, 1, height},
      {279, 4, 1, stripBytes},
      {33550, 12, 3, 300},
      {33922, 12, 6, 330},
      {34735, 3, 8, 380}
    };
    bytes.putShort((short) tags.length);
    for (int[] tag : tags) {
      bytes.putShort((short) tag[0]).putShort((short) tag[1]).putInt(tag[2]).putInt(tag[3]);
    }
    bytes.putInt(8); // the next directory is this one again
    bytes.position(300).putDouble(10).putDouble(10).putDouble(0);
    bytes.position(330).putDouble(0).putDouble(0).putDouble(0).putDouble(100).putDouble(200);
    bytes.position(380);
    for (int key : new int[] {1, 1, 0, 1, 3072, 0, 1, 32614}) {
      bytes.putShort((short) key);
    }
    bytes.position(400).put(new byte[] {1, 2, 3, 4});
    return Files.write(folder.resolve("a.tif"), bytes.array());
  }

  private void assertRefused(Path file) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(FormatException.class)
        .extracting(e -> ((FormatException) e).code())
        .isEqualTo(FindingCode.FILE_REFUSED);
  }

  private static SourceDataset open(Path path) throws IOException, FormatException {
    RasterFormat format = new RasterFormat();
    List<SourceFile> files = new ArrayList<>();
    files.add(new SourceFile(path, path.getFileName().toString()));
    return format.open(format.claim(files).getFirst(), ReadContext.collecting(new Findings()));
  }
}
