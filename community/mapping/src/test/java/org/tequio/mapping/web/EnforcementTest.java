package org.tequio.mapping.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.mapping.web.Mapathon.tasks;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a project asks of those who work in it is asked by the server, whoever draws the page. */
class EnforcementTest extends MapathonTest {
  private static String path(long project, String more) {
    return "/projects/" + project + "/" + more;
  }

  private static int offered(String who, long project) {
    return city.ok(who, "GET", path(project, "tasks/queries/offered/"), null)
        .path("taskId")
        .asInt(0);
  }

  @Test
  void whereTasksAreDealtOutOneTakesWhatOneIsDealtAndNothingElse() {
    long project = city.project(",\"enforceRandomTaskSelection\":true");
    int mine = offered("bruno", project);
    int other = mine == 1 ? 2 : 1;
    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/" + other), null))
        .isEqualTo("403 RandomTaskOnly");
    assertThat(
            city.refusal(
                "bruno",
                "POST",
                tasks(project, "lock-for-mapping"),
                "{\"taskIds\":[" + mine + "," + other + "]}"))
        .isEqualTo("403 RandomTaskOnly");
    assertThat(offered("bruno", project)).as("asking again does not help").isEqualTo(mine);

    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/" + mine), null);
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/" + mine), null);
    city.ok("bruno", "POST", tasks(project, "stop-mapping/" + mine), null);
    city.ok("alicia", "POST", tasks(project, "lock-for-mapping/" + other), null);
    assertThat(offered("bruno", project)).as("what another holds").isNotEqualTo(other);
    city.ok("alicia", "POST", tasks(project, "stop-mapping/" + other), null);
  }

  @Test
  void whoGivesBackWhatWasDealtIsDealtSomethingElseSoonerOrLater() {
    long project = city.project(",\"enforceRandomTaskSelection\":true");
    Set<Integer> dealt = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      int task = offered("carla", project);
      dealt.add(task);
      city.ok("carla", "POST", tasks(project, "lock-for-mapping/" + task), null);
      city.ok("carla", "POST", tasks(project, "stop-mapping/" + task), null);
    }
    assertThat(dealt).hasSizeGreaterThan(1);
  }

  @Test
  void whatComesFirstIsDealtFirst() {
    long project = city.project(",\"enforceRandomTaskSelection\":true");
    JsonNode first =
        city.ok("alicia", "GET", path(project, "tasks/?tasks=3"), null)
            .path("features")
            .path(0)
            .path("geometry");
    String shrunk =
        "{\"type\":\"Polygon\",\"coordinates\":[[[%s],[%s],[%s],[%s]]]}"
            .formatted(near(first, 0), near(first, 1), near(first, 2), near(first, 0));
    city.ok(
        "alicia", "PUT", path(project, "queries/priority-areas/"), "{\"areas\":" + shrunk + "}");
    assertThat(offered("bruno", project)).isEqualTo(3);
    assertThat(offered("carla", project)).isEqualTo(3);
  }

  // A corner, drawn toward the middle of its tile.
  private static String near(JsonNode tile, int corner) {
    JsonNode ring = tile.path("coordinates").path(0).path(0);
    double x = (ring.path(0).path(0).asDouble() + ring.path(2).path(0).asDouble()) / 2;
    double y = (ring.path(0).path(1).asDouble() + ring.path(2).path(1).asDouble()) / 2;
    JsonNode at = ring.path(corner);
    return (at.path(0).asDouble() * 0.2 + x * 0.8) + "," + (at.path(1).asDouble() * 0.2 + y * 0.8);
  }

  @Test
  void aProjectThatAsksForAnEditorRefusesOthersThatSayWhatTheyAre() {
    long project = city.project(",\"mappingEditors\":[\"JOSM\"],\"validationEditors\":[\"ID\"]");
    String lock = tasks(project, "lock-for-mapping/1");
    assertThat(city.refusal("bruno", "POST", lock + "?editor=ID", null))
        .isEqualTo("403 EditorNotAllowed");
    assertThat(city.send("bruno", "POST", lock + "?editor=VI", null).statusCode()).isEqualTo(400);
    city.ok("bruno", "POST", lock + "?editor=JOSM", null);
    city.ok("bruno", "POST", tasks(project, "unlock-after-mapping/1"), "{\"status\":\"MAPPED\"}");
    assertThat(
            city.refusal(
                "vera",
                "POST",
                tasks(project, "lock-for-validation") + "?editor=JOSM",
                "{\"taskIds\":[1]}"))
        .isEqualTo("403 EditorNotAllowed");
    city.ok(
        "vera", "POST", tasks(project, "lock-for-validation") + "?editor=ID", "{\"taskIds\":[1]}");
  }

  @Test
  void afterItsLastDayNobodyBeginsToMapAndValidatorsFinish() {
    LocalDate today = LocalDate.ofInstant(city.clock.instant(), ZoneOffset.UTC);
    long project = city.project(",\"dueDate\":\"" + today + "\"");
    city.map("bruno", project, 1);
    city.clock.advance(Duration.ofDays(2));

    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/2"), null))
        .isEqualTo("403 ProjectOverdue");
    JsonNode seen = city.ok("bruno", "GET", path(project, "queries/summary/"), null);
    assertThat(seen.path("canMap").asBoolean()).isFalse();
    assertThat(seen.path("mappingRefusal").asString()).isEqualTo("ProjectOverdue");
    city.judge("vera", project, 1, "VALIDATED");
    city.ok("alicia", "PATCH", path(project, ""), "{\"dueDate\":\"2099-01-01\"}");
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/2"), null);
  }

  @Test
  void aPrivateProjectIsForThoseWhomItNamesAndIsNotThereForOthers() {
    long project =
        city.project(",\"private\":true,\"allowedUsers\":[\"" + city.account("carla") + "\"]");
    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/1"), null))
        .isEqualTo("403 UserNotAllowed");
    for (String query :
        new String[] {
          "",
          "tasks/",
          "activities/latest/",
          "annotations/",
          "campaigns/",
          "tasks/queries/export/",
          "tasks/queries/offered/",
          "queries/priority-areas/"
        }) {
      assertThat(city.refusal("bruno", "GET", path(project, query), null))
          .as(query)
          .isEqualTo("404 PROJECT_NOT_FOUND");
    }
    city.ok("carla", "POST", tasks(project, "lock-for-mapping/1"), null);
    city.ok("carla", "POST", tasks(project, "stop-mapping/1"), null);
    assertThat(city.ok("carla", "GET", path(project, ""), null).path("allowedUsers"))
        .as("whom it names only those know who run it")
        .isEmpty();
  }

  // ---- what goes out

  @Test
  void theTasksOfAProjectGoOutAsATableAndAsAMap() {
    long project = city.project();
    city.map("bruno", project, 1);
    String path = path(project, "tasks/queries/export/");
    String table = city.send("carla", "GET", path, null).body();
    assertThat(table.lines().filter(line -> line.contains("MAPPED")).toList())
        .singleElement()
        .asString()
        .contains("bruno");
    int tasks = city.ok("carla", "GET", path(project, ""), null).path("totalTasks").asInt();
    JsonNode map = city.ok("carla", "GET", path + "?format=geojson", null);
    assertThat(map.path("features")).hasSize(tasks);
    assertThat(city.send("carla", "GET", path + "?format=gpkg", null).body())
        .startsWith("SQLite format 3");
    assertThat(city.send("carla", "GET", path + "?format=exe", null).statusCode()).isEqualTo(400);

    JsonNode latest = city.ok("carla", "GET", path(project, "activities/latest/"), null);
    assertThat(latest.path("activity")).hasSize(1);
    assertThat(latest.path("activity").path(0).path("taskStatus").asString()).isEqualTo("MAPPED");
    assertThat(
            city.ok(
                    "carla",
                    "GET",
                    path(project, "statistics/queries/" + city.account("bruno") + "/"),
                    null)
                .path("mapped")
                .asInt())
        .isEqualTo(1);
  }
}
