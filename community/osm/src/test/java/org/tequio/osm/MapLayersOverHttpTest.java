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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Caller;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Jobs;
import org.tequio.http.StaticSite;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alicia keeps the layer of the cadastre, Bruno the neighbour has an account. */
class MapLayersOverHttpTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SETTLE = "/api/map/layers/buildings/settle";
  private static final Map<String, Caller> PEOPLE =
      Map.of(
          "alicia",
          new Caller(
              "account-alicia", "Alicia", List.of(new Caller.Holding("steward", "catastro")), null),
          "bruno",
          new Caller("account-bruno", "Bruno", List.of(), null));

  @TempDir Path folder;
  private MappedTown town;
  private Jobs jobs;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    town = new MappedTown(folder);
    jobs = new Jobs(town.identity.permissions(), Clock.systemUTC());
    server =
        HttpServer.start(
            HttpConfig.local(0),
            town.layers.endpoints(jobs).stream().map(town.identity.permissions()::closed).toList(),
            StaticSite.NONE,
            request -> PEOPLE.getOrDefault(String.valueOf(request.getHeader("As")), Caller.ANYONE));
  }

  @AfterEach
  void close() {
    server.close();
    jobs.close();
    town.close();
  }

  @Test
  void theElementThatIsNotThereHasNoPage() throws Exception {
    assertThat(get("/way/5?lang=pt").statusCode()).isEqualTo(404);
    assertThat(get("/way/5?lang=pt").body()).contains("Não existe");
    assertThat(get("/way/x").statusCode()).isEqualTo(404);
  }

  @Test
  void whoOnlyHasAnAccountNeitherReadsContradictionsNorSettlesThem() throws Exception {
    String way = contradicting();

    assertThat(post("nobody", SETTLE, settlement(way, "layer")).statusCode()).isEqualTo(401);
    assertThat(post("bruno", SETTLE, settlement(way, "layer")).statusCode()).isEqualTo(403);
    assertThat(get("/api/map/layers/buildings/conflicts").statusCode()).isEqualTo(401);
  }

  @Test
  void whatIsNoElementOrNoSideIsRefused() throws Exception {
    String way = contradicting();

    assertThat(post("alicia", SETTLE, settlement("way/0", "layer")).statusCode()).isEqualTo(400);
    assertThat(post("alicia", SETTLE, settlement(way, "mayor")).statusCode()).isEqualTo(400);
    assertThat(post("alicia", SETTLE, settlement("way/99", "layer")).statusCode()).isEqualTo(404);
  }

  @Test
  void bothSidesAreReadSettledAndOpenedAgain() throws Exception {
    String way = contradicting();

    JsonNode layer = read(post("alicia", SETTLE, settlement(way, "layer")));
    JsonNode open = read(post("alicia", SETTLE, settlement(way, "open")));

    JsonNode difference = layer.get("items").get(0).get("differences").get(0);
    assertThat(difference.get("inLayer").asString()).isEqualTo("H");
    assertThat(difference.get("onMap").asString()).isEqualTo("O");
    assertThat(difference.get("right").asString()).isEqualTo("layer");
    assertThat(open.get("items").get(0).get("differences").get(0).get("right").isNull()).isTrue();
  }

  @Test
  void theFeatureAndItsElementLeadToEachOtherUntilTheElementIsDeleted() throws Exception {
    String way = contradicting();
    long id = town.at(0).id().value();
    long gone = town.draw(1, "building", "yes");
    town.propose();
    town.delete(gone);

    assertThat(get("/" + way + "?lang=es").body())
        .contains(
            "Versión 1", "<bdi>Bruno</bdi>", "/changeset/", "building", "se contradicen en uso")
        .contains("/ogc/collections/construcciones/items/" + id + "?f=html");
    assertThat(get("/way/" + gone + "?lang=en").body()).contains("deleted from the map");
    assertThat(get("/" + way).headers().firstValue("Content-Security-Policy")).isPresent();
    var links = town.layers.communityLinks();
    assertThat(links.find(MappedTown.BUILDINGS, List.of(id, town.at(1).id().value(), 99L)))
        .containsOnlyKeys(id)
        .hasEntrySatisfying(id, element -> assertThat(element.name()).isEqualTo(way));
    assertThat(links.find(MappedTown.BUILDINGS, List.of())).isEmpty();
  }

  /** Bruno says of the first building that it is an office. */
  private String contradicting() throws IOException {
    long way = town.draw(0, "building", "office");
    town.propose();
    return OsmElement.Type.WAY.word() + "/" + way;
  }

  private static String settlement(String element, String right) {
    return JSON.writeValueAsString(Map.of("element", element, "right", right));
  }

  private static JsonNode read(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(at(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String who, String path, String body) throws Exception {
    return CLIENT.send(
        at(path)
            .header("As", who)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }
}
