package org.tequio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speaks HTTP to a real server with a few endpoints of its own. */
class HttpServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "How many.", 1, 1000, 10);
  private static final Permissions PERMISSIONS = Permissions.publicReading();

  /** Those who follow events leave when it comes to nothing. */
  private static final CountDownLatch LEFT = new CountDownLatch(1);

  @TempDir static Path web;
  private static HttpServer server;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(web.resolve("index.html"), "<!doctype html><title>Tequio</title>");
    Files.createDirectories(web.resolve("assets"));
    Path script = web.resolve("assets/index-Dk3x9_aB.js");
    byte[] code = "let town;".getBytes(StandardCharsets.US_ASCII);
    Files.write(script, code);
    Files.write(
        script.resolveSibling(script.getFileName() + ".br"), Coding.BROTLI.pack(code, code.length));
    Files.write(script.resolveSibling(script.getFileName() + ".gz"), inTwoMembers(code));
    server =
        HttpServer.start(
            HttpConfig.local(0),
            List.of(
                Endpoint.get("/api/echo", "echo", Action.CITY_READ, HttpServerTest::echo)
                    .with(LIMIT),
                Endpoint.get(
                        "/api/layers/{layer}", "layer", Action.LAYER_READ, HttpServerTest::layer)
                    .with(Parameter.LAYER),
                Endpoint.get("/api/fault", "fault", Action.CITY_READ, HttpServerTest::fault),
                Endpoint.get(
                    "/api/unasked",
                    "unasked",
                    Action.CITY_READ,
                    call -> Reply.json(Map.of("a", 1))),
                Endpoint.get("/api/events", "events", Action.CITY_READ, HttpServerTest::events),
                Endpoint.get("/api/broken", "broken", Action.CITY_READ, HttpServerTest::broken),
                Endpoint.post("/api/town", "town", Action.CITY_READ, HttpServerTest::town)
                    .takes("application/json", Town.class)),
            StaticSite.ofFolder(web),
            Guard.NOBODY);
  }

  /** As no packer of ours writes it (RFC 1952, section 2.2), so that it is known again. */
  private static byte[] inTwoMembers(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    packed.write(Coding.GZIP.pack(bytes, 4));
    byte[] rest = Arrays.copyOfRange(bytes, 4, bytes.length);
    packed.write(Coding.GZIP.pack(rest, rest.length));
    return packed.toByteArray();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply echo(Call call) {
    PERMISSIONS.require(call, Permission.READ_CITY);
    int limit = call.query(LIMIT).orElse(10);
    return Reply.json(Map.of("limit", limit, "pad", "x".repeat(2000), "base", call.base()))
        .tagged("v" + limit);
  }

  private static Reply layer(Call call) {
    PERMISSIONS.require(call, Permission.READ_LAYER);
    return Reply.json(Map.of("layer", call.path(Parameter.LAYER).value()));
  }

  record Town(String name, List<Integer> years) {}

  private static Reply town(Call call) {
    PERMISSIONS.require(call, Permission.READ_CITY);
    return Reply.json(call.json(Town.class));
  }

  private static Reply fault(Call call) {
    throw new IllegalStateException("secret detail of " + call.path());
  }

  private static Reply broken(Call call) {
    PERMISSIONS.require(call, Permission.READ_CITY);
    return Reply.streamed(
        "application/octet-stream",
        out -> {
          out.write(new byte[200_000]);
          out.flush();
          throw new IllegalStateException("in the middle");
        });
  }

  private static Reply events(Call call) {
    PERMISSIONS.require(call, Permission.READ_CITY);
    return Reply.events(
        new EventStream() {
          @Override
          public @Nullable List<Event> next(Duration atMost) throws InterruptedException {
            LEFT.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return LEFT.getCount() > 0 ? List.of() : null;
          }

          @Override
          public void close() {}
        });
  }

  @Test
  void hundredsWhoFollowWhatHappensLeaveRoomForEverybodyElse() throws Exception {
    List<HttpResponse<InputStream>> following = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        var request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/events"));
        following.add(
            CLIENT
                .sendAsync(request.build(), BodyHandlers.ofInputStream())
                .get(20, TimeUnit.SECONDS));
      }
      var other =
          HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + server.port() + "/api/echo?limit=3"));
      var reply =
          CLIENT.sendAsync(other.build(), BodyHandlers.ofString()).get(20, TimeUnit.SECONDS);
      assertThat(reply.statusCode()).isEqualTo(200);
    } finally {
      LEFT.countDown();
    }
    for (var one : following) {
      assertThat(new String(one.body().readAllBytes(), StandardCharsets.UTF_8)).startsWith(":");
    }
  }

  @Test
  void anUnknownParameterIsRefusedAndTheNearestNamed() throws Exception {
    var reply = get("/api/echo?limti=3", "Accept-Language", "en");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(reply.body()).contains("there is no parameter 'limti' here. Did you mean 'limit'?");
  }

  @Test
  void anInvalidValueSaysWhatWasWantedInTheReadersLanguage() throws Exception {
    assertThat(get("/api/echo?limit=many&lang=pt").body())
        .contains("parâmetro 'limit': esperava-se um inteiro de 1 a 1000 e veio 'many'");
    assertThat(get("/api/echo?limit=-1", "Accept-Language", "de, en;q=0.5, es;q=0.4").body())
        .contains("wanted a whole number from 1 to 1000 but got '-1'");
  }

  @Test
  void aBodyThatIsNotWhatWasWantedIsToldWhereItIsNot() throws Exception {
    assertThat(post("/api/town", "[]"))
        .contains("the JSON that was wanted")
        .doesNotContain("wanted ");
    assertThat(post("/api/town", "{\"name\":\"Villa\",\"years\":[1521,\"x\"]}"))
        .contains("the JSON that was wanted (years.1)");
    assertThat(post("/api/town", "{\"name\":")).contains("the JSON that was wanted (1:");
  }

  @Test
  void aParameterGivenTwiceIsRefused() throws Exception {
    assertThat(get("/api/echo?limit=1&limit=2").statusCode()).isEqualTo(400);
  }

  @Test
  void aHugeLimitIsCapped() throws Exception {
    assertThat(get("/api/echo?limit=99999999999999999999").body()).contains("\"limit\":1000");
  }

  @Test
  void aFaultOfOursHasAnIdAndTellsNothingElse() throws Exception {
    var reply = get("/api/fault", "Accept-Language", "en");
    assertThat(reply.statusCode()).isEqualTo(500);
    assertThat(reply.body()).contains("tell the administrator the key").doesNotContain("secret");
  }

  @Test
  void anEndpointThatDoesNotAskPermissionGivesNothingAway() throws Exception {
    assertThat(get("/api/unasked").statusCode()).isEqualTo(500);
  }

  @Test
  void aFaultInTheMiddleOfABodyBreaksTheConnection() {
    assertThatThrownBy(() -> get("/api/broken")).isInstanceOf(IOException.class);
  }

  @Test
  void aPathThatIsNoEndpointIsAProblemAndAnotherMethodIsToldWhatGoes() throws Exception {
    assertThat(get("/api/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/api/layers/Not%20A%20Layer").statusCode()).isEqualTo(404);
    var post = HttpRequest.newBuilder(uri("/api/echo")).POST(HttpRequest.BodyPublishers.noBody());
    var reply = CLIENT.send(post.build(), BodyHandlers.ofString());
    assertThat(reply.statusCode()).isEqualTo(405);
    assertThat(reply.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void malformedRequestsGetAProblemAndNoServerVersion() throws Exception {
    for (String path :
        List.of("/api/%00", "/%2e%2e/%2e%2e/etc/passwd", "/api/echo?limit=%GG", "/a%2fb")) {
      String answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Jetty").doesNotContain("root:");
      assertThat(answer).contains("application/problem+json");
    }
  }

  @Test
  void everyResponseCarriesTheSecurityHeaders() throws Exception {
    for (String path : List.of("/", "/api/echo", "/api/nothing", "/api/fault")) {
      var headers = get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'self'");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void aHostThatIsNoneIsNotRepeatedInLinks() throws Exception {
    String answer =
        raw("GET /api/echo HTTP/1.1\r\nHost: evil\"><script>\r\nConnection: close\r\n\r\n");
    assertThat(answer).doesNotContain("<script>");
  }

  @Test
  void anUnchangedResourceIsNotSentAgain() throws Exception {
    String tag = get("/api/echo").headers().firstValue("ETag").orElseThrow();
    assertThat(get("/api/echo", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get("/api/echo?limit=3", "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void compressesForThoseWhoAccept() throws Exception {
    var request =
        HttpRequest.newBuilder(uri("/api/echo")).header("Accept-Encoding", "br, gzip").build();
    var reply = CLIENT.send(request, BodyHandlers.ofByteArray());
    assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(
            new String(
                new GZIPInputStream(new java.io.ByteArrayInputStream(reply.body())).readAllBytes(),
                StandardCharsets.UTF_8))
        .contains("\"limit\":10");
    assertThat(get("/api/echo").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void servesTheWebApplicationForPathsWithoutADot() throws Exception {
    assertThat(get("/").body()).contains("<title>Tequio");
    assertThat(get("/capas/predios").body()).contains("<title>Tequio");
    assertThat(get("/nothing.js").statusCode()).isEqualTo(404);
    assertThat(get("/assets/index-Dk3x9_aB.js").headers().firstValue("Cache-Control"))
        .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
  }

  @Test
  void aFileThatTheBuildPackedGoesAsItLiesToWhoReadsThat() throws Exception {
    URI script = uri("/assets/index-Dk3x9_aB.js");
    var modern = HttpRequest.newBuilder(script).header("Accept-Encoding", "gzip, br").build();
    var packed = CLIENT.send(modern, BodyHandlers.ofByteArray());
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("br");
    assertThat(Coding.BROTLI.unpacking(packed.body())).hasContent("let town;");
    assertThat(packed.headers().allValues("Vary")).contains("Accept-Encoding");
    var older = HttpRequest.newBuilder(script).header("Accept-Encoding", "gzip").build();
    var zipped = CLIENT.send(older, BodyHandlers.ofByteArray());
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(zipped.body())
        .isEqualTo(inTwoMembers("let town;".getBytes(StandardCharsets.US_ASCII)));
    assertThat(get("/assets/index-Dk3x9_aB.js").body()).isEqualTo("let town;");
    assertThat(get("/assets/index-Dk3x9_aB.js.br").statusCode()).isEqualTo(404);
    assertThat(get("/assets/index-Dk3x9_aB.js.gz").statusCode()).isEqualTo(404);
  }

  @Test
  void headHasTheHeadersAndNoBody() throws Exception {
    var head = HttpRequest.newBuilder(uri("/api/echo")).HEAD().build();
    var reply = CLIENT.send(head, BodyHandlers.ofString());
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String post(String path, String json) throws Exception {
    var request =
        HttpRequest.newBuilder(uri(path))
            .headers("Content-Type", "application/json", "Accept-Language", "en")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
  }
}
