package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Sql;

/**
 * What is counted: always from the tasks as they stand and from their history, never from a number
 * that somebody kept beside them.
 */
public final class StatisticsTable {
  private StatisticsTable() {}

  /** How many tasks of a project are in each state. */
  public static Map<TaskState, Integer> states(Connection connection, long project)
      throws SQLException {
    Map<TaskState, Integer> counts = new EnumMap<>(TaskState.class);
    Sql.each(
        connection,
        row -> counts.put(TaskState.of(row.getInt(1)), row.getInt(2)),
        "SELECT state, COUNT(*) FROM mapping_task WHERE project = ? GROUP BY state",
        project);
    counts.remove(TaskState.SPLIT);
    return counts;
  }

  /**
   * What one person's changes made of tasks, those that stand.
   *
   * @param mapped how often they gave one back as mapped
   * @param validated as good
   * @param invalidated as one with more to do
   * @param badImagery as one that the imagery does not show
   */
  public record Work(int mapped, int validated, int invalidated, int badImagery) {
    /** Nothing. */
    public static final Work NONE = new Work(0, 0, 0, 0);

    private Work with(TaskState state, int count) {
      return switch (state) {
        case MAPPED -> new Work(count, validated, invalidated, badImagery);
        case VALIDATED -> new Work(mapped, count, invalidated, badImagery);
        case INVALIDATED -> new Work(mapped, validated, count, badImagery);
        case BADIMAGERY -> new Work(mapped, validated, invalidated, count);
        case READY, SPLIT -> this;
      };
    }
  }

  /** The work of everyone in a project, by account. */
  public static Map<String, Work> work(Connection connection, long project) throws SQLException {
    Map<String, Work> all = new LinkedHashMap<>();
    Sql.each(
        connection,
        row ->
            all.put(
                row.getString(1),
                all.getOrDefault(row.getString(1), Work.NONE)
                    .with(TaskState.of(row.getInt(2)), row.getInt(3))),
        "SELECT e.account, e.state, COUNT(*) FROM mapping_event e WHERE e.project = ? AND "
            + EventTable.STANDS
            + " GROUP BY e.account, e.state ORDER BY e.account",
        project);
    return all;
  }

  /** The work of one person in all projects. */
  public static Work workOf(Connection connection, String account) throws SQLException {
    Work work = Work.NONE;
    for (Map.Entry<TaskState, Integer> one :
        Sql.list(
            connection,
            row -> Map.entry(TaskState.of(row.getInt(1)), row.getInt(2)),
            "SELECT e.state, COUNT(*) FROM mapping_event e WHERE e.account = ? AND "
                + EventTable.STANDS
                + " GROUP BY e.state",
            account)) {
      work = work.with(one.getKey(), one.getValue());
    }
    return work;
  }

  /** Everyone who did anything in a project. */
  public static List<String> workers(Connection connection, long project) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getString(1),
        "SELECT DISTINCT account FROM mapping_event WHERE project = ? ORDER BY account",
        project);
  }

  /** The projects in which somebody did anything. */
  public static List<Long> projectsOf(Connection connection, String account) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getLong(1),
        "SELECT DISTINCT project FROM mapping_event WHERE account = ? ORDER BY project DESC",
        account);
  }

  /** How many of the tasks that somebody mapped are good. */
  public static int validatedOf(Connection connection, String account) throws SQLException {
    return (int)
        Sql.number(
            connection,
            "SELECT COUNT(*) FROM mapping_task WHERE mapped_by = ? AND state = ?",
            account,
            TaskState.VALIDATED.code());
  }

  /** The level of somebody's experience. */
  public static int level(Connection connection, String account) throws SQLException {
    return org.tequio.mapping.project.Level.of(
            workOf(connection, account), validatedOf(connection, account))
        .id();
  }
}
