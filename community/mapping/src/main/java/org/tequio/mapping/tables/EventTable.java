package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.task.TaskState;
import org.tequio.osm.ValidatedTask;
import org.tequio.storage.Sql;

/** The history of tasks. */
public final class EventTable {
  private static final String SELECT =
      "SELECT e.number, e.project, e.task, e.at, e.account, e.kind, e.text, e.state, e.undoes,"
          + " e.prior_state, e.prior_mapper, e.prior_validator FROM mapping_event e ";

  /** A change of state that stands: neither taken back nor itself a taking back. */
  public static final String STANDS =
      "e.kind = 'STATE_CHANGE' AND e.undoes IS NULL"
          + " AND NOT EXISTS (SELECT 1 FROM mapping_event u WHERE u.undoes = e.number)";

  private EventTable() {}

  /** Keeps what happened; returns its number. */
  public static long insert(
      Connection connection,
      TaskRow before,
      long at,
      String account,
      EventKind kind,
      String text,
      @Nullable TaskState state,
      @Nullable Long undoes)
      throws SQLException {
    long number = last(connection) + 1;
    Sql.update(
        connection,
        "INSERT INTO mapping_event (number, project, task, at, account, kind, text, state, undoes,"
            + " prior_state, prior_mapper, prior_validator)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        number,
        before.project(),
        before.id(),
        at,
        account,
        kind.name(),
        text,
        state == null ? null : state.code(),
        undoes,
        before.state().code(),
        before.mappedBy(),
        before.validatedBy());
    return number;
  }

  /** The number of the last event of all projects; 0 where there is none. */
  public static long last(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT MAX(number) FROM mapping_event");
  }

  /** Says with the last event how often a kind of fault was found. */
  public static void addIssue(Connection connection, int category, int count) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO mapping_issue (event, category, count) VALUES (?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        last(connection),
        category,
        count);
  }

  /** The last change of a task's state that stands. */
  public static Optional<TaskEvent> lastChange(Connection connection, long project, int task)
      throws SQLException {
    return Sql.first(
        connection,
        EventTable::event,
        SELECT + "WHERE e.project = ? AND e.task = ? AND " + STANDS + " ORDER BY e.number DESC",
        project,
        task);
  }

  /** The history of a task, oldest first. */
  public static List<TaskEvent> history(Connection connection, long project, int task)
      throws SQLException {
    return Sql.list(
        connection,
        EventTable::event,
        SELECT + "WHERE e.project = ? AND e.task = ? ORDER BY e.number",
        project,
        task);
  }

  /** What happened in a project after an event, oldest first. */
  public static List<TaskEvent> after(Connection connection, long project, long number, int limit)
      throws SQLException {
    return Sql.list(
        connection,
        EventTable::event,
        SELECT + "WHERE e.project = ? AND e.number > ? ORDER BY e.number LIMIT ?",
        project,
        number,
        limit);
  }

  /** What happened last in a project, the newest first. */
  public static List<TaskEvent> latest(Connection connection, long project, int limit)
      throws SQLException {
    return Sql.list(
        connection,
        EventTable::event,
        SELECT + "WHERE e.project = ? ORDER BY e.number DESC LIMIT ?",
        project,
        limit);
  }

  /** How often somebody took tasks of a project to map them. */
  public static long locks(Connection connection, long project, String account)
      throws SQLException {
    return Sql.number(
        connection,
        "SELECT COUNT(*) FROM mapping_event WHERE account = ? AND project = ? AND kind = ?",
        account,
        project,
        EventKind.LOCKED_FOR_MAPPING.name());
  }

  /** The last change of state of each task of a project, taken back or not, by task. */
  public static List<TaskEvent> lastChanges(Connection connection, long project)
      throws SQLException {
    return Sql.list(
        connection,
        EventTable::event,
        SELECT
            + "JOIN (SELECT MAX(number) AS last FROM mapping_event WHERE project = ?"
            + " AND kind = 'STATE_CHANGE' GROUP BY task) l ON l.last = e.number"
            + " ORDER BY e.task",
        project);
  }

  /** What one person did, the newest first. */
  public static List<TaskEvent> by(Connection connection, String account, int limit)
      throws SQLException {
    return Sql.list(
        connection,
        EventTable::event,
        SELECT + "WHERE e.account = ? ORDER BY e.number DESC LIMIT ?",
        account,
        limit);
  }

  /** Tasks that were found good after an event, and are so still, oldest first. */
  public static List<ValidatedTask> validatedAfter(Connection connection, long number, int limit)
      throws SQLException {
    return Sql.list(
        connection,
        row ->
            new ValidatedTask(
                row.getLong(1),
                row.getLong(2) + "/" + row.getInt(3),
                row.getString(4),
                Polygons.parse(row.getString(5))),
        "SELECT e.number, e.project, e.task, e.account, t.geometry FROM mapping_event e"
            + " JOIN mapping_task t ON t.project = e.project AND t.id = e.task"
            + " WHERE e.number > ? AND e.state = ? AND t.state = ? AND "
            + STANDS
            + " ORDER BY e.number LIMIT ?",
        number,
        TaskState.VALIDATED.code(),
        TaskState.VALIDATED.code(),
        limit);
  }

  private static TaskEvent event(ResultSet row) throws SQLException {
    int state = row.getInt(8);
    TaskState after = row.wasNull() ? null : TaskState.of(state);
    long undoes = row.getLong(9);
    Long undone = row.wasNull() ? null : undoes;
    return new TaskEvent(
        row.getLong(1),
        row.getLong(2),
        row.getInt(3),
        row.getLong(4),
        row.getString(5),
        EventKind.valueOf(row.getString(6)),
        row.getString(7),
        after,
        undone,
        TaskState.of(row.getInt(10)),
        row.getString(11),
        row.getString(12));
  }
}
