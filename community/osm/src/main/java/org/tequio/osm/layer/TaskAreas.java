package org.tequio.osm.layer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.locationtech.jts.io.WKTWriter;
import org.tequio.osm.ValidatedTask;
import org.tequio.storage.Sql;

/** The tasks that were validated, and the submission that brought each to a layer. */
final class TaskAreas {
  private static final String FOLLOWED = "validated";

  private TaskAreas() {}

  /**
   * A task that a mapping looked at, or has to.
   *
   * @param submission null where nobody looked yet, 0 where there was nothing to propose
   */
  record TaskArea(
      long event, String task, String validator, Geometry area, @Nullable Long submission) {}

  /** The last event that was followed. */
  static long last(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT event FROM osm_link_follow WHERE name = ?", FOLLOWED);
  }

  /** Keeps tasks for these mappings, and that they were followed. */
  static void add(Connection connection, List<ValidatedTask> tasks, List<String> mappings)
      throws SQLException {
    for (ValidatedTask task : tasks) {
      for (String mapping : mappings) {
        Sql.update(
            connection,
            "INSERT INTO osm_link_area (event, mapping, task, validator, area)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            task.event(),
            mapping,
            task.name(),
            task.validator(),
            new WKTWriter().write(task.area()));
      }
    }
    Sql.update(connection, "DELETE FROM osm_link_follow WHERE name = ?", FOLLOWED);
    Sql.update(
        connection,
        "INSERT INTO osm_link_follow (name, event) VALUES (?, ?)",
        FOLLOWED,
        tasks.getLast().event());
  }

  /** Those that nobody looked at yet, and those of one submission, oldest first. */
  static List<TaskArea> waiting(Connection connection, String mapping, long submission)
      throws SQLException {
    return Sql.list(
        connection,
        row -> {
          long number = row.getLong(5);
          Long of = row.wasNull() ? null : number;
          return new TaskArea(
              row.getLong(1), row.getString(2), row.getString(3), geometry(row.getString(4)), of);
        },
        "SELECT event, task, validator, area, submission FROM osm_link_area"
            + " WHERE mapping = ? AND (submission IS NULL OR submission = ?) ORDER BY event",
        mapping,
        submission);
  }

  /** The last submission of a mapping that tasks brought; 0 where there is none. */
  static long lastSubmission(Connection connection, String mapping) throws SQLException {
    return Sql.number(
        connection, "SELECT MAX(submission) FROM osm_link_area WHERE mapping = ?", mapping);
  }

  /** Says which submission brings them. */
  static void bring(Connection connection, String mapping, List<TaskArea> areas, long submission)
      throws SQLException {
    for (TaskArea area : areas) {
      Sql.update(
          connection,
          "UPDATE osm_link_area SET submission = ? WHERE event = ? AND mapping = ?",
          submission,
          area.event(),
          mapping);
    }
  }

  private static Geometry geometry(String wkt) {
    try {
      return new WKTReader().read(wkt);
    } catch (ParseException e) {
      throw new IllegalStateException("a task's area cannot be read", e);
    }
  }
}
