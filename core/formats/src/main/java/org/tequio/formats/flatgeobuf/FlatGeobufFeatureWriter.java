package org.tequio.formats.flatgeobuf;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.BoxIndex;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;

/**
 * The header counts the features and the index precedes them, so features wait in a file beside the
 * target. In memory is only where each lies: 44 bytes.
 */
final class FlatGeobufFeatureWriter implements FeatureWriter {
  private static final byte[] MAGIC = {'f', 'g', 'b', 3, 'f', 'g', 'b', 1};
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path spool;
  private final OutputStream spooling;
  private final String name;
  private final LayerSchema schema;
  private final Crs crs;
  private final Imprint imprint;
  private final FlatBytes bytes = new FlatBytes();
  private final FlatGeometry geometry;
  private final double[] envelope = new double[4];
  private double[] envelopes = new double[4096];
  private int[] sizes = new int[1024];
  private int count;
  private boolean closed;

  FlatGeobufFeatureWriter(Path file, String name, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    this.file = file;
    this.name = name;
    this.schema = schema;
    this.crs = crs;
    this.imprint = imprint;
    this.geometry = new FlatGeometry(bytes, schema.geometry(), schema.hasZ(), schema.hasM());
    Path parent = file.toAbsolutePath().getParent();
    this.spool = Files.createTempFile(parent, "features-", ".part");
    this.spooling = new BufferedOutputStream(Files.newOutputStream(spool), BUFFER);
  }

  @Override
  public void write(FeatureRow row) throws IOException {
    byte[] wkb = row.wkb();
    boolean placed = wkb != null && schema.hasGeometry();
    bytes.begin();
    int table = bytes.table(4, placed ? 4 : 0, 4);
    Arrays.fill(envelope, Double.NaN);
    if (wkb != null && placed) {
      geometry.write(bytes.member(table, 0), wkb, row.wkbOffset());
      Wkb.envelope(wkb, row.wkbOffset(), envelope);
    }
    int start = bytes.beginGrowing(bytes.member(table, 1));
    for (int i = 0; i < schema.fields().size(); i++) {
      value(i, schema.fields().get(i).type(), row.value(i));
    }
    bytes.endGrowing(start);
    if (count == sizes.length) {
      sizes = Arrays.copyOf(sizes, count * 2);
      envelopes = Arrays.copyOf(envelopes, count * 8);
    }
    System.arraycopy(envelope, 0, envelopes, 4 * count, 4);
    sizes[count++] = bytes.writeTo(spooling);
  }

  private void value(int column, FieldType type, @Nullable Object value) {
    if (value == null) {
      return;
    }
    bytes.appendShort(column);
    switch (type) {
      case INTEGER -> bytes.appendLong((Long) value);
      case DECIMAL -> bytes.appendLong(Double.doubleToRawLongBits((Double) value));
      case BOOLEAN -> bytes.appendByte((Boolean) value ? 1 : 0);
      case TEXT, DATE, INSTANT -> bytes.appendText(value.toString());
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      spooling.close();
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
        finish(out);
      }
    } finally {
      Files.deleteIfExists(spool);
    }
  }

  private void finish(OutputStream out) throws IOException {
    int[] order = order(Arrays.copyOf(envelopes, 4 * count));
    boolean indexed = count > 0 && schema.hasGeometry();
    out.write(MAGIC);
    header(indexed);
    bytes.writeTo(out);
    if (indexed) {
      FlatIndex.write(out, envelopes, order, sizes);
    }
    copy(order, out);
  }

  private int[] order(double[] known) {
    long[] curve = BoxIndex.curveOrder(known);
    int[] order = new int[count];
    for (int i = 0; i < curve.length; i++) {
      order[i] = (int) curve[i];
    }
    int at = curve.length;
    for (int i = 0; at < count; i++) {
      if (Double.isNaN(known[4 * i])) {
        order[at++] = i;
      }
    }
    return order;
  }

  private void copy(int[] order, OutputStream out) throws IOException {
    long[] starts = new long[count];
    for (int i = 1; i < count; i++) {
      starts[i] = starts[i - 1] + sizes[i - 1];
    }
    byte[] one = new byte[BUFFER];
    try (FileChannel channel = FileChannel.open(spool);
        Arena arena = Arena.ofConfined()) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      for (int item : order) {
        if (one.length < sizes[item]) {
          one = new byte[sizes[item]];
        }
        MemorySegment.copy(all, ValueLayout.JAVA_BYTE, starts[item], one, 0, sizes[item]);
        out.write(one, 0, sizes[item]);
      }
    }
  }

  private void header(boolean indexed) {
    double[] extent = extent();
    CrsRegistry registry = CrsRegistry.standard();
    String wkt = schema.hasGeometry() ? registry.wkt(crs) : "";
    List<Field> fields = schema.fields();
    bytes.begin();
    int header =
        bytes.table(
            4,
            4,
            extent.length == 0 ? 0 : 4,
            1,
            1,
            1,
            0,
            0,
            fields.isEmpty() ? 0 : 4,
            8,
            2,
            schema.hasGeometry() ? 4 : 0,
            imprint.title().isEmpty() ? 0 : 4,
            imprint.summary().isEmpty() ? 0 : 4,
            imprint.isEmpty() ? 0 : 4);
    bytes.setByte(bytes.member(header, 2), FlatGeometry.code(schema.geometry()));
    bytes.setByte(bytes.member(header, 3), schema.hasZ() ? 1 : 0);
    bytes.setByte(bytes.member(header, 4), schema.hasM() ? 1 : 0);
    bytes.setLong(bytes.member(header, 8), count);
    bytes.setShort(bytes.member(header, 9), indexed ? FlatIndex.NODE_SIZE : 0);
    bytes.text(bytes.member(header, 0), name);
    if (extent.length > 0) {
      int at = bytes.vector(bytes.member(header, 1), 4, 8);
      for (int i = 0; i < 4; i++) {
        bytes.setDouble(at + 8 * i, extent[i]);
      }
    }
    if (!fields.isEmpty()) {
      int at = bytes.vector(bytes.member(header, 7), fields.size(), 4);
      for (int i = 0; i < fields.size(); i++) {
        column(at + 4 * i, fields.get(i));
      }
    }
    if (schema.hasGeometry()) {
      int table = bytes.table(bytes.member(header, 10), 4, 4, 4, 0, wkt.isBlank() ? 0 : 4);
      bytes.setInt(bytes.member(table, 1), crs.epsg());
      bytes.text(bytes.member(table, 0), "EPSG");
      bytes.text(bytes.member(table, 2), registry.name(crs));
      if (!wkt.isBlank()) {
        bytes.text(bytes.member(table, 4), wkt);
      }
    }
    if (!imprint.title().isEmpty()) {
      bytes.text(bytes.member(header, 11), imprint.title());
    }
    if (!imprint.summary().isEmpty()) {
      bytes.text(bytes.member(header, 12), imprint.summary());
    }
    if (!imprint.isEmpty()) {
      bytes.text(bytes.member(header, 13), imprint.json());
    }
  }

  private void column(int reference, Field field) {
    int table = bytes.table(reference, 4, 1);
    bytes.setByte(bytes.member(table, 1), columnType(field.type()));
    bytes.text(bytes.member(table, 0), field.name());
  }

  // The enumeration ColumnType of the schema.
  private static int columnType(FieldType type) {
    return switch (type) {
      case BOOLEAN -> 2;
      case INTEGER -> 7;
      case DECIMAL -> 10;
      case TEXT -> 11;
      case DATE, INSTANT -> 13;
    };
  }

  /** Around all features; empty where none has a place. */
  private double[] extent() {
    double[] extent = new double[0];
    for (int i = 0; i < 4 * count; i += 4) {
      if (!Double.isNaN(envelopes[i])) {
        if (extent.length == 0) {
          extent = Arrays.copyOfRange(envelopes, i, i + 4);
        }
        extent[0] = Math.min(extent[0], envelopes[i]);
        extent[1] = Math.min(extent[1], envelopes[i + 1]);
        extent[2] = Math.max(extent[2], envelopes[i + 2]);
        extent[3] = Math.max(extent[3], envelopes[i + 3]);
      }
    }
    return extent;
  }
}
