package org.tequio.formats.geoparquet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;

/**
 * Rows are gathered in columns and written in groups, so that memory is bounded; the footer, which
 * says where everything lies, comes last (parquet-format 2.x).
 */
final class GeoParquetFeatureWriter implements FeatureWriter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_ROWS = 50_000;
  private static final long MOST_BYTES = 24 << 20;
  private static final int REQUIRED = 0;
  private static final int OPTIONAL = 1;
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final Imprint imprint;
  private final ParquetColumn identifiers;
  private final List<ParquetColumn> fields = new ArrayList<>();
  private final @Nullable GeoColumn place;
  private final List<ParquetColumn> columns = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private long position;
  private long total;
  private int rows;
  private boolean closed;

  private record Group(List<ParquetColumn.Chunk> chunks, int rows, long start) {
    long unpacked() {
      return chunks.stream().mapToLong(ParquetColumn.Chunk::unpacked).sum();
    }

    long packed() {
      return chunks.stream().mapToLong(ParquetColumn.Chunk::packed).sum();
    }
  }

  GeoParquetFeatureWriter(Path file, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    this.imprint = imprint;
    this.identifiers = new ParquetColumn(List.of(free("fid", schema)), ParquetType.INTEGER, false);
    this.place =
        schema.hasGeometry()
            ? new GeoColumn(free("geometry", schema), free("bbox", schema), crs)
            : null;
    for (Field field : schema.fields()) {
      fields.add(new ParquetColumn(List.of(field.name()), ParquetType.of(field.type()), true));
    }
    columns.add(identifiers);
    columns.addAll(fields);
    if (place != null) {
      columns.add(place.geometry());
      columns.addAll(place.box());
    }
    this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    this.position = MAGIC.length;
    out.write(MAGIC);
  }

  /** A name that no field has: readers often do not tell capitals apart. */
  private static String free(String name, LayerSchema schema) {
    String wanted = name;
    for (int i = 1; isTaken(wanted, schema); i++) {
      wanted = name + "_" + i;
    }
    return wanted;
  }

  private static boolean isTaken(String name, LayerSchema schema) {
    return schema.fields().stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
  }

  @Override
  public void write(FeatureRow row) throws IOException {
    identifiers.addNumber(row.id());
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).add(row.value(i));
    }
    if (place != null) {
      place.add(row);
    }
    rows++;
    if (rows >= MOST_ROWS || rows % 256 == 0 && waiting() > MOST_BYTES) {
      flush();
    }
  }

  private long waiting() {
    return columns.stream().mapToLong(ParquetColumn::waiting).sum();
  }

  private void flush() throws IOException {
    if (rows == 0) {
      return;
    }
    long start = position;
    List<ParquetColumn.Chunk> chunks = new ArrayList<>();
    for (ParquetColumn column : columns) {
      ParquetColumn.Chunk chunk = column.write(out, position);
      position += chunk.packed();
      chunks.add(chunk);
    }
    groups.add(new Group(List.copyOf(chunks), rows, start));
    total += rows;
    rows = 0;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      flush();
      ParquetBytes footer = ThriftBytes.of(this::footer);
      int length = footer.size();
      footer.putInt(length);
      footer.put(MAGIC, 0, MAGIC.length);
      out.write(footer.array(), 0, footer.size());
    }
  }

  private void footer(ThriftBytes told) {
    told.i32(1, 2);
    told.structs(2, schema(), (element, write) -> write.accept(element));
    told.i64(3, total);
    told.structs(4, groups, GeoParquetFeatureWriter::group);
    told.structs(
        5,
        about().entrySet(),
        (pair, entry) -> {
          pair.text(1, entry.getKey());
          pair.text(2, entry.getValue());
        });
    told.text(6, "Tequio (build 0.1.0)");
    told.structs(7, columns, (order, column) -> order.mark(1));
  }

  private List<Consumer<ThriftBytes>> schema() {
    List<Consumer<ThriftBytes>> elements = new ArrayList<>();
    int children = 1 + fields.size() + (place == null ? 0 : 2);
    elements.add(
        root -> {
          root.text(4, "schema");
          root.i32(5, children);
        });
    elements.add(leaf(identifiers, REQUIRED));
    fields.forEach(field -> elements.add(leaf(field, OPTIONAL)));
    if (place != null) {
      elements.add(leaf(place.geometry(), OPTIONAL));
      elements.add(
          box -> {
            box.i32(3, OPTIONAL);
            box.text(4, place.boxName());
            box.i32(5, place.box().size());
          });
      place.box().forEach(side -> elements.add(leaf(side, REQUIRED)));
    }
    return elements;
  }

  private static Consumer<ThriftBytes> leaf(ParquetColumn column, int repetition) {
    return element -> {
      element.i32(1, column.type().physical());
      element.i32(3, repetition);
      element.text(4, column.name());
      column.type().meaning(element);
    };
  }

  private static void group(ThriftBytes told, Group group) {
    told.structs(1, group.chunks(), (chunk, one) -> one.describe().accept(chunk));
    told.i64(2, group.unpacked());
    told.i64(3, group.rows());
    told.i64(5, group.start());
    told.i64(6, group.packed());
  }

  /**
   * What the file says of itself: its geometries for programs, its imprint for whoever finds it.
   */
  private Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    if (place != null) {
      about.put("geo", place.describe());
    }
    imprint.facts().forEach(fact -> about.putIfAbsent(fact.name(), fact.value()));
    return about;
  }
}
