package org.tequio.mapping.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.desk.TaskQuality;
import org.tequio.mapping.tables.QualityTable;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.osm.CheckJson;
import org.tequio.osm.MapChecks;

/** What is probably wrong in a task, and how good people's work was when they gave it back. */
final class ChecksEndpoint {
  private static final String JSON = "application/json";
  private static final Parameter<String> SINCE =
      Parameter.choice(
          "since",
          "lock marks what whoever took the task last to map it has brought since then.",
          "lock");

  private final MapChecks checks;
  private final TaskQuality quality;
  private final TaskReader tasks;
  private final Answering answering;
  private final Function<String, String> names;

  ChecksEndpoint(
      MapChecks checks,
      TaskQuality quality,
      TaskReader tasks,
      Answering answering,
      Function<String, String> names) {
    this.checks = checks;
    this.quality = quality;
    this.tasks = tasks;
    this.answering = answering;
    this.names = names;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/v2/projects/{project}/tasks/{task}/checks/",
                "taskChecks",
                MappingAction.READ,
                Answering.shaped(this::task))
            .with(Answering.PROJECT, Answering.TASK, SINCE)
            .answers(JSON, CheckJson.class)
            .summary("What is probably wrong on a task's ground as the map stands."),
        Endpoint.get(
                "/api/v2/projects/{project}/statistics/checks/",
                "mappingQuality",
                MappingAction.READ,
                Answering.shaped(this::project))
            .with(Answering.PROJECT)
            .answers(JSON, ProjectQuality.class)
            .summary("What was open in tasks when people called them mapped."));
  }

  private Reply task(Call call) {
    long project = call.path(Answering.PROJECT);
    int task = Answering.task(call);
    // May they see it? The look itself reads the map, and is not part of this reading.
    tasks.read(
        answering.reader(call),
        project,
        (connection, found, access) ->
            TaskTable.find(connection, project, task)
                .orElseThrow(() -> new NotThere("TASK_NOT_FOUND")));
    boolean sinceLock = call.query(SINCE).isPresent();
    return Reply.json(checks.tell(call, () -> quality.look(project, task, sinceLock)));
  }

  /** The quality of a project's work. */
  record ProjectQuality(long projectId, List<MapperQuality> mappers) {}

  /**
   * What was open in the tasks that one person called mapped.
   *
   * @param tasksMapped how many, those that stand
   * @param tasksLookedAt how many of them were looked at; of the others nothing is known
   * @param tasksClean how many of those that were looked at had neither error nor warning
   * @param fresh how many of all findings came by their own edits
   */
  record MapperQuality(
      String username,
      String userId,
      int tasksMapped,
      int tasksLookedAt,
      int tasksClean,
      int errors,
      int warnings,
      int notes,
      int fresh) {}

  private Reply project(Call call) {
    long project = call.path(Answering.PROJECT);
    List<MapperQuality> mappers = new ArrayList<>();
    for (QualityTable.OfMapper one :
        tasks.read(
            answering.reader(call),
            project,
            (connection, found, access) -> QualityTable.ofMappers(connection, project))) {
      mappers.add(
          new MapperQuality(
              names.apply(one.account()),
              one.account(),
              one.mapped(),
              one.lookedAt(),
              one.clean(),
              one.found().errors(),
              one.found().warnings(),
              one.found().notes(),
              one.found().fresh()));
    }
    return Reply.json(new ProjectQuality(project, mappers));
  }
}
