package org.tequio.mapping.web;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.mapping.desk.TaskDesk;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Level;
import org.tequio.mapping.project.ProjectText;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.ProjectTable;
import org.tequio.mapping.tables.StatisticsTable;
import org.tequio.storage.Database;

/** What one holds and has done, and what the levels of experience ask. */
final class OwnWorkEndpoint {
  private static final String JSON = "application/json";

  private final Database database;
  private final TaskDesk desk;
  private final TaskReader tasks;
  private final Answering answering;
  private final Permissions permissions;
  private final Clock clock;

  OwnWorkEndpoint(
      Database database,
      TaskDesk desk,
      TaskReader tasks,
      Answering answering,
      Permissions permissions,
      Clock clock) {
    this.database = database;
    this.desk = desk;
    this.tasks = tasks;
    this.answering = answering;
    this.permissions = permissions;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/v2/projects/{project}/tasks/queries/offered/",
                "offeredTask",
                MappingAction.MAP,
                Answering.shaped(this::offered))
            .with(Answering.PROJECT)
            .answers(JSON, OfferedTask.class)
            .summary("The task that a project deals to whoever asks."),
        own("users/queries/tasks/locked/", "lockedTasks", this::locked)
            .answers(JSON, LockedTasks.class)
            .summary("The tasks that one holds."),
        own("users/statistics/", "ownMappingStatistics", this::ownStatistics)
            .answers(JSON, UserStatistics.class)
            .summary("What one has done, and one's level."),
        Endpoint.get("/api/v2/levels/", "mappingLevels", MappingAction.READ, this::levels)
            .answers(JSON, Levels.class)
            .summary("The levels of experience and what they ask."));
  }

  private static Endpoint own(String path, String id, Endpoint.Handler handler) {
    return Endpoint.get("/api/v2/" + path, id, MappingAction.OWN, handler);
  }

  private String own(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(MappingAction.OWN, account));
    return account;
  }

  /** The task that one may take; null where none is left. */
  record OfferedTask(@Nullable Integer taskId) {}

  private Reply offered(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    return Reply.json(
        new OfferedTask(
            tasks
                .read(
                    actor,
                    call.path(Answering.PROJECT),
                    (connection, project, access) ->
                        desk.offered(connection, project, actor.account()))
                .orElse(null)));
  }

  /**
   * What one holds.
   *
   * @param lockedTasks empty where one holds nothing; then the rest is null
   */
  record LockedTasks(
      List<Integer> lockedTasks,
      @Nullable Long projectId,
      @Nullable String taskStatus,
      @Nullable String lockExpires) {}

  private Reply locked(Call call) {
    String account = own(call);
    Lease lease =
        database
            .read(connection -> LeaseTable.find(connection, account, clock.millis()))
            .orElse(null);
    return Reply.json(
        lease == null
            ? new LockedTasks(List.of(), null, null, null)
            : new LockedTasks(
                lease.tasks(),
                lease.project(),
                lease.kind().status(),
                Instant.ofEpochMilli(lease.expires()).toString()));
  }

  /**
   * What one has done.
   *
   * @param tasksFoundGood those of one's tasks that are valid now
   * @param nextLevel what the next level asks; null at the last
   */
  record UserStatistics(
      String userId,
      int tasksMapped,
      int tasksValidated,
      int tasksInvalidated,
      int tasksFoundGood,
      MappingLevel level,
      @Nullable MappingLevel nextLevel,
      List<OwnProject> projects) {}

  /** A level of experience. */
  record MappingLevel(int id, String name, int tasks, int foundGood) {
    static MappingLevel of(Level level, Call call) {
      return new MappingLevel(
          level.id(), level.name().in(call.language()), level.tasks(), level.good());
    }
  }

  /** A project in which one did something. */
  record OwnProject(long projectId, @Nullable String name, int mapped, int validated) {}

  /** All levels. */
  record Levels(List<MappingLevel> levels) {}

  private Reply ownStatistics(Call call) {
    String account = own(call);
    return Reply.json(
        database.read(
            connection -> {
              StatisticsTable.Work work = StatisticsTable.workOf(connection, account);
              int good = StatisticsTable.validatedOf(connection, account);
              Level level = Level.of(work, good);
              List<OwnProject> projects = new ArrayList<>();
              for (long id : StatisticsTable.projectsOf(connection, account)) {
                StatisticsTable.Work there =
                    StatisticsTable.work(connection, id)
                        .getOrDefault(account, StatisticsTable.Work.NONE);
                String name =
                    ProjectTable.find(connection, id)
                        .map(one -> one.settings().text(call.language().tag()))
                        .map(ProjectText::name)
                        .orElse(null);
                projects.add(new OwnProject(id, name, there.mapped(), there.validated()));
              }
              return new UserStatistics(
                  account,
                  work.mapped(),
                  work.validated(),
                  work.invalidated(),
                  good,
                  MappingLevel.of(level, call),
                  Level.ALL.stream()
                      .filter(next -> next.id() == level.id() + 1)
                      .findFirst()
                      .map(next -> MappingLevel.of(next, call))
                      .orElse(null),
                  projects);
            }));
  }

  private Reply levels(Call call) {
    permissions.require(call, Permission.of(MappingAction.READ));
    return Reply.json(
        new Levels(Level.ALL.stream().map(level -> MappingLevel.of(level, call)).toList()));
  }
}
