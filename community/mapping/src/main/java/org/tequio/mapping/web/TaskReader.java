package org.tequio.mapping.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.mapping.area.GridTile;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.desk.ProjectAccess;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.ProjectText;
import org.tequio.mapping.tables.AnnotationTable;
import org.tequio.mapping.tables.EventKind;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.Json;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.ProjectTable;
import org.tequio.mapping.tables.QualityTable;
import org.tequio.mapping.tables.TaskEvent;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** Tasks as they are shown. Thread-safe. */
final class TaskReader {
  private final Database database;
  private final Function<String, String> names;
  private final Clock clock;

  /**
   * Reads.
   *
   * @param names how accounts are called
   */
  TaskReader(Database database, Function<String, String> names, Clock clock) {
    this.database = database;
    this.names = names;
    this.clock = clock;
  }

  /** Reads from one consistent state, for somebody who may see the project. */
  <T> T read(@Nullable Actor actor, long project, Reading<T> reading) {
    return database.read(
        connection -> {
          Project found =
              ProjectTable.find(connection, project)
                  .orElseThrow(() -> new NotThere("PROJECT_NOT_FOUND"));
          ProjectAccess access = ProjectAccess.ofReader(connection, found, actor, clock.millis());
          if (!access.isAdmitted()) {
            throw new NotThere("PROJECT_NOT_FOUND");
          }
          return reading.of(connection, found, access);
        });
  }

  /** What is read of a project. */
  interface Reading<T> {
    T of(Connection connection, Project project, ProjectAccess access) throws SQLException;
  }

  /** Some tasks, whole. */
  List<TaskView> tasks(@Nullable Actor actor, long project, List<Integer> ids, String locale) {
    return read(
        actor,
        project,
        (connection, found, access) -> {
          List<TaskView> views = new ArrayList<>();
          for (int id : ids) {
            TaskRow row =
                TaskTable.find(connection, project, id)
                    .orElseThrow(() -> new NotThere("TASK_NOT_FOUND"));
            views.add(view(connection, found, row, locale));
          }
          return views;
        });
  }

  private TaskView view(Connection connection, Project project, TaskRow row, String locale)
      throws SQLException {
    Lease lease =
        LeaseTable.findOf(connection, row.project(), row.id(), clock.millis()).orElse(null);
    List<TaskEvent> events = history(connection, row);
    Map<Long, List<TaskView.TaskIssueView>> issues = issues(connection, row);
    Map<Long, QualityTable.Quality> found =
        QualityTable.ofTask(connection, row.project(), row.id());
    List<TaskView.TaskHistoryView> lines = new ArrayList<>();
    int comments = 0;
    for (int i = events.size() - 1; i >= 0; i--) {
      TaskEvent event = events.get(i);
      comments += event.kind() == EventKind.COMMENT ? 1 : 0;
      if (event.kind() != EventKind.UNLOCKED) {
        lines.add(
            new TaskView.TaskHistoryView(
                event.number(),
                row.id(),
                event.kind().name(),
                text(events, i),
                Instant.ofEpochMilli(event.at()).toString(),
                names.apply(event.account()),
                event.account(),
                issues.getOrDefault(event.number(), List.of()),
                TaskView.OpenFindings.of(found.get(event.number()))));
      }
    }
    return new TaskView(
        row.id(),
        row.project(),
        status(row, lease),
        lease == null ? null : names.apply(lease.account()),
        lease == null ? null : lease.account(),
        lease == null ? List.of() : lease.tasks(),
        lines,
        AnnotationTable.list(connection, row.project(), row.id()).stream()
            .map(AnnotationsEndpoint.TaskAnnotation::of)
            .toList(),
        instructions(project.settings().text(locale), row),
        project.settings().leaseSeconds(),
        lease == null ? null : Instant.ofEpochMilli(lease.expires()).toString(),
        Instant.ofEpochMilli(row.updated()).toString(),
        comments,
        project.settings().gapLayer());
  }

  static String status(TaskRow row, @Nullable Lease lease) {
    return lease == null ? row.state().name() : lease.kind().status();
  }

  /** Of a piece, what happened to the whole belongs to it. */
  private static List<TaskEvent> history(Connection connection, TaskRow row) throws SQLException {
    List<TaskEvent> all = new ArrayList<>();
    Integer parent = row.parent();
    if (parent != null) {
      TaskRow whole = TaskTable.find(connection, row.project(), parent).orElse(null);
      if (whole != null) {
        all.addAll(history(connection, whole));
      }
    }
    all.addAll(EventTable.history(connection, row.project(), row.id()));
    return all;
  }

  private static Map<Long, List<TaskView.TaskIssueView>> issues(Connection connection, TaskRow row)
      throws SQLException {
    Map<Long, List<TaskView.TaskIssueView>> issues = new HashMap<>();
    Sql.each(
        connection,
        one ->
            issues
                .computeIfAbsent(one.getLong(1), event -> new ArrayList<>())
                .add(new TaskView.TaskIssueView(one.getInt(2), one.getInt(3))),
        "SELECT i.event, i.category, i.count FROM mapping_issue i JOIN mapping_event e"
            + " ON e.number = i.event WHERE e.project = ? AND e.task = ?",
        row.project(),
        row.id());
    return issues;
  }

  /** The text of an event; of a lease that is over, how long it was. */
  private static @Nullable String text(List<TaskEvent> events, int at) {
    TaskEvent event = events.get(at);
    if (!event.kind().isLock()) {
      return event.text().isEmpty() ? null : event.text();
    }
    for (int i = at + 1; i < events.size(); i++) {
      switch (events.get(i).kind()) {
        case STATE_CHANGE, UNLOCKED, AUTO_UNLOCKED_FOR_MAPPING, AUTO_UNLOCKED_FOR_VALIDATION -> {
          Duration held = Duration.ofMillis(events.get(i).at() - event.at());
          return "%02d:%02d:%02d"
              .formatted(held.toHours(), held.toMinutesPart(), held.toSecondsPart());
        }
        case LOCKED_FOR_MAPPING,
            LOCKED_FOR_VALIDATION,
            COMMENT,
            EXTENDED_FOR_MAPPING,
            EXTENDED_FOR_VALIDATION -> {}
      }
    }
    return null;
  }

  /** The instructions of one task: its place in the grid and its properties in braces. */
  static String instructions(ProjectText text, TaskRow row) {
    String template = text.perTaskInstructions();
    if (template == null || template.isEmpty()) {
      return "";
    }
    Map<String, Object> values = new HashMap<>(Json.object(row.properties()));
    GridTile tile = row.tile();
    if (tile != null) {
      values.put("x", tile.x());
      values.put("y", tile.y());
      values.put("z", tile.zoom());
    }
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      if (close < 0) {
        return filled.append(template, at, template.length()).toString();
      }
      Object value = values.get(template.substring(open + 1, close));
      filled
          .append(template, at, open)
          .append(value == null ? template.substring(open, close + 1) : value);
      at = close + 1;
    }
    return filled.toString();
  }

  /** Who holds which task of a project now. */
  Map<Integer, Lease> leases(long project) {
    return database.read(connection -> LeaseTable.byTask(connection, project, clock.millis()));
  }

  // ---- the map

  /** Some or all tasks as a GeoJSON feature collection. */
  String geoJson(@Nullable Actor actor, long project, List<Integer> ids) {
    return read(actor, project, (connection, found, access) -> geoJson(connection, project, ids));
  }

  String geoJson(Connection connection, long project, List<Integer> ids) throws SQLException {
    Map<Integer, Lease> leases = LeaseTable.byTask(connection, project, clock.millis());
    StringBuilder text = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
    boolean isFirst = true;
    for (TaskRow row : TaskTable.list(connection, project)) {
      if (ids.isEmpty() || ids.contains(row.id())) {
        text.append(isFirst ? "" : ",");
        feature(row, leases.get(row.id()), text);
        isFirst = false;
      }
    }
    return text.append("]}").toString();
  }

  private void feature(TaskRow row, @Nullable Lease lease, StringBuilder text) {
    GridTile tile = row.tile();
    text.append("{\"type\":\"Feature\",\"geometry\":")
        .append(row.geometry())
        .append(",\"properties\":{\"taskId\":")
        .append(row.id())
        .append(",\"taskX\":")
        .append(tile == null ? "null" : "" + tile.x())
        .append(",\"taskY\":")
        .append(tile == null ? "null" : "" + tile.y())
        .append(",\"taskZoom\":")
        .append(tile == null ? "null" : "" + tile.zoom())
        .append(",\"taskIsSquare\":")
        .append(row.isSquare())
        .append(",\"taskStatus\":\"")
        .append(status(row, lease))
        .append("\",\"lockedBy\":")
        .append(lease == null ? "null" : Json.write(lease.account()))
        .append(",\"lockHolder\":")
        .append(lease == null ? "null" : Json.write(names.apply(lease.account())))
        .append(",\"mappedBy\":")
        .append(row.mappedBy() == null ? "null" : Json.write(row.mappedBy()))
        .append("}}");
  }

  /** The states that are counted for a project's progress. */
  static int percent(int part, int whole) {
    return whole <= 0 ? 0 : (int) (100L * part / whole);
  }

  static int count(Map<TaskState, Integer> states, TaskState state) {
    return states.getOrDefault(state, 0);
  }
}
