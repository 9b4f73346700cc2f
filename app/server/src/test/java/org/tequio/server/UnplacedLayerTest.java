package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.ImportRequest;
import org.tequio.feature.Crs;
import org.tequio.feature.Progress;
import org.tequio.http.HttpConfig;

/** A surveyor's local grid is no place on earth: its rows are published, its numbers are not. */
class UnplacedLayerTest {
  private static final String LOCAL_GRID =
      "clave,x,y\nA,1103.5,1048.2\nB,1104.1,1047.9\nC,1099.8,1051.0\n";

  private static final Geometry VALLEY =
      new GeometryFactory().toGeometry(new Envelope(-99.2, -99.0, 19.3, 19.5));

  @Test
  void coordinatesThatFitNoSystemNeverReachTheMap(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("mojoneras.csv"), LOCAL_GRID);
    try (City city = City.create(folder.resolve("city"), "Prueba", new Crs(6369), VALLEY)) {
      city.importer().run(ImportRequest.of(List.of(file), null, "bruno"), Progress.NONE);
      String id = city.catalogue().listLayers().getFirst().id().value();
      try (CityServer server = CityServer.start(city, HttpConfig.local(0))) {
        String base = "http://127.0.0.1:" + server.port();
        assertThat(get(base + "/ogc/collections/" + id + "/items?f=json").body())
            .contains("\"geometry\":null")
            .contains("\"clave\":\"A\"")
            .doesNotContain("\"coordinates\"");
        assertThat(get(base + "/api/layers/" + id).body()).contains("\"tiles\":null");
        assertThat(get(base + "/tiles/" + id + "/0/0/0").statusCode()).isEqualTo(204);
        assertThat(get(base + "/api/downloads/" + id + ".geojson").body())
            .doesNotContain("\"coordinates\"");
      }
    }
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
