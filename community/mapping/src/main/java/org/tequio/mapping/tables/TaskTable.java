package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.mapping.area.GridTile;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.area.TaskShape;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Sql;

/** The tasks. */
public final class TaskTable {
  private static final String SELECT =
      "SELECT project, id, x, y, zoom, is_square, geometry, properties, state, mapped_by,"
          + " validated_by, parent, updated FROM mapping_task ";

  private TaskTable() {}

  /** One task; pieces have taken the place of one that was split. */
  public static Optional<TaskRow> find(Connection connection, long project, int task)
      throws SQLException {
    return Sql.first(
        connection, TaskTable::row, SELECT + "WHERE project = ? AND id = ?", project, task);
  }

  /** All tasks of a project that were not split, by number. */
  public static List<TaskRow> list(Connection connection, long project) throws SQLException {
    return Sql.list(
        connection,
        TaskTable::row,
        SELECT + "WHERE project = ? AND state <> ? ORDER BY id",
        project,
        TaskState.SPLIT.code());
  }

  /** The tasks of a project in a state, by number. */
  public static List<TaskRow> listIn(Connection connection, long project, TaskState state)
      throws SQLException {
    return Sql.list(
        connection,
        TaskTable::row,
        SELECT + "WHERE project = ? AND state = ? ORDER BY id",
        project,
        state.code());
  }

  /** The number of the last task of a project, split ones too; 0 where there is none. */
  public static int last(Connection connection, long project) throws SQLException {
    return (int)
        Sql.number(connection, "SELECT MAX(id) FROM mapping_task WHERE project = ?", project);
  }

  /** Adds tasks after a number. */
  public static void insert(
      Connection connection,
      long project,
      int after,
      List<TaskShape> shapes,
      TaskState state,
      @Nullable String mappedBy,
      @Nullable Integer parent,
      long at)
      throws SQLException {
    int id = after;
    for (TaskShape shape : shapes) {
      id++;
      GridTile tile = shape.tile();
      Sql.update(
          connection,
          "INSERT INTO mapping_task (project, id, x, y, zoom, is_square, geometry, properties,"
              + " state, mapped_by, parent, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          project,
          id,
          tile == null ? null : tile.x(),
          tile == null ? null : tile.y(),
          tile == null ? null : tile.zoom(),
          shape.isSquare() ? 1 : 0,
          Polygons.write(shape.geometry()),
          Json.write(shape.properties()),
          state.code(),
          mappedBy,
          parent,
          at);
    }
  }

  /** Says how far a task is. */
  public static void update(
      Connection connection,
      TaskRow task,
      TaskState state,
      @Nullable String mappedBy,
      @Nullable String validatedBy,
      long at)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE mapping_task SET state = ?, mapped_by = ?, validated_by = ?, updated = ?"
            + " WHERE project = ? AND id = ?",
        state.code(),
        mappedBy,
        validatedBy,
        at,
        task.project(),
        task.id());
  }

  private static TaskRow row(ResultSet row) throws SQLException {
    Integer x = number(row, 3);
    Integer y = number(row, 4);
    Integer zoom = number(row, 5);
    return new TaskRow(
        row.getLong(1),
        row.getInt(2),
        x == null || y == null || zoom == null ? null : new GridTile(x, y, zoom),
        row.getInt(6) != 0,
        row.getString(7),
        row.getString(8),
        TaskState.of(row.getInt(9)),
        row.getString(10),
        row.getString(11),
        number(row, 12),
        row.getLong(13));
  }

  private static @Nullable Integer number(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
