package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.mapping.area.GivenTasks;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.area.TaskShape;
import org.tequio.mapping.area.TaskSplit;
import org.tequio.mapping.project.Label;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.StandardFault;
import org.tequio.mapping.tables.EventKind;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.LabelTable;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.TaskEvent;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.mapping.task.Hold;
import org.tequio.mapping.task.LeaseKind;
import org.tequio.mapping.task.Outcome;
import org.tequio.mapping.task.Part;
import org.tequio.mapping.task.Refusal;
import org.tequio.mapping.task.Situation;
import org.tequio.mapping.task.TaskAction;
import org.tequio.mapping.task.TaskMachine;
import org.tequio.mapping.task.TaskRefused;
import org.tequio.mapping.task.TaskState;

/** One action at work. Belongs to the thread of its transaction. */
record TaskBench(
    Connection connection, Project project, String account, ProjectAccess access, long now) {

  TaskRow task(int id) throws SQLException {
    return TaskTable.find(connection, project.id(), id)
        .filter(row -> row.state() != TaskState.SPLIT)
        .orElseThrow(() -> new NotThere("TASK_NOT_FOUND"));
  }

  Optional<Lease> lease(TaskRow task) throws SQLException {
    return LeaseTable.findOf(connection, project.id(), task.id(), now);
  }

  Situation situation(TaskRow task) throws SQLException {
    Hold hold =
        lease(task)
            .map(lease -> Hold.of(lease.kind(), lease.account().equals(account)))
            .orElse(Hold.FREE);
    boolean isLastActors =
        EventTable.lastChange(connection, project.id(), task.id())
            .filter(event -> event.account().equals(account))
            .isPresent();
    return new Situation(
        task.state(), hold, access.part(), account.equals(task.mappedBy()), isLastActors);
  }

  Outcome judge(TaskRow task, TaskAction action) throws SQLException {
    Outcome outcome = TaskMachine.judge(situation(task), action);
    if (outcome instanceof Outcome.Refused(Refusal refusal)) {
      throw new TaskRefused(precise(refusal));
    }
    return outcome;
  }

  // The machine knows parts; which condition of the project somebody misses, the access knows.
  private Refusal precise(Refusal refusal) {
    Refusal better =
        switch (refusal) {
          case MAPPING_NOT_ALLOWED -> access.mapping();
          case VALIDATION_NOT_ALLOWED -> access.validation();
          default -> null;
        };
    return better == null ? refusal : better;
  }

  void lock(List<Integer> ids, LeaseKind kind) throws SQLException {
    TaskAction action =
        kind == LeaseKind.MAPPING ? TaskAction.LOCK_FOR_MAPPING : TaskAction.LOCK_FOR_VALIDATION;
    List<TaskRow> rows = new ArrayList<>();
    for (int id : ids.stream().distinct().sorted().toList()) {
      TaskRow row = task(id);
      judge(row, action);
      rows.add(row);
    }
    Refusal owed = kind == LeaseKind.MAPPING ? access.mapping() : access.validation();
    if (owed != null) {
      throw new TaskRefused(owed);
    }
    List<Integer> wanted = rows.stream().map(TaskRow::id).toList();
    Lease held = LeaseTable.find(connection, account, now).orElse(null);
    if (held != null) {
      if (held.project() == project.id() && held.kind() == kind && held.tasks().equals(wanted)) {
        return;
      }
      throw new TaskRefused(Refusal.ALREADY_HOLDS_A_TASK);
    }
    if (kind == LeaseKind.MAPPING
        && project.settings().enforceRandomTaskSelection()
        && access.part() != Part.COORDINATOR
        && !wanted.equals(Offer.of(connection, project, account, now).stream().toList())) {
      throw new TaskRefused(Refusal.NOT_THE_OFFERED_TASK);
    }
    if (kind == LeaseKind.MAPPING
        && rows.size() > 1
        && !GivenTasks.isConnected(
            rows.stream().map(row -> Polygons.parse(row.geometry())).toList())) {
      throw new TaskRefused(Refusal.NOT_ADJACENT);
    }
    LeaseTable.insert(
        connection, new Lease(account, project.id(), wanted, kind, now, now + leaseMillis()));
    for (TaskRow row : rows) {
      event(row, EventKind.locked(kind), "", null, null);
    }
  }

  void requireEditor(String editor, List<String> allowed) {
    if (!editor.isEmpty() && allowed.stream().noneMatch(editor::equalsIgnoreCase)) {
      throw new TaskRefused(Refusal.EDITOR_NOT_ALLOWED);
    }
  }

  private long leaseMillis() {
    return project.settings().leaseSeconds() * 1000L;
  }

  TaskRow finish(int id, TaskAction action, String comment) throws SQLException {
    TaskRow before = task(id);
    Outcome outcome = judge(before, action);
    if (!comment.isBlank()) {
      event(before, EventKind.COMMENT, comment, null, null);
    }
    LeaseTable.release(connection, account, project.id(), id);
    if (outcome instanceof Outcome.Becomes(TaskState state) && state != null) {
      change(before, state);
    } else {
      event(before, EventKind.UNLOCKED, "", null, null);
    }
    return before;
  }

  private void change(TaskRow before, TaskState state) throws SQLException {
    String mapper =
        switch (state) {
          case MAPPED ->
              before.state() == TaskState.MAPPED || before.state() == TaskState.BADIMAGERY
                  ? before.mappedBy()
                  : account;
          case BADIMAGERY -> account;
          case VALIDATED -> before.mappedBy();
          case READY, INVALIDATED, SPLIT -> null;
        };
    TaskTable.update(
        connection, before, state, mapper, state == TaskState.VALIDATED ? account : null, now);
    event(before, EventKind.STATE_CHANGE, state.name(), state, null);
  }

  void undo(int id) throws SQLException {
    TaskRow now = task(id);
    judge(now, TaskAction.UNDO);
    takeBack(
        now,
        EventTable.lastChange(connection, project.id(), id)
            .orElseThrow(() -> new TaskRefused(Refusal.UNDO_NOT_ALLOWED)));
  }

  private void takeBack(TaskRow row, TaskEvent last) throws SQLException {
    // What was mapped becomes as if nobody had: it may have been invalid before, and that is
    // over.
    TaskState state =
        switch (row.state()) {
          case MAPPED, BADIMAGERY -> TaskState.READY;
          case VALIDATED -> TaskState.MAPPED;
          case READY, INVALIDATED, SPLIT -> last.priorState();
        };
    String mapper = state == TaskState.READY ? null : last.priorMapper();
    String validator = state == TaskState.VALIDATED ? last.priorValidator() : null;
    TaskTable.update(connection, row, state, mapper, validator, now);
    event(row, EventKind.STATE_CHANGE, state.name(), state, last.number());
  }

  void extend(int id, String why) throws SQLException {
    TaskRow row = task(id);
    if (judge(row, TaskAction.EXTEND) instanceof Outcome.Taken(LeaseKind kind)) {
      LeaseTable.renew(connection, account, now + leaseMillis());
      event(row, EventKind.extended(kind), why, null, null);
    }
  }

  List<Integer> split(int id) throws SQLException {
    TaskRow row = task(id);
    judge(row, TaskAction.SPLIT);
    TaskShape shape = row.shape();
    boolean isTooSmall = TaskSplit.isSmall(shape) && access.part() != Part.COORDINATOR;
    List<TaskShape> pieces =
        isTooSmall || TaskSplit.isLeast(shape) ? List.of() : TaskSplit.split(shape);
    if (pieces.size() < 2) {
      throw new TaskRefused(Refusal.SMALL_TO_SPLIT);
    }
    boolean wasValidating =
        lease(row).filter(lease -> lease.kind() == LeaseKind.VALIDATION).isPresent();
    int last = TaskTable.last(connection, project.id());
    // A mapper's pieces are to be mapped; a validator's are what the whole was.
    TaskState state = wasValidating ? row.state() : TaskState.READY;
    TaskTable.insert(
        connection,
        project.id(),
        last,
        pieces,
        state,
        wasValidating ? row.mappedBy() : null,
        id,
        now);
    LeaseTable.release(connection, account, project.id(), id);
    TaskTable.update(connection, row, TaskState.SPLIT, row.mappedBy(), row.validatedBy(), now);
    event(row, EventKind.STATE_CHANGE, TaskState.SPLIT.name(), TaskState.SPLIT, null);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; i <= pieces.size(); i++) {
      numbers.add(last + i);
    }
    return numbers;
  }

  int all(TaskAction action) throws SQLException {
    requireCoordinator();
    int changed = 0;
    for (TaskRow row : TaskTable.list(connection, project.id())) {
      if (TaskMachine.judge(situation(row), action) instanceof Outcome.Becomes(TaskState state)
          && state != null) {
        change(row, state);
        changed++;
      }
    }
    return changed;
  }

  int resetBy(String whose, TaskState state) throws SQLException {
    requireCoordinator();
    int changed = 0;
    for (TaskRow row : TaskTable.listIn(connection, project.id(), state)) {
      TaskEvent last = EventTable.lastChange(connection, project.id(), row.id()).orElse(null);
      if (last != null && last.account().equals(whose) && lease(row).isEmpty()) {
        takeBack(row, last);
        changed++;
      }
    }
    return changed;
  }

  private void requireCoordinator() {
    if (access.part() != Part.COORDINATOR) {
      throw new TaskRefused(Refusal.NOT_A_MANAGER);
    }
  }

  void note(List<TaskDesk.Issue> issues) throws SQLException {
    for (TaskDesk.Issue issue : issues) {
      boolean isKnown =
          StandardFault.find(issue.category()).isPresent()
              || LabelTable.find(connection, Label.Kind.FAULT, issue.category()).isPresent();
      if (!isKnown) {
        throw new NotThere(Label.Kind.FAULT.absence());
      }
      if (issue.count() > 0) {
        EventTable.addIssue(connection, issue.category(), issue.count());
      }
    }
  }

  void event(
      TaskRow before, EventKind kind, String text, @Nullable TaskState state, @Nullable Long undoes)
      throws SQLException {
    EventTable.insert(connection, before, now, account, kind, text, state, undoes);
  }
}
