package org.tequio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tequio.feature.LocalText;

/** Requests that change something, by named people; and the long work that they begin. */
class WritingTest {
  private static final Action WRITE = new Action("lamp.write");
  private static final CountDownLatch CANCELLED = new CountDownLatch(1);
  private static final Permissions PERMISSIONS =
      new Permissions(
          (caller, permission) -> {
            if (permission.action().equals(Action.JOB_OWN)) {
              return permission.owner().equals(Owner.person(String.valueOf(caller.account())))
                  ? Permissions.Verdict.ALLOWED
                  : Permissions.Verdict.ANOTHERS;
            }
            if (!caller.name().equals("alicia")) {
              return Permissions.Verdict.ROLE_MISSING;
            }
            return permission.owner().equals(Owner.department("lighting"))
                ? Permissions.Verdict.ALLOWED
                : Permissions.Verdict.ANOTHERS;
          });
  private static HttpServer server;
  private static Jobs jobs;

  record Lamp(String pole, int watts, @Nullable String note) {
    Lamp {
      if (watts < 0) {
        throw new IllegalArgumentException("watts must not be negative: " + watts);
      }
    }
  }

  @BeforeAll
  static void start() {
    jobs = new Jobs(PERMISSIONS, Clock.systemUTC());
    List<Endpoint> endpoints = new ArrayList<>(jobs.endpoints());
    endpoints.add(
        Endpoint.post("/api/lamps", "makeLamp", WRITE, call -> makeLamp(call, "lighting"))
            .takes("application/json", Lamp.class));
    endpoints.add(
        Endpoint.put("/api/lamps", "putLamp", WRITE, call -> makeLamp(call, "water"))
            .takes("application/json", Lamp.class));
    endpoints.add(Endpoint.delete("/api/lamps", "dropLamp", Action.CITY_READ, WritingTest::drop));
    endpoints.add(Endpoint.post("/api/work", "work", Action.JOB_OWN, WritingTest::work));
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

  @AfterAll
  static void stop() {
    server.close();
    jobs.close();
  }

  private static Reply makeLamp(Call call, String department) {
    PERMISSIONS.require(call, Permission.ofDepartment(WRITE, department));
    Lamp lamp = call.json(Lamp.class);
    return Reply.created("/api/lamps/" + lamp.pole(), lamp).cookie("a=1").cookie("b=2");
  }

  private static Reply drop(Call call) {
    PERMISSIONS.require(call, Permission.of(WRITE));
    return Reply.empty();
  }

  private static Reply work(Call call) {
    PERMISSIONS.require(call, Permission.ofPerson(Action.JOB_OWN, call.account()));
    Job job =
        jobs.start(
            call.account(),
            "counting",
            new LocalText("Contar", "Contar", "Count"),
            progress -> {
              progress.step("poles", 3, 10);
              while (!progress.isCancelled()) {
                Thread.sleep(5);
              }
              CANCELLED.countDown();
              progress.check();
              return Map.of();
            });
    return Jobs.accepted(call, job, Map.of());
  }

  @Test
  void whoeverHasNotSignedInIsToldToDoSo() throws Exception {
    var reply = send("POST", "/api/lamps", null, "application/json", "{}");
    assertThat(reply.statusCode()).isEqualTo(401);
    assertThat(reply.body()).contains("sign-in-first");
  }

  @Test
  void aRoleThatMayNotIsForbiddenAndAnothersThingDoesNotExist() throws Exception {
    assertThat(send("POST", "/api/lamps", "bruno", "application/json", "{}").statusCode())
        .isEqualTo(403);
    assertThat(send("PUT", "/api/lamps", "alicia", "application/json", "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void anEndpointThatAsksForAnotherActionThanItDeclaredGivesNothingAway() throws Exception {
    assertThat(send("DELETE", "/api/lamps", "alicia", "application/json", "").statusCode())
        .isEqualTo(500);
  }

  @Test
  void aMemberThatDoesNotExistIsRefusedByName() throws Exception {
    var reply = lamp("{\"pole\":\"P1\",\"watts\":40,\"note\":null,\"owner\":\"me\"}");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("there is no 'owner' here; wanted: ");
  }

  @Test
  void aValueThatTheRecordRefusesIsTheCallersMistakeAndSaysWhy() throws Exception {
    var reply = lamp("{\"pole\":\"P1\",\"watts\":-1}");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("watts must not be negative: -1");
    assertThat(lamp("{\"pole\":\"P1\"").body()).contains("body-invalid");
    assertThat(lamp("{\"pole\":\"P1\",\"pole\":\"P2\",\"watts\":1}").statusCode()).isEqualTo(400);
    assertThat(lamp("null").statusCode()).isEqualTo(400);
  }

  @Test
  void onlyJsonIsReadAsJson() throws Exception {
    assertThat(send("POST", "/api/lamps", "alicia", "text/plain", "{}").statusCode())
        .isEqualTo(415);
  }

  @Test
  void aBodyLargerThanAMegabyteIsRefused() throws Exception {
    var reply = lamp("{\"pole\":\"" + "x".repeat(1 << 20) + "\",\"watts\":1}");
    assertThat(reply.statusCode()).isEqualTo(413);
  }

  @Test
  void whoSendsFarTooMuchIsToldWhyOnceAllIsSent() throws Exception {
    byte[] body = new byte[40 << 20];
    String head =
        "POST /api/lamps HTTP/1.1\r\nHost: town.test\r\nTest-Person: alicia\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      var lines = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      assertThat(new BufferedReader(lines).readLine()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void whatWasMadeHasAnAddressAndIsNotKeptByCaches() throws Exception {
    var reply = lamp("{\"pole\":\"P1\",\"watts\":40}");
    assertThat(reply.statusCode()).isEqualTo(201);
    assertThat(reply.headers().firstValue("Location")).contains("/api/lamps/P1");
    assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(reply.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
  }

  @Test
  void anotherMethodIsRefusedAndTheRightOnesNamed() throws Exception {
    var reply = send("PATCH", "/api/lamps", "alicia", "application/json", "{}");
    assertThat(reply.statusCode()).isEqualTo(405);
    assertThat(reply.headers().firstValue("Allow")).contains("POST, PUT, DELETE");
  }

  @Test
  void aJobSaysHowFarItIsIsHiddenFromOthersAndCanBeCancelled() throws Exception {
    var begun = send("POST", "/api/work", "alicia", "application/json", "");
    assertThat(begun.statusCode()).isEqualTo(202);
    String address = begun.headers().firstValue("Location").orElseThrow();
    String job = "";
    while (!job.contains("poles")) {
      job = send("GET", address, "alicia", "", "").body();
    }
    assertThat(job).contains("\"state\":\"running\"", "\"done\":3", "\"total\":10", "Count");
    assertThat(send("GET", address, "bruno", "", "").statusCode()).isEqualTo(404);
    assertThat(send("GET", address, null, "", "").statusCode()).isEqualTo(401);
    assertThat(send("DELETE", address, "bruno", "", "").statusCode()).isEqualTo(404);
    assertThat(send("DELETE", address, "alicia", "", "").statusCode()).isEqualTo(200);
    CANCELLED.await();
    while (!job.contains("cancelled")) {
      job = send("GET", address, "alicia", "", "").body();
    }
  }

  private static HttpResponse<String> lamp(String json) throws Exception {
    return send("POST", "/api/lamps", "alicia", "application/json", json);
  }

  private static HttpResponse<String> send(
      String method, String path, @Nullable String person, String type, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Accept-Language", "en");
    if (person != null) {
      request.header("Test-Person", person);
    }
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    // A connection each: the server may hang up after refusing a body that it did not read.
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
