package org.tequio.osm.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
import org.tequio.osm.OsmConfig;
import org.tequio.osm.OsmModule;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.testing.StandingClock;
import org.tequio.testing.stores.TestStores;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A city whose community map is served. Alicia and Bruno have accounts, Gloria is a validator; who
 * asks stands in a header, or is known by what a program shows.
 */
final class TrialServer implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  final CityStore store;
  final OsmModule osm;
  final IdentityModule identity;
  private final HttpServer server;
  private final Map<String, Caller> people = new LinkedHashMap<>();
  final StandingClock clock = new StandingClock("2026-03-10T16:00:00Z");

  TrialServer(Path folder) {
    try {
      store =
          TestStores.create(
              folder.resolve("city"), new CitySettings("Villa Tequio", Crs.parse("EPSG:32614")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    identity = new IdentityModule(store, folder, IdentityConfig.DEFAULT, clock, List::of);
    osm =
        new OsmModule(
            store,
            identity,
            folder.resolve("osm"),
            new Egress(EgressRules.STANDARD),
            OsmConfig.STANDARD,
            clock);
    person("alicia");
    person("bruno");
    person("gloria", new Caller.Holding("validator", null));
    List<Endpoint> endpoints =
        Stream.concat(
                identity.endpoints().stream(),
                osm.endpoints(new Jobs(identity.permissions(), clock)).stream())
            .map(identity.permissions()::closed)
            .toList();
    server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, null),
            endpoints,
            StaticSite.NONE,
            request ->
                request.getHeader("Authorization") == null
                    ? people.getOrDefault(String.valueOf(request.getHeader("As")), Caller.ANYONE)
                    : identity.guard().identify(request));
  }

  void person(String name, Caller.Holding... holdings) {
    String id =
        identity
            .invite(name, name + "@villa.example", Language.ES, List.of(holdings), "operator")
            .id();
    people.put(name, new Caller(id, name, List.of(holdings), null));
  }

  String account(String name) {
    return String.valueOf(people.getOrDefault(name, Caller.ANYONE).account());
  }

  String base() {
    return "http://127.0.0.1:" + server.port();
  }

  HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(base() + path));
  }

  HttpResponse<String> send(String who, HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.header("As", who).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> send(String who, String method, String path, String body) {
    return send(
        who,
        at(path)
            .header("Content-Type", "text/xml; charset=utf-8")
            .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
  }

  HttpResponse<String> get(String path) {
    return send("nobody", at(path));
  }

  JsonNode json(String path) {
    return read(get(path).body());
  }

  JsonNode read(String json) {
    return JSON.readTree(json);
  }

  /** Where the notices of somebody lead. */
  List<String> notices(String who) {
    return read(send(who, at("/api/notices")).body())
        .get("items")
        .valueStream()
        .map(notice -> notice.get("link").asString())
        .toList();
  }

  /** A password by which a program acts for somebody, within some scopes. */
  String passwordOf(String who, String... scopes) {
    var reply =
        send(
            who,
            at("/api/account/application-passwords")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(
                            Map.of("label", "JOSM", "scopes", List.of(scopes))))));
    if (reply.statusCode() != 201) {
      throw new AssertionError(reply.body());
    }
    return JSON.readTree(reply.body()).get("password").asString();
  }

  /** Opens a changeset. */
  String open(String who) {
    var reply =
        send(
            who,
            "PUT",
            "/api/0.6/changeset/create",
            "<osm><changeset><tag k='comment' v='Calle Molino &amp; más'/></changeset></osm>");
    if (reply.statusCode() != 200) {
      throw new AssertionError(reply.body());
    }
    return reply.body();
  }

  /** Uploads blocks of an osmChange; {@code CS} in them stands for the changeset. */
  HttpResponse<String> upload(String who, String changeset, String blocks) {
    return send(
        who,
        "POST",
        "/api/0.6/changeset/" + changeset + "/upload",
        "<osmChange version='0.6' generator='test'>"
            + blocks.replace("CS", changeset)
            + "</osmChange>");
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
