package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.procedure.file.TrialOffice.at;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.StaticSite;
import org.tequio.procedure.payment.PaymentEvent;

/** Case files over HTTP, and who does not reach them. */
class CasesOverHttpTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Map<String, Caller> PEOPLE = new LinkedHashMap<>();

  @TempDir static Path folder;
  private static TrialOffice city;
  private static HttpServer server;
  private static List<Endpoint> endpoints = List.of();

  @BeforeAll
  static void start() throws IOException {
    city = TrialOffice.create(folder, "2025-09-12T10:00");
    endpoints =
        city.files.endpoints(city.identity.permissions()).stream()
            .map(city.identity.permissions()::closed)
            .toList();
    for (String name : List.of("bruno", "carla", "gloria", "alicia", "wanda")) {
      String[] offices =
          switch (name) {
            case "alicia", "gloria" -> new String[] {TrialOffice.OFFICE};
            case "wanda" -> new String[] {"agua"};
            default -> new String[0];
          };
      String account = city.person(name, offices);
      PEOPLE.put(
          name,
          new Caller(
              account,
              name,
              Arrays.stream(offices).map(one -> new Caller.Holding("officer", one)).toList(),
              null));
    }
    for (String role : List.of("gis-admin", "auditor", "mapper", "validator")) {
      PEOPLE.put(role, new Caller(role, role, List.of(new Caller.Holding(role, null)), null));
    }
    PEOPLE.put(
        "steward",
        new Caller(
            "steward",
            "steward",
            List.of(new Caller.Holding("steward", TrialOffice.OFFICE)),
            null));
    server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, null),
            endpoints,
            StaticSite.NONE,
            request -> PEOPLE.getOrDefault(String.valueOf(request.getHeader("As")), Caller.ANYONE));
  }

  @AfterAll
  static void stop() {
    server.close();
    city.close();
  }

  private static HttpResponse<String> send(
      String who, String method, String path, byte @Nullable [] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("As", who)
            .header("Accept-Language", "en")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> json(String who, String method, String path, String body) {
    return send(
        who,
        method,
        path,
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/json");
  }

  private static HttpResponse<String> get(String who, String path) {
    return send(who, "GET", path, null);
  }

  private static HttpResponse<String> save(String id, String use) {
    return json(
        "bruno",
        "PUT",
        "/api/cases/" + id,
        "{\"procedure\":\"pr.negativa\",\"version\":0,\"inputs\":{\"use\":\"" + use + "\"}}");
  }

  private static void file(String id) {
    save(id, "bakery of " + id);
    send(
        "bruno",
        "POST",
        "/api/cases/" + id + "/attachments?name=plano.pdf",
        TrialOffice.text("%PDF-1.7 plan of Bruno's house"),
        "Content-Type",
        "application/octet-stream");
    assertThat(json("bruno", "POST", "/api/cases/" + id + "/file", "{\"version\":1}").statusCode())
        .isEqualTo(200);
  }

  private static String account(String name) {
    return String.valueOf(PEOPLE.getOrDefault(name, Caller.ANYONE).account());
  }

  @Test
  void nobodyButBrunoAndHisOfficeReachesHisFileByAnyEndpoint() {
    file("closed");
    List<String> reached = new ArrayList<>();
    int asked = 0;
    for (Endpoint endpoint : endpoints) {
      if (!endpoint.path().contains("{case}")) {
        continue;
      }
      String path = endpoint.path().replace("{case}", "closed").replace("{number}", "1");
      for (String who : PEOPLE.keySet()) {
        boolean his = path.startsWith("/api/cases/") && who.equals("bruno");
        boolean offices =
            path.startsWith("/api/inbox/") && (who.equals("alicia") || who.equals("gloria"));
        if (his || offices) {
          continue;
        }
        var reply =
            endpoint.method().equals("GET") || endpoint.method().equals("DELETE")
                ? send(who, endpoint.method(), path, null)
                : json(who, endpoint.method(), path, "{\"version\":2}");
        asked++;
        if (reply.statusCode() != 404 && reply.statusCode() != 403
            || reply.body().contains("bakery")
            || reply.body().contains("plan of Bruno")) {
          reached.add(who + " " + endpoint.method() + " " + path + " " + reply.statusCode());
        }
      }
      asked++;
      if (get("nobody", path).statusCode() != 401 && endpoint.method().equals("GET")) {
        reached.add("nobody " + path);
      }
    }
    assertThat(reached).as("of %d calls", asked).isEmpty();
    assertThat(asked).isGreaterThan(200);
    assertThat(city.find("closed").version()).isEqualTo(2);
  }

  @Test
  void listsShowOnesOwnAndAnOfficesOwn() {
    file("listed");

    assertThat(get("carla", "/api/cases").body()).doesNotContain("listed");
    assertThat(get("bruno", "/api/cases?limit=200").body()).contains("listed");
    assertThat(get("alicia", "/api/inbox?office=" + TrialOffice.OFFICE + "&limit=200").body())
        .contains("listed");
    assertThat(get("wanda", "/api/inbox?office=" + TrialOffice.OFFICE).statusCode()).isEqualTo(404);
    assertThat(get("wanda", "/api/inbox?office=agua").body()).doesNotContain("listed");
    assertThat(get("gis-admin", "/api/inbox?office=" + TrialOffice.OFFICE).statusCode())
        .isEqualTo(403);
  }

  @Test
  void theOfficeThatIsAskedReadsTheFileAndGivesItsOpinionAndNothingMore() {
    file("asked");
    String path = "/api/inbox/asked";
    json(
        "alicia",
        "POST",
        path + "/assign",
        "{\"version\":2,\"officer\":\"" + account("alicia") + "\"}");
    var ask =
        json(
            "alicia",
            "POST",
            path + "/ask",
            "{\"version\":3,\"office\":\"agua\",\"question\":\"¿hay agua?\",\"pauses\":false}");

    assertThat(ask.statusCode()).as(ask.body()).isEqualTo(200);
    assertThat(get("wanda", path).body()).contains("bakery of asked");
    assertThat(get("wanda", "/api/inbox-asked?office=agua").body()).contains("asked");
    assertThat(
            json(
                    "wanda",
                    "POST",
                    path + "/decide",
                    "{\"version\":4,\"granted\":true,\"reasons\":\"x\"}")
                .statusCode())
        .isEqualTo(404);
    var opinion =
        json(
            "wanda",
            "POST",
            path + "/opinion",
            "{\"version\":4,\"office\":\"agua\",\"favourable\":true,\"text\":\"hay\"}");
    assertThat(opinion.statusCode()).as(opinion.body()).isEqualTo(200);
  }

  @Test
  void theSecondOfTwoOfficersGets409AndLearnsWhoDecided() {
    file("twice");
    String path = "/api/inbox/twice";
    json(
        "alicia",
        "POST",
        path + "/assign",
        "{\"version\":2,\"officer\":\"" + account("gloria") + "\"}");
    String body = "{\"version\":3,\"granted\":true,\"reasons\":\"cumple\"}";

    assertThat(json("gloria", "POST", path + "/decide", body).statusCode()).isEqualTo(200);
    var second = json("alicia", "POST", path + "/decide", body);

    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("gloria, grant");
  }

  @Test
  void whatIsWrongInABodyIsTheCallersMistake() {
    file("wrong");
    String path = "/api/inbox/wrong";
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("/assign", "{\"version\":2,\"officer\":\"" + account("wanda") + "\"}");
    bodies.put(
        "/ask", "{\"version\":2,\"office\":\"x'; DROP\",\"question\":\"y\",\"pauses\":true}");
    bodies.put("/visit", "{\"version\":2,\"note\":\"v\",\"longitude\":999,\"photos\":[]}");
    bodies.put("/decide", "{\"version\":2,\"granted\":false,\"reasons\":\"  \"}");
    bodies.put("/prevent", "{\"version\":2,\"what\":\"" + "a".repeat(9000) + "\"}");
    bodies.put("/archive", "{\"version\":2,\"years\":1000000}");

    bodies.forEach(
        (verb, body) ->
            assertThat(json("alicia", "POST", path + verb, body).statusCode())
                .as(verb)
                .isEqualTo(400));
    assertThat(get("alicia", "/api/inbox?office=" + TrialOffice.OFFICE + "&after=x.y").statusCode())
        .isEqualTo(400);
    assertThat(city.find("wrong").version()).isEqualTo(2);
  }

  @Test
  void aFileIsHandedOutAsWhatItIsAndNothingLargerThanTheLimitIsTaken() {
    file("paper");
    var reply = get("bruno", "/api/cases/paper/attachments/1");
    save("large", "x");
    var large =
        send(
            "bruno",
            "POST",
            "/api/cases/large/attachments?name=a.pdf",
            new byte[(int) Attachments.MAX_BYTES + 1],
            "Content-Type",
            "application/octet-stream");

    assertThat(reply.headers().firstValue("Content-Type")).contains("application/pdf");
    assertThat(reply.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment");
    assertThat(reply.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(large.statusCode()).isEqualTo(413);
  }

  @Test
  void paymentsAreTakenFromWhoSignsThemOnly() {
    var event = new PaymentEvent("evt-http", "000000000099-11", 1, "MXN", at("2025-09-12T10:00"));
    var callback = city.sandbox.report(event, city.clock.instant());

    assertThat(send("bruno", "POST", "/api/payments", callback.body()).statusCode()).isEqualTo(400);
    var taken =
        send(
            "nobody",
            "POST",
            "/api/payments",
            callback.body(),
            "Tequio-Signature",
            callback.signature());
    assertThat(taken.body()).contains("unknown");
  }

  @Test
  void whatAFilingWouldCostAndWhenItWouldFallDueIsShownBeforehand() {
    save("before", "forge");

    assertThat(get("bruno", "/api/cases/before/terms").body())
        .contains("\"fee\":\"0.00\"")
        .contains("\"day\":\"2025-09-22\"")
        .contains("runs out at the end of Monday 22 September 2025");
  }
}
