package org.tequio.mapping.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.mapping.web.Mapathon.tasks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import tools.jackson.databind.JsonNode;

/** What those who run projects do beside mapping, over HTTP. */
class CoordinationTest extends MapathonTest {
  @BeforeAll
  static void twoMoreCoordinate() {
    city.person("nora", new Caller.Holding("coordinator", "universidad"));
    city.person("otilia", new Caller.Holding("coordinator", "obras"));
  }

  private static String project(long project, String more) {
    return "/projects/" + project + "/" + more;
  }

  // ---- a project is copied

  @Test
  void aCopyHasTheSettingsAndTheGroundAndNoneOfTheWork() {
    long source = city.project(",\"difficulty\":\"CHALLENGING\",\"dueDate\":\"2030-01-01\"");
    city.map("bruno", source, 1);
    String wanted =
        "{\"projectName\":\"Drains again\",\"organisation\":\"universidad\","
            + "\"cloneFromProjectId\":"
            + source
            + "}";
    assertThat(city.refusal("otilia", "POST", "/projects/", wanted)).startsWith("403");
    assertThat(city.refusal("otilia", "POST", "/projects/", wanted.replace("universidad", "obras")))
        .as("settings may name people; who does not run the project does not copy them")
        .isEqualTo("403 UserActionNotPermitted");

    JsonNode made = city.ok("nora", "POST", "/projects/", wanted);
    JsonNode copy = city.ok("nora", "GET", project(made.path("projectId").asLong(), ""), null);
    JsonNode original = city.ok("nora", "GET", project(source, ""), null);
    assertThat(made.path("totalTasks").asInt()).isEqualTo(original.path("totalTasks").asInt());
    assertThat(copy.path("status").asString()).isEqualTo("DRAFT");
    assertThat(copy.path("difficulty").asString()).isEqualTo("CHALLENGING");
    assertThat(copy.path("projectInfo").path("name").asString()).isEqualTo("Drains again");
    assertThat(copy.path("projectInfo").path("instructions").asString())
        .isEqualTo("Draw every drain.");
    assertThat(copy.path("areaOfInterest")).isEqualTo(original.path("areaOfInterest"));
    assertThat(copy.path("percentMapped").asInt()).isZero();
    assertThat(copy.path("dueDate").isNull()).isTrue();
    assertThat(copy.path("changesetComment").asString())
        .isEqualTo("#tequio-" + copy.path("projectId").asLong());
    assertThat(copy.path("authorId").asString()).isEqualTo(city.account("nora"));
  }

  @Test
  void aProjectOfNoAreaAndOfNoOtherProjectIsRefused() {
    assertThat(
            city.refusal(
                "alicia",
                "POST",
                "/projects/",
                "{\"projectName\":\"Nowhere\",\"organisation\":\"universidad\"}"))
        .isEqualTo("400 InvalidData");
  }

  // ---- a project is handed on

  @Test
  void aProjectGoesToSomebodyWhoCouldRunItAndToNobodyElse() {
    long project = city.project();
    String path = project(project, "actions/transfer-ownership/");
    for (String stranger : new String[] {"bruno", "otilia"}) {
      assertThat(
              city.refusal(
                  "alicia", "POST", path, "{\"username\":\"" + city.account(stranger) + "\"}"))
          .as(stranger)
          .isEqualTo("403 TransferPermissionError");
    }
    assertThat(city.refusal("alicia", "POST", path, "{\"username\":\"nobody-at-all\"}"))
        .isEqualTo("404 USER_NOT_FOUND");
    String nora = "{\"username\":\"" + city.account("nora") + "\"}";
    assertThat(city.refusal("bruno", "POST", path, nora)).isEqualTo("403 UserActionNotPermitted");

    city.ok("alicia", "POST", path, nora);
    assertThat(city.ok("bruno", "GET", project(project, ""), null).path("authorId").asString())
        .isEqualTo(city.account("nora"));
    assertThat(city.notices("nora")).contains("project-handed-over");
  }

  // ---- somebody is found and taken in

  @Test
  void whoMakesProjectsFindsPeopleByNameOrWholeAddressAndNobodyElseDoes() {
    city.identity.invite("Érika Muñoz", "erika@villa.example", Language.ES, List.of(), "test");
    String path = "/users/queries/filter/%s/";
    for (String stranger : new String[] {"bruno", "vera"}) {
      assertThat(city.send(stranger, "GET", path.formatted("bruno"), null).statusCode())
          .as(stranger)
          .isEqualTo(403);
    }
    assertThat(city.send("nobody", "GET", path.formatted("bruno"), null).statusCode())
        .isEqualTo(401);
    assertThat(city.send("alicia", "GET", path.formatted("br"), null).statusCode()).isEqualTo(404);

    JsonNode found = city.ok("alicia", "GET", path.formatted("erika%20MUN"), null).path("users");
    assertThat(found).hasSize(1);
    assertThat(found.path(0).path("username").asString()).isEqualTo("Érika Muñoz");
    assertThat(found.path(0).propertyNames()).containsExactlyInAnyOrder("username", "userId");
    assertThat(city.ok("alicia", "GET", path.formatted("bruno@villa.example"), null).path("users"))
        .hasSize(1);
    for (String none : new String[] {"bruno@villa", "villa.example", "uñoz", "runo"}) {
      assertThat(
              city.ok(
                      "alicia",
                      "GET",
                      path.formatted(URLEncoder.encode(none, StandardCharsets.UTF_8)),
                      null)
                  .path("users"))
          .as(none)
          .isEmpty();
    }
  }

  @Test
  void whoIsTakenIntoATeamIsToldOnceByWhom() {
    long team =
        city.ok(
                "alicia",
                "POST",
                "/teams/",
                "{\"name\":\"Ravine\",\"organisation\":\"universidad\","
                    + "\"joinMethod\":\"BY_INVITE\"}")
            .path("teamId")
            .asLong();
    String add = "/teams/" + team + "/actions/add/";
    String dario = "{\"username\":\"" + city.account("dario") + "\",\"role\":\"%s\"}";
    assertThat(city.refusal("bruno", "POST", add, dario.formatted("MEMBER")))
        .isEqualTo("403 UserActionNotPermitted");
    assertThat(city.notices("dario")).doesNotContain("taken-into-team");

    city.ok("alicia", "POST", add, dario.formatted("MEMBER"));
    city.ok("alicia", "POST", add, dario.formatted("MANAGER"));
    assertThat(city.notices("dario").split("taken-into-team", -1)).as("once").hasSize(2);
    assertThat(city.notices("dario")).contains("alicia took you in").contains("/teams/" + team);
  }

  // ---- who needs help

  @Test
  void whoeverRunsAProjectIsToldWhoNeedsHelpAndNobodyElseIs() {
    long project = city.project();
    String path = project(project, "statistics/help/");
    for (String stranger : new String[] {"bruno", "vera", "otilia"}) {
      assertThat(city.refusal(stranger, "GET", path, null))
          .as(stranger)
          .isEqualTo("403 UserActionNotPermitted");
    }
    assertThat(city.refusal("nobody", "GET", path, null)).startsWith("401");
    assertThat(city.refusal("alicia", "GET", "/projects/999999/statistics/help/", null))
        .isEqualTo("404 PROJECT_NOT_FOUND");
    JsonNode nobody = city.ok("alicia", "GET", path, null);
    assertThat(nobody.path("returned")).isEmpty();
    assertThat(nobody.path("ending")).isEmpty();
    assertThat(nobody.path("waiting")).isEmpty();

    for (int task : new int[] {1, 2, 3}) {
      city.map("bruno", project, task);
    }
    city.map("carla", project, 4);
    city.judge("vera", project, 1, "INVALIDATED");
    city.judge("vera", project, 3, "INVALIDATED");
    city.judge("vera", project, 4, "INVALIDATED");
    city.clock.advance(Duration.ofHours(49));
    city.ok("carla", "POST", tasks(project, "lock-for-mapping/4"), null);
    JsonNode help = city.ok("alicia", "GET", path, null);
    assertThat(help.path("returned")).hasSize(1);
    assertThat(help.path("returned").path(0).path("userId").asString())
        .isEqualTo(city.account("bruno"));
    assertThat(help.path("returned").path(0).path("taskIds").toString()).isEqualTo("[1,3]");
    assertThat(help.path("waiting")).hasSize(1);
    assertThat(help.path("waiting").path(0).path("taskId").asInt()).isEqualTo(2);
    assertThat(help.path("waiting").path(0).path("username").asString()).isEqualTo("bruno");
    assertThat(help.path("ending")).as("carla has two hours").isEmpty();

    city.clock.advance(Duration.ofMinutes(100));
    JsonNode ending = city.ok("alicia", "GET", path, null).path("ending");
    assertThat(ending).hasSize(1);
    assertThat(ending.path(0).path("taskId").asInt()).isEqualTo(4);
    assertThat(ending.path(0).path("username").asString()).isEqualTo("carla");
    assertThat(ending.path(0).path("lockExpires").asString()).isNotEmpty();

    city.ok("vera", "POST", tasks(project, "undo-last-action/3"), null);
    assertThat(
            city.ok("alicia", "GET", path, null)
                .path("returned")
                .path(0)
                .path("taskIds")
                .toString())
        .as("what is taken back did not come back")
        .isEqualTo("[1]");
  }

  // ---- people are written to

  @Test
  void aMessageReachesThoseWhoWorkedInTheProjectAndNobodyElse() {
    long project = city.project();
    city.map("bruno", project, 1);
    city.map("carla", project, 2);
    String path = project(project, "actions/message-contributors/");
    String message = "{\"subject\":\"Sunday\",\"message\":\"For %s: at nine.\"%s}";

    assertThat(city.refusal("bruno", "POST", path, message.formatted("a", "")))
        .isEqualTo("403 UserActionNotPermitted");
    assertThat(
            city.refusal(
                "alicia",
                "POST",
                path,
                message.formatted("b", ",\"usernames\":[\"" + city.account("dario") + "\"]")))
        .isEqualTo("404 USER_NOT_FOUND");

    assertThat(city.ok("alicia", "POST", path, message.formatted("all", "")).path("sent").asInt())
        .isEqualTo(2);
    city.ok(
        "alicia",
        "POST",
        path,
        message.formatted("one", ",\"usernames\":[\"" + city.account("carla") + "\"]"));
    assertThat(city.notices("bruno")).contains("For all").doesNotContain("For one");
    assertThat(city.notices("carla")).contains("For all", "For one");
    assertThat(city.notices("dario")).doesNotContain("at nine");
  }

  // ---- campaigns, interests, kinds of faults

  @Test
  void campaignsAndInterestsGatherProjectsAndAreNotRemovedWhileTheyDo() {
    assertThat(city.refusal("bruno", "POST", "/campaigns/", "{\"name\":\"Floods\"}"))
        .startsWith("403");
    long campaign =
        city.ok("alicia", "POST", "/campaigns/", "{\"name\":\"Floods\",\"description\":\"2026\"}")
            .path("campaignId")
            .asLong();
    assertThat(city.refusal("alicia", "POST", "/campaigns/", "{\"name\":\"Floods\"}"))
        .isEqualTo("403 NameExists");
    assertThat(
            city.refusal(
                "alicia", "POST", "/campaigns/", "{\"name\":\"X\",\"url\":\"javascript:x\"}"))
        .isEqualTo("400 InvalidData");
    long water =
        city.ok("alicia", "POST", "/interests/", "{\"name\":\"Water\"}").path("id").asLong();
    long project = city.project();
    long other = city.project();

    assertThat(
            city.refusal(
                "alicia",
                "POST",
                project(project, "actions/set-interests/"),
                "{\"interests\":[999]}"))
        .isEqualTo("404 INTEREST_NOT_FOUND");
    city.ok(
        "alicia",
        "POST",
        project(project, "actions/set-interests/"),
        "{\"interests\":[" + water + "]}");
    city.ok("alicia", "POST", project(project, "campaigns/" + campaign + "/"), null);
    assertThat(found("nobody", "campaign=" + campaign)).isEqualTo("[\"" + project + "\"]");
    assertThat(found("nobody", "interests=" + water)).isEqualTo("[\"" + project + "\"]");
    assertThat(found("bruno", "basedOnMyInterests=true")).isEqualTo("[]");
    city.ok("bruno", "POST", "/users/me/actions/set-interests/", "{\"interests\":[" + water + "]}");
    assertThat(found("bruno", "basedOnMyInterests=true"))
        .contains("" + project)
        .doesNotContain("" + other);
    assertThat(
            city.ok("bruno", "GET", project(project, ""), null)
                .path("campaigns")
                .path(0)
                .path("name")
                .asString())
        .isEqualTo("Floods");

    assertThat(city.refusal("alicia", "DELETE", "/campaigns/" + campaign + "/", null))
        .isEqualTo("403 InUse");
    city.ok("alicia", "DELETE", project(project, "campaigns/" + campaign + "/"), null);
    city.ok("alicia", "DELETE", "/campaigns/" + campaign + "/", null);
    assertThat(city.refusal("alicia", "GET", "/campaigns/" + campaign + "/", null))
        .isEqualTo("404 CAMPAIGN_NOT_FOUND");
  }

  private static String found(String who, String query) {
    return city
        .ok(who, "GET", "/projects/?" + query, null)
        .path("results")
        .findValuesAsString("projectId")
        .stream()
        .map(one -> '"' + one + '"')
        .toList()
        .toString();
  }

  @Test
  void faultsAreCountedByKindsThatExistAndAKindThatWasCountedStays() {
    long drain =
        city.ok(
                "alicia",
                "POST",
                "/tasks/issues/categories/",
                "{\"categoryName\":\"Drain cut off\"}")
            .path("categoryId")
            .asLong();
    JsonNode kinds = city.ok("nobody", "GET", "/tasks/issues/categories/", null);
    assertThat(kinds.path("categories").findValuesAsString("categoryName"))
        .contains("Missing", "Drain cut off");
    long project = city.project();
    city.map("bruno", project, 1);
    city.ok("vera", "POST", tasks(project, "lock-for-validation"), "{\"taskIds\":[1]}");
    String verdict =
        "{\"validatedTasks\":[{\"taskId\":1,\"status\":\"INVALIDATED\",\"validationIssues\":"
            + "[{\"mappingIssueCategoryId\":%d,\"count\":3}]}]}";
    assertThat(
            city.refusal(
                "vera", "POST", tasks(project, "unlock-after-validation"), verdict.formatted(98)))
        .isEqualTo("404 ISSUE_CATEGORY_NOT_FOUND");
    assertThat(city.status(project, 1))
        .as("half of a verdict is none")
        .isEqualTo("LOCKED_FOR_VALIDATION");

    city.ok("vera", "POST", tasks(project, "unlock-after-validation"), verdict.formatted(drain));
    String history =
        city.ok("bruno", "GET", project(project, "tasks/1/"), null).path("taskHistory").toString();
    assertThat(history).contains("\"mappingIssueCategoryId\":" + drain + ",\"count\":3");
    String path = "/tasks/issues/categories/" + drain + "/";
    assertThat(city.refusal("alicia", "DELETE", path, null)).isEqualTo("403 InUse");
    assertThat(city.ok("alicia", "PATCH", path, "{\"archived\":true}").path("archived").asBoolean())
        .isTrue();
  }

  // ---- annotations

  @Test
  void anAnnotationStandsBesideItsTaskUntilTheSameSortIsSaidAgain() {
    long project = city.project();
    String path = project(project, "annotations/buildings/");
    String counted =
        "{\"tasks\":[{\"taskId\":%d,\"annotationSource\":\"model 3\",\"properties\":{\"count\":%d}}]}";
    assertThat(city.refusal("bruno", "POST", path, counted.formatted(1, 40)))
        .isEqualTo("403 UserActionNotPermitted");
    assertThat(city.refusal("alicia", "POST", path, counted.formatted(999, 40)))
        .isEqualTo("404 TASK_NOT_FOUND");

    city.ok("alicia", "POST", path, counted.formatted(1, 40));
    city.ok("alicia", "POST", path, counted.formatted(1, 41));
    JsonNode all = city.ok("bruno", "GET", project(project, "annotations/"), null).path("tasks");
    assertThat(all).hasSize(1);
    JsonNode task = city.ok("bruno", "GET", project(project, "tasks/1/"), null);
    assertThat(task.path("taskAnnotation").path(0).path("properties").path("count").asInt())
        .isEqualTo(41);
  }

  // ---- people and the system

  @Test
  void whatIsSaidOfSomebodyFollowsTheHistory() {
    city.person("elena");
    long project = city.project();
    String elena = "/users/" + city.account("elena") + "/";
    assertThat(city.ok("nobody", "GET", elena, null).path("badges")).isEmpty();
    assertThat(city.refusal("nobody", "GET", "/users/nobody-at-all/", null))
        .isEqualTo("404 USER_NOT_FOUND");

    city.ok("elena", "POST", tasks(project, "lock-for-mapping/1"), null);
    city.clock.advance(Duration.ofMinutes(25));
    city.ok("elena", "POST", tasks(project, "unlock-after-mapping/1"), "{\"status\":\"MAPPED\"}");
    city.judge("vera", project, 1, "INVALIDATED");
    assertThat(city.ok("nobody", "GET", elena, null).path("badges").toString())
        .contains("First task");
    JsonNode numbers = city.ok("nobody", "GET", elena + "statistics/", null);
    assertThat(numbers.path("timeSpentMapping").asLong()).isEqualTo(25 * 60);
    assertThat(numbers.path("tasksMapped").asInt()).isEqualTo(1);
    assertThat(numbers.path("tasksInvalidatedByOthers").asInt()).isEqualTo(1);
    JsonNode task = city.ok("nobody", "GET", elena + "tasks/", null).path("tasks").path(0);
    assertThat(task.path("taskStatus").asString()).isEqualTo("MAPPED");
    assertThat(task.path("currentStatus").asString()).isEqualTo("INVALIDATED");

    city.ok("vera", "POST", tasks(project, "undo-last-action/1"), null);
    city.ok("elena", "POST", tasks(project, "undo-last-action/1"), null);
    assertThat(city.ok("nobody", "GET", elena, null).path("badges")).isEmpty();
    city.ok("alicia", "PATCH", project(project, ""), "{\"private\":true}");
    assertThat(city.ok("elena", "GET", elena + "tasks/", null).path("tasks"))
        .as("what the reader may not see is not listed")
        .isEmpty();
  }

  @Test
  void scriptsFindTheSystemAndOnlyWhoMakesProjectsForTheCityChangesItsBanner() {
    assertThat(city.ok("nobody", "GET", "/system/heartbeat/", null).path("status").asString())
        .isEqualTo("Fine");
    assertThat(
            city.ok("nobody", "GET", "/system/languages/", null)
                .path("supportedLanguages")
                .findValuesAsString("code"))
        .containsExactly("es", "pt", "en");
    assertThat(city.ok("nobody", "GET", "/system/banner/", null).path("visible").asBoolean())
        .isFalse();
    assertThat(
            city.refusal(
                "bruno", "PATCH", "/system/banner/", "{\"message\":\"x\",\"visible\":true}"))
        .startsWith("403");
    city.person("gloria", new Caller.Holding("gis-admin", null));
    city.ok("gloria", "PATCH", "/system/banner/", "{\"message\":\"Sunday\",\"visible\":true}");
    assertThat(city.ok("nobody", "GET", "/system/banner/", null).path("message").asString())
        .isEqualTo("Sunday");
    assertThat(city.ok("nobody", "GET", "/badges/", null).path("badges")).isNotEmpty();
  }
}
