package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.publish.ogc.OgcEndpoint;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published API does not change by accident: its documents are kept beside the tests. A change
 * on purpose is accepted with {@code ./mvnw -pl city/publish test -Dtest=GoldenTest -Dbless}.
 */
class GoldenTest {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Path GOLDEN = Path.of("src/test/golden");

  @TempDir static Path folder;
  private static TestCity city;

  @BeforeAll
  static void start() {
    city = TestCity.start(folder);
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  @Test
  void theOgcApiIsTheOneThatWasPublished() throws Exception {
    check("ogc-openapi.json", city.json("/ogc/api?lang=en"));
  }

  @Test
  void theConformanceClassesAreThoseThatWerePublished() throws Exception {
    check("conformance.json", OgcEndpoint.CONFORMANCE);
  }

  private static void check(String name, Object document) throws Exception {
    String text =
        PRETTY.writeValueAsString(document).replace(city.base(), "http://localhost") + "\n";
    Path golden = GOLDEN.resolve(name);
    if (System.getProperty("bless") != null) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, text);
    }
    assertThat(golden).as("accept the first version with -Dbless").exists();
    assertThat(text)
        .as("the API changed; accept it with -Dbless")
        .isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
  }
}
