package org.tequio.mapping.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The state machine, whole: every state, hold, part and action. */
class TaskMachineTest {
  private static final Path GOLDEN = Path.of("../../docs/task-matrix.md");

  private static final List<TaskState> STATES =
      List.of(
          TaskState.READY,
          TaskState.MAPPED,
          TaskState.VALIDATED,
          TaskState.INVALIDATED,
          TaskState.BADIMAGERY);

  @Test
  void theMatrixIsTheOneThatIsPublished() throws IOException {
    String matrix = matrix();
    if (System.getProperty("bless") != null) {
      Files.writeString(GOLDEN, matrix);
    }
    assertThat(matrix).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void whoHoldsNothingGivesNothingBackWhateverTheyAre() {
    List<TaskAction> givingBack =
        List.of(
            TaskAction.STOP_MAPPING,
            TaskAction.FINISH_MAPPED,
            TaskAction.FINISH_BADIMAGERY,
            TaskAction.FINISH_READY,
            TaskAction.STOP_VALIDATION,
            TaskAction.FINISH_VALIDATED,
            TaskAction.FINISH_INVALIDATED,
            TaskAction.FINISH_STILL_MAPPED,
            TaskAction.SPLIT,
            TaskAction.EXTEND);
    for (Situation now : situations()) {
      if (!now.hold().isMine()) {
        for (TaskAction action : givingBack) {
          assertThat(TaskMachine.judge(now, action))
              .as("%s %s", now, action)
              .isInstanceOf(Outcome.Refused.class);
        }
      }
    }
  }

  @Test
  void whatSomebodyElseHoldsIsOnlyTalkedAbout() {
    for (Situation now : situations()) {
      if (now.hold() == Hold.ANOTHERS_MAPPING || now.hold() == Hold.ANOTHERS_VALIDATION) {
        for (TaskAction action : TaskAction.values()) {
          assertThat(TaskMachine.judge(now, action))
              .as("%s %s", now, action)
              .isInstanceOf(
                  action == TaskAction.COMMENT ? Outcome.Noted.class : Outcome.Refused.class);
        }
      }
    }
  }

  @Test
  void brunoDoesNotValidateWhatBrunoMappedUnlessHeRunsTheProject() {
    Situation own = new Situation(TaskState.MAPPED, Hold.FREE, Part.VALIDATOR, true, true);
    Situation runs = new Situation(TaskState.MAPPED, Hold.FREE, Part.COORDINATOR, true, true);

    assertThat(TaskMachine.judge(own, TaskAction.LOCK_FOR_VALIDATION))
        .isEqualTo(new Outcome.Refused(Refusal.CANNOT_VALIDATE_MAPPED_TASK));
    assertThat(TaskMachine.judge(runs, TaskAction.LOCK_FOR_VALIDATION))
        .isEqualTo(new Outcome.Taken(LeaseKind.VALIDATION));
  }

  @Test
  void whatWasSplitIsOverForEverything() {
    for (TaskAction action : TaskAction.values()) {
      assertThat(
              TaskMachine.judge(
                  new Situation(TaskState.SPLIT, Hold.FREE, Part.COORDINATOR), action))
          .isInstanceOf(Outcome.Refused.class);
    }
  }

  @Test
  void aHigherPartMayAllThatALowerOneMay() {
    for (Situation now : situations()) {
      for (TaskAction action : TaskAction.values()) {
        if (TaskMachine.judge(now, action) instanceof Outcome.Refused) {
          continue;
        }
        for (Part higher : Part.values()) {
          if (higher.isAtLeast(now.part())) {
            Situation risen =
                new Situation(now.state(), now.hold(), higher, now.isMappers(), now.isLastActors());
            assertThat(TaskMachine.judge(risen, action))
                .as("%s %s", risen, action)
                .isEqualTo(TaskMachine.judge(now, action));
          }
        }
      }
    }
  }

  private static List<Situation> situations() {
    List<Situation> all = new ArrayList<>();
    for (TaskState state : STATES) {
      for (Hold hold : Hold.values()) {
        for (Part part : Part.values()) {
          for (int flags = 0; flags < 4; flags++) {
            all.add(new Situation(state, hold, part, (flags & 1) != 0, (flags & 2) != 0));
          }
        }
      }
    }
    return all;
  }

  // ---- printing

  private static String matrix() {
    StringBuilder text =
        new StringBuilder(
            """
            # What can happen to a task

            Made by `TaskMachineTest` from `TaskMachine`; do not edit. Every state, hold, action and part: what the task becomes, or the code of the refusal. **locks** begins or keeps a lease, **gives back** ends it and leaves the state as it was. A lock is no state: whoever holds a task, its state is what it was.

            Parts: reader (an account, nothing more), mapper, validator, coordinator. A cell stands for somebody who neither mapped the task nor changed it last; what differs for those is below.

            """);
    for (Hold hold : Hold.values()) {
      text.append("## ").append(title(hold)).append("\n\n| action | part |");
      STATES.forEach(state -> text.append(' ').append(state).append(" |"));
      text.append("\n|---|---|").append("---|".repeat(STATES.size())).append('\n');
      for (TaskAction action : TaskAction.values()) {
        // Parts that may the same stand in one line.
        Map<String, List<Part>> lines = new LinkedHashMap<>();
        for (Part part : Part.values()) {
          lines.computeIfAbsent(line(hold, action, part), line -> new ArrayList<>()).add(part);
        }
        lines.forEach(
            (line, parts) -> text.append("| %s | %s |%s\n".formatted(action, words(parts), line)));
      }
      text.append('\n');
    }
    text.append("## For who mapped the task, or changed it last\n\n");
    text.append("| action | part | who | state | outcome |\n|---|---|---|---|---|\n");
    for (TaskAction action : TaskAction.values()) {
      for (Part part : Part.values()) {
        for (TaskState state : STATES) {
          differing(text, action, part, state);
        }
      }
    }
    return text.toString();
  }

  private static String title(Hold hold) {
    return switch (hold) {
      case FREE -> "Nobody holds it";
      case MY_MAPPING -> "I hold it to map (LOCKED_FOR_MAPPING)";
      case MY_VALIDATION -> "I hold it to validate (LOCKED_FOR_VALIDATION)";
      case ANOTHERS_MAPPING -> "Somebody else holds it to map (LOCKED_FOR_MAPPING)";
      case ANOTHERS_VALIDATION -> "Somebody else holds it to validate (LOCKED_FOR_VALIDATION)";
    };
  }

  private static String words(List<Part> parts) {
    return parts.size() == Part.values().length
        ? "any"
        : parts.stream().map(Part::name).collect(Collectors.joining(", "));
  }

  private static String line(Hold hold, TaskAction action, Part part) {
    StringBuilder text = new StringBuilder();
    for (TaskState state : STATES) {
      text.append(' ').append(cell(new Situation(state, hold, part), action)).append(" |");
    }
    return text.toString();
  }

  private static void differing(StringBuilder text, TaskAction action, Part part, TaskState state) {
    String usual = cell(new Situation(state, Hold.FREE, part), action);
    String mapper = cell(new Situation(state, Hold.FREE, part, true, false), action);
    String last = cell(new Situation(state, Hold.FREE, part, false, true), action);
    if (!mapper.equals(usual)) {
      text.append("| %s | %s | mapped it | %s | %s |\n".formatted(action, part, state, mapper));
    }
    if (!last.equals(usual)) {
      text.append("| %s | %s | changed it last | %s | %s |\n".formatted(action, part, state, last));
    }
  }

  private static String cell(Situation now, TaskAction action) {
    return switch (TaskMachine.judge(now, action)) {
      case Outcome.Taken(LeaseKind kind) -> "**locks** for " + kind;
      case Outcome.GivenBack() -> "**gives back**";
      case Outcome.Becomes(TaskState state) ->
          state == null ? "**as before**" : "**" + state + "**";
      case Outcome.Cut() -> "**SPLIT**";
      case Outcome.Noted() -> "noted";
      case Outcome.Refused(Refusal refusal) -> refusal.status() + " " + refusal.code();
    };
  }
}
