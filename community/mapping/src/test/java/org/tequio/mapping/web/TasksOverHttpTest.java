package org.tequio.mapping.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.mapping.web.Mapathon.tasks;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tasks as programs of Tasking Manager speak of them. */
class TasksOverHttpTest extends MapathonTest {
  // ---- refusals

  @Test
  void refusalsHaveTheStatusAndTheCodesOfTheReference() {
    long project = city.project();
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/1"), null);

    assertThat(city.refusal("nobody", "POST", tasks(project, "lock-for-mapping/2"), null))
        .isEqualTo("401 InvalidToken");
    assertThat(city.refusal("carla", "POST", tasks(project, "lock-for-mapping/1"), null))
        .isEqualTo("403 InvalidTaskState");
    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/2"), null))
        .isEqualTo("403 UserAlreadyHasTaskLocked");
    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/999"), null))
        .isEqualTo("404 TASK_NOT_FOUND");
    assertThat(city.refusal("bruno", "POST", tasks(9999, "lock-for-mapping/1"), null))
        .isEqualTo("404 PROJECT_NOT_FOUND");
    assertThat(
            city.refusal(
                "carla",
                "POST",
                tasks(project, "unlock-after-mapping/1"),
                "{\"status\":\"MAPPED\"}"))
        .isEqualTo("403 TaskNotOwned");
    assertThat(
            city.refusal(
                "carla",
                "POST",
                tasks(project, "unlock-after-mapping/3"),
                "{\"status\":\"MAPPED\"}"))
        .isEqualTo("403 LockBeforeUnlocking");
    assertThat(
            city.refusal(
                "bruno",
                "POST",
                tasks(project, "unlock-after-mapping/1"),
                "{\"status\":\"VALIDATED\"}"))
        .isEqualTo("403 InvalidUnlockState");
    assertThat(
            city.refusal(
                "vera", "POST", tasks(project, "lock-for-validation"), "{\"taskIds\":[2]}"))
        .isEqualTo("403 NotReadyForValidation");
    assertThat(city.refusal("bruno", "POST", tasks(project, "map-all"), null))
        .isEqualTo("403 UserActionNotPermitted");
    assertThat(city.status(project, 1)).isEqualTo("LOCKED_FOR_MAPPING");
  }

  @Test
  void aBeginnerDoesNotValidateAndVeraDoesByHerRole() {
    long project = city.project();
    city.map("bruno", project, 1);

    assertThat(
            city.refusal(
                "carla", "POST", tasks(project, "lock-for-validation"), "{\"taskIds\":[1]}"))
        .isEqualTo("403 UserNotCorrectMappingLevel");
    city.judge("vera", project, 1, "VALIDATED");
    assertThat(city.status(project, 1)).isEqualTo("VALIDATED");
  }

  @Test
  void oneOfManyThatCannotBeValidatedLeavesAllAlone() {
    long project = city.project();
    city.map("bruno", project, 1);
    city.map("vera", project, 2);

    assertThat(
            city.refusal(
                "vera", "POST", tasks(project, "lock-for-validation"), "{\"taskIds\":[1,2]}"))
        .isEqualTo("403 CannotValidateMappedTask");
    assertThat(city.status(project, 1)).isEqualTo("MAPPED");
  }

  @Test
  void aDraftAndAPrivateProjectAreNotThereForStrangers() {
    String draft =
        "/projects/"
            + city.ok(
                    "alicia",
                    "POST",
                    "/projects/",
                    "{\"projectName\":\"Secret\",\"organisation\":\"universidad\",\"areaOfInterest\":"
                        + Mapathon.AREA
                        + "}")
                .path("projectId")
                .asLong()
            + "/";
    long hidden =
        city.project(",\"private\":true,\"allowedUsers\":[\"" + city.account("carla") + "\"]");

    assertThat(city.refusal("bruno", "GET", draft, null)).isEqualTo("404 PROJECT_NOT_FOUND");
    assertThat(city.refusal("nobody", "GET", "/projects/" + hidden + "/", null))
        .isEqualTo("404 PROJECT_NOT_FOUND");
    assertThat(city.refusal("bruno", "GET", "/projects/" + hidden + "/tasks/", null))
        .isEqualTo("404 PROJECT_NOT_FOUND");
    assertThat(city.refusal("bruno", "PATCH", draft, "{\"status\":\"PUBLISHED\"}"))
        .isEqualTo("404 PROJECT_NOT_FOUND");
    city.ok("carla", "GET", "/projects/" + hidden + "/", null);
    city.ok("carla", "POST", tasks(hidden, "lock-for-mapping/1"), null);
  }

  @Test
  void nobodyMakesProjectsForAnOrganisationThatIsNotTheirs() {
    String body =
        "{\"projectName\":\"Mine\",\"organisation\":\"%s\",\"areaOfInterest\":"
            + Mapathon.AREA
            + "}";
    assertThat(city.send("bruno", "POST", "/projects/", body.formatted("universidad")).statusCode())
        .isEqualTo(403);
    assertThat(city.send("alicia", "POST", "/projects/", body.formatted("obras")).statusCode())
        .isEqualTo(403);
  }

  // ---- the life of a task

  @Test
  void aTaskIsMappedFoundWantingMappedAgainAndFoundGood() {
    long project = city.project();
    city.map("bruno", project, 5);
    city.judge("vera", project, 5, "INVALIDATED");
    city.map("carla", project, 5);
    city.judge("vera", project, 5, "VALIDATED");

    JsonNode task = city.ok("bruno", "GET", "/projects/" + project + "/tasks/5/", null);
    assertThat(task.path("taskStatus").asString()).isEqualTo("VALIDATED");
    assertThat(task.path("taskHistory").findValuesAsString("actionText"))
        .containsSubsequence("VALIDATED", "MAPPED", "INVALIDATED", "MAPPED");
  }

  @Test
  void aTaskGivenBackIsWhatItWas() {
    long project = city.project();
    city.map("bruno", project, 1);
    city.judge("vera", project, 1, "INVALIDATED");
    city.ok("carla", "POST", tasks(project, "lock-for-mapping/1"), null);
    city.ok("carla", "POST", tasks(project, "stop-mapping/1"), "{\"comment\":\"too hard\"}");

    JsonNode task = city.ok("bruno", "GET", "/projects/" + project + "/tasks/1/", null);
    assertThat(task.path("taskStatus").asString()).isEqualTo("INVALIDATED");
    assertThat(task.path("numberOfComments").asInt()).isEqualTo(1);
  }

  @Test
  void aLeaseEndsByTheClockOfTheServerAndTheTaskIsFreeForOthers() {
    long project = city.project(",\"leaseSeconds\":600");
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/1"), null);
    city.clock.advance(Duration.ofSeconds(599));
    assertThat(city.status(project, 1)).isEqualTo("LOCKED_FOR_MAPPING");
    city.clock.advance(Duration.ofSeconds(1));

    assertThat(city.status(project, 1)).isEqualTo("READY");
    city.ok("carla", "POST", tasks(project, "lock-for-mapping/1"), null);
    assertThat(
            city.refusal(
                "bruno",
                "POST",
                tasks(project, "unlock-after-mapping/1"),
                "{\"status\":\"MAPPED\"}"))
        .isEqualTo("403 TaskNotOwned");
    assertThat(
            city.ok("carla", "GET", "/projects/" + project + "/tasks/1/", null)
                .path("taskHistory")
                .findValuesAsString("action"))
        .containsExactly("LOCKED_FOR_MAPPING", "AUTO_UNLOCKED_FOR_MAPPING", "LOCKED_FOR_MAPPING");
  }

  @Test
  void keepingATaskForLongerKeepsIt() {
    long project = city.project(",\"leaseSeconds\":600");
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/1"), null);
    city.clock.advance(Duration.ofSeconds(500));
    city.ok("bruno", "POST", tasks(project, "extend"), "{\"taskIds\":[1]}");
    city.clock.advance(Duration.ofSeconds(500));

    assertThat(city.status(project, 1)).isEqualTo("LOCKED_FOR_MAPPING");
    assertThat(city.refusal("carla", "POST", tasks(project, "extend"), "{\"taskIds\":[1]}"))
        .isEqualTo("403 LockedByAnotherUser");
  }

  @Test
  void undoingTakesBackWhatWasSaidAndNothingElse() {
    long project = city.project();
    city.map("bruno", project, 1);
    city.judge("vera", project, 1, "INVALIDATED");

    assertThat(city.refusal("carla", "POST", tasks(project, "undo-last-action/1"), null))
        .isEqualTo("403 UndoPermissionError");
    city.ok("vera", "POST", tasks(project, "undo-last-action/1"), null);
    assertThat(city.status(project, 1)).isEqualTo("MAPPED");
    // It is Bruno's again: he may not validate it, and may take his own word back.
    city.ok("bruno", "POST", tasks(project, "undo-last-action/1"), null);
    assertThat(city.status(project, 1)).isEqualTo("READY");
    assertThat(city.refusal("bruno", "POST", tasks(project, "undo-last-action/1"), null))
        .isEqualTo("403 UndoNotAllowed");
  }

  @Test
  void adjacentTasksAreTakenTogetherAndOthersAreNot() {
    long project = city.project();
    assertThat(
            city.refusal(
                "bruno", "POST", tasks(project, "lock-for-mapping"), "{\"taskIds\":[1,15]}"))
        .isEqualTo("403 TasksNotAdjacent");

    JsonNode taken =
        city.ok("bruno", "POST", tasks(project, "lock-for-mapping"), "{\"taskIds\":[1,2]}");
    assertThat(taken.path("tasks").get(0).path("heldTogether").toString()).isEqualTo("[1,2]");
    city.ok("bruno", "POST", tasks(project, "unlock-after-mapping/1"), "{\"status\":\"MAPPED\"}");
    assertThat(city.status(project, 2)).isEqualTo("LOCKED_FOR_MAPPING");
    city.ok("bruno", "POST", tasks(project, "stop-mapping/2"), null);
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/3"), null);
  }

  @Test
  void aSplitTaskBecomesFourOnTheSameGroundAndAValidatorMaySplitToo() {
    long project = city.project();
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/1"), null);
    JsonNode pieces = city.ok("bruno", "POST", tasks(project, "split/1"), null).path("tasks");
    assertThat(pieces).hasSize(4);
    assertThat(pieces.get(0).path("taskStatus").asString()).isEqualTo("READY");
    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/1"), null))
        .isEqualTo("404 TASK_NOT_FOUND");

    city.map("bruno", project, 2);
    city.ok("vera", "POST", tasks(project, "lock-for-validation"), "{\"taskIds\":[2]}");
    JsonNode mapped = city.ok("vera", "POST", tasks(project, "split/2"), null).path("tasks");
    assertThat(mapped.get(3).path("taskStatus").asString()).isEqualTo("MAPPED");
    int piece = mapped.get(0).path("taskId").asInt();
    city.judge("vera", project, piece, "VALIDATED");
    assertThat(city.status(project, piece)).isEqualTo("VALIDATED");
  }

  @Test
  void bulkActionsLeaveAloneWhatSomebodyHolds() {
    long project = city.project();
    int total =
        city.ok("alicia", "GET", "/projects/" + project + "/queries/summary/", null)
            .path("totalTasks")
            .asInt();
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/3"), null);

    assertThat(city.ok("alicia", "POST", tasks(project, "map-all"), null).path("changed").asInt())
        .isEqualTo(total - 1);
    assertThat(city.status(project, 3)).isEqualTo("LOCKED_FOR_MAPPING");
    city.ok("alicia", "POST", tasks(project, "validate-all"), null);
    JsonNode done = city.ok("bruno", "GET", "/projects/" + project + "/", null);
    assertThat(done.path("percentValidated").asInt()).isEqualTo(100 * (total - 1) / total);
    assertThat(city.ok("alicia", "POST", tasks(project, "reset-all"), null).path("changed").asInt())
        .isEqualTo(total - 1);
  }
}
