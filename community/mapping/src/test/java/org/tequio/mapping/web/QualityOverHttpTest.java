package org.tequio.mapping.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.mapping.web.Mapathon.tasks;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What the checks of the map say of tasks, and what of it stays with their history. */
class QualityOverHttpTest extends MapathonTest {
  private static double lon = -99.1985;

  private double east;

  /** Each draws on ground of its own. */
  @BeforeEach
  void goOn() {
    east = lon;
    lon += 0.01;
  }

  /** A house of some ten metres, so many metres north and east of the place of this test. */
  private String house(double north) {
    double south = 19.302 + north / 111_000;
    StringBuilder xml = new StringBuilder("<create>");
    double[][] corners = {{0, 0}, {0.0001, 0}, {0.0001, 0.00009}, {0, 0.00009}};
    for (int i = 0; i < corners.length; i++) {
      xml.append(
          "<node id='-%d' changeset='CS' lon='%.7f' lat='%.7f'/>"
              .formatted(i + 1, east + north / 105_000 + corners[i][0], south + corners[i][1]));
    }
    xml.append("<way id='-9' changeset='CS'>");
    for (int node : new int[] {1, 2, 3, 4, 1}) {
      xml.append("<nd ref='-").append(node).append("'/>");
    }
    return xml.append("<tag k='building' v='yes'/></way></create>").toString();
  }

  /** The task on whose ground this test draws. */
  private int task(long project) {
    JsonNode all = city.ok("bruno", "GET", "/projects/" + project + "/tasks/", null);
    for (JsonNode one : all.path("features")) {
      JsonNode ring = one.path("geometry").path("coordinates").get(0).get(0);
      double west = 180;
      double right = -180;
      double south = 90;
      double north = -90;
      for (JsonNode place : ring) {
        west = Math.min(west, place.get(0).asDouble());
        right = Math.max(right, place.get(0).asDouble());
        south = Math.min(south, place.get(1).asDouble());
        north = Math.max(north, place.get(1).asDouble());
      }
      if (west < east && east + 0.0002 < right && south < 19.302 && 19.3025 < north) {
        return one.path("properties").path("taskId").asInt();
      }
    }
    throw new AssertionError("no task there: " + all);
  }

  private JsonNode checks(String who, long project, int task, String query) {
    return city.ok(
        who, "GET", "/projects/" + project + "/tasks/" + task + "/checks/" + query, null);
  }

  @Test
  void whatIsNotThereForSomebodyIsNotLookedAtForThem() {
    long hidden =
        city.project(",\"private\":true,\"allowedUsers\":[\"" + city.account("carla") + "\"]");

    assertThat(city.refusal("bruno", "GET", "/projects/" + hidden + "/tasks/1/checks/", null))
        .isEqualTo("404 PROJECT_NOT_FOUND");
    assertThat(city.refusal("carla", "GET", "/projects/" + hidden + "/tasks/999/checks/", null))
        .isEqualTo("404 TASK_NOT_FOUND");
    assertThat(
            city.send("carla", "GET", "/projects/" + hidden + "/tasks/1/checks/?since=noon", null)
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aMapperSeesWhatTheyBroughtApartFromWhatWasThere() {
    long project = city.project();
    int task = task(project);
    city.upload("carla", house(0));
    city.upload("carla", house(3));
    city.clock.advance(Duration.ofMinutes(5));
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/" + task), null);
    city.clock.advance(Duration.ofMinutes(5));
    city.upload("bruno", house(-8));

    JsonNode found = checks("bruno", project, task, "?since=lock").path("findings");

    assertThat(found).hasSize(2);
    assertThat(found.findValuesAsString("rule")).containsOnly("crossing-buildings");
    assertThat(found.findValuesAsString("isNew")).containsExactlyInAnyOrder("true", "false");
    assertThat(found.get(0).path("title").asString()).isEqualTo("Buildings overlap");
    assertThat(found.get(0).path("detail").asString()).endsWith(" m²");
    assertThat(checks("nobody", project, task, "").path("fresh").asInt()).isZero();
  }

  @Test
  void nothingIsBlockedAndWhatWasOpenStaysWithTheHistory() {
    long project = city.project();
    int task = task(project);
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/" + task), null);
    city.upload("bruno", house(0));
    city.upload("bruno", house(3));
    city.ok(
        "bruno", "POST", tasks(project, "unlock-after-mapping/" + task), "{\"status\":\"MAPPED\"}");

    JsonNode mapped = line(project, task, "MAPPED");
    assertThat(mapped.path("openFindings").path("errors").asInt()).isEqualTo(1);
    assertThat(mapped.path("openFindings").path("fresh").asInt()).isEqualTo(1);
    city.judge("vera", project, task, "INVALIDATED");
    assertThat(line(project, task, "INVALIDATED").path("openFindings").path("errors").asInt())
        .isEqualTo(1);
  }

  @Test
  void qualityIsCountedFromTheHistoryAndAnUndoneTaskIsNotCounted() {
    long project = city.project();
    int task = task(project);
    int other = task == 1 ? 2 : 1;
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/" + task), null);
    city.upload("bruno", house(0));
    city.upload("bruno", house(3));
    city.ok(
        "bruno", "POST", tasks(project, "unlock-after-mapping/" + task), "{\"status\":\"MAPPED\"}");
    city.map("carla", project, other);
    city.ok("alicia", "POST", tasks(project, "map-all"), null);

    assertThat(of("bruno", project).path("errors").asInt()).isEqualTo(1);
    assertThat(of("bruno", project).path("tasksClean").asInt()).isZero();
    assertThat(of("carla", project).path("tasksLookedAt").asInt()).isEqualTo(1);
    // What a coordinator called mapped in bulk nobody looked at: that is not clean.
    assertThat(of("alicia", project).path("tasksMapped").asInt()).isPositive();
    assertThat(of("alicia", project).path("tasksLookedAt").asInt()).isZero();
    assertThat(of("alicia", project).path("tasksClean").asInt()).isZero();
    city.ok("bruno", "POST", tasks(project, "undo-last-action/" + task), null);
    assertThat(of("bruno", project).isMissingNode()).isTrue();
  }

  private JsonNode of(String who, long project) {
    for (JsonNode one :
        city.ok("vera", "GET", "/projects/" + project + "/statistics/checks/", null)
            .path("mappers")) {
      if (one.path("userId").asString().equals(city.account(who))) {
        return one;
      }
    }
    return MissingNode.getInstance();
  }

  private JsonNode line(long project, int task, String state) {
    for (JsonNode one :
        city.ok("vera", "GET", "/projects/" + project + "/tasks/" + task + "/", null)
            .path("taskHistory")) {
      if (one.path("actionText").asString("").equals(state)) {
        return one;
      }
    }
    throw new AssertionError("never " + state);
  }
}
