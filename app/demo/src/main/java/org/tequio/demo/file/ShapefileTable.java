package org.tequio.demo.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A shapefile (ESRI white paper, July 1998) with its dBASE III table: names cut to ten characters,
 * text in whatever encoding the department's machine had.
 */
public final class ShapefileTable implements Table {
  private static final int TEXT_WIDTH = 60;

  private final Path shp;
  private final Path shx;
  private final Path dbf;
  private final OutputStream shpOut;
  private final OutputStream shxOut;
  private final OutputStream dbfOut;
  private final Projection projection;
  private final Shape.Kind kind;
  private final List<Column> columns;
  private final Charset charset;
  private final int recordLength;
  private final double[] box = {
    Double.POSITIVE_INFINITY,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private int shpWords = 50;
  private int records;

  /** Begins the files {@code stem.shp}, {@code .shx}, {@code .dbf}, {@code .prj}, {@code .cpg}. */
  public ShapefileTable(
      Path folder,
      String stem,
      Shape.Kind kind,
      Projection projection,
      List<Column> columns,
      Charset charset)
      throws IOException {
    Files.createDirectories(folder);
    this.kind = kind;
    this.projection = projection;
    this.columns = columns;
    this.charset = charset;
    this.shp = folder.resolve(stem + ".shp");
    this.shx = folder.resolve(stem + ".shx");
    this.dbf = folder.resolve(stem + ".dbf");
    this.shpOut = new BufferedOutputStream(Files.newOutputStream(shp), 1 << 16);
    this.shxOut = new BufferedOutputStream(Files.newOutputStream(shx), 1 << 16);
    this.dbfOut = new BufferedOutputStream(Files.newOutputStream(dbf), 1 << 16);
    shpOut.write(new byte[100]);
    shxOut.write(new byte[100]);
    int length = 1;
    for (Column column : columns) {
      length += width(column);
    }
    this.recordLength = length;
    dbfOut.write(dbfHeader(0));
    Files.writeString(folder.resolve(stem + ".prj"), projection.wkt(), StandardCharsets.US_ASCII);
    Files.writeString(
        folder.resolve(stem + ".cpg"),
        charset.equals(StandardCharsets.UTF_8) ? "UTF-8" : "1252",
        StandardCharsets.US_ASCII);
  }

  @Override
  public void row(@Nullable Shape shape, @Nullable Object... values) throws IOException {
    write(false, shape, values);
  }

  /** Writes a row that the table marks as deleted. */
  public void deleted(Shape shape, @Nullable Object... values) throws IOException {
    write(true, shape, values);
  }

  private void write(boolean deleted, @Nullable Shape shape, @Nullable Object... values)
      throws IOException {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(dbf + ": " + values.length + " values for " + columns);
    }
    byte[] content = content(shape);
    ByteBuffer head = ByteBuffer.allocate(8);
    shxOut.write(head.putInt(shpWords).putInt(content.length / 2).array());
    records++;
    shpOut.write(ByteBuffer.allocate(8).putInt(records).putInt(content.length / 2).array());
    shpOut.write(content);
    shpWords += 4 + content.length / 2;
    byte[] record = new byte[recordLength];
    Arrays.fill(record, (byte) ' ');
    if (deleted) {
      record[0] = '*';
    }
    int at = 1;
    for (int i = 0; i < values.length; i++) {
      int width = width(columns.get(i));
      byte[] cell = cell(columns.get(i), values[i], width);
      boolean right =
          columns.get(i).type() == Column.Type.INTEGER
              || columns.get(i).type() == Column.Type.DECIMAL;
      System.arraycopy(cell, 0, record, right ? at + width - cell.length : at, cell.length);
      at += width;
    }
    dbfOut.write(record);
  }

  private byte[] cell(Column column, @Nullable Object value, int width) {
    String text =
        switch (value) {
          case null -> "";
          case Double d when column.type() == Column.Type.DECIMAL -> Digits.of(d, 4);
          case LocalDate date -> date.toString().replace("-", "");
          case Object o -> o.toString();
        };
    byte[] bytes = text.getBytes(charset);
    while (bytes.length > width) {
      text = text.substring(0, text.length() - 1);
      bytes = text.getBytes(charset);
    }
    return bytes;
  }

  private byte[] content(@Nullable Shape shape) {
    if (shape == null || shape.parts().length == 0) {
      return new byte[4];
    }
    if (kind == Shape.Kind.POINT) {
      double[] xy = projection.apply(shape.parts()[0][0]);
      grow(xy);
      return little(20).putInt(1).putDouble(xy[0]).putDouble(xy[1]).array();
    }
    int parts = 0;
    int points = 0;
    for (double[][] part : shape.parts()) {
      parts += part.length;
      for (double[] run : part) {
        points += run.length / 2;
      }
    }
    ByteBuffer buffer = little(44 + 4 * parts + 16 * points);
    buffer.putInt(kind == Shape.Kind.LINE ? 3 : 5);
    double[] mine = {
      Double.POSITIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    int index = 44;
    int at = 44 + 4 * parts;
    int before = 0;
    for (double[][] part : shape.parts()) {
      for (double[] run : part) {
        buffer.putInt(index, before);
        index += 4;
        double[] xy = projection.apply(run);
        before += xy.length / 2;
        for (int i = 0; i < xy.length; i += 2) {
          // Shapefiles turn the other way: outlines clockwise.
          int j = kind == Shape.Kind.POLYGON ? xy.length - 2 - i : i;
          buffer.putDouble(at, xy[j]);
          buffer.putDouble(at + 8, xy[j + 1]);
          at += 16;
          mine[0] = Math.min(mine[0], xy[j]);
          mine[1] = Math.min(mine[1], xy[j + 1]);
          mine[2] = Math.max(mine[2], xy[j]);
          mine[3] = Math.max(mine[3], xy[j + 1]);
        }
      }
    }
    for (double side : mine) {
      buffer.putDouble(side);
    }
    buffer.putInt(parts).putInt(points);
    grow(mine[0], mine[1]);
    grow(mine[2], mine[3]);
    return buffer.array();
  }

  private void grow(double... xy) {
    box[0] = Math.min(box[0], xy[0]);
    box[1] = Math.min(box[1], xy[1]);
    box[2] = Math.max(box[2], xy[0]);
    box[3] = Math.max(box[3], xy[1]);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int width(Column column) {
    return switch (column.type()) {
      case TEXT -> TEXT_WIDTH;
      case INTEGER -> 10;
      case DECIMAL -> 18;
      case DATE -> 8;
    };
  }

  private byte[] dbfHeader(int count) {
    ByteBuffer buffer = little(32 + 32 * columns.size() + 1);
    buffer.put((byte) 3).put((byte) 125).put((byte) 1).put((byte) 15);
    buffer.putInt(count).putShort((short) buffer.capacity()).putShort((short) recordLength);
    buffer.position(32);
    Set<String> taken = new HashSet<>();
    for (Column column : columns) {
      String name = column.name().length() > 10 ? column.name().substring(0, 10) : column.name();
      for (int i = 1; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = name.substring(0, Math.min(8, name.length())) + "_" + i;
      }
      byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
      int at = buffer.position();
      buffer.put(ascii);
      buffer.position(at + 11);
      buffer.put(
          (byte)
              switch (column.type()) {
                case TEXT -> 'C';
                case INTEGER, DECIMAL -> 'N';
                case DATE -> 'D';
              });
      buffer.position(at + 16);
      buffer.put((byte) width(column)).put((byte) (column.type() == Column.Type.DECIMAL ? 4 : 0));
      buffer.position(at + 32);
    }
    buffer.put((byte) 13);
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    shpOut.close();
    shxOut.close();
    dbfOut.write(0x1a);
    dbfOut.close();
    patch(dbf, dbfHeader(records));
    patch(shp, mainHeader(shpWords));
    patch(shx, mainHeader(50 + 4 * records));
  }

  private static void patch(Path file, byte[] head) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(head);
    }
  }

  private byte[] mainHeader(int words) {
    ByteBuffer buffer = ByteBuffer.allocate(100);
    buffer.putInt(9994);
    buffer.putInt(24, words);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(28, 1000);
    buffer.putInt(32, kind == Shape.Kind.POINT ? 1 : kind == Shape.Kind.LINE ? 3 : 5);
    for (int i = 0; i < 4; i++) {
      buffer.putDouble(36 + 8 * i, box[0] <= box[2] ? box[i] : 0);
    }
    return buffer.array();
  }
}
