package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.tequio.storage.Sql;

/** The annotations of tasks: one of each type a task, the last that was said. */
public final class AnnotationTable {
  private static final String SELECT =
      "SELECT project, task, type, source, note, properties FROM mapping_annotation ";

  private AnnotationTable() {}

  /** Those of a project, by task and type. */
  public static List<Annotation> list(Connection connection, long project) throws SQLException {
    return Sql.list(
        connection,
        AnnotationTable::annotation,
        SELECT + "WHERE project = ? ORDER BY task, type",
        project);
  }

  /** Those of a task, by type. */
  public static List<Annotation> list(Connection connection, long project, int task)
      throws SQLException {
    return Sql.list(
        connection,
        AnnotationTable::annotation,
        SELECT + "WHERE project = ? AND task = ? ORDER BY type",
        project,
        task);
  }

  /** Keeps one in the place of what was said of the same type before. */
  public static void put(Connection connection, Annotation annotation, long at)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO mapping_annotation (project, task, type, source, note, properties, updated)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (project, task, type) DO UPDATE SET"
            + " source = excluded.source, note = excluded.note,"
            + " properties = excluded.properties, updated = excluded.updated",
        annotation.project(),
        annotation.task(),
        annotation.type(),
        annotation.source(),
        annotation.note(),
        annotation.properties(),
        at);
  }

  private static Annotation annotation(ResultSet row) throws SQLException {
    return new Annotation(
        row.getLong(1),
        row.getInt(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }
}
