package org.tequio.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.http.Caller;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Jobs;
import org.tequio.http.Owner;
import org.tequio.http.Permissions;
import org.tequio.http.StaticSite;
import org.tequio.storage.Revision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alicia of the works department, Clara of another, and Bruno the neighbour, over HTTP. */
class ReconcileHttpTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DRAFT =
      "{\"title\":\"Barrios\",\"members\":[{\"layer\":\"barrios_obras\"},{\"layer\":\"barrios_plan\"}]}";

  private ReconcileCity city;
  private HttpServer server;
  private Jobs jobs;
  private ReconcileModule module;
  private final List<String> told = new ArrayList<>();

  private static Permissions.Verdict judge(Caller caller, Owner owner) {
    return switch (caller.name()) {
      case "alicia" ->
          owner.equals(Owner.department("obras")) || owner.equals(Owner.person("alicia"))
              ? Permissions.Verdict.ALLOWED
              : Permissions.Verdict.ANOTHERS;
      case "clara" ->
          owner.equals(Owner.person("clara"))
              ? Permissions.Verdict.ALLOWED
              : Permissions.Verdict.ANOTHERS;
      default -> Permissions.Verdict.ROLE_MISSING;
    };
  }

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    city = new ReconcileCity(folder);
    city.squares(
        "obras/barrios_obras.geojson", "cve", "nombre", "09-001|Centro|0|0", "09-002|Roma|1|0");
    city.squares("plan/barrios_plan.geojson", "clave", "nom", "1|CENTRO|0|0", "7|Tepito|5|5");
    Permissions permissions =
        new Permissions((caller, permission) -> judge(caller, permission.owner()));
    jobs = new Jobs(permissions, Clock.systemUTC());
    List<Endpoint> endpoints = new ArrayList<>(jobs.endpoints());
    module =
        new ReconcileModule(
            city.store,
            city.catalogue,
            CrsRegistry.standard(),
            permissions,
            (accounts, notice) -> told.add(accounts + " " + notice.kind()),
            Clock.systemUTC());
    endpoints.addAll(module.endpoints(jobs));
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
  void stop() {
    server.close();
    jobs.close();
    city.close();
  }

  private HttpResponse<String> call(
      String method, String path, @Nullable String person, @Nullable String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (person != null) {
      request.header("Test-Person", person);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> reply = call("GET", path, "alicia", null);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  /** Waits for a job to end. */
  private JsonNode done(HttpResponse<String> accepted) throws Exception {
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String id = JSON.readTree(accepted.body()).get("job").get("id").asString();
    JsonNode job = get("/api/jobs/" + id);
    for (int i = 0; i < 600 && !job.get("state").asString().matches("done|failed"); i++) {
      Thread.sleep(50);
      job = get("/api/jobs/" + id);
    }
    return job;
  }

  @Test
  void strangersNeighboursAndOtherDepartmentsAreKeptOut() throws Exception {
    assertThat(call("GET", "/api/reconciliations", null, null).statusCode()).isEqualTo(401);
    assertThat(call("GET", "/api/reconciliations", "bruno", null).statusCode()).isEqualTo(403);
    assertThat(call("POST", "/api/reconciliations", "clara", DRAFT).statusCode()).isEqualTo(404);
    assertThat(call("POST", "/api/reconciliations", "alicia", DRAFT).statusCode()).isEqualTo(201);
    assertThat(call("GET", "/api/reconciliations/1", "clara", null).statusCode()).isEqualTo(404);
    assertThat(call("GET", "/api/reconciliations", "clara", null).body()).doesNotContain("Barrios");
  }

  @Test
  void whatIsWantedWronglyIsRefusedWithAReason() throws Exception {
    assertThat(
            call("POST", "/api/reconciliations", "alicia", DRAFT.replace("title", "role"))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            call("POST", "/api/reconciliations", "alicia", DRAFT.replace("barrios_plan", "nada"))
                .body())
        .contains("nada");
    assertThat(
            call(
                    "POST",
                    "/api/checks",
                    "alicia",
                    "{\"kind\":\"nada\",\"layers\":[\"barrios_obras\"]}")
                .statusCode())
        .isEqualTo(409);
    assertThat(call("GET", "/api/reconciliations/99", "alicia", null).statusCode()).isEqualTo(404);
  }

  @Test
  void aliciaComparesDecidesAndPublishes() throws Exception {
    call("POST", "/api/reconciliations", "alicia", DRAFT);
    String one = "/api/reconciliations/1";
    assertThat(done(call("POST", one + "/run", "alicia", null)).get("state").asString())
        .isEqualTo("done");
    JsonNode groups = get(one + "/groups?state=single");
    assertThat(groups.get("items").size()).isEqualTo(2);
    String first = groups.get("items").get(0).get("members").get(0).toString();
    String second = groups.get("items").get(1).get("members").get(0).toString();
    String members =
        "[%s,%s]"
            .formatted(
                first.replaceFirst(",\"key\".*", "}"), second.replaceFirst(",\"key\".*", "}"));
    String decision = "{\"items\":[{\"n\":2,\"members\":" + members + ",\"same\":true}]}";

    assertThat(call("POST", one + "/decisions", "alicia", decision).statusCode()).isEqualTo(200);
    assertThat(done(call("POST", one + "/publish", "alicia", null)).get("state").asString())
        .isEqualTo("done");

    JsonNode after = get(one);
    assertThat(after.get("counts").get("settled").asInt()).isEqualTo(1);
    assertThat(after.get("merged").asString()).isEqualTo("barrios");
    assertThat(get(one + "/attributes").get("items").size()).isEqualTo(3);
    assertThat(get(one + "/groups/1.geojson").get("features").size()).isEqualTo(2);
  }

  @Test
  void aliciaIsToldWhenTheMergedLayerFollowsAndWhenItCannot() throws Exception {
    call("POST", "/api/reconciliations", "alicia", DRAFT);
    done(call("POST", "/api/reconciliations/1/run", "alicia", null));
    Chore follow = module.chores().getFirst();
    follow.work().run();
    assertThat(told).isEmpty();

    city.squares(
        "plan/barrios_plan.geojson", "clave", "nom", "1|CENTRO|0|0", "9|Obrera|6|6", "2|Sur|7|7");
    follow.work().run();
    assertThat(told).containsExactly("[alicia] reconciliation-followed");

    city.store.revise(
        new Revision.Note("bruno", "test", ""),
        transaction -> transaction.withdraw(new LayerId("barrios_plan")));
    follow.work().run();
    follow.work().run();
    assertThat(told)
        .containsExactly("[alicia] reconciliation-followed", "[alicia] reconciliation-failed");
  }

  private JsonNode decide(String members, String same) throws Exception {
    HttpResponse<String> reply =
        call(
            "POST",
            "/api/reconciliations/1/decisions",
            "alicia",
            "{\"items\":[{\"n\":2,\"members\":%s,\"same\":%s,\"note\":\"el mismo\"}]}"
                .formatted(members, same));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body()).get("counts");
  }

  @Test
  void whatAliciaDecidedIsToldAndCanBeTakenBackBeforeAndAfterARun() throws Exception {
    call("POST", "/api/reconciliations", "alicia", DRAFT);
    String one = "/api/reconciliations/1";
    done(call("POST", one + "/run", "alicia", null));
    JsonNode singles = get(one + "/groups?state=single").get("items");
    String members =
        "[%s,%s]"
            .formatted(
                singles.get(0).get("members").get(0).toString().replaceFirst(",\"key\".*", "}"),
                singles.get(1).get("members").get(0).toString().replaceFirst(",\"key\".*", "}"));

    decide(members, "false");
    JsonNode settled = get(one + "/groups?state=settled").get("items");
    assertThat(settled.size()).isEqualTo(1);
    assertThat(settled.get(0).get("same").asBoolean(true)).isFalse();
    assertThat(settled.get(0).get("note").asString()).isEqualTo("el mismo");
    assertThat(decide(members, "null").get("settled").asInt()).isZero();
    JsonNode open = get(one + "/groups?state=single").get("items");
    assertThat(open).isEqualTo(singles);
    assertThat(open.get(0).get("same").isNull()).isTrue();

    decide(members, "true");
    done(call("POST", one + "/run", "alicia", null));
    JsonNode together = get(one + "/groups?state=settled").get("items").get(0);
    assertThat(together.get("members").size()).isEqualTo(2);
    assertThat(together.get("same").asBoolean()).isTrue();
    assertThat(decide(members, "null").get("settled").asInt()).isZero();
    assertThat(get(one + "/groups?state=doubtful").get("items").size()).isEqualTo(1);
    done(call("POST", one + "/run", "alicia", null));
    assertThat(get(one + "/groups?state=single").get("items").size()).isEqualTo(2);
  }

  @Test
  void aCheckIsRunAndItsFindingsAreOnTheMap() throws Exception {
    call(
        "POST",
        "/api/checks",
        "alicia",
        "{\"kind\":\"not-covered\",\"layers\":[\"barrios_obras\",\"barrios_plan\"]}");

    assertThat(done(call("POST", "/api/checks/1/run", "alicia", null)).get("state").asString())
        .isEqualTo("done");

    assertThat(get("/api/checks/1/findings").get("items").size()).isEqualTo(1);
    assertThat(
            get("/api/checks/1.geojson")
                .get("features")
                .get(0)
                .get("properties")
                .get("text")
                .asString())
        .contains("100 %");
    assertThat(call("DELETE", "/api/checks/1", "alicia", null).statusCode()).isEqualTo(204);
  }
}
