package org.tequio.mapping.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Reply;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.TaskEvent;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.mapping.task.Part;
import org.tequio.mapping.task.Refusal;
import org.tequio.mapping.task.TaskRefused;
import org.tequio.mapping.task.TaskState;

/** Who needs help in a project, for whoever coordinates it. */
final class HelpEndpoint {
  private static final Duration ENDS_SOON = Duration.ofMinutes(30);
  private static final Duration WAITS_LONG = Duration.ofDays(2);

  private final TaskReader tasks;
  private final Answering answering;
  private final Function<String, String> names;
  private final Clock clock;

  HelpEndpoint(TaskReader tasks, Answering answering, Function<String, String> names, Clock clock) {
    this.tasks = tasks;
    this.answering = answering;
    this.names = names;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/v2/projects/{project}/statistics/help/",
                "mappingHelp",
                MappingAction.COORDINATE,
                Answering.shaped(this::help))
            .with(Answering.PROJECT)
            .answers("application/json", NeedsHelp.class)
            .summary(
                "Whose tasks came back, which leases end within 30 minutes, and what has waited"
                    + " for a validator for more than two days."));
  }

  /**
   * What asks for the coordinator.
   *
   * @param returned by how many came back
   * @param ending what ends first stands first
   * @param waiting what waits longest stands first
   */
  record NeedsHelp(
      List<ReturnedTasks> returned, List<EndingLease> ending, List<WaitingTask> waiting) {}

  /** Tasks of one mapper in which something was missing, and that nobody has taken since. */
  record ReturnedTasks(String username, String userId, List<Integer> taskIds) {}

  /** A task whose lease is about to end. */
  record EndingLease(int taskId, String username, String userId, String lockExpires) {}

  /**
   * A task that nobody has looked at.
   *
   * @param username who mapped it
   * @param since since when it is as it is
   */
  record WaitingTask(int taskId, String username, String userId, String since) {}

  private Reply help(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    return Reply.json(
        tasks.read(
            actor,
            call.path(Answering.PROJECT),
            (connection, project, access) -> {
              if (access.part() != Part.COORDINATOR) {
                throw new TaskRefused(Refusal.NOT_A_MANAGER);
              }
              return of(connection, project.id());
            }));
  }

  private NeedsHelp of(Connection connection, long project) throws SQLException {
    long now = clock.millis();
    Map<Integer, Lease> leases = LeaseTable.byTask(connection, project, now);
    return new NeedsHelp(
        returned(connection, project, leases),
        ending(leases, now),
        waiting(connection, project, leases, now));
  }

  private List<ReturnedTasks> returned(
      Connection connection, long project, Map<Integer, Lease> leases) throws SQLException {
    Map<Integer, String> mappers = new HashMap<>();
    for (TaskEvent event : EventTable.lastChanges(connection, project)) {
      String mapper = event.priorMapper();
      if (mapper != null) {
        mappers.put(event.task(), mapper);
      }
    }
    Map<String, List<Integer>> byMapper = new HashMap<>();
    for (TaskRow row : TaskTable.listIn(connection, project, TaskState.INVALIDATED)) {
      String mapper = mappers.get(row.id());
      if (mapper != null && !leases.containsKey(row.id())) {
        byMapper.computeIfAbsent(mapper, any -> new ArrayList<>()).add(row.id());
      }
    }
    List<ReturnedTasks> all = new ArrayList<>();
    byMapper.forEach(
        (mapper, numbers) -> all.add(new ReturnedTasks(names.apply(mapper), mapper, numbers)));
    all.sort(
        Comparator.comparingInt((ReturnedTasks one) -> -one.taskIds().size())
            .thenComparing(ReturnedTasks::username)
            .thenComparing(ReturnedTasks::userId));
    return all;
  }

  private List<EndingLease> ending(Map<Integer, Lease> leases, long now) {
    return leases.entrySet().stream()
        .filter(one -> one.getValue().expires() - now < ENDS_SOON.toMillis())
        .sorted(Comparator.comparingLong(one -> one.getValue().expires()))
        .map(
            one ->
                new EndingLease(
                    one.getKey(),
                    names.apply(one.getValue().account()),
                    one.getValue().account(),
                    Instant.ofEpochMilli(one.getValue().expires()).toString()))
        .toList();
  }

  private List<WaitingTask> waiting(
      Connection connection, long project, Map<Integer, Lease> leases, long now)
      throws SQLException {
    List<WaitingTask> all = new ArrayList<>();
    TaskTable.listIn(connection, project, TaskState.MAPPED).stream()
        .filter(row -> !leases.containsKey(row.id()))
        .filter(row -> now - row.updated() > WAITS_LONG.toMillis())
        .sorted(Comparator.comparingLong(TaskRow::updated))
        .forEach(
            row -> {
              String mapper = row.mappedBy();
              all.add(
                  new WaitingTask(
                      row.id(),
                      mapper == null ? "" : names.apply(mapper),
                      mapper == null ? "" : mapper,
                      Instant.ofEpochMilli(row.updated()).toString()));
            });
    return all;
  }
}
