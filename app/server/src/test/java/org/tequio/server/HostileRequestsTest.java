package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.ImportRequest;
import org.tequio.feature.Crs;
import org.tequio.feature.Progress;
import org.tequio.http.HttpConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever wants to break the server finds every endpoint of every module in its API documents, and
 * so does this: each parameter and body of each gets what attackers send. Nothing may fail with a
 * fault of ours, take long, tell of our insides or give a script back to a browser. A new endpoint
 * is attacked without another word.
 */
class HostileRequestsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final String SCRIPT = "<script>alert(1)</script>";

  private static final List<String> VALUES =
      List.of(
          SCRIPT,
          "\"><img src=x onerror=alert(1)>",
          "exec(java.lang.Runtime.getRuntime(),'touch x')",
          "' OR '1'='1' --",
          "x'; DROP TABLE tq_revision; --",
          "$$; SELECT pg_sleep(9); $$",
          "%' AND 1=1 AND '%'='",
          "${jndi:ldap://127.0.0.1/a}#{7*7}{{7*7}}",
          "../../../../etc/passwd",
          "..%2f..%2fetc%2fpasswd",
          "\u0000",
          "a\r\nSet-Cookie: x=1",
          "\u202egnp.exe",
          "NaN",
          "-1",
          "1e309",
          "99999999999999999999999999",
          "-9223372036854775808",
          "(a+)+$",
          "%a%a%a%a%a%a%a%a%a%a%a%a%a%b",
          "http://169.254.169.254/latest/meta-data/",
          "file:///etc/passwd",
          "x".repeat(3_000));

  private static final List<String> BODIES =
      List.of(
          "",
          "null",
          "[]",
          "{",
          "\"x\"",
          "{\"credential\":{\"id\":\"x\"},\"token\":7,\"email\":[],\"password\":{}}",
          "{\"__proto__\":{\"admin\":true},\"role\":\"gis-admin\",\"owner\":1,\"status\":9}",
          "[".repeat(20_000),
          "{\"a\":".repeat(5_000),
          "\u0000\u0001\ufffe");

  @TempDir static Path folder;
  private static City city;
  private static CityServer server;
  private static String base;

  /** The administrator's cookie and token: behind the permission there is more to break. */
  private static String cookie = "";

  private static String csrf = "";

  private record Operation(String method, String path, List<String> query, boolean hasBody) {}

  private static final List<Operation> OPERATIONS = new ArrayList<>();

  @BeforeAll
  static void serveACityWhoseDataIsHostileToo() throws Exception {
    Path file = folder.resolve("puestos.geojson");
    Files.writeString(
        file,
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[-99.13,19.43]},
         "properties":{"clave":"P-1","nombre":"<script>alert(1)</script>","<b>campo</b>":"=1+1"}},
        {"type":"Feature","geometry":{"type":"Point","coordinates":[-99.131,19.431]},
         "properties":{"clave":"P-2","nombre":"' OR 1=1 --","<b>campo</b>":"${7*7}"}}]}
        """);
    city = City.create(folder.resolve("city"), "Villa " + SCRIPT, new Crs(6369), null);
    city.importer().run(ImportRequest.of(List.of(file), "Dep " + SCRIPT, "alicia"), Progress.NONE);
    server = CityServer.start(city, HttpConfig.local(0));
    base = "http://127.0.0.1:" + server.port();
    signIn();
    read("/openapi.json", "");
    read("/ogc/api?f=json", "/ogc");
    assertThat(OPERATIONS).hasSizeGreaterThan(40);
  }

  private static void signIn() throws Exception {
    String link = city.identity().renewAdministratorLink();
    String body =
        JSON.writeValueAsString(
            Map.of(
                "token",
                link.substring(link.indexOf("#token=") + 7),
                "name",
                "Dolores " + SCRIPT,
                "email",
                "dolores@villa.example",
                "password",
                "correct horse battery"));
    var reply = send("POST", "/api/session/first", body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    cookie = reply.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    csrf = JSON.readTree(reply.body()).required("csrf").asString();
    assertThat(send("GET", "/api/people", "").statusCode()).isEqualTo(200);
  }

  /** What would end the attacker's own session, which would spare all the others. */
  private static boolean endsTheSession(Operation operation) {
    return operation.path.startsWith("/api/session") || operation.path.startsWith("/api/account");
  }

  private static void read(String document, String prefix) throws Exception {
    JsonNode paths = JSON.readTree(send("GET", document, "").body()).required("paths");
    paths
        .propertyStream()
        .forEach(
            path ->
                path.getValue()
                    .propertyStream()
                    .forEach(
                        operation -> {
                          List<String> query = new ArrayList<>();
                          for (JsonNode parameter : operation.getValue().required("parameters")) {
                            if (parameter.required("in").asString().equals("query")) {
                              query.add(parameter.required("name").asString());
                            }
                          }
                          OPERATIONS.add(
                              new Operation(
                                  operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                  prefix + path.getKey(),
                                  query,
                                  operation.getValue().has("requestBody")));
                        }));
  }

  @AfterAll
  static void stop() {
    server.close();
    city.close();
  }

  @Test
  void noValueOfAnyQueryParameterBreaksAnEndpoint() throws Exception {
    for (Operation operation : OPERATIONS) {
      if (operation.method.equals("GET")) {
        for (String name : operation.query) {
          for (String value : VALUES) {
            attack(operation.method, filled(operation.path, "puestos"), Map.of(name, value));
          }
        }
      }
    }
  }

  @Test
  void noValueInAPathBreaksAnEndpoint() throws Exception {
    for (Operation operation : OPERATIONS) {
      if (operation.path.contains("{") && !operation.hasBody && !endsTheSession(operation)) {
        for (String value : VALUES) {
          attack(operation.method, filled(operation.path, value), Map.of());
        }
      }
    }
  }

  @Test
  void noBodyBreaksAnEndpoint() throws Exception {
    for (Operation operation : OPERATIONS) {
      if (!operation.method.equals("GET") && !endsTheSession(operation)) {
        for (String body : BODIES) {
          var reply = send(operation.method, filled(operation.path, "1"), body);
          check(operation.method + " " + operation.path + " < " + shown(body), reply);
        }
      }
    }
  }

  @Test
  void noBodyBreaksTheDoorForWhoeverHasNoAccount() throws Exception {
    String held = cookie;
    cookie = "";
    try {
      for (Operation operation : OPERATIONS) {
        if (!operation.method.equals("GET") && endsTheSession(operation)) {
          for (String body : BODIES) {
            var reply = send(operation.method, filled(operation.path, "1"), body);
            check(operation.method + " " + operation.path + " < " + shown(body), reply);
          }
        }
      }
    } finally {
      cookie = held;
    }
  }

  @Test
  void aFilterIsAValueAndNeverAnExpression() throws Exception {
    String items = "/ogc/collections/puestos/items?f=json&";
    for (String value : VALUES) {
      String query = "nombre=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
      var reply = send("GET", items + query, "");
      check(query, reply);
      if (reply.statusCode() == 200) {
        long wanted = value.equals(SCRIPT) ? 1 : 0;
        assertThat(JSON.readTree(reply.body()).required("numberMatched").asLong())
            .as(query)
            .isEqualTo(wanted);
      }
    }
    assertThat(send("GET", items + "exec(java.lang.Runtime)=1", "").statusCode()).isEqualTo(400);
    assertThat(send("GET", items + "tq_revision.author=x", "").statusCode()).isEqualTo(400);
  }

  @Test
  void whatOtherServersForgetToRemoveWasNeverHere() throws Exception {
    for (String path :
        List.of(
            "/actuator",
            "/actuator/env",
            "/geoserver/web",
            "/TestWfsPost",
            "/h2-console",
            "/swagger-ui.html",
            "/.git/config",
            "/.env",
            "/WEB-INF/web.xml",
            "/api/../city.gpkg",
            "/assets/..%2f..%2fcity.gpkg",
            "/assets/%2e%2e/%2e%2e/pom.xml",
            "/..;/api/city",
            "/api/;/city",
            "/console",
            "/debug",
            "/login?error=%3Cscript%3E")) {
      var reply = send("GET", path, "");
      assertThat(reply.statusCode()).as(path).isBetween(200, 499);
      assertThat(reply.body())
          .as(path)
          .doesNotContain("SQLite format", "<modelVersion>", "JAVA_HOME", "[core]");
    }
  }

  @Test
  void anotherSiteReadsWhatIsPublicAndNothingWithCredentials() throws Exception {
    for (String origin : List.of("null", "https://evil.example")) {
      var reply =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(base + "/api/city"))
                  .header("Origin", origin)
                  .build(),
              BodyHandlers.ofString());
      assertThat(reply.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(reply.headers().firstValue("Access-Control-Allow-Origin").orElse("*"))
          .isEqualTo("*");
    }
  }

  @Test
  void aPageOfAnotherSiteIsRefusedWhatComesWithACookieAlsoByTheMapsApi() throws Exception {
    var withCookie = fromElsewhere("PUT", "/api/0.6/changeset/create").header("Cookie", cookie);
    var refused = CLIENT.send(withCookie.build(), BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    var asked =
        CLIENT.send(
            preflight("PUT", "/api/0.6/changeset/create").header("Cookie", cookie).build(),
            BodyHandlers.ofString());
    assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(asked.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void aPageOfAnotherSiteMapsWithATokenAndMayCallNothingBesides() throws Exception {
    List<String> open = new ArrayList<>();
    for (Operation one : OPERATIONS) {
      var reply =
          CLIENT.send(
              preflight(one.method(), filled(one.path(), "1")).build(), BodyHandlers.discarding());
      assertThat(reply.statusCode()).as(one.path()).isIn(204, 403);
      assertThat(reply.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      if (reply.headers().firstValue("Access-Control-Allow-Methods").isPresent()) {
        open.add(one.path());
      }
    }
    assertThat(open)
        .contains("/oauth2/token", "/api/0.6/changeset/create", "/api/0.6/map")
        .allMatch(path -> path.matches("/api/(0\\.6/|capabilities|versions).*|/oauth2/[a-z]+"))
        .doesNotContain("/oauth2/authorize");

    var asked =
        CLIENT.send(preflight("PUT", "/api/0.6/changeset/create").build(), BodyHandlers.ofString());
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(asked.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("PUT");
    assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization", "Content-Type");
    String token = send("POST", "/api/session/editor-token", "").body().split("\"")[3];
    HttpRequest map =
        fromElsewhere("PUT", "/api/0.6/changeset/create")
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<String> mapped = CLIENT.send(map, BodyHandlers.ofString());
    // the attacks of the other tests may have used up the attempts of a moment
    for (int i = 0; i < 120 && mapped.statusCode() == 429; i++) {
      Thread.sleep(500);
      mapped = CLIENT.send(map, BodyHandlers.ofString());
    }
    assertThat(mapped.body()).matches("[0-9]+");
    assertThat(mapped.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  private static HttpRequest.Builder preflight(String method, String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
        .header("Origin", "https://evil.example")
        .header("Access-Control-Request-Method", method)
        .header("Access-Control-Request-Headers", "authorization,content-type");
  }

  private static HttpRequest.Builder fromElsewhere(String method, String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .method(method, HttpRequest.BodyPublishers.ofString("<osm><changeset/></osm>"))
        .header("Content-Type", "application/xml")
        .header("Origin", "https://evil.example");
  }

  @Test
  void aRequestThatCouldBeReadInTwoWaysIsRefused() throws IOException {
    String head = "POST /api/jobs HTTP/1.1\r\nHost: x\r\n";
    assertThat(raw(head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw(head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n")).startsWith("HTTP/1.1 4");
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET /api/city HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(1 << 20) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    StringBuilder many = new StringBuilder("GET / HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 10_000; i++) {
      many.append("X-").append(i).append(": 1\r\n");
    }
    assertThat(raw(many + "\r\n")).startsWith("HTTP/1.1 431");
  }

  @Test
  void aHostThatIsNoneIsNotRepeatedInLinks() throws IOException {
    String reply =
        raw("GET /ogc/?f=json HTTP/1.1\r\nHost: evil\"><script>\r\nConnection: close\r\n\r\n");
    assertThat(reply).doesNotContain("<script>");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(5_000);
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (java.net.SocketException closedBeforeAllWasSent) {
        // The server may answer and hang up while we still send; its answer is what counts.
      }
      byte[] answer = new byte[64 << 10];
      int read = Math.max(0, socket.getInputStream().read(answer));
      return new String(answer, 0, read, StandardCharsets.ISO_8859_1);
    }
  }

  private static void attack(String method, String path, Map<String, String> query)
      throws Exception {
    StringBuilder address = new StringBuilder(path);
    new LinkedHashMap<>(query)
        .forEach(
            (name, value) ->
                address
                    .append(address.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    check(method + " " + shown(address.toString()), send(method, address.toString(), ""));
  }

  private static void check(String what, HttpResponse<String> reply) {
    String type = reply.headers().firstValue("Content-Type").orElse("");
    assertThat(reply.statusCode()).as(what).isLessThan(500);
    if (reply.statusCode() >= 400 && !reply.body().isEmpty()) {
      if (type.contains("xml")) { // what clients of the older services read
        assertThat(what).containsPattern(" /(w(fs|ms|mts)|open311)");
        assertThat(reply.body())
            .as(what)
            .containsAnyOf("Exception", "<errors>")
            .doesNotContain("<script", "<img");
      } else if (type.startsWith("text/plain")
          && what.matches("\\S+ /api/(0\\.6|capabilities|versions)\\b.*")) {
        // Editors of OpenStreetMap show this text, and read it from the header, too.
        assertThat(reply.headers().firstValue("Error")).as(what).isPresent();
      } else {
        assertThat(type).as(what).isIn("application/problem+json", "application/json");
      }
    }
    assertThat(reply.body())
        .as(what)
        .doesNotContain("org.tequio.", "SQLITE", "PSQL", "\tat ", "root:x:0:0")
        .doesNotContainPattern("java[.a-z]*Exception|(Argument|State|Pointer|Bounds|Sql)Exception");
    if (type.startsWith("text/html")) {
      assertThat(reply.body()).as(what).doesNotContain("<script>alert", "<img src=x");
    }
    assertThat(reply.headers().firstValue("X-Content-Type-Options")).as(what).contains("nosniff");
    assertThat(reply.headers().firstValue("x")).as(what).isEmpty();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LONGEST)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie).header("Tequio-Csrf", csrf).header("Origin", base);
    }
    if (method.equals("GET")) {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
    // A connection each: the server may hang up after refusing a body that it did not read.
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static String filled(String path, String value) {
    String segment = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    return path.replaceAll("\\{[^}]*}", java.util.regex.Matcher.quoteReplacement(segment));
  }

  private static String shown(String text) {
    return text.length() > 160 ? text.substring(0, 160) + "…" : text;
  }
}
