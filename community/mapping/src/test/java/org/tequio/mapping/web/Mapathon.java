package org.tequio.mapping.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Jobs;
import org.tequio.http.StaticSite;
import org.tequio.identity.IdentityConfig;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.mapping.MappingModule;
import org.tequio.osm.OsmConfig;
import org.tequio.osm.OsmEditor;
import org.tequio.osm.OsmModule;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.storage.Sql;
import org.tequio.testing.StandingClock;
import org.tequio.testing.stores.TestStores;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A city where people map, over HTTP. Alicia coordinates the projects of the university, Vera
 * validates, Bruno and Carla map, Dario has an account and nothing more.
 */
final class Mapathon implements AutoCloseable {
  static final String AREA =
      """
      {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
      {"type":"Polygon","coordinates":[[[-99.20,19.30],[-99.16,19.30],[-99.16,19.34],
      [-99.20,19.34],[-99.20,19.30]]]}}]}\
      """;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final StandingClock clock = new StandingClock("2026-03-10T16:00:00Z");
  final CityStore store;
  final IdentityModule identity;
  final OsmModule osm;
  final MappingModule mapping;
  final List<Endpoint> endpoints;
  private final HttpServer server;
  private final Map<String, Caller> people = new ConcurrentHashMap<>();

  Mapathon(Path folder) {
    try {
      this.store =
          TestStores.create(
              folder.resolve("city"), new CitySettings("Villa Tequio", Crs.parse("EPSG:32614")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.identity =
        new IdentityModule(
            store,
            folder,
            IdentityConfig.DEFAULT,
            clock,
            () ->
                List.of(Organisation.department("Universidad"), Organisation.department("Obras")));
    this.osm =
        new OsmModule(
            store,
            identity,
            folder.resolve("osm"),
            new Egress(EgressRules.STANDARD),
            OsmConfig.STANDARD,
            clock);
    OsmEditor editor = new OsmEditor(store, identity, folder.resolve("presets"), clock);
    this.mapping = new MappingModule(store, identity, osm, editor.checks(), clock);
    this.endpoints = mapping.endpoints().stream().map(identity.permissions()::closed).toList();
    person("alicia", new Caller.Holding("coordinator", "universidad"));
    person("vera", new Caller.Holding("validator", null));
    person("bruno");
    person("carla");
    person("dario");
    this.server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, null),
            Stream.concat(
                    endpoints.stream(),
                    osm.endpoints(new Jobs(identity.permissions(), clock)).stream())
                .toList(),
            StaticSite.NONE,
            request -> people.getOrDefault(String.valueOf(request.getHeader("As")), Caller.ANYONE));
  }

  /** Opens an account. */
  String person(String name, Caller.Holding... holdings) {
    String account =
        identity.invite(name, name + "@villa.example", Language.EN, List.of(holdings), "test").id();
    people.put(name, new Caller(account, name, List.of(holdings), null));
    return account;
  }

  String account(String name) {
    Caller caller = people.get(name);
    return caller == null ? name : String.valueOf(caller.account());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /**
   * Somebody uploads to the map.
   *
   * @param change the inside of an osmChange; {@code CS} stands for the changeset
   */
  void upload(String who, String change) {
    String changeset = osm(who, "PUT", "/changeset/create", "<osm><changeset/></osm>");
    osm(
        who,
        "POST",
        "/changeset/" + changeset + "/upload",
        "<osmChange>" + change.replace("CS", changeset) + "</osmChange>");
  }

  private String osm(String who, String method, String path, String xml) {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/0.6" + path))
            .header("As", who)
            .header("Content-Type", "application/xml")
            .method(method, HttpRequest.BodyPublishers.ofString(xml))
            .build();
    try {
      HttpResponse<String> reply = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() >= 300) {
        throw new AssertionError(path + " as " + who + ": " + reply.body());
      }
      return reply.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a request; a body is JSON. */
  HttpResponse<String> send(String who, String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/api/v2" + path))
            .header("As", who)
            .header("Accept-Language", "en")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The answer of a request that must succeed. */
  JsonNode ok(String who, String method, String path, @Nullable String body) {
    HttpResponse<String> reply = send(who, method, path, body);
    if (reply.statusCode() >= 300) {
      throw new AssertionError(
          method + " " + path + " as " + who + ": " + reply.statusCode() + " " + reply.body());
    }
    return reply.body().isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(reply.body());
  }

  /** Status and sub-code of a request that is refused, such as {@code 403 InvalidTaskState}. */
  String refusal(String who, String method, String path, @Nullable String body) {
    HttpResponse<String> reply = send(who, method, path, body);
    JsonNode json =
        reply.body().isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(reply.body());
    String code = json.path("SubCode").asString(json.path("error").path("sub_code").asString(""));
    return (reply.statusCode() + " " + code).strip();
  }

  /** A published project of sixteen tasks of zoom 15 or so; returns its number. */
  long project() {
    return project("");
  }

  /** The same with further members of the patch that publishes it. */
  long project(String more) {
    long id =
        ok(
                "alicia",
                "POST",
                "/projects/",
                "{\"projectName\":\"Drains\",\"organisation\":\"universidad\",\"zoom\":15,"
                    + "\"areaOfInterest\":"
                    + AREA
                    + "}")
            .path("projectId")
            .asLong();
    ok(
        "alicia",
        "PATCH",
        "/projects/" + id + "/",
        "{\"status\":\"PUBLISHED\",\"projectInfoLocales\":[{\"locale\":\"en\",\"name\":\"Drains\","
            + "\"instructions\":\"Draw every drain.\"}]"
            + more
            + "}");
    return id;
  }

  /** Kinds, texts and links of somebody's notices, as the store keeps them. */
  String notices(String who) {
    return store
        .database()
        .read(
            connection ->
                String.join(
                    "\n",
                    Sql.list(
                        connection,
                        row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3),
                        "SELECT kind, text, link FROM identity_notice WHERE account = ?",
                        account(who))));
  }

  static String tasks(long project, String action) {
    return "/projects/" + project + "/tasks/actions/" + action + "/";
  }

  /** The state of a task. */
  String status(long project, int task) {
    return ok("bruno", "GET", "/projects/" + project + "/tasks/" + task + "/", null)
        .path("taskStatus")
        .asString();
  }

  /** Somebody maps a task. */
  void map(String who, long project, int task) {
    ok(who, "POST", tasks(project, "lock-for-mapping/" + task), null);
    ok(
        who,
        "POST",
        tasks(project, "unlock-after-mapping/" + task),
        "{\"status\":\"MAPPED\",\"comment\":\"\"}");
  }

  /** Somebody judges a task. */
  void judge(String who, long project, int task, String status) {
    ok(who, "POST", tasks(project, "lock-for-validation"), "{\"taskIds\":[" + task + "]}");
    ok(
        who,
        "POST",
        tasks(project, "unlock-after-validation"),
        "{\"validatedTasks\":[{\"taskId\":" + task + ",\"status\":\"" + status + "\"}]}");
  }

  @Override
  public void close() {
    mapping.endStreams();
    server.close();
    store.close();
  }
}
