package org.tequio.formats.shapefile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.formats.ring.Rings;

/** The {@code .shp} and {@code .shx} of one kind of shape, written as the records come. */
final class ShapeOutput implements AutoCloseable {
  private static final int HEADER = 100;
  // The lengths are counted in 16-bit words with a sign, and many programs stop at this anyway.
  private static final long MAX_BYTES = Integer.MAX_VALUE;
  private static final double NO_MEASURE = -1e39;

  private final Path shp;
  private final Path shx;
  private final FileChannel shapes;
  private final FileChannel index;
  private final ShapeKind kind;
  private final boolean z;
  private final boolean m;
  private final double[] box = {
    Double.POSITIVE_INFINITY,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private final double[] recordBox = new double[4];
  private final double[] heights = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
  private final double[] measures = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
  private final ByteBuffer indexBuffer = ByteBuffer.allocate(1 << 16);
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
  private long position = HEADER;
  private int records;
  private boolean closed;

  ShapeOutput(Path folder, ShapeKind kind, boolean z, boolean m) throws IOException {
    this.kind = kind;
    this.z = z;
    this.m = m;
    this.shp = folder.resolve(kind.suffix() + ".shp");
    this.shx = folder.resolve(kind.suffix() + ".shx");
    this.shapes = FileChannel.open(shp, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.index = FileChannel.open(shx, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    shapes.position(HEADER);
    index.position(HEADER);
  }

  Path shp() {
    return shp;
  }

  Path shx() {
    return shx;
  }

  void writeNull() throws IOException {
    int start = begin(12);
    buffer.putInt(0);
    end(start);
  }

  void write(byte[] wkb, int offset) throws IOException {
    Runs runs = Runs.of(wkb, offset);
    long bytes = 8L + 60 + 4L * runs.parts + 16 + 16 + 32L * runs.vertices;
    if (bytes > Integer.MAX_VALUE - 64) {
      throw tooLarge();
    }
    int start = begin((int) bytes);
    Wkb.envelope(wkb, offset, recordBox);
    grow();
    buffer.putInt(code());
    if (kind == ShapeKind.POINT) {
      putXy(wkb, offset + 5);
      if (z) {
        putHeight(wkb, offset + 5, runs);
      }
      if (z || m) {
        putMeasure(wkb, offset + 5, runs);
      }
      end(start);
      return;
    }
    for (double side : recordBox) {
      buffer.putDouble(side);
    }
    if (kind != ShapeKind.MULTIPOINT) {
      buffer.putInt(runs.parts);
      buffer.putInt(runs.vertices);
      int first = 0;
      for (int i = 0; i < runs.parts; i++) {
        buffer.putInt(first);
        first += runs.count[i];
      }
    } else {
      buffer.putInt(runs.vertices);
    }
    putRuns(wkb, runs, at -> putXy(wkb, at));
    if (z) {
      putRange(wkb, runs, 16, runs.z);
      putRuns(wkb, runs, at -> putHeight(wkb, at, runs));
    }
    if (m) {
      putRange(wkb, runs, runs.z ? 24 : 16, runs.m);
      putRuns(wkb, runs, at -> putMeasure(wkb, at, runs));
    }
    end(start);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (shapes;
        index) {
      flush();
      flushIndex();
      shapes.write(header(position), 0);
      index.write(header(HEADER + 8L * records), 0);
    }
  }

  private int code() {
    return kind.code() + (z ? 10 : m ? 20 : 0);
  }

  private int begin(int bytes) throws IOException {
    if (buffer.remaining() < bytes + 8) {
      flush();
      if (buffer.capacity() < bytes + 8) {
        buffer = ByteBuffer.allocate(bytes + 8);
      }
    }
    int start = buffer.position();
    buffer.order(ByteOrder.BIG_ENDIAN).putInt(++records).putInt(0);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    return start;
  }

  private void end(int start) throws IOException {
    int content = buffer.position() - start - 8;
    buffer.order(ByteOrder.BIG_ENDIAN).putInt(start + 4, content / 2);
    if (indexBuffer.remaining() < 8) {
      flushIndex();
    }
    indexBuffer.putInt((int) (position / 2)).putInt(content / 2);
    position += content + 8L;
    if (position > MAX_BYTES) {
      throw tooLarge();
    }
  }

  private static IOException tooLarge() {
    return new IOException(
        "the layer needs more than the 2 GB that a shapefile can hold; choose GeoPackage or"
            + " GeoJSON");
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      shapes.write(buffer);
    }
    buffer.clear();
  }

  private void flushIndex() throws IOException {
    indexBuffer.flip();
    while (indexBuffer.hasRemaining()) {
      index.write(indexBuffer);
    }
    indexBuffer.clear();
  }

  private void grow() {
    box[0] = Math.min(box[0], recordBox[0]);
    box[1] = Math.min(box[1], recordBox[1]);
    box[2] = Math.max(box[2], recordBox[2]);
    box[3] = Math.max(box[3], recordBox[3]);
  }

  private void putXy(byte[] wkb, int at) {
    buffer.putDouble(Wkb.getDouble(wkb, at)).putDouble(Wkb.getDouble(wkb, at + 8));
  }

  private void putHeight(byte[] wkb, int at, Runs runs) {
    double height = runs.z ? Wkb.getDouble(wkb, at + 16) : 0;
    buffer.putDouble(height);
    heights[0] = Math.min(heights[0], height);
    heights[1] = Math.max(heights[1], height);
  }

  private void putMeasure(byte[] wkb, int at, Runs runs) {
    double measure = runs.m ? Wkb.getDouble(wkb, at + (runs.z ? 24 : 16)) : NO_MEASURE;
    buffer.putDouble(Double.isNaN(measure) ? NO_MEASURE : measure);
    if (measure > NO_MEASURE) {
      measures[0] = Math.min(measures[0], measure);
      measures[1] = Math.max(measures[1], measure);
    }
  }

  private void putRange(byte[] wkb, Runs runs, int ordinate, boolean present) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; present && i < runs.parts; i++) {
      for (int k = 0, p = runs.at[i]; k < runs.count[i]; k++, p += runs.stride) {
        double value = Wkb.getDouble(wkb, p + ordinate);
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    buffer.putDouble(low <= high ? low : 0).putDouble(low <= high ? high : 0);
  }

  private void putRuns(byte[] wkb, Runs runs, VertexOutput output) {
    for (int i = 0; i < runs.parts; i++) {
      boolean reversed = kind == ShapeKind.POLYGON && runs.isReversed(wkb, i);
      for (int k = 0; k < runs.count[i]; k++) {
        int vertex = reversed ? runs.count[i] - 1 - k : k;
        output.vertex(runs.at[i] + vertex * runs.stride);
      }
    }
  }

  private ByteBuffer header(long bytes) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putInt(9994).position(24).putInt((int) (bytes / 2));
    header.order(ByteOrder.LITTLE_ENDIAN).putInt(1000).putInt(code());
    for (double side : box) {
      header.putDouble(Double.isInfinite(side) ? 0 : side);
    }
    for (double[] range : new double[][] {heights, measures}) {
      header.putDouble(range[0] <= range[1] ? range[0] : 0);
      header.putDouble(range[0] <= range[1] ? range[1] : 0);
    }
    return header.flip();
  }

  @FunctionalInterface
  private interface VertexOutput {
    void vertex(int at);
  }

  /** Where the rings, lines or points of one geometry stand. */
  private static final class Runs {
    private final boolean z;
    private final boolean m;
    private final int stride;
    private int[] at = new int[4];
    private int[] count = new int[4];
    private boolean[] hole = new boolean[4];
    private int parts;
    private int vertices;

    private Runs(boolean z, boolean m) {
      this.z = z;
      this.m = m;
      this.stride = 16 + (z ? 8 : 0) + (m ? 8 : 0);
    }

    static Runs of(byte[] wkb, int offset) {
      Runs runs = new Runs(Wkb.hasZ(wkb, offset), Wkb.hasM(wkb, offset));
      runs.walk(wkb, offset);
      return runs;
    }

    private int walk(byte[] wkb, int offset) {
      GeometryType type = Wkb.type(wkb, offset);
      int p = offset + 5;
      if (type == GeometryType.POINT) {
        add(p, 1, false);
        return p + stride;
      }
      int n = Wkb.getInt(wkb, p);
      p += 4;
      if (type == GeometryType.LINESTRING) {
        add(p, n, false);
        return p + n * stride;
      }
      for (int i = 0; i < n; i++) {
        if (type == GeometryType.POLYGON) {
          int ring = Wkb.getInt(wkb, p);
          add(p + 4, ring, i > 0);
          p += 4 + ring * stride;
        } else {
          p = walk(wkb, p);
        }
      }
      return p;
    }

    private void add(int position, int n, boolean isHole) {
      if (n == 0) {
        return;
      }
      if (parts == at.length) {
        at = java.util.Arrays.copyOf(at, parts * 2);
        count = java.util.Arrays.copyOf(count, parts * 2);
        hole = java.util.Arrays.copyOf(hole, parts * 2);
      }
      at[parts] = position;
      count[parts] = n;
      hole[parts] = isHole;
      parts++;
      vertices += n;
    }

    // Shapefiles want outer rings clockwise and holes the other way.
    boolean isReversed(byte[] wkb, int part) {
      double area = Rings.doubleArea(wkb, at[part], stride, count[part]);
      return hole[part] ? area < 0 : area > 0;
    }
  }
}
