package org.tequio.formats.raster;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFile;

/**
 * One degree of heights as SRTM and NASADEM give it: big-endian 16-bit metres, 1201 or 3601 a side,
 * the place in the file's name. Cells are centred on whole arc seconds, so the outer cells reach
 * half a cell beyond the degree.
 */
final class HeightTile extends Grid {
  private static final Pattern NAME = Pattern.compile("([NS])(\\d{2})([EW])(\\d{3}).*");
  private static final short VOID = Short.MIN_VALUE;

  private final FileChannel channel;
  private final int side;
  private final ByteBuffer row;
  private int rowRead = -1;

  private HeightTile(String name, FileChannel channel, int side, Bbox extent, Progress progress) {
    super(
        name,
        new SourceCrs.Declared(Crs.CRS84, "SRTM height tile, place from the file's name"),
        side,
        side,
        extent,
        progress);
    this.channel = channel;
    this.side = side;
    this.row = ByteBuffer.allocate(2 * side);
  }

  static boolean isTile(SourceFile file) {
    return NAME.matcher(file.stem().toUpperCase(Locale.ROOT)).matches();
  }

  static HeightTile open(SourceFile file, ReadContext context) throws IOException, FormatException {
    Path path = file.path();
    long size = Files.size(path);
    int side = size == 2L * 1201 * 1201 ? 1201 : size == 2L * 3601 * 3601 ? 3601 : 0;
    Matcher name = NAME.matcher(file.stem().toUpperCase(Locale.ROOT));
    if (side == 0 || !name.matches()) {
      throw new FormatException(
          size < 2L * 1201 * 1201 ? FindingCode.FILE_TRUNCATED : FindingCode.FILE_UNREADABLE,
          "byte " + size + ": a height tile has 1201 or 3601 cells a side, this one has not");
    }
    int south = Integer.parseInt(name.group(2)) * (name.group(1).equals("S") ? -1 : 1);
    int west = Integer.parseInt(name.group(4)) * (name.group(3).equals("W") ? -1 : 1);
    double half = 0.5 / (side - 1);
    Bbox extent = new Bbox(west - half, south - half, west + 1 + half, south + 1 + half);
    return new HeightTile(file.stem(), FileChannel.open(path), side, extent, context.progress());
  }

  @Override
  void readRow(int number, double[] into) throws IOException {
    load(number);
    for (int i = 0; i < side; i++) {
      short height = row.getShort(2 * i);
      into[i] = height == VOID ? Double.NaN : height;
    }
  }

  @Override
  double cell(int column, int number) throws IOException {
    load(number);
    short height = row.getShort(2 * column);
    return height == VOID ? Double.NaN : height;
  }

  private void load(int number) throws IOException {
    if (number == rowRead) {
      return;
    }
    row.clear();
    long at = 2L * side * number;
    while (row.hasRemaining()) {
      int n = channel.read(row, at + row.position());
      if (n < 0) {
        throw new EOFException("the height tile ends in row " + number);
      }
    }
    rowRead = number;
  }

  @Override
  void close() throws IOException {
    channel.close();
  }
}
