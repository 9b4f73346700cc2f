package org.tequio.osm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.formats.osm.OsmElement;
import tools.jackson.databind.JsonNode;

/** Gerardo brings files to the community map from his browser. */
class ImportsOverHttpTest {
  private static final String IMPORTS = "/api/map/imports";
  private static final String STREET =
      "<osm version='0.6'><node id='1' version='3' lat='19.36' lon='-99.17'/>"
          + "<way id='5' version='2'><nd ref='1'/><nd ref='9'/></way></osm>";

  @TempDir Path folder;
  private ServedTown served;

  @BeforeEach
  void serve() throws IOException {
    served = new ServedTown(folder);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void whoDoesNotRunTheCitysDataImportsNothing() throws Exception {
    String upload = sent("alicia", "calle.osm", STREET);

    for (String who : new String[] {"nobody", "bruno", "alicia"}) {
      assertThat(served.post(who, IMPORTS, Map.of("upload", upload)).statusCode())
          .as(who)
          .isIn(401, 403);
    }
  }

  @Test
  void aFileOfSomebodyElseOrOneThatHasNotArrivedIsRefused() throws Exception {
    String others = sent("alicia", "calle.osm", STREET);
    String begun = begin("gerardo", "calle.osm", STREET.length());

    assertThat(order(others).statusCode()).isEqualTo(404);
    assertThat(order("nothing").statusCode()).isEqualTo(404);
    assertThat(order("../../etc/passwd").statusCode()).isEqualTo(404);
    assertThat(order(begun).statusCode()).isEqualTo(409);
    assertThat(order(begun).body()).contains(STREET.length() + " bytes");
  }

  @Test
  void whatCannotBeReadChangesNothingAndSaysWhy() throws Exception {
    String upload = sent("gerardo", "calle.osm", STREET.replace("</way></osm>", ""));

    JsonNode job = end(order(upload));

    assertThat(job.get("state").asString()).isEqualTo("failed");
    assertThat(job.get("problem").get("type").asString()).endsWith("map-file-unreadable");
    assertThat(served.town.map.findElement(OsmElement.Type.NODE, 1)).isEmpty();
  }

  @Test
  void aFileThatContradictsTheMapIsRefusedAndCanBeOrderedAgain() throws Exception {
    end(order(sent("gerardo", "calle.osm", STREET)));
    String upload = sent("gerardo", "calle.osm", STREET.replace("version='3'", "version='4'"));

    for (int time = 0; time < 2; time++) {
      JsonNode job = end(order(upload));
      assertThat(job.get("state").asString()).isEqualTo("failed");
      assertThat(job.get("problem").get("detail").asString()).contains("node/1 (4 ≠ 3)");
    }
  }

  @Test
  void aFileBecomesPartOfTheMapAndWhatItLacksIsNamedWithItsPlace() throws Exception {
    String upload = sent("gerardo", "calle.osm", STREET);

    JsonNode job = end(order(upload));

    assertThat(job.get("state").asString()).isEqualTo("done");
    JsonNode result = job.get("result");
    assertThat(result.get("nodes").asInt()).isEqualTo(1);
    assertThat(result.get("missingNodes").asInt()).isEqualTo(1);
    JsonNode missing = result.get("examples").get(0);
    assertThat(missing.get("element").asString()).isEqualTo("way/5");
    assertThat(missing.get("missing").asString()).isEqualTo("node/9");
    assertThat(missing.get("lon").asDouble()).isEqualTo(-99.17);
    assertThat(served.town.map.findElement(OsmElement.Type.WAY, 5)).isPresent();
    assertThat(served.get("gerardo", "/api/uploads/" + upload).statusCode()).isEqualTo(404);
  }

  private java.net.http.HttpResponse<String> order(String upload) throws Exception {
    return served.post("gerardo", IMPORTS, Map.of("upload", upload));
  }

  private String begin(String who, String name, long bytes) throws Exception {
    return ServedTown.read(served.post(who, "/api/uploads", Map.of("name", name, "bytes", bytes)))
        .get("id")
        .asString();
  }

  private String sent(String who, String name, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String upload = begin(who, name, bytes.length);
    ServedTown.read(
        served.send(
            who, "PUT", "/api/uploads/" + upload + "?offset=0", bytes, "application/octet-stream"));
    return upload;
  }

  private JsonNode end(java.net.http.HttpResponse<String> ordered) throws Exception {
    assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(202);
    String id = ServedTown.read(ordered).get("id").asString();
    for (int i = 0; i < 600; i++) {
      JsonNode job = ServedTown.read(served.get("gerardo", "/api/jobs/" + id));
      if (!java.util.Set.of("queued", "running").contains(job.get("state").asString())) {
        return job;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the import did not end");
  }
}
