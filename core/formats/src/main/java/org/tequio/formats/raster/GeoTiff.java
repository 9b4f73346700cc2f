package org.tequio.formats.raster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFile;

/**
 * A GeoTIFF (OGC 19-008r4) of numbers: strips or tiles, chunky or planar, plain, LZW, deflate or
 * PackBits, whole or floating-point. Blocks are decoded when they are needed and a few are kept.
 * The dimensions are checked against the file before any memory is taken.
 */
final class GeoTiff extends Grid {
  private static final long MAX_BLOCK = 256L << 20;
  private static final int MAX_SIDE = 10_000_000;
  private static final int KEPT_BLOCKS = 8;
  private static final long KEPT_BYTES = 32L << 20;

  private final FileChannel channel;
  private final Layout layout;
  private final long[] offsets;
  private final long[] counts;
  private final double noData;
  private final Map<Integer, ByteBuffer> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** How cells stand in blocks. */
  private record Layout(
      int width,
      int height,
      int blockWidth,
      int blockHeight,
      int samples,
      int samplesInBlock,
      int bytes,
      int format,
      int compression,
      int predictor,
      ByteOrder order) {
    int across() {
      return (width + blockWidth - 1) / blockWidth;
    }

    int down() {
      return (height + blockHeight - 1) / blockHeight;
    }

    long blockBytes() {
      return (long) blockWidth * blockHeight * samplesInBlock * bytes;
    }
  }

  private GeoTiff(
      SourceFile file,
      SourceCrs crs,
      Bbox extent,
      FileChannel channel,
      Layout layout,
      long[] offsets,
      long[] counts,
      double noData,
      Progress progress) {
    super(file.stem(), crs, layout.width, layout.height, extent, progress);
    this.channel = channel;
    this.layout = layout;
    this.offsets = offsets;
    this.counts = counts;
    this.noData = noData;
  }

  static GeoTiff open(
      SourceFile file, Optional<SourceFile> world, SourceCrs beside, ReadContext context)
      throws IOException, FormatException {
    FileChannel channel = FileChannel.open(file.path());
    try {
      TiffDirectory tags = TiffDirectory.read(channel);
      Layout layout = layout(tags);
      boolean tiled = tags.has(324);
      long[] offsets = tags.numbers(tiled ? 324 : 273);
      long[] counts = tags.numbers(tiled ? 325 : 279);
      checkBlocks(layout, offsets, counts, channel.size());
      GeoKeys keys = GeoKeys.of(tags);
      Bbox extent = extent(tags, keys, world, layout);
      SourceCrs crs = keys.crs() instanceof SourceCrs.Missing ? beside : keys.crs();
      return new GeoTiff(
          file,
          crs,
          extent,
          channel,
          layout,
          offsets,
          counts,
          noData(tags.text(42113)),
          context.progress());
    } catch (IOException | FormatException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Layout layout(TiffDirectory tags) throws IOException, FormatException {
    long width = tags.number(256, 0);
    long height = tags.number(257, 0);
    long samples = tags.number(277, 1);
    if (width < 1
        || height < 1
        || width > MAX_SIDE
        || height > MAX_SIDE
        || samples < 1
        || samples > 4_096) {
      throw new FormatException(
          FindingCode.FILE_REFUSED,
          "tag 256: " + width + " x " + height + " cells in " + samples + " bands");
    }
    boolean tiled = tags.has(324);
    long blockWidth = tiled ? tags.number(322, 0) : width;
    long blockHeight = tiled ? tags.number(323, 0) : Math.min(height, tags.number(278, height));
    boolean planar = tags.number(284, 1) == 2;
    long bits = tags.number(258, 1);
    int format = (int) tags.number(339, 1);
    int compression = (int) tags.number(259, 1);
    int predictor = (int) tags.number(317, 1);
    boolean floats = format == 3;
    boolean sizes = floats ? bits == 32 || bits == 64 : bits == 8 || bits == 16 || bits == 32;
    if (!sizes || format < 1 || format > 3 || predictor < 1 || predictor > 3) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE,
          "tag 258: cells of " + bits + " bits in format " + format + " are not read");
    }
    if (!TiffDecoder.reads(compression)) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "tag 259: compression " + compression + " is not read");
    }
    int samplesInBlock = planar ? 1 : (int) samples;
    long blockBytes = blockWidth * blockHeight * samplesInBlock * (bits / 8);
    if (blockWidth < 1
        || blockHeight < 1
        || blockWidth > 1 << 24
        || blockHeight > 1 << 24
        || blockBytes > MAX_BLOCK) {
      throw new FormatException(
          FindingCode.FILE_REFUSED,
          "tag 322: a block of " + blockWidth + " x " + blockHeight + " cells");
    }
    return new Layout(
        (int) width,
        (int) height,
        (int) blockWidth,
        (int) blockHeight,
        (int) samples,
        samplesInBlock,
        (int) bits / 8,
        format,
        compression,
        predictor,
        tags.order());
  }

  private static void checkBlocks(Layout layout, long[] offsets, long[] counts, long size)
      throws FormatException {
    long needed = (long) layout.across() * layout.down();
    if (offsets.length < needed || counts.length < needed) {
      throw new FormatException(
          FindingCode.FILE_REFUSED,
          "tag 273: " + needed + " blocks are needed, " + offsets.length + " are there");
    }
    for (int i = 0; i < needed; i++) {
      boolean sparse = offsets[i] == 0 && counts[i] == 0;
      if (!sparse && (offsets[i] < 8 || counts[i] < 0 || offsets[i] > size - counts[i])) {
        throw new FormatException(
            FindingCode.FILE_REFUSED, "block " + i + " lies outside the file");
      }
    }
  }

  private static double noData(@Nullable String text) {
    try {
      return text == null ? Double.NaN : Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Bbox extent(
      TiffDirectory tags, GeoKeys keys, Optional<SourceFile> world, Layout layout)
      throws IOException, FormatException {
    double[] scale = tags.doubles(33550);
    double[] tie = tags.doubles(33922);
    double[] matrix = tags.doubles(34264);
    double dx;
    double dy;
    double west;
    double north;
    if (scale.length >= 2 && tie.length >= 6) {
      dx = scale[0];
      dy = scale[1];
      west = tie[3] - tie[0] * dx;
      north = tie[4] + tie[1] * dy;
    } else if (matrix.length >= 16 && matrix[1] == 0 && matrix[4] == 0) {
      dx = matrix[0];
      dy = -matrix[5];
      west = matrix[3];
      north = matrix[7];
    } else if (world.isPresent()) {
      double[] six = worldFile(world.get());
      dx = six[0];
      dy = -six[3];
      west = six[4] - dx / 2;
      north = six[5] + dy / 2;
    } else {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE,
          matrix.length >= 16
              ? "tag 34264: a grid that is turned is not read"
              : "tag 33550: the image does not say where it lies");
    }
    if (keys.isPoint()) {
      west -= dx / 2;
      north += dy / 2;
    }
    double east = west + dx * layout.width;
    double south = north - dy * layout.height;
    if (!(dx > 0 && dy > 0 && Double.isFinite(east) && Double.isFinite(south))) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "tag 33550: cells of " + dx + " x " + dy);
    }
    return new Bbox(west, south, east, north);
  }

  private static double[] worldFile(SourceFile file) throws IOException, FormatException {
    List<String> lines = Files.readString(file.path()).lines().limit(6).toList();
    double[] six = new double[6];
    try {
      for (int i = 0; i < 6; i++) {
        six[i] = Double.parseDouble(lines.get(i).strip());
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "line 1: the world file has no six numbers", e);
    }
    if (six[1] != 0 || six[2] != 0) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "line 2: a grid that is turned is not read");
    }
    return six;
  }

  @Override
  public int bands() {
    return layout.samples;
  }

  @Override
  void readRow(int row, double[] into) throws IOException {
    for (int bx = 0; bx < layout.across(); bx++) {
      ByteBuffer block = block(bx + (row / layout.blockHeight) * layout.across());
      int start = bx * layout.blockWidth;
      int end = Math.min(layout.width, start + layout.blockWidth);
      for (int c = start; c < end; c++) {
        into[c] = value(block, c - start, row % layout.blockHeight);
      }
    }
  }

  @Override
  double cell(int column, int row) throws IOException {
    int index = column / layout.blockWidth + (row / layout.blockHeight) * layout.across();
    return value(block(index), column % layout.blockWidth, row % layout.blockHeight);
  }

  private double value(@Nullable ByteBuffer block, int x, int y) {
    if (block == null) {
      return Double.NaN;
    }
    int at = (y * layout.blockWidth + x) * layout.samplesInBlock * layout.bytes;
    double value =
        switch (layout.format) {
          case 3 -> layout.bytes == 4 ? block.getFloat(at) : block.getDouble(at);
          case 2 ->
              switch (layout.bytes) {
                case 1 -> block.get(at);
                case 2 -> block.getShort(at);
                default -> block.getInt(at);
              };
          default ->
              switch (layout.bytes) {
                case 1 -> block.get(at) & 0xff;
                case 2 -> block.getShort(at) & 0xffff;
                default -> block.getInt(at) & 0xffffffffL;
              };
        };
    boolean none =
        layout.bytes == 4 && layout.format == 3 ? (float) value == (float) noData : value == noData;
    return none || !Double.isFinite(value) ? Double.NaN : value;
  }

  private @Nullable ByteBuffer block(int index) throws IOException {
    if (offsets[index] == 0 && counts[index] == 0) {
      return null;
    }
    ByteBuffer known = kept.get(index);
    if (known != null) {
      return known;
    }
    ByteBuffer packed = ByteBuffer.allocate((int) Math.min(counts[index], MAX_BLOCK));
    while (packed.hasRemaining()
        && channel.read(packed, offsets[index] + packed.position()) >= 0) {}
    byte[] bytes =
        TiffDecoder.decode(layout.compression, packed.array(), (int) layout.blockBytes());
    ByteOrder order = layout.order;
    boolean little = order == ByteOrder.LITTLE_ENDIAN;
    int width = layout.blockWidth;
    if (layout.predictor == 2) {
      TiffDecoder.undoDifferences(
          bytes, width, layout.blockHeight, layout.samplesInBlock, layout.bytes, little);
    } else if (layout.predictor == 3) {
      TiffDecoder.undoFloats(bytes, width, layout.blockHeight, layout.samplesInBlock, layout.bytes);
      order = ByteOrder.BIG_ENDIAN;
    }
    ByteBuffer block = ByteBuffer.wrap(bytes).order(order);
    long most = Math.max(1, Math.min(KEPT_BLOCKS + layout.across(), KEPT_BYTES / bytes.length));
    while (kept.size() >= most) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(index, block);
    return block;
  }

  @Override
  void close() throws IOException {
    kept.clear();
    channel.close();
  }

  /**
   * What the GeoKey directory says (OGC 19-008r4, clause 7).
   *
   * @param crs of the register, or a description
   * @param isPoint true where coordinates mean the centres of cells
   */
  private record GeoKeys(SourceCrs crs, boolean isPoint) {
    private static final int USER_DEFINED = 32767;

    static GeoKeys of(TiffDirectory tags) throws IOException, FormatException {
      long[] directory = tags.numbers(34735);
      Map<Long, Long> keys = new LinkedHashMap<>();
      for (int i = 4; i + 3 < directory.length; i += 4) {
        if (directory[i + 1] == 0) {
          keys.put(directory[i], directory[i + 3]);
        }
      }
      boolean point = keys.getOrDefault(1025L, 1L) == 2;
      long projected = keys.getOrDefault(3072L, 0L);
      long geographic = keys.getOrDefault(2048L, 0L);
      long code = projected > 0 ? projected : geographic;
      if (code > 0 && code != USER_DEFINED) {
        return new GeoKeys(new SourceCrs.Declared(new Crs((int) code), "GeoTIFF keys"), point);
      }
      if (directory.length == 0) {
        return new GeoKeys(new SourceCrs.Missing(), point);
      }
      String citation = tags.text(34737);
      return new GeoKeys(
          new SourceCrs.Unrecognized(
              citation == null || citation.isBlank() ? "GeoTIFF keys " + keys : citation),
          point);
    }
  }
}
