package org.tequio.osm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Jobs;
import org.tequio.http.StaticSite;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The town behind a server. Alicia keeps the layers of the cadastre, Gerardo runs the city's data,
 * Bruno the neighbour has an account; who asks stands in a header.
 */
final class ServedTown implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, Caller> PEOPLE =
      Map.of(
          "alicia", person("alicia", new Caller.Holding("steward", "catastro")),
          "gerardo", person("gerardo", new Caller.Holding("gis-admin", null)),
          "bruno", person("bruno"));

  final MappedTown town;
  private final Jobs jobs;
  private final HttpServer server;

  ServedTown(Path folder) throws IOException {
    town = new MappedTown(folder);
    jobs = new Jobs(town.identity.permissions(), Clock.systemUTC());
    List<Endpoint> endpoints =
        Stream.of(
                town.layers.endpoints(jobs),
                town.review.endpoints(jobs),
                town.map.importEndpoints(town.review.receivedFiles(), jobs),
                jobs.endpoints())
            .flatMap(List::stream)
            .map(town.identity.permissions()::closed)
            .toList();
    server =
        HttpServer.start(
            HttpConfig.local(0),
            endpoints,
            StaticSite.NONE,
            request -> PEOPLE.getOrDefault(String.valueOf(request.getHeader("As")), Caller.ANYONE));
  }

  private static Caller person(String name, Caller.Holding... holdings) {
    return new Caller("account-" + name, name, List.of(holdings), null);
  }

  static JsonNode read(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isLessThan(300);
    return JSON.readTree(reply.body());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("nobody", "GET", path, new byte[0], "text/plain");
  }

  HttpResponse<String> get(String who, String path) throws Exception {
    return send(who, "GET", path, new byte[0], "text/plain");
  }

  HttpResponse<String> post(String who, String path, Map<String, ?> body) throws Exception {
    return send(who, "POST", path, JSON.writeValueAsBytes(body), "application/json");
  }

  HttpResponse<String> send(String who, String method, String path, byte[] body, String type)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("As", who)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
    jobs.close();
    town.close();
  }
}
