package org.tequio.mapping.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.WriterFormat;
import org.tequio.mapping.area.GridTile;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.TaskRow;

/** The tasks of a project as a file for spreadsheets and maps, one row a task. */
final class TaskSheet {
  private static final LayerSchema SCHEMA =
      new LayerSchema(
          GeometryType.MULTIPOLYGON,
          false,
          false,
          List.of(
              Field.of("task_id", FieldType.INTEGER),
              Field.of("status", FieldType.TEXT),
              Field.of("mapped_by", FieldType.TEXT),
              Field.of("found_good_by", FieldType.TEXT),
              Field.of("updated", FieldType.TEXT),
              Field.of("zoom", FieldType.INTEGER),
              Field.of("x", FieldType.INTEGER),
              Field.of("y", FieldType.INTEGER)),
          "task_id");

  private final Function<String, String> names;

  /**
   * Writes.
   *
   * @param names how accounts are called
   */
  TaskSheet(Function<String, String> names) {
    this.names = names;
  }

  byte[] write(WriterFormat format, List<TaskRow> rows, Map<Integer, Lease> leases)
      throws IOException {
    Path file = Files.createTempFile("tequio-tasks-", "." + format.extension());
    try {
      Files.delete(file);
      Crs crs = format.crsFor(Crs.parse("EPSG:4326"));
      try (FeatureWriter writer = format.open(file, "tasks", SCHEMA, crs)) {
        for (TaskRow row : rows) {
          writer.write(new Line(row, TaskReader.status(row, leases.get(row.id()))));
        }
      }
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private @Nullable String name(@Nullable String account) {
    return account == null ? null : names.apply(account);
  }

  /** One task as a row. */
  private final class Line implements FeatureRow {
    private final TaskRow row;
    private final String status;
    private final byte[] wkb;

    Line(TaskRow row, String status) {
      this.row = row;
      this.status = status;
      this.wkb = Wkb.of(Polygons.parse(row.geometry()));
    }

    @Override
    public long id() {
      return row.id();
    }

    @Override
    public byte[] wkb() {
      return wkb;
    }

    @Override
    public @Nullable Object value(int field) {
      GridTile tile = row.tile();
      return switch (field) {
        case 0 -> (long) row.id();
        case 1 -> status;
        case 2 -> name(row.mappedBy());
        case 3 -> name(row.validatedBy());
        case 4 -> Instant.ofEpochMilli(row.updated()).toString();
        case 5 -> tile == null ? null : (long) tile.zoom();
        case 6 -> tile == null ? null : (long) tile.x();
        case 7 -> tile == null ? null : (long) tile.y();
        default -> throw new IndexOutOfBoundsException(field);
      };
    }
  }
}
