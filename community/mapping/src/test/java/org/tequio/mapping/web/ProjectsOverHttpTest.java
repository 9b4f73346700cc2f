package org.tequio.mapping.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.tequio.mapping.web.Mapathon.tasks;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.tequio.catalogue.LayerGaps;
import org.tequio.feature.LayerId;
import tools.jackson.databind.JsonNode;

/** Projects, teams, licences, statistics and exports over HTTP. */
class ProjectsOverHttpTest extends MapathonTest {
  // ---- what is refused

  @Test
  void aProjectIsNotPublishedWithoutInstructionsAndNotDeletedOnceSomebodyWorked() {
    long draft =
        city.ok(
                "alicia",
                "POST",
                "/projects/",
                "{\"projectName\":\"Bare\",\"organisation\":\"universidad\",\"areaOfInterest\":"
                    + Mapathon.AREA
                    + "}")
            .path("projectId")
            .asLong();
    assertThat(
            city.refusal(
                "alicia", "PATCH", "/projects/" + draft + "/", "{\"status\":\"PUBLISHED\"}"))
        .isEqualTo("403 InfoForLocaleRequired");
    city.ok("alicia", "DELETE", "/projects/" + draft + "/", null);
    assertThat(city.refusal("alicia", "GET", "/projects/" + draft + "/", null))
        .isEqualTo("404 PROJECT_NOT_FOUND");

    long project = city.project();
    city.map("bruno", project, 1);
    assertThat(city.refusal("alicia", "DELETE", "/projects/" + project + "/", null))
        .isEqualTo("403 HasMappedTasks");
    city.ok("alicia", "PATCH", "/projects/" + project + "/", "{\"status\":\"ARCHIVED\"}");
    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/2"), null))
        .isEqualTo("403 ProjectNotPublished");
  }

  @Test
  void areasAndPatchesThatMakeNoSenseAreRefusedAndChangeNothing() {
    assertThat(
            city.refusal(
                "alicia",
                "POST",
                "/projects/",
                "{\"projectName\":\"X\",\"organisation\":\"universidad\","
                    + "\"areaOfInterest\":{\"type\":\"FeatureCollection\",\"features\":[]}}"))
        .isEqualTo("400 MustHaveFeatures");
    long project = city.project();
    String path = "/projects/" + project + "/";
    for (String patch :
        new String[] {
          "{\"status\":\"OPEN\"}",
          "{\"dueDate\":\"tomorrow\"}",
          "{\"leaseSeconds\":1}",
          "{\"colour\":\"red\"}",
          "{\"projectInfoLocales\":[{\"locale\":\"../x\",\"name\":\"a\"}]}"
        }) {
      assertThat(city.refusal("alicia", "PATCH", path, patch))
          .as(patch)
          .isEqualTo("400 InvalidData");
    }
    assertThat(
            city.refusal(
                "alicia", "PATCH", path, "{\"teams\":[{\"teamId\":99,\"role\":\"MAPPER\"}]}"))
        .isEqualTo("404 TEAM_NOT_FOUND");
    assertThat(city.refusal("alicia", "PATCH", path, "{\"organisation\":\"obras\"}"))
        .isEqualTo("403 UserActionNotPermitted");
    assertThat(city.refusal("bruno", "PATCH", path, "{\"status\":\"ARCHIVED\"}"))
        .isEqualTo("403 UserActionNotPermitted");
    assertThat(city.ok("bruno", "GET", path, null).path("status").asString())
        .isEqualTo("PUBLISHED");
  }

  // ---- licence and teams

  @Test
  void whoHasNotAcceptedTheLicenceIsToldWithAConflict() {
    long licence =
        city.ok(
                "alicia",
                "POST",
                "/licenses/",
                "{\"name\":\"Imagery of the city\",\"description\":\"For the map alone.\"}")
            .path("licenseId")
            .asLong();
    long project = city.project(",\"licenseId\":" + licence);

    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/1"), null))
        .isEqualTo("409 UserLicenseError");
    city.ok("bruno", "POST", "/licenses/" + licence + "/actions/accept-for-me/", null);
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/1"), null);
  }

  @Test
  void aProjectOfATeamIsForTheTeamAndItsManagersRunIt() {
    long team =
        city.ok(
                "alicia",
                "POST",
                "/teams/",
                "{\"name\":\"Barrio\",\"organisation\":\"universidad\",\"joinMethod\":\"BY_REQUEST\"}")
            .path("teamId")
            .asLong();
    long project =
        city.project(
            ",\"mappingPermission\":\"TEAMS\",\"teams\":[{\"teamId\":"
                + team
                + ",\"role\":\"MAPPER\"}]");

    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/1"), null))
        .isEqualTo("403 UserNotTeamMember");
    city.ok("bruno", "POST", "/teams/" + team + "/actions/join/", null);
    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/1"), null))
        .as("who has only asked is no member")
        .isEqualTo("403 UserNotTeamMember");
    String bruno = "{\"username\":\"" + city.account("bruno") + "\"}";
    assertThat(city.refusal("bruno", "POST", "/teams/" + team + "/actions/add/", bruno))
        .isEqualTo("403 UserActionNotPermitted");
    city.ok("alicia", "POST", "/teams/" + team + "/actions/add/", bruno);
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/1"), null);
    city.ok("bruno", "POST", tasks(project, "stop-mapping/1"), null);
    city.ok("bruno", "POST", "/teams/" + team + "/actions/leave/", bruno);
    assertThat(city.refusal("bruno", "POST", tasks(project, "lock-for-mapping/1"), null))
        .isEqualTo("403 UserNotTeamMember");
  }

  // ---- what was done

  @Test
  void numbersFollowTheHistoryThroughUndoAndSplit() {
    long project = city.project();
    city.map("bruno", project, 1);
    city.map("bruno", project, 2);
    city.judge("vera", project, 1, "INVALIDATED");
    city.ok("carla", "POST", tasks(project, "lock-for-mapping/1"), null);
    city.ok("carla", "POST", tasks(project, "split/1"), null);
    city.ok("bruno", "POST", tasks(project, "undo-last-action/2"), null);

    JsonNode all =
        city.ok("dario", "GET", "/projects/" + project + "/contributions/", null)
            .path("userContributions");
    assertThat(all).hasSize(3);
    for (JsonNode one : all) {
      switch (one.path("username").asString()) {
        case "bruno" -> assertThat(one.path("mapped").asInt()).isEqualTo(1);
        case "vera" -> assertThat(one.path("invalidated").asInt()).isEqualTo(1);
        default -> assertThat(one.path("mapped").asInt()).isZero();
      }
    }
    JsonNode numbers = city.ok("dario", "GET", "/projects/" + project + "/statistics/", null);
    assertThat(numbers.path("tasksReady").asInt()).isEqualTo(numbers.path("totalTasks").asInt());
    assertThat(numbers.path("percentMapped").asInt()).isZero();
  }

  @Test
  void findingATaskGoodClosesItsPartOfALayersGapAndTakingThatBackOpensItAgain() {
    long project = city.project(",\"gapLayer\":\"canales\"");
    city.project(",\"private\":true,\"gapLayer\":\"canales\"");
    JsonNode before = city.ok("nobody", "GET", "/gaps/canales/", null);
    assertThat(before.path("projects").toString()).isEqualTo("[" + project + "]");
    city.map("bruno", project, 1);
    assertThat(city.ok("nobody", "GET", "/gaps/canales/", null)).isEqualTo(before);
    LayerGaps gaps = city.mapping.gaps();
    LayerId canals = new LayerId("canales");
    assertThat(gaps.find(canals).orElseThrow().openTasks())
        .isEqualTo(before.path("openTasks").asInt());
    double[] place = inside(project, 1);
    assertThat(gaps.at(place[0], place[1]))
        .as("of the private project nothing is told")
        .containsExactly(new LayerGaps.OpenTask(canals, project, 1));
    String version = gaps.version();

    city.judge("vera", project, 1, "VALIDATED");
    assertThat(gaps.version()).isNotEqualTo(version);
    assertThat(gaps.at(place[0], place[1])).isEmpty();
    assertThat(gaps.find(canals).orElseThrow().closedTasks()).isEqualTo(1);
    JsonNode after = city.ok("nobody", "GET", "/gaps/canales/", null);
    assertThat(after.path("closedTasks").asInt()).isEqualTo(1);
    assertThat(after.path("openSquareMeters").asLong() + after.path("closedSquareMeters").asLong())
        .isCloseTo(before.path("openSquareMeters").asLong(), within(1L));
    city.ok("vera", "POST", tasks(project, "undo-last-action/1"), null);
    assertThat(city.ok("nobody", "GET", "/gaps/canales/", null)).isEqualTo(before);
    assertThat(gaps.at(place[0], place[1])).hasSize(1);
    assertThat(gaps.at(0, 0)).isEmpty();
    assertThat(
            city.refusal(
                "alicia", "PATCH", "/projects/" + project + "/", "{\"gapLayer\":\"Los Canales\"}"))
        .isEqualTo("400 InvalidData");
  }

  /** A place within a task, near its first corner. */
  private static double[] inside(long project, int task) {
    JsonNode ring =
        city.ok("nobody", "GET", "/projects/" + project + "/tasks/?tasks=" + task, null)
            .path("features")
            .path(0)
            .path("geometry")
            .path("coordinates")
            .path(0)
            .path(0);
    double x = ring.path(0).path(0).asDouble() + ring.path(2).path(0).asDouble();
    double y = ring.path(0).path(1).asDouble() + ring.path(2).path(1).asDouble();
    return new double[] {x / 2, y / 2};
  }

  @Test
  void searchFindsWhatTheReaderMaySeeAndNothingElse() {
    long open = city.project(",\"difficulty\":\"CHALLENGING\",\"mappingTypes\":[\"WATERWAYS\"]");
    long hidden = city.project(",\"private\":true,\"difficulty\":\"CHALLENGING\"");
    city.ok("bruno", "POST", "/projects/" + open + "/favorite/", null);

    String query = "/projects/?difficulty=CHALLENGING&textSearch=drains";
    assertThat(
            city.ok("nobody", "GET", query, null).path("results").findValuesAsString("projectId"))
        .contains("" + open)
        .doesNotContain("" + hidden);
    assertThat(
            city.ok("alicia", "GET", query, null).path("results").findValuesAsString("projectId"))
        .contains("" + open, "" + hidden);
    assertThat(
            city.ok("bruno", "GET", "/projects/?favoritedByMe=true", null)
                .path("pagination")
                .path("total")
                .asInt())
        .isEqualTo(1);
    assertThat(
            city.ok("nobody", "GET", query + "&mappingTypes=ROADS", null)
                .path("pagination")
                .path("total")
                .asInt())
        .isZero();
    assertThat(city.send("nobody", "GET", "/projects/?colour=red", null).statusCode())
        .isEqualTo(400);
  }

  @Test
  void whatIsFoundGoesOutAsATableInWhichNothingIsAFormula() {
    long open = city.project(",\"difficulty\":\"MODERATE\",\"mappingTypes\":[\"ROADS\"]");
    long hidden = city.project(",\"private\":true,\"difficulty\":\"MODERATE\"");
    city.ok(
        "alicia",
        "PATCH",
        "/projects/" + open + "/",
        "{\"projectInfoLocales\":[{\"locale\":\"en\",\"name\":\"=1+1, \\\"x\\\"\","
            + "\"instructions\":\"Draw.\"}]}");
    String table = "/projects/?difficulty=MODERATE&downloadAsCSV=";
    assertThat(city.send("nobody", "GET", table + "yes", null).statusCode()).isEqualTo(400);

    HttpResponse<String> reply = city.send("nobody", "GET", table + "true", null);
    assertThat(reply.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(reply.headers().firstValue("Content-Disposition").orElse(""))
        .contains("projects.csv");
    assertThat(reply.body())
        .startsWith("\ufeffprojectId,name,organisationName,status,")
        .contains(open + ",\"'=1+1, \"\"x\"\"\",Universidad,PUBLISHED,")
        .doesNotContain(hidden + ",");
    assertThat(city.send("alicia", "GET", table + "true", null).body()).contains(hidden + ",");
  }

  @Test
  void listsByNameHoldWhatTheReaderMaySeeAndNothingElse() {
    long open = city.project();
    long hidden = city.project(",\"private\":true");
    for (long one : new long[] {open, hidden}) {
      city.ok("alicia", "POST", "/projects/" + one + "/actions/feature/", null);
    }
    String box = "/projects/queries/bbox/?srid=4326&bbox=";
    for (String bad : new String[] {"", "1,2,3", "-99.1,19.3,-99.2,19.4", "-99,NaN,-98,20"}) {
      assertThat(city.refusal("alicia", "GET", box + bad, null))
          .as(bad)
          .isEqualTo("400 InvalidData");
    }
    assertThat(city.refusal("alicia", "GET", "/projects/queries/bbox/", null))
        .isEqualTo("400 InvalidData");
    assertThat(city.send("nobody", "GET", "/projects/queries/myself/owner/", null).statusCode())
        .isEqualTo(401);

    for (String who : new String[] {"nobody", "alicia"}) {
      boolean sees = who.equals("alicia");
      for (String list :
          new String[] {"/projects/queries/featured/", box + "-99.2,19.3,-99.1,19.4"}) {
        assertThat(
                city.ok(who, "GET", list, null)
                    .findValuesAsString("projectId")
                    .contains("" + hidden))
            .as(list + " for " + who)
            .isEqualTo(sees);
        assertThat(city.ok(who, "GET", list, null).findValuesAsString("projectId"))
            .contains("" + open);
      }
    }
    JsonNode there = city.ok("alicia", "GET", box + "-99.2,19.3,-99.1,19.4", null).path("features");
    assertThat(there.path(0).path("properties").path("projectName").asString()).isEqualTo("Drains");
    assertThat(there.path(0).path("geometry").path("type").asString()).isEqualTo("MultiPolygon");
    assertThat(city.ok("alicia", "GET", box + "10,10,11,11", null).path("features")).isEmpty();
    assertThat(
            city.ok("bruno", "GET", box + "-99.2,19.3,-99.1,19.4&createdByMe=true", null)
                .path("features"))
        .isEmpty();

    assertThat(
            city.ok("alicia", "GET", "/projects/queries/myself/owner/", null)
                .path("activeProjects")
                .findValuesAsString("projectId"))
        .contains("" + open, "" + hidden);
    assertThat(
            city.ok("bruno", "GET", "/projects/queries/myself/owner/", null).path("activeProjects"))
        .isEmpty();
  }

  @Test
  void whatSomebodyTouchedIsListedWhereTheReaderMaySeeIt() {
    long open = city.project();
    city.map("carla", open, 1);
    long hidden =
        city.project(",\"private\":true,\"allowedUsers\":[\"" + city.account("carla") + "\"]");
    city.map("carla", hidden, 1);
    String path = "/projects/queries/" + city.account("carla") + "/touched/";
    assertThat(city.refusal("bruno", "GET", "/projects/queries/nobody-at-all/touched/", null))
        .isEqualTo("404 USER_NOT_FOUND");

    JsonNode seen = city.ok("bruno", "GET", path, null).path("mappedProjects");
    assertThat(seen.findValuesAsString("projectId"))
        .contains("" + open)
        .doesNotContain("" + hidden);
    JsonNode newest =
        city.ok("carla", "GET", "/projects/queries/me/touched/", null)
            .path("mappedProjects")
            .path(0);
    assertThat(newest.path("projectId").asLong()).isEqualTo(hidden);
    assertThat(newest.path("tasksMapped").asInt()).isEqualTo(1);
    assertThat(newest.path("tasksValidated").asInt()).isZero();
    assertThat(newest.path("centroid").path("coordinates").size()).isEqualTo(2);
  }

  @Test
  void instructionsOfATaskCarryItsPlaceInTheGrid() {
    long project = city.project();
    city.ok(
        "alicia",
        "PATCH",
        "/projects/" + project + "/",
        "{\"projectInfoLocales\":[{\"locale\":\"en\",\"name\":\"Drains\",\"instructions\":\"x\","
            + "\"perTaskInstructions\":\"Tile {z}/{x} of {unknown} {\"}]}");

    assertThat(
            city.ok("bruno", "GET", "/projects/" + project + "/tasks/1/", null)
                .path("perTaskInstructions")
                .asString())
        .matches("Tile 15/73\\d\\d of \\{unknown} \\{");
  }

  @Test
  void theEdgesOfATaskGoToEditorsInWhatTheyRead() {
    long project = city.project();
    String path = "/projects/" + project + "/tasks/queries/";
    assertThat(city.refusal("bruno", "GET", path + "xml/?tasks=999", null))
        .isEqualTo("404 TASKS_NOT_FOUND");
    assertThat(city.send("bruno", "GET", path + "gpx/?tasks=one", null).statusCode())
        .isEqualTo(400);

    String osm = city.send("bruno", "GET", path + "xml/?tasks=1", null).body();
    assertThat(osm)
        .contains("upload=\"never\"")
        .contains("<nd ref=\"-1\"")
        .contains("<nd ref=\"-4\"");
    assertThat(osm.split("<node ", -1)).hasSize(5);
    String gpx = city.send("bruno", "GET", path + "gpx/", null).body();
    assertThat(gpx).contains("http://www.topografix.com/GPX/1/1");
  }
}
