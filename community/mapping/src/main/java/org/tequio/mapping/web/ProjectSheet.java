package org.tequio.mapping.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.Formats;

/** Projects as a table for spreadsheets, one row a project. */
final class ProjectSheet {
  private static final LayerSchema SCHEMA =
      new LayerSchema(
          GeometryType.NONE,
          false,
          false,
          List.of(
              Field.of("projectId", FieldType.INTEGER),
              Field.of("name", FieldType.TEXT),
              Field.of("organisationName", FieldType.TEXT),
              Field.of("status", FieldType.TEXT),
              Field.of("priority", FieldType.TEXT),
              Field.of("difficulty", FieldType.TEXT),
              Field.of("mappingTypes", FieldType.TEXT),
              Field.of("author", FieldType.TEXT),
              Field.of("totalTasks", FieldType.INTEGER),
              Field.of("percentMapped", FieldType.INTEGER),
              Field.of("percentValidated", FieldType.INTEGER),
              Field.of("percentBadImagery", FieldType.INTEGER),
              Field.of("created", FieldType.TEXT),
              Field.of("lastUpdated", FieldType.TEXT),
              Field.of("dueDate", FieldType.TEXT)),
          "projectId");

  private ProjectSheet() {}

  /** The table as CSV. */
  static byte[] csv(List<ProjectView> projects) throws IOException {
    List<Sheet.Row> rows = new ArrayList<>();
    for (ProjectView one : projects) {
      rows.add(
          new Sheet.Row(
              one.projectId(),
              null,
              Arrays.<@Nullable Object>asList(
                  one.projectId(),
                  one.projectInfo().name(),
                  one.organisationName(),
                  one.status().name(),
                  one.projectPriority().name(),
                  one.difficulty().name(),
                  one.mappingTypes().stream().map(Enum::name).collect(Collectors.joining(",")),
                  one.author(),
                  (long) one.totalTasks(),
                  (long) one.percentMapped(),
                  (long) one.percentValidated(),
                  (long) one.percentBadImagery(),
                  one.created(),
                  one.lastUpdated(),
                  one.dueDate())));
    }
    return Sheet.write(Formats.findWriter("projects.csv").orElseThrow(), "projects", SCHEMA, rows);
  }
}
