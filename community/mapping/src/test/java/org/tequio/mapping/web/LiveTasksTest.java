package org.tequio.mapping.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.mapping.web.Mapathon.tasks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.EventStream;
import org.tequio.mapping.desk.TaskDesk;
import org.tequio.mapping.live.LiveTasks;
import org.tequio.mapping.live.Tidings;
import org.tequio.mapping.live.UploadWatch;
import org.tequio.osm.Upload;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Locks on everyone's map, and what uploads do to leases. */
class LiveTasksTest extends MapathonTest {
  private static UploadWatch watch;

  @BeforeAll
  static void watch() {
    var database = city.store.database();
    Tidings tidings = new Tidings(city.identity.notices(), database, account -> account);
    watch =
        new UploadWatch(
            database,
            new TaskDesk(database, city.clock, project -> {}),
            city.clock,
            tidings::edited);
  }

  /** Follows a project until so many events came. */
  private static List<JsonNode> follow(long project, String after, int count, Runnable meanwhile)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(city.uri("/api/v2/projects/" + project + "/tasks/queries/live/"))
            .header("Last-Event-ID", after)
            .build();
    HttpResponse<java.io.InputStream> reply =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    List<JsonNode> events = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
      meanwhile.run();
      while (events.size() < count) {
        String line = lines.readLine();
        assertThat(line).as("the stream ended early").isNotNull();
        if (line.startsWith("data: ")) {
          events.add(JsonMapper.shared().readTree(line.substring(6)));
        }
      }
    }
    return events;
  }

  @Test
  void whoFollowsWithoutAnEndDoesNotTakeTheStreamsOfOthers() throws Exception {
    long project = city.project();
    LiveTasks live = new LiveTasks(city.store.database(), account -> account);
    List<EventStream> greedy = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      greedy.add(live.open("192.0.2.7", project, 0).orElseThrow());
    }
    assertThat(live.open("192.0.2.7", project, 0)).isEmpty();
    assertThat(live.open("carla", project, 0)).isPresent();
    greedy.getFirst().close();
    greedy.getFirst().close();
    assertThat(live.open("192.0.2.7", project, 0)).isPresent();
    assertThat(live.open("192.0.2.7", project, 0)).isEmpty();
  }

  @Test
  void aLockIsOnEveryonesMapAtOnceAndWhoComesBackMissesNothing() throws Exception {
    long project = city.project();
    List<JsonNode> live =
        follow(
            project,
            "",
            2,
            () -> {
              city.ok("bruno", "POST", tasks(project, "lock-for-mapping/1"), null);
              city.ok("bruno", "POST", tasks(project, "stop-mapping/1"), null);
            });
    assertThat(live.get(0).path("taskStatus").asString()).isEqualTo("LOCKED_FOR_MAPPING");
    assertThat(live.get(0).path("lockHolder").asString()).isEqualTo("bruno");
    assertThat(live.get(1).path("taskStatus").asString()).isEqualTo("READY");

    assertThat(follow(project, "0", 2, () -> {})).isEqualTo(live);
  }

  @Test
  void aHeadOfALiveStreamEndsAndAStrangersPrivateOneIsNotThere() throws Exception {
    long hidden = city.project(",\"private\":true");
    String path = "/projects/" + hidden + "/tasks/queries/live/";

    assertThat(city.send("bruno", "GET", path, null).statusCode()).isEqualTo(404);
    assertThat(city.send("alicia", "HEAD", path, null).statusCode()).isEqualTo(200);
  }

  private static Upload upload(String who, long changeset, double x, double y) {
    int east = (int) Math.round(x * 1e7);
    int north = (int) Math.round(y * 1e7);
    return new Upload(
        changeset,
        city.account(who),
        city.clock.instant(),
        east,
        north,
        east,
        north,
        List.of(OsmElement.node(7, OsmElement.Meta.UNKNOWN, east, north)));
  }

  /** The middle of a task. */
  private static double[] middle(long project, int task) {
    JsonNode ring =
        city.ok("bruno", "GET", "/projects/" + project + "/tasks/?tasks=" + task, null)
            .path("features")
            .path(0)
            .path("geometry")
            .path("coordinates")
            .path(0)
            .path(0);
    return new double[] {
      (ring.get(0).get(0).asDouble() + ring.get(2).get(0).asDouble()) / 2,
      (ring.get(0).get(1).asDouble() + ring.get(2).get(1).asDouble()) / 2
    };
  }

  @Test
  void whoeverUploadsInsideTheirTaskKeepsItAndOutsideItDoesNot() {
    long project = city.project(",\"leaseSeconds\":600");
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/1"), null);
    double[] inside = middle(project, 1);
    double[] outside = middle(project, 9);
    city.clock.advance(Duration.ofSeconds(500));
    watch.uploaded(upload("bruno", 1, inside[0], inside[1]));
    city.clock.advance(Duration.ofSeconds(500));
    assertThat(city.status(project, 1)).isEqualTo("LOCKED_FOR_MAPPING");

    watch.uploaded(upload("bruno", 2, outside[0], outside[1]));
    city.clock.advance(Duration.ofSeconds(101));
    assertThat(city.status(project, 1)).isEqualTo("READY");
  }

  @Test
  void theHolderIsToldOnceOfAChangesetOfSomebodyElseInTheirTask() {
    long project = city.project();
    city.ok("bruno", "POST", tasks(project, "lock-for-mapping/1"), null);
    double[] inside = middle(project, 1);
    double[] outside = middle(project, 9);

    watch.uploaded(upload("carla", 31, outside[0], outside[1]));
    assertThat(city.notices("bruno")).doesNotContain("task-edited-by-another");
    watch.uploaded(upload("carla", 31, inside[0], inside[1]));
    watch.uploaded(upload("carla", 31, inside[0], inside[1]));
    assertThat(city.notices("bruno"))
        .containsOnlyOnce("task-edited-by-another")
        // As the mapping page reads it.
        .contains("/edit?task=" + project + "/1");
    assertThat(city.notices("carla")).doesNotContain("task-edited-by-another");
  }

  @Test
  void whoMappedHearsOfTheVerdictAndOfNewInstructionsWithWhatChanged() {
    long project = city.project();
    city.map("carla", project, 1);
    city.judge("vera", project, 1, "INVALIDATED");
    city.ok(
        "alicia",
        "PATCH",
        "/projects/" + project + "/",
        "{\"projectInfoLocales\":[{\"locale\":\"en\",\"name\":\"Drains\","
            + "\"instructions\":\"Draw every drain.\\nAnd every culvert.\"}]}");

    assertThat(city.notices("carla"))
        .contains("task-judged", "instructions-changed", "+ And every culvert.")
        .doesNotContain("Draw every drain");
    assertThat(city.notices("dario")).isEmpty();
  }
}
