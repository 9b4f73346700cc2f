package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerGaps;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Progress;
import org.tequio.http.EgressRules;
import org.tequio.http.Guard;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Permissions;
import org.tequio.http.StaticSite;
import org.tequio.storage.CitySettings;
import org.tequio.storage.geopackage.GeoPackageCityStore;
import org.tequio.testing.SharedData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Searching what real cities publish. Skipped where the machine does not have their files. */
class RealSearchTest {
  @TempDir Path folder;

  @FunctionalInterface
  private interface Questions {
    void ask(Box box) throws Exception;
  }

  /** The search box of a city. */
  private record Box(HttpServer server) {
    List<JsonNode> type(String text) throws Exception {
      String q = URLEncoder.encode(text, StandardCharsets.UTF_8);
      var request =
          HttpRequest.newBuilder(
              java.net.URI.create(
                  "http://127.0.0.1:" + server.port() + "/api/search?lang=en&q=" + q));
      try (HttpClient client = HttpClient.newHttpClient()) {
        var reply = client.send(request.build(), BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(text).isEqualTo(200);
        return JsonMapper.builder()
            .build()
            .readTree(reply.body())
            .get("results")
            .valueStream()
            .toList();
      }
    }

    JsonNode first(String text) throws Exception {
      List<JsonNode> results = type(text);
      assertThat(results).as(text).isNotEmpty();
      return results.getFirst();
    }
  }

  private void inCity(String crs, List<String> files, Questions questions) throws Exception {
    List<Path> paths = files.stream().map(SharedData::find).flatMap(Optional::stream).toList();
    assumeThat(paths).as("the shared folder with the files of real cities").hasSize(files.size());
    try (GeoPackageCityStore store =
        GeoPackageCityStore.create(
            folder.resolve("city"), new CitySettings("Ciudad", Crs.parse(crs)))) {
      CatalogueModule catalogue =
          new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
      catalogue.describe("Ciudad", Crs.parse(crs), null);
      catalogue.importer().run(ImportRequest.of(paths, "Catastro", "alicia"), Progress.NONE);
      serve(store, catalogue, questions);
    }
  }

  private void serve(GeoPackageCityStore store, CatalogueModule catalogue, Questions questions)
      throws IOException, Exception {
    PublishModule module =
        new PublishModule(
            catalogue.catalogue(),
            store,
            catalogue.mappings(),
            catalogue.metadata(),
            Permissions.publicReading(),
            Clock.systemUTC(),
            PublishConfig.DEFAULT,
            EgressRules.STANDARD,
            folder,
            LayerGaps.NONE,
            CommunityLinks.NONE);
    try (HttpServer server =
        HttpServer.start(HttpConfig.local(0), module.endpoints(), StaticSite.NONE, Guard.NOBODY)) {
      questions.ask(new Box(server));
    }
  }

  @Test
  void theDoorsOfMontevideoAreFoundAndReckoned() throws Exception {
    inCity(
        "EPSG:32721",
        List.of("data/montevideo/CENTRO.geojson", "data/montevideo/barrios.geojson"),
        box -> {
          JsonNode bis = box.first("yaguarón 1449 bis");
          assertThat(bis.get("title").asString()).isEqualTo("YAGUARON 1449 BIS");
          assertThat(bis.get("accuracy").asString()).isEqualTo("number");
          assertThat(bis.get("meters").asDouble()).isZero();
          assertThat(bis.get("subtitle").asString()).containsIgnoringCase("centro");
          JsonNode between = box.first("Yaguaron 1451");
          assertThat(between.get("kind").asString()).isEqualTo("address");
          assertThat(between.get("accuracy").asString()).isIn("number", "interpolated");
          assertThat(between.get("lon").asDouble()).isBetween(-56.20, -56.18);
          assertThat(box.first("yaguarom 1449").get("title").asString())
              .startsWith("YAGUARON 1449");
        });
  }

  @Test
  void theNeighborhoodsAndShopsOfMexicoCityAreFound() throws Exception {
    inCity(
        "EPSG:6369",
        List.of(
            "data/ciudad-de-mexico/espacio-publico/colonias.js",
            "data/ciudad-de-mexico/espacio-publico/serveducativos.js",
            "data/ciudad-de-mexico/espacio-publico/hospitales.js",
            "data/ciudad-de-mexico/espacio-publico/metro.js"),
        box -> {
          assertThat(box.type("escuela huitzilan").toString()).containsIgnoringCase("HUITZILAN");
          assertThat(box.type("huitzilam").toString()).containsIgnoringCase("HUITZILAN");
          JsonNode door = box.first("Calle Salaverry 1155");
          assertThat(door.get("kind").asString()).isEqualTo("address");
          assertThat(door.get("accuracy").asString()).isEqualTo("number");
          assertThat(door.get("subtitle").asString()).containsIgnoringCase("zacatenco");
          assertThat(box.type("salaverry 1155, residencial zacatenco, 07369 CDMX")).isNotEmpty();
        });
  }

  @Test
  void theMarketsOfLimaAreFound() throws Exception {
    inCity(
        "EPSG:32718",
        List.of("data/lima/metropolitana"),
        box -> {
          assertThat(box.type("mercado jose olaya").toString()).contains("MERCADO JOSE OLAYA");
          assertThat(box.type("mdo virgen chapy").toString()).contains("MERCADO VIRGEN DE CHAPY");
          assertThat(box.type("dos de julio").toString()).contains("2 DE JULIO");
          JsonNode at = box.first("18S 279000 8667000");
          assertThat(at.get("lat").asDouble()).isBetween(-12.1, -12.0);
        });
  }
}
