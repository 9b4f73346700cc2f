package org.tequio.mapping.web;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
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

  byte[] write(WriterFormat format, List<TaskRow> tasks, Map<Integer, Lease> leases)
      throws IOException {
    List<Sheet.Row> rows = new ArrayList<>();
    for (TaskRow task : tasks) {
      GridTile tile = task.tile();
      rows.add(
          new Sheet.Row(
              task.id(),
              Wkb.of(Polygons.parse(task.geometry())),
              Arrays.<@Nullable Object>asList(
                  (long) task.id(),
                  TaskReader.status(task, leases.get(task.id())),
                  name(task.mappedBy()),
                  name(task.validatedBy()),
                  Instant.ofEpochMilli(task.updated()).toString(),
                  tile == null ? null : (long) tile.zoom(),
                  tile == null ? null : (long) tile.x(),
                  tile == null ? null : (long) tile.y())));
    }
    return Sheet.write(format, "tasks", SCHEMA, rows);
  }

  private @Nullable String name(@Nullable String account) {
    return account == null ? null : names.apply(account);
  }
}
