package org.tequio.mapping.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.mapping.desk.TaskDesk;
import org.tequio.mapping.desk.TaskQuality;
import org.tequio.mapping.live.Tidings;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.task.Refusal;
import org.tequio.mapping.task.TaskAction;
import org.tequio.mapping.task.TaskRefused;
import org.tequio.mapping.task.TaskState;

/** What people do with tasks. */
final class TaskActionsEndpoint {
  private static final String JSON = "application/json";
  private static final String ACTIONS = "/api/v2/projects/{project}/tasks/actions/";

  private final TaskDesk desk;
  private final TaskReader reader;
  private final Answering answering;
  private final Tidings tidings;
  private final TaskQuality quality;

  TaskActionsEndpoint(
      TaskDesk desk, TaskReader reader, Answering answering, Tidings tidings, TaskQuality quality) {
    this.desk = desk;
    this.reader = reader;
    this.answering = answering;
    this.tidings = tidings;
    this.quality = quality;
  }

  List<Endpoint> endpoints() {
    return List.of(
        one("lock-for-mapping", "lockForMapping", this::lockForMapping)
            .with(EDITOR)
            .summary("Takes a task to map it."),
        many("lock-for-mapping", "lockSeveralForMapping", MappingAction.MAP, this::lockSeveral)
            .with(EDITOR)
            .takes(JSON, TaskIds.class)
            .summary("Takes adjacent tasks to map them together."),
        one("stop-mapping", "stopMapping", this::stopMapping)
            .takes(JSON, Answering.Comment.class)
            .summary("Gives a task back as it was."),
        one("unlock-after-mapping", "unlockAfterMapping", this::unlockAfterMapping)
            .takes(JSON, Unlock.class)
            .summary("Gives a task back as MAPPED, BADIMAGERY or READY."),
        one("undo-last-action", "undoLastAction", this::undo)
            .summary("Takes the last change of a task's state back."),
        one("split", "splitTask", this::split)
            .summary("Cuts a task that one holds into up to four."),
        many(
                "lock-for-validation",
                "lockForValidation",
                MappingAction.VALIDATE,
                this::lockForValidation)
            .with(EDITOR)
            .takes(JSON, TaskIds.class)
            .summary("Takes tasks to validate them, all or none."),
        many("stop-validation", "stopValidation", MappingAction.VALIDATE, this::stopValidation)
            .takes(JSON, StopValidation.class)
            .summary("Gives tasks back as they were."),
        many(
                "unlock-after-validation",
                "unlockAfterValidation",
                MappingAction.VALIDATE,
                this::unlockAfterValidation)
            .takes(JSON, UnlockAfterValidation.class)
            .summary("Says of tasks whether they are good."),
        many("extend", "extendLock", MappingAction.MAP, this::extend)
            .takes(JSON, TaskIds.class)
            .summary("Keeps tasks for longer."),
        all("map-all", "mapAll", TaskAction.MAP).summary("Calls all that wait mapped."),
        all("validate-all", "validateAll", TaskAction.VALIDATE)
            .summary("Calls all that are mapped good."),
        all("invalidate-all", "invalidateAll", TaskAction.INVALIDATE)
            .summary("Calls all that are good invalid."),
        all("reset-all-badimagery", "resetBadImagery", TaskAction.RESET_BADIMAGERY)
            .summary("Lets all wait again that the imagery did not show."),
        all("reset-all", "resetAll", TaskAction.RESET).summary("Lets all wait again."),
        many("reset-by-user", "resetByUser", MappingAction.COORDINATE, this::resetBy)
            .with(USER, STATUS)
            .summary("Takes back what one person said of tasks."),
        Endpoint.post(
                "/api/v2/projects/{project}/comments/tasks/{task}/",
                "commentTask",
                MappingAction.MAP,
                Answering.shaped(this::comment))
            .with(Answering.PROJECT, Answering.TASK)
            .takes(JSON, Answering.Comment.class)
            .answers(JSON, TaskView.class)
            .summary("Says something about a task."));
  }

  private static final Parameter<String> EDITOR =
      Parameter.choice(
          "editor",
          "In which one will work; a project may ask for some. Unknown where it is not given.",
          "ID",
          "JOSM",
          "POTLATCH_2",
          "FIELD_PAPERS",
          "RAPID",
          "CUSTOM");

  private static final Parameter<String> USER =
      Parameter.text("username", "The account of the person.", 80);

  private static final Parameter<String> STATUS =
      Parameter.choice("status", "What they said.", "VALIDATED", "BADIMAGERY");

  private Endpoint one(String path, String id, Endpoint.Handler handler) {
    return Endpoint.post(
            ACTIONS + path + "/{task}/", id, MappingAction.MAP, Answering.shaped(handler))
        .with(Answering.PROJECT, Answering.TASK)
        .answers(JSON, TaskView.class);
  }

  private Endpoint many(String path, String id, Action action, Endpoint.Handler handler) {
    return Endpoint.post(ACTIONS + path + "/", id, action, Answering.shaped(handler))
        .with(Answering.PROJECT)
        .answers(JSON, TaskViews.class);
  }

  private Endpoint all(String path, String id, TaskAction action) {
    return Endpoint.post(
            ACTIONS + path + "/",
            id,
            MappingAction.COORDINATE,
            Answering.shaped(
                call -> {
                  Actor actor = answering.actor(call, MappingAction.COORDINATE);
                  return success(desk.all(actor, call.path(Answering.PROJECT), action));
                }))
        .with(Answering.PROJECT)
        .answers(JSON, BulkResult.class);
  }

  // ---- mapping

  private Reply lockForMapping(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    desk.lockForMapping(
        actor,
        call.path(Answering.PROJECT),
        List.of(Answering.task(call)),
        call.query(EDITOR).orElse(""));
    return task(call, actor);
  }

  private Reply lockSeveral(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    List<Integer> tasks = call.json(TaskIds.class).taskIds();
    desk.lockForMapping(actor, call.path(Answering.PROJECT), tasks, call.query(EDITOR).orElse(""));
    return tasks(call, actor, tasks);
  }

  private Reply stopMapping(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    String comment = Answering.comment(call);
    desk.stopMapping(actor, call.path(Answering.PROJECT), Answering.task(call), comment);
    told(call, actor, Answering.task(call), comment);
    return task(call, actor);
  }

  private Reply unlockAfterMapping(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    Unlock unlock = call.json(Unlock.class);
    String comment = unlock.comment() == null ? "" : unlock.comment();
    TaskAction action =
        switch (unlock.status()) {
          case "MAPPED" -> TaskAction.FINISH_MAPPED;
          case "BADIMAGERY" -> TaskAction.FINISH_BADIMAGERY;
          case "READY" -> TaskAction.FINISH_READY;
          default -> throw new TaskRefused(Refusal.INVALID_UNLOCK_STATE);
        };
    desk.finishMapping(actor, call.path(Answering.PROJECT), Answering.task(call), action, comment);
    if (action == TaskAction.FINISH_MAPPED) {
      quality.note(actor.account(), call.path(Answering.PROJECT), List.of(Answering.task(call)));
    }
    told(call, actor, Answering.task(call), comment);
    return task(call, actor);
  }

  private Reply undo(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    desk.undo(actor, call.path(Answering.PROJECT), Answering.task(call));
    return task(call, actor);
  }

  private Reply split(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    List<Integer> pieces = desk.split(actor, call.path(Answering.PROJECT), Answering.task(call));
    return tasks(call, actor, pieces);
  }

  // ---- validating

  private Reply lockForValidation(Call call) {
    Actor actor = answering.actor(call, MappingAction.VALIDATE);
    List<Integer> tasks = call.json(TaskIds.class).taskIds();
    desk.lockForValidation(
        actor, call.path(Answering.PROJECT), tasks, call.query(EDITOR).orElse(""));
    return tasks(call, actor, tasks);
  }

  private Reply stopValidation(Call call) {
    Actor actor = answering.actor(call, MappingAction.VALIDATE);
    List<TaskDesk.Verdict> verdicts = new ArrayList<>();
    for (StoppedTask one : call.json(StopValidation.class).resetTasks()) {
      verdicts.add(
          new TaskDesk.Verdict(
              one.taskId(),
              TaskAction.STOP_VALIDATION,
              one.comment() == null ? "" : one.comment(),
              List.of()));
    }
    return validated(call, actor, verdicts);
  }

  private Reply unlockAfterValidation(Call call) {
    Actor actor = answering.actor(call, MappingAction.VALIDATE);
    List<TaskDesk.Verdict> verdicts = new ArrayList<>();
    for (ValidatedTask one : call.json(UnlockAfterValidation.class).validatedTasks()) {
      TaskAction action =
          switch (one.status()) {
            case "VALIDATED" -> TaskAction.FINISH_VALIDATED;
            case "INVALIDATED" -> TaskAction.FINISH_INVALIDATED;
            case "MAPPED" -> TaskAction.FINISH_STILL_MAPPED;
            default -> throw new TaskRefused(Refusal.INVALID_UNLOCK_STATE);
          };
      List<ValidationIssue> issues =
          one.validationIssues() == null ? List.of() : one.validationIssues();
      verdicts.add(
          new TaskDesk.Verdict(
              one.taskId(),
              action,
              one.comment() == null ? "" : one.comment(),
              issues.stream()
                  .map(issue -> new TaskDesk.Issue(issue.mappingIssueCategoryId(), issue.count()))
                  .toList()));
    }
    return validated(call, actor, verdicts);
  }

  private Reply validated(Call call, Actor actor, List<TaskDesk.Verdict> verdicts) {
    long project = call.path(Answering.PROJECT);
    List<TaskDesk.Judged> judged = desk.finishValidation(actor, project, verdicts);
    tidings.judged(project, judged);
    quality.note(
        actor.account(),
        project,
        verdicts.stream()
            .filter(one -> one.action() != TaskAction.STOP_VALIDATION)
            .map(TaskDesk.Verdict::task)
            .toList());
    return tasks(call, actor, verdicts.stream().map(TaskDesk.Verdict::task).toList());
  }

  // ---- either

  private Reply extend(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    List<Integer> tasks = call.json(TaskIds.class).taskIds();
    desk.extend(actor, call.path(Answering.PROJECT), tasks);
    return tasks(call, actor, tasks);
  }

  private Reply resetBy(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    return success(
        desk.resetBy(
            actor,
            call.path(Answering.PROJECT),
            call.required(USER),
            TaskState.valueOf(call.required(STATUS))));
  }

  private Reply comment(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    String text = Answering.comment(call);
    if (text.isBlank()) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText("falta 'comment'", "falta 'comment'", "'comment' is missing")));
    }
    desk.comment(actor, call.path(Answering.PROJECT), Answering.task(call), text);
    told(call, actor, Answering.task(call), text);
    return task(call, actor);
  }

  private void told(Call call, Actor actor, int task, String comment) {
    if (!comment.isBlank()) {
      tidings.commented(call.path(Answering.PROJECT), task, actor.account(), comment);
    }
  }

  private Reply task(Call call, Actor actor) {
    return Reply.json(
        reader
            .tasks(
                actor,
                call.path(Answering.PROJECT),
                List.of(Answering.task(call)),
                call.language().tag())
            .getFirst());
  }

  private Reply tasks(Call call, Actor actor, List<Integer> tasks) {
    return Reply.json(
        new TaskViews(
            reader.tasks(actor, call.path(Answering.PROJECT), tasks, call.language().tag())));
  }

  private static Reply success(int changed) {
    return Reply.json(new BulkResult(changed + " tasks changed", changed));
  }

  // ---- bodies

  /** Some tasks. */
  record TaskViews(List<TaskView> tasks) {}

  /**
   * What a bulk action did.
   *
   * @param changed how many tasks; those that somebody holds are left alone
   */
  record BulkResult(
      @com.fasterxml.jackson.annotation.JsonProperty("Success") String success, int changed) {}

  /** The numbers of some tasks. */
  record TaskIds(List<Integer> taskIds) {
    TaskIds {
      if (taskIds.isEmpty() || taskIds.size() > 100) {
        throw new IllegalArgumentException("from 1 to 100 tasks");
      }
    }
  }

  /** How a task is given back. */
  record Unlock(String status, @Nullable String comment) {
    Unlock {
      Answering.requireShort(comment);
    }
  }

  /** Tasks that are given back as they were. */
  record StopValidation(List<StoppedTask> resetTasks) {}

  /** One of them. */
  record StoppedTask(int taskId, @Nullable String comment) {
    StoppedTask {
      Answering.requireShort(comment);
    }
  }

  /** What a validator says of tasks. */
  record UnlockAfterValidation(List<ValidatedTask> validatedTasks) {}

  /** What a validator says of one task. */
  record ValidatedTask(
      int taskId,
      String status,
      @Nullable String comment,
      @Nullable List<ValidationIssue> validationIssues) {
    ValidatedTask {
      Answering.requireShort(comment);
    }
  }

  /** A kind of fault, and how often. */
  record ValidationIssue(int mappingIssueCategoryId, int count, @Nullable String issue) {}
}
