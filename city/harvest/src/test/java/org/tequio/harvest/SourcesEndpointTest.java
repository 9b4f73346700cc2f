package org.tequio.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Action;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Jobs;
import org.tequio.http.Owner;
import org.tequio.http.Permissions;
import org.tequio.http.Permissions.Verdict;
import org.tequio.http.StaticSite;

/**
 * The sources over HTTP. Alicia is the steward of the works department, Tomás of the water works,
 * Bruno has an account and no role.
 */
class SourcesEndpointTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Permissions PERMISSIONS =
      new Permissions(
          (caller, permission) -> {
            if (permission.action().equals(Action.JOB_OWN)) {
              return Verdict.ALLOWED;
            }
            Owner own =
                switch (caller.name()) {
                  case "alicia" -> Owner.department("obras");
                  case "tomas" -> Owner.department("aguas");
                  default -> Owner.CITY;
                };
            return own.equals(Owner.CITY)
                ? Verdict.ROLE_MISSING
                : own.equals(permission.owner()) ? Verdict.ALLOWED : Verdict.ANOTHERS;
          });

  @TempDir Path folder;
  private TrialHarvest city;
  private Neighbour neighbour;
  private Jobs jobs;
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    city = new TrialHarvest(folder);
    neighbour = new Neighbour(new FaultyWfs(60));
    jobs = new Jobs(PERMISSIONS, Clock.systemUTC());
    List<Endpoint> endpoints = new ArrayList<>(jobs.endpoints());
    endpoints.addAll(city.module().endpoints(PERMISSIONS, jobs));
    server =
        HttpServer.start(
            HttpConfig.local(0),
            endpoints,
            StaticSite.NONE,
            request -> {
              String name = request.getHeader("Test-Person");
              return name == null ? Caller.ANYONE : new Caller(name, name, List.of(), null);
            });
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    jobs.close();
    neighbour.close();
    city.close();
  }

  private HttpResponse<String> ask(
      @Nullable String person, String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Accept-Language", "en")
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (person != null) {
      request.header("Test-Person", person);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String wanted(String department, String every) {
    return "{\"title\":\"Árboles\",\"kind\":\"wfs\",\"address\":\""
        + neighbour.url("/wfs")
        + "\",\"department\":\""
        + department
        + "\",\"every\":"
        + every
        + "}";
  }

  private void add() throws Exception {
    assertThat(ask("alicia", "POST", "/api/sources", wanted("Obras", "\"P1D\"")).statusCode())
        .isEqualTo(201);
  }

  @Test
  void strangersAndPeopleWithoutARoleSeeNoSource() throws Exception {
    add();
    for (String path : new String[] {"/api/sources", "/api/sources/arboles", "/api/sources/x"}) {
      assertThat(ask(null, "GET", path, null).statusCode()).as(path).isEqualTo(401);
      assertThat(ask("bruno", "GET", path, null).statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void anotherDepartmentsSourceDoesNotExist() throws Exception {
    add();
    assertThat(ask("tomas", "GET", "/api/sources/arboles", null).statusCode()).isEqualTo(404);
    assertThat(ask("tomas", "GET", "/api/sources/arboles/runs", null).statusCode()).isEqualTo(404);
    assertThat(ask("tomas", "POST", "/api/sources/arboles/run", null).statusCode()).isEqualTo(404);
    assertThat(ask("tomas", "DELETE", "/api/sources/arboles", null).statusCode()).isEqualTo(404);
    assertThat(ask("tomas", "POST", "/api/sources", wanted("Obras", "null")).statusCode())
        .isEqualTo(404);
    assertThat(ask("alicia", "PUT", "/api/sources/arboles", wanted("Aguas", "null")).statusCode())
        .isEqualTo(404);
    assertThat(ask("tomas", "GET", "/api/sources", null).body()).contains("\"items\":[]");
    assertThat(city.module().listSources()).hasSize(1);
  }

  @Test
  void whatCannotBePulledIsRefusedInWords() throws Exception {
    for (String wrong :
        new String[] {
          wanted("Obras", "\"often\""),
          wanted("Obras", "\"PT1S\""),
          wanted("", "null"),
          wanted("Obras", "null").replace("wfs\"", "ftp\""),
          wanted("Obras", "null").replace("{", "{\"owner\":\"me\","),
        }) {
      assertThat(ask("alicia", "POST", "/api/sources", wrong).statusCode())
          .as(wrong)
          .isBetween(400, 404);
    }
    assertThat(city.module().listSources()).isEmpty();
  }

  @Test
  void aPreviewSaysWhatIsThereOrWhyNothingIs() throws Exception {
    String there = "{\"address\":\"" + neighbour.url("/wfs") + "\"}";
    assertThat(ask("alicia", "POST", "/api/sources/preview", there).body())
        .contains("\"kind\":\"wfs\"", "ms:arboles", "\"problem\":null");
    String inside = "{\"address\":\"http://169.254.169.254/latest\"}";
    assertThat(ask("alicia", "POST", "/api/sources/preview", inside).body())
        .contains("\"items\":[]", "egress rules");
    assertThat(ask("bruno", "POST", "/api/sources/preview", there).statusCode()).isEqualTo(403);
  }

  @Test
  void aPullIsAJobAndLeavesItsLog() throws Exception {
    add();
    HttpResponse<String> job = ask("alicia", "POST", "/api/sources/arboles/run", null);
    assertThat(job.statusCode()).isEqualTo(202);
    String where = job.headers().firstValue("Location").orElseThrow();
    String state = "";
    for (int i = 0; i < 3_000 && !state.contains("\"state\":\"done\""); i++) {
      Thread.sleep(20);
      state = ask("alicia", "GET", where, null).body();
    }

    assertThat(state).contains("\"state\":\"done\"", "\"outcome\":\"published\"");
    assertThat(ask("alicia", "GET", "/api/sources/arboles/runs", null).body())
        .contains("\"features\":60", "sortBy=cd_arbol");
    assertThat(ask("alicia", "GET", "/api/sources/arboles", null).body())
        .contains("\"state\":\"idle\"", "\"every\":\"PT24H\"");
    assertThat(ask("alicia", "DELETE", "/api/sources/arboles", null).statusCode()).isEqualTo(204);
    assertThat(city.count()).isEqualTo(60);
  }
}
