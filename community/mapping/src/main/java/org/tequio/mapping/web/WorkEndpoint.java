package org.tequio.mapping.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.StatisticsTable;
import org.tequio.mapping.tables.TaskEvent;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Sql;

/** What was done in a project, by whom: counted from the history each time. */
final class WorkEndpoint {
  private static final String JSON = "application/json";
  private static final String PROJECT = "/api/v2/projects/{project}/";

  private static final Parameter<String> USERNAME = PeopleEndpoint.USERNAME;

  private final TaskReader tasks;
  private final Answering answering;
  private final Function<String, String> names;
  private final Clock clock;

  WorkEndpoint(TaskReader tasks, Answering answering, Function<String, String> names, Clock clock) {
    this.tasks = tasks;
    this.answering = answering;
    this.names = names;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        read("statistics/", "mappingStatistics", this::statistics)
            .answers(JSON, ProjectStatistics.class)
            .summary("How far a project is."),
        read("contributions/", "mappingContributions", this::contributions)
            .answers(JSON, Contributions.class)
            .summary("Who did how much in a project."),
        read("contributions/queries/day/", "mappingContributionsByDay", this::byDay)
            .answers(JSON, ByDay.class)
            .summary("What was done in a project each day."),
        read("activities/", "mappingActivities", this::activities)
            .answers(JSON, Activities.class)
            .summary("What happened last in a project."),
        read("activities/latest/", "mappingLatestActivities", this::latest)
            .answers(JSON, LatestActivities.class)
            .summary("Who changed each task of a project last, and to what."),
        read("statistics/queries/{username}/", "mappingStatisticsOf", this::ofOne)
            .with(USERNAME)
            .answers(JSON, UserContribution.class)
            .summary("What one person did in a project."));
  }

  private static Endpoint read(String path, String id, Endpoint.Handler handler) {
    return Endpoint.get(PROJECT + path, id, MappingAction.READ, Answering.shaped(handler))
        .with(Answering.PROJECT);
  }

  /**
   * How far a project is: tasks in each state, and percentages cut to whole numbers.
   *
   * @param completion mapped counts once and validated twice
   */
  record ProjectStatistics(
      long projectId,
      int totalTasks,
      int tasksReady,
      int tasksMapped,
      int tasksValidated,
      int tasksInvalidated,
      int tasksBadImagery,
      int tasksLocked,
      int percentMapped,
      int percentValidated,
      int percentBadImagery,
      int completion,
      int totalMappers,
      int totalValidators) {}

  private Reply statistics(Call call) {
    long id = call.path(Answering.PROJECT);
    return Reply.json(
        tasks.read(
            answering.reader(call),
            id,
            (connection, project, access) -> statistics(connection, id)));
  }

  private ProjectStatistics statistics(Connection connection, long id) throws SQLException {
    Map<TaskState, Integer> states = StatisticsTable.states(connection, id);
    Map<String, StatisticsTable.Work> work = StatisticsTable.work(connection, id);
    int total = states.values().stream().mapToInt(Integer::intValue).sum();
    int mapped = TaskReader.count(states, TaskState.MAPPED);
    int validated = TaskReader.count(states, TaskState.VALIDATED);
    int bad = TaskReader.count(states, TaskState.BADIMAGERY);
    return new ProjectStatistics(
        id,
        total,
        TaskReader.count(states, TaskState.READY),
        mapped,
        validated,
        TaskReader.count(states, TaskState.INVALIDATED),
        bad,
        LeaseTable.byTask(connection, id, clock.millis()).size(),
        TaskReader.percent(mapped + validated, total - bad),
        TaskReader.percent(validated, total - bad),
        TaskReader.percent(bad, total),
        TaskReader.percent(mapped + 2 * validated, 2 * (total - bad)),
        (int) work.values().stream().filter(one -> one.mapped() > 0).count(),
        (int)
            work.values().stream().filter(one -> one.validated() + one.invalidated() > 0).count());
  }

  /** Who did how much. */
  record Contributions(List<UserContribution> userContributions) {}

  /** What one person did in a project. */
  record UserContribution(
      String username, String userId, int mapped, int validated, int invalidated, int badImagery) {}

  private Reply contributions(Call call) {
    long id = call.path(Answering.PROJECT);
    List<UserContribution> all = new ArrayList<>();
    tasks
        .read(
            answering.reader(call),
            id,
            (connection, project, access) -> StatisticsTable.work(connection, id))
        .forEach((account, work) -> all.add(contribution(account, work)));
    return Reply.json(new Contributions(all));
  }

  private UserContribution contribution(String account, StatisticsTable.Work work) {
    return new UserContribution(
        names.apply(account),
        account,
        work.mapped(),
        work.validated(),
        work.invalidated(),
        work.badImagery());
  }

  /** What was done each day. */
  record ByDay(List<DayStatistics> stats) {}

  /** What was done on a day, in UTC. */
  record DayStatistics(String date, int mapped, int validated) {}

  private Reply byDay(Call call) {
    long id = call.path(Answering.PROJECT);
    TreeMap<String, int[]> days = new TreeMap<>();
    tasks.read(
        answering.reader(call),
        id,
        (connection, project, access) -> {
          Sql.each(
              connection,
              row -> {
                String day = Instant.ofEpochMilli(row.getLong(1)).toString().substring(0, 10);
                int[] counts = days.computeIfAbsent(day, any -> new int[2]);
                TaskState state = TaskState.of(row.getInt(2));
                counts[0] += state == TaskState.MAPPED ? 1 : 0;
                counts[1] += state == TaskState.VALIDATED ? 1 : 0;
              },
              "SELECT e.at, e.state FROM mapping_event e WHERE e.project = ? AND "
                  + EventTable.STANDS,
              id);
          return true;
        });
    List<DayStatistics> stats = new ArrayList<>();
    days.forEach((day, counts) -> stats.add(new DayStatistics(day, counts[0], counts[1])));
    return Reply.json(new ByDay(stats));
  }

  /** What happened last. */
  record Activities(List<Activity> activity) {}

  /** One thing that happened to a task. */
  record Activity(
      long historyId,
      int taskId,
      String taskAction,
      @Nullable String actionText,
      String actionDate,
      String actionBy) {}

  private Reply activities(Call call) {
    long id = call.path(Answering.PROJECT);
    List<TaskEvent> events =
        tasks.read(
            answering.reader(call),
            id,
            (connection, project, access) -> EventTable.latest(connection, id, 100));
    return Reply.json(
        new Activities(
            events.stream()
                .map(
                    event ->
                        new Activity(
                            event.number(),
                            event.task(),
                            event.kind().name(),
                            event.text().isEmpty() ? null : event.text(),
                            Instant.ofEpochMilli(event.at()).toString(),
                            names.apply(event.account())))
                .toList()));
  }

  /** Each task's last change of state. */
  record LatestActivities(List<LatestActivity> activity) {}

  /** The last change of a task's state, and what it is now. */
  record LatestActivity(int taskId, String taskStatus, String actionDate, String actionBy) {}

  private Reply latest(Call call) {
    long id = call.path(Answering.PROJECT);
    List<TaskEvent> changes =
        tasks.read(
            answering.reader(call),
            id,
            (connection, project, access) -> EventTable.lastChanges(connection, id));
    List<LatestActivity> all = new ArrayList<>();
    for (TaskEvent change : changes) {
      TaskState state = change.state();
      if (state != null && state != TaskState.SPLIT) {
        all.add(
            new LatestActivity(
                change.task(),
                state.name(),
                Instant.ofEpochMilli(change.at()).toString(),
                names.apply(change.account())));
      }
    }
    return Reply.json(new LatestActivities(all));
  }

  private Reply ofOne(Call call) {
    long id = call.path(Answering.PROJECT);
    String account = call.path(USERNAME);
    StatisticsTable.Work work =
        tasks
            .read(
                answering.reader(call),
                id,
                (connection, project, access) -> StatisticsTable.work(connection, id))
            .get(account);
    if (work == null) {
      throw new NotThere("USER_NOT_FOUND");
    }
    return Reply.json(contribution(account, work));
  }
}
