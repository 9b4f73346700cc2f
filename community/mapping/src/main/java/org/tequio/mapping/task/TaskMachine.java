package org.tequio.mapping.task;

import org.tequio.mapping.task.Outcome.Becomes;
import org.tequio.mapping.task.Outcome.Cut;
import org.tequio.mapping.task.Outcome.GivenBack;
import org.tequio.mapping.task.Outcome.Noted;
import org.tequio.mapping.task.Outcome.Refused;
import org.tequio.mapping.task.Outcome.Taken;

/**
 * The state machine of a task: for every situation and action, what comes of it. What concerns
 * several tasks or the whole project (one lease a person, the licence, whether it is published) is
 * asked before. {@code docs/task-matrix.md} is printed from here.
 */
public final class TaskMachine {
  private TaskMachine() {}

  /** What comes of an action. */
  public static Outcome judge(Situation now, TaskAction action) {
    if (now.state() == TaskState.SPLIT) {
      return refused(Refusal.INVALID_TASK_STATE);
    }
    return switch (action) {
      case LOCK_FOR_MAPPING -> lockForMapping(now);
      case STOP_MAPPING -> holding(now, Hold.MY_MAPPING, new GivenBack());
      case FINISH_MAPPED -> holding(now, Hold.MY_MAPPING, new Becomes(TaskState.MAPPED));
      case FINISH_BADIMAGERY -> holding(now, Hold.MY_MAPPING, new Becomes(TaskState.BADIMAGERY));
      case FINISH_READY -> holding(now, Hold.MY_MAPPING, new Becomes(TaskState.READY));
      case LOCK_FOR_VALIDATION -> lockForValidation(now);
      case STOP_VALIDATION -> holding(now, Hold.MY_VALIDATION, new GivenBack());
      case FINISH_VALIDATED -> holding(now, Hold.MY_VALIDATION, new Becomes(TaskState.VALIDATED));
      case FINISH_INVALIDATED ->
          holding(now, Hold.MY_VALIDATION, new Becomes(TaskState.INVALIDATED));
      case FINISH_STILL_MAPPED -> holding(now, Hold.MY_VALIDATION, new Becomes(TaskState.MAPPED));
      case UNDO -> undo(now);
      case SPLIT -> split(now);
      case EXTEND -> extend(now);
      case COMMENT -> new Noted();
      case MAP -> bulk(now, now.state().isMappable(), TaskState.MAPPED);
      case VALIDATE -> bulk(now, now.state() == TaskState.MAPPED, TaskState.VALIDATED);
      case INVALIDATE -> bulk(now, now.state() == TaskState.VALIDATED, TaskState.INVALIDATED);
      case RESET_BADIMAGERY -> bulk(now, now.state() == TaskState.BADIMAGERY, TaskState.READY);
      case RESET -> bulk(now, now.state() != TaskState.READY, TaskState.READY);
    };
  }

  private static Outcome lockForMapping(Situation now) {
    if (now.hold() == Hold.MY_MAPPING) {
      return new Taken(LeaseKind.MAPPING);
    }
    if (now.hold() != Hold.FREE || !now.state().isMappable()) {
      return refused(Refusal.INVALID_TASK_STATE);
    }
    return now.part().isAtLeast(Part.MAPPER)
        ? new Taken(LeaseKind.MAPPING)
        : refused(Refusal.MAPPING_NOT_ALLOWED);
  }

  private static Outcome lockForValidation(Situation now) {
    if (now.hold() == Hold.MY_VALIDATION) {
      return new Taken(LeaseKind.VALIDATION);
    }
    if (now.hold() != Hold.FREE || !now.state().isValidatable()) {
      return refused(Refusal.NOT_READY_FOR_VALIDATION);
    }
    if (!now.part().isAtLeast(Part.VALIDATOR)) {
      return refused(Refusal.VALIDATION_NOT_ALLOWED);
    }
    return now.isMappers() && now.part() != Part.COORDINATOR
        ? refused(Refusal.CANNOT_VALIDATE_MAPPED_TASK)
        : new Taken(LeaseKind.VALIDATION);
  }

  private static Outcome holding(Situation now, Hold needed, Outcome then) {
    if (now.hold() == needed) {
      return then;
    }
    boolean mapping = needed == Hold.MY_MAPPING;
    return refused(
        now.hold() == (mapping ? Hold.ANOTHERS_MAPPING : Hold.ANOTHERS_VALIDATION)
            ? Refusal.TASK_NOT_OWNED
            : mapping ? Refusal.LOCK_BEFORE_UNLOCKING : Refusal.NOT_LOCKED_FOR_VALIDATION);
  }

  private static Outcome undo(Situation now) {
    if (now.hold() != Hold.FREE || now.state() == TaskState.READY) {
      return refused(Refusal.UNDO_NOT_ALLOWED);
    }
    return now.isLastActors() || now.part().isAtLeast(Part.VALIDATOR)
        ? new Becomes(null)
        : refused(Refusal.UNDO_PERMISSION);
  }

  private static Outcome split(Situation now) {
    return switch (now.hold()) {
      case MY_MAPPING, MY_VALIDATION -> new Cut();
      case FREE -> refused(Refusal.LOCK_TO_SPLIT);
      case ANOTHERS_MAPPING, ANOTHERS_VALIDATION -> refused(Refusal.SPLIT_OTHER_USER_TASK);
    };
  }

  private static Outcome extend(Situation now) {
    return switch (now.hold()) {
      case MY_MAPPING -> new Taken(LeaseKind.MAPPING);
      case MY_VALIDATION -> new Taken(LeaseKind.VALIDATION);
      case FREE -> refused(Refusal.LOCK_BEFORE_EXTENDING);
      case ANOTHERS_MAPPING, ANOTHERS_VALIDATION -> refused(Refusal.LOCKED_BY_ANOTHER_USER);
    };
  }

  private static Outcome bulk(Situation now, boolean fits, TaskState then) {
    if (now.part() != Part.COORDINATOR) {
      return refused(Refusal.NOT_A_MANAGER);
    }
    return now.hold() == Hold.FREE && fits ? new Becomes(then) : refused(Refusal.NOT_IN_STATE);
  }

  private static Outcome refused(Refusal refusal) {
    return new Refused(refusal);
  }
}
