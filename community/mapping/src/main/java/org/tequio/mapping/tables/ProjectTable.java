package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tequio.mapping.project.Project;
import org.tequio.storage.Sql;

/** The projects. */
public final class ProjectTable {
  private static final String SELECT =
      "SELECT id, author, created, updated, area, is_grid, priority_areas, settings"
          + " FROM mapping_project ";

  private ProjectTable() {}

  /** One project. */
  public static Optional<Project> find(Connection connection, long id) throws SQLException {
    return Sql.first(connection, ProjectTable::project, SELECT + "WHERE id = ?", id);
  }

  /** All projects, the newest first. */
  public static List<Project> list(Connection connection) throws SQLException {
    return Sql.list(connection, ProjectTable::project, SELECT + "ORDER BY id DESC");
  }

  /** The number for the next project. */
  public static long next(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT MAX(id) FROM mapping_project") + 1;
  }

  /** Adds one. */
  public static void insert(Connection connection, Project project) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO mapping_project (id, status, organisation, author, created, updated, is_grid,"
            + " area, priority_areas, settings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        project.id(),
        project.settings().status().name(),
        project.settings().organisation(),
        project.author(),
        project.created().toEpochMilli(),
        project.updated().toEpochMilli(),
        project.isGrid() ? 1 : 0,
        project.area(),
        project.priorityAreas(),
        Json.write(project.settings()));
  }

  /** Writes what its coordinators decided. */
  public static void update(Connection connection, Project project) throws SQLException {
    Sql.update(
        connection,
        "UPDATE mapping_project SET status = ?, organisation = ?, author = ?, updated = ?,"
            + " priority_areas = ?, settings = ? WHERE id = ?",
        project.settings().status().name(),
        project.settings().organisation(),
        project.author(),
        project.updated().toEpochMilli(),
        project.priorityAreas(),
        Json.write(project.settings()),
        project.id());
  }

  /** Says that one of its tasks changed. */
  public static void touch(Connection connection, long id, long at) throws SQLException {
    Sql.update(connection, "UPDATE mapping_project SET updated = ? WHERE id = ?", at, id);
  }

  /** Removes a project on which nobody has worked, and its tasks. */
  public static void delete(Connection connection, long id) throws SQLException {
    Sql.update(connection, "DELETE FROM mapping_task WHERE project = ?", id);
    // Numbers of events may be given again: what is said of them goes with them.
    for (String table : List.of("mapping_quality", "mapping_issue")) {
      Sql.update(
          connection,
          "DELETE FROM "
              + table
              + " WHERE event IN (SELECT number FROM mapping_event WHERE project = ?)",
          id);
    }
    Sql.update(connection, "DELETE FROM mapping_event WHERE project = ?", id);
    Sql.update(connection, "DELETE FROM mapping_favourite WHERE project = ?", id);
    Sql.update(connection, "DELETE FROM mapping_annotation WHERE project = ?", id);
    Sql.update(connection, "DELETE FROM mapping_project WHERE id = ?", id);
  }

  private static Project project(ResultSet row) throws SQLException {
    return new Project(
        row.getLong(1),
        row.getString(2),
        Instant.ofEpochMilli(row.getLong(3)),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getString(5),
        row.getInt(6) != 0,
        row.getString(7),
        Json.settings(row.getString(8)));
  }
}
