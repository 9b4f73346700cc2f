package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Sql;

/** What one person has done in all projects, counted from the history each time. */
public final class RecordTable {
  private RecordTable() {}

  /**
   * Somebody's record.
   *
   * @param work what their changes made of tasks, those that stand
   * @param good tasks that they mapped and that are good now
   * @param wanting how often a task that they had mapped was found wanting
   * @param projects in which they mapped or judged something
   */
  public record Record(StatisticsTable.Work work, int good, int wanting, int projects) {}

  /** The record of somebody. */
  public static Record of(Connection connection, String account) throws SQLException {
    long wanting =
        Sql.number(
            connection,
            "SELECT COUNT(*) FROM mapping_event e WHERE e.prior_mapper = ? AND e.state = ? AND "
                + EventTable.STANDS,
            account,
            TaskState.INVALIDATED.code());
    long projects =
        Sql.number(
            connection,
            "SELECT COUNT(DISTINCT e.project) FROM mapping_event e WHERE e.account = ? AND "
                + EventTable.STANDS,
            account);
    return new Record(
        StatisticsTable.workOf(connection, account),
        StatisticsTable.validatedOf(connection, account),
        (int) wanting,
        (int) projects);
  }

  /** When somebody's changes were that stand, in milliseconds since 1970. */
  public static List<Long> changes(Connection connection, String account) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getLong(1),
        "SELECT e.at FROM mapping_event e WHERE e.account = ? AND "
            + EventTable.STANDS
            + " ORDER BY e.number",
        account);
  }

  /** For how long somebody held tasks. */
  public record Time(long mappingSeconds, long validationSeconds) {}

  /** Sums up leases that are over, each to the event that ended it. */
  public static Time time(Connection connection, String account) throws SQLException {
    Map<String, TaskEvent> begun = new HashMap<>();
    long[] millis = new long[2];
    for (TaskEvent event : EventTable.by(connection, account, Integer.MAX_VALUE).reversed()) {
      String task = event.project() + "/" + event.task();
      switch (event.kind()) {
        case LOCKED_FOR_MAPPING, LOCKED_FOR_VALIDATION -> begun.put(task, event);
        case STATE_CHANGE, UNLOCKED, AUTO_UNLOCKED_FOR_MAPPING, AUTO_UNLOCKED_FOR_VALIDATION -> {
          TaskEvent start = begun.remove(task);
          if (start != null) {
            int kind = start.kind() == EventKind.LOCKED_FOR_MAPPING ? 0 : 1;
            millis[kind] += event.at() - start.at();
          }
        }
        case COMMENT, EXTENDED_FOR_MAPPING, EXTENDED_FOR_VALIDATION -> {}
      }
    }
    return new Time(millis[0] / 1000, millis[1] / 1000);
  }

  /**
   * A task that somebody changed.
   *
   * @param made what they made of it, the last time
   * @param now what it is
   * @param at when they did, in milliseconds since 1970
   */
  public record Change(long project, int task, TaskState made, TaskState now, long at) {}

  /** The tasks that somebody changed, the last first, by changes that stand. */
  public static List<Change> tasks(Connection connection, String account) throws SQLException {
    Map<String, Change> last = new LinkedHashMap<>();
    Sql.each(
        connection,
        row ->
            last.putIfAbsent(
                row.getLong(1) + "/" + row.getInt(2),
                new Change(
                    row.getLong(1),
                    row.getInt(2),
                    TaskState.of(row.getInt(3)),
                    TaskState.of(row.getInt(4)),
                    row.getLong(5))),
        "SELECT e.project, e.task, e.state, t.state, e.at FROM mapping_event e"
            + " JOIN mapping_task t ON t.project = e.project AND t.id = e.task"
            + " WHERE e.account = ? AND "
            + EventTable.STANDS
            + " ORDER BY e.number DESC",
        account);
    return new ArrayList<>(last.values());
  }
}
