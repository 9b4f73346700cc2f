package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.http.HttpConfig;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published API of all modules does not change by accident: its document is kept beside the
 * tests. A change on purpose is accepted with {@code ./mvnw -pl app/server test -Dtest=ApiTest
 * -Dbless}.
 */
class ApiTest {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Path GOLDEN = Path.of("src/test/golden/openapi.json");

  @TempDir Path folder;

  @Test
  void theJsonApiIsTheOneThatWasPublished() throws Exception {
    try (City city = City.create(folder.resolve("city"), "Villa Prueba", new Crs(6369), null);
        CityServer server = CityServer.start(city, HttpConfig.local(0))) {
      String base = "http://127.0.0.1:" + server.port();
      String document =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(base + "/openapi.json")).build(),
                  BodyHandlers.ofString())
              .body();
      String text =
          PRETTY
                  .writeValueAsString(PRETTY.readTree(document))
                  .replace(base, "http://localhost")
                  .replace("\r", "")
              + "\n";
      assertThat(text).contains("\"openapi\" : \"3.1.");
      if (System.getProperty("bless") != null) {
        Files.writeString(GOLDEN, text);
      }
      assertThat(text)
          .as("the API changed; accept it with -Dbless")
          .isEqualTo(Files.readString(GOLDEN));
    }
  }
}
