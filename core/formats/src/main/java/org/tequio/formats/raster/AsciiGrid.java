package org.tequio.formats.raster;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tequio.feature.Bbox;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFile;

/**
 * An ESRI ASCII grid: a header of names and numbers, then rows from north to south. Where each row
 * begins is learned once, so that later look-ups read one row only.
 */
final class AsciiGrid extends Grid {
  private static final Set<String> KEYS =
      Set.of(
          "ncols",
          "nrows",
          "xllcorner",
          "yllcorner",
          "xllcenter",
          "yllcenter",
          "xllcentre",
          "yllcentre",
          "cellsize",
          "dx",
          "dy",
          "nodata_value",
          "nodata");
  private static final int MAX_HEADER = 4096;

  private final Path path;
  private final double noData;
  private final long[] rowStarts;
  private final double[] row;
  private int rowsKnown;
  private int rowRead = -1;

  private AsciiGrid(
      SourceFile file,
      SourceCrs crs,
      int columns,
      int rows,
      Bbox extent,
      double noData,
      long dataStart,
      Progress progress) {
    super(file.stem(), crs, columns, rows, extent, progress);
    this.path = file.path();
    this.noData = noData;
    this.rowStarts = new long[rows + 1];
    this.rowStarts[0] = dataStart;
    this.row = new double[columns];
  }

  static boolean isGrid(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      String start = new String(in.readNBytes(MAX_HEADER), StandardCharsets.US_ASCII);
      return start.stripLeading().toLowerCase(Locale.ROOT).startsWith("ncols");
    }
  }

  static AsciiGrid open(SourceFile file, SourceCrs crs, ReadContext context)
      throws IOException, FormatException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file.path())) {
      start = in.readNBytes(MAX_HEADER);
    }
    Map<String, Double> header = new HashMap<>();
    int at = header(new String(start, StandardCharsets.ISO_8859_1), header);
    double columns = header.getOrDefault("ncols", Double.NaN);
    double rows = header.getOrDefault("nrows", Double.NaN);
    double dx = header.getOrDefault("dx", header.getOrDefault("cellsize", Double.NaN));
    double dy = header.getOrDefault("dy", header.getOrDefault("cellsize", Double.NaN));
    if (!(columns >= 1 && rows >= 1 && dx > 0 && dy > 0)) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "line 1: the header lacks ncols, nrows or cellsize");
    }
    // Each cell takes at least a digit and a blank.
    if (columns * rows > Files.size(file.path()) / 2.0 + 1 || columns > 1 << 24) {
      throw new FormatException(
          FindingCode.FILE_REFUSED,
          "line 1: " + (long) columns + " x " + (long) rows + " cells do not fit in this file");
    }
    double west = edge(header, "xll", dx);
    double south = edge(header, "yll", dy);
    if (!Double.isFinite(west) || !Double.isFinite(south)) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "line 3: the header does not say where the grid lies");
    }
    Bbox extent = new Bbox(west, south, west + columns * dx, south + rows * dy);
    double noData = header.getOrDefault("nodata_value", header.getOrDefault("nodata", -9999.0));
    return new AsciiGrid(
        file, crs, (int) columns, (int) rows, extent, noData, at, context.progress());
  }

  private static double edge(Map<String, Double> header, String prefix, double cell) {
    Double corner = header.get(prefix + "corner");
    if (corner != null) {
      return corner;
    }
    Double centre = header.getOrDefault(prefix + "center", header.get(prefix + "centre"));
    return centre == null ? Double.NaN : centre - cell / 2;
  }

  // Returns where the data begin.
  private static int header(String text, Map<String, Double> into) {
    int at = 0;
    while (at < text.length()) {
      int keyStart = skipBlank(text, at);
      int keyEnd = skipWord(text, keyStart);
      String key = text.substring(keyStart, keyEnd).toLowerCase(Locale.ROOT);
      if (!KEYS.contains(key)) {
        return keyStart;
      }
      int valueStart = skipBlank(text, keyEnd);
      int valueEnd = skipWord(text, valueStart);
      into.put(key, number(text.substring(valueStart, valueEnd)));
      at = valueEnd;
    }
    return at;
  }

  private static int skipBlank(String text, int at) {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  private static int skipWord(String text, int at) {
    while (at < text.length() && text.charAt(at) > ' ') {
      at++;
    }
    return at;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.replace(',', '.'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  @Override
  void readRow(int number, double[] into) throws IOException {
    load(number);
    System.arraycopy(row, 0, into, 0, row.length);
  }

  @Override
  double cell(int column, int number) throws IOException {
    load(number);
    return row[column];
  }

  private void load(int number) throws IOException {
    if (number == rowRead) {
      return;
    }
    int from = Math.min(number, rowsKnown);
    try (FileChannel channel = FileChannel.open(path)) {
      channel.position(rowStarts[from]);
      Words words =
          new Words(
              new BufferedInputStream(Channels.newInputStream(channel), 1 << 16), rowStarts[from]);
      for (int r = from; r <= number; r++) {
        for (int c = 0; c < row.length; c++) {
          row[c] = value(words.next(), r);
        }
        rowStarts[r + 1] = words.position();
        rowsKnown = Math.max(rowsKnown, Math.min(r + 1, rows() - 1));
      }
    }
    rowRead = number;
  }

  private double value(String word, int r) throws IOException {
    if (word.isEmpty()) {
      throw new EOFException("the grid ends in row " + (r + 1) + " of " + rows());
    }
    double value = number(word);
    return value == noData || !Double.isFinite(value) ? Double.NaN : value;
  }

  @Override
  void close() {
    Arrays.fill(rowStarts, 1, rowStarts.length, 0);
    rowsKnown = 0;
    rowRead = -1;
  }

  /** Cuts a stream into words and knows where it is. */
  private static final class Words {
    private static final int MAX_WORD = 64;
    private final InputStream in;
    private final StringBuilder word = new StringBuilder();
    private long position;

    Words(InputStream in, long position) {
      this.in = in;
      this.position = position;
    }

    long position() {
      return position;
    }

    String next() throws IOException {
      word.setLength(0);
      int c = read();
      while (c >= 0 && c <= ' ') {
        c = read();
      }
      while (c > ' ') {
        if (word.length() > MAX_WORD) {
          throw new IOException("byte " + position + ": this is no number");
        }
        word.append((char) c);
        c = read();
      }
      return word.toString();
    }

    private int read() throws IOException {
      int c = in.read();
      position += c >= 0 ? 1 : 0;
      return c;
    }
  }
}
