package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * What the checks of the map found in a task when somebody called it mapped or judged it. A change
 * without a row here was never looked at: that is not the same as nothing found.
 */
public final class QualityTable {
  private static final String MODULE = "mapping_quality";

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE mapping_quality (event BIGINT PRIMARY KEY,"
                      + " errors INTEGER NOT NULL, warnings INTEGER NOT NULL,"
                      + " notes INTEGER NOT NULL, fresh INTEGER NOT NULL)")));

  private QualityTable() {}

  /**
   * What was open.
   *
   * @param errors how many findings of each severity
   * @param warnings likewise
   * @param notes likewise
   * @param fresh how many of all came by the edits of whoever mapped
   */
  public record Quality(int errors, int warnings, int notes, int fresh) {}

  /** Creates or upgrades it. */
  public static void migrate(Database database) {
    database.migrate(MODULE, MIGRATIONS);
  }

  /** Keeps what was found at a change of state; the first look counts. */
  public static void insert(Connection connection, long event, Quality quality)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO mapping_quality (event, errors, warnings, notes, fresh)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (event) DO NOTHING",
        event,
        quality.errors,
        quality.warnings,
        quality.notes,
        quality.fresh);
  }

  /** What was found in a task, by the number of the event. */
  public static Map<Long, Quality> ofTask(Connection connection, long project, int task)
      throws SQLException {
    Map<Long, Quality> found = new HashMap<>();
    Sql.each(
        connection,
        row ->
            found.put(
                row.getLong(1),
                new Quality(row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5))),
        "SELECT q.event, q.errors, q.warnings, q.notes, q.fresh FROM mapping_quality q"
            + " JOIN mapping_event e ON e.number = q.event WHERE e.project = ? AND e.task = ?",
        project,
        task);
    return found;
  }

  /**
   * What was found in what one person called mapped in a project.
   *
   * @param mapped how many tasks, those that stand
   * @param lookedAt how many of them were looked at
   * @param clean how many of these had neither error nor warning
   * @param found all findings of those that were looked at
   */
  public record OfMapper(String account, int mapped, int lookedAt, int clean, Quality found) {}

  /** The quality of everyone's work in a project, counted from its history. */
  public static List<OfMapper> ofMappers(Connection connection, long project) throws SQLException {
    return Sql.list(
        connection,
        row ->
            new OfMapper(
                row.getString(1),
                row.getInt(2),
                row.getInt(3),
                row.getInt(4),
                new Quality(row.getInt(5), row.getInt(6), row.getInt(7), row.getInt(8))),
        "SELECT e.account, COUNT(*), COUNT(q.event),"
            + " SUM(CASE WHEN q.errors + q.warnings = 0 THEN 1 ELSE 0 END),"
            + " SUM(q.errors), SUM(q.warnings), SUM(q.notes), SUM(q.fresh)"
            + " FROM mapping_event e LEFT JOIN mapping_quality q ON q.event = e.number"
            + " WHERE e.project = ? AND e.state = ? AND "
            + EventTable.STANDS
            + " GROUP BY e.account ORDER BY e.account",
        project,
        TaskState.MAPPED.code());
  }
}
