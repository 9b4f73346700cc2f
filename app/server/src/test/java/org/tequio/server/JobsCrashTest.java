package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.ImportRequest;
import org.tequio.feature.Crs;
import org.tequio.feature.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server is killed while it makes files: whatever it had accepted has an end after the next
 * start, and no half of a file is ever handed out.
 */
class JobsCrashTest {
  /** {@code -Dtequio.crash.rounds=20} looks longer. */
  private static final int ROUNDS = Integer.getInteger("tequio.crash.rounds", 3);

  private static final int PARCELS = 3_000;
  private static final Pattern PORT = Pattern.compile("\"port\"\\s*:\\s*(\\d+)");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  /** A server in a process of its own. */
  private static final class Served implements AutoCloseable {
    private final Process process;
    private final String base;

    Served(Path city) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Tequio.class.getName(),
                  "serve",
                  city.toString(),
                  "--port",
                  "0",
                  "--json")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder said = new StringBuilder();
      Matcher port = PORT.matcher(said);
      for (String line = out.readLine(); !port.find(0); line = out.readLine()) {
        assertThat(line).as("the server said only: " + said).isNotNull();
        said.append(line).append('\n');
        port.reset(said);
      }
      base = "http://127.0.0.1:" + port.group(1);
    }

    HttpResponse<byte[]> get(String path) throws Exception {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofByteArray());
    }

    /** The path of the job that was accepted. */
    String order(String process, String inputs) throws Exception {
      HttpResponse<String> reply =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(base + "/ogc/processes/" + process + "/execution"))
                  .header("Content-Type", "application/json")
                  .header("Prefer", "respond-async")
                  .POST(BodyPublishers.ofString("{\"inputs\":" + inputs + "}"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
      return URI.create(reply.headers().firstValue("Location").orElseThrow()).getPath();
    }

    /** How a job ended. */
    JsonNode ended(String job) throws Exception {
      long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
      while (System.nanoTime() < until) {
        HttpResponse<byte[]> reply = get(job + "?f=json");
        assertThat(reply.statusCode())
            .as("an accepted job is known after the start")
            .isEqualTo(200);
        JsonNode status = JSON.readTree(reply.body());
        if (!List.of("accepted", "running").contains(status.get("status").stringValue())) {
          return status;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
      throw new AssertionError(job + " runs for ever");
    }

    void kill() throws InterruptedException {
      process.toHandle().destroyForcibly();
      process.waitFor();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @Test
  void whateverWasAcceptedEndsAndNoHalfOfAFileIsHandedOut() throws Exception {
    Path city = folder.resolve("city");
    makeCity(city);
    Random random = new Random(20261126);
    List<String> accepted = new ArrayList<>();
    int successful = 0;
    int failed = 0;
    for (int round = 0; round <= ROUNDS; round++) {
      try (Served server = new Served(city)) {
        for (String job : accepted) {
          JsonNode status = server.ended(job);
          if (status.get("status").stringValue().equals("successful")) {
            successful++;
            assertWhole(server.get(job + "/results"));
          } else {
            failed++;
            assertThat(status.get("status").stringValue()).isEqualTo("failed");
            assertThat(status.get("message").stringValue()).isNotBlank();
            assertThat(server.get(job + "/results").statusCode()).isGreaterThanOrEqualTo(400);
          }
        }
        accepted.clear();
        if (round < ROUNDS) {
          accepted.add(server.order("download", "{\"layer\":\"predios\",\"format\":\"geojson\"}"));
          accepted.add(server.order("tile-archive", "{\"layers\":[\"predios\"],\"maxZoom\":17}"));
          accepted.add(server.order("download", "{\"layer\":\"predios\",\"format\":\"gpkg\"}"));
          TimeUnit.MILLISECONDS.sleep(random.nextInt(900));
          server.kill();
        }
      }
    }

    assertThat(successful + failed).isEqualTo(3 * ROUNDS);
    // Who ran when it was killed is begun anew, once: nothing here is killed twice.
    assertThat(successful).isEqualTo(3 * ROUNDS);
  }

  private static void assertWhole(HttpResponse<byte[]> file) throws IOException {
    assertThat(file.statusCode()).isEqualTo(200);
    byte[] bytes = file.body();
    switch (file.headers().firstValue("Content-Type").orElseThrow().split(";", 2)[0]) {
      case "application/geo+json" ->
          assertThat(JSON.readTree(bytes).get("features")).hasSize(PARCELS);
      case "application/vnd.pmtiles" -> {
        // PMTiles 3: where the root, the metadata, the leaves and the tiles lie, and how long they
        // are, from byte 8 of the header on; the last of them ends where the file ends.
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long end = 0;
        for (int part = 8; part < 72; part += 16) {
          end = Math.max(end, header.getLong(part) + header.getLong(part + 8));
        }
        assertThat(end).isEqualTo(bytes.length);
      }
      default -> {
        assertThat(new String(bytes, 0, 15, StandardCharsets.US_ASCII))
            .isEqualTo("SQLite format 3");
        // Its header tells how many pages of which size it has.
        ByteBuffer header = ByteBuffer.wrap(bytes);
        assertThat((long) header.getShort(16) * header.getInt(28)).isEqualTo(bytes.length);
      }
    }
  }

  private void makeCity(Path city) throws IOException {
    StringBuilder parcels = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < PARCELS; i++) {
      double x = -99.15 + i % 60 * 2e-4;
      double y = 19.40 + i / 60 * 2e-4;
      parcels.append(i == 0 ? "" : ",");
      parcels.append(
          String.format(
              Locale.ROOT,
              "{\"type\":\"Feature\",\"properties\":{\"clave\":\"P%05d\"},\"geometry\":"
                  + "{\"type\":\"Polygon\",\"coordinates\":[[[%2$.6f,%3$.6f],[%4$.6f,%3$.6f],"
                  + "[%4$.6f,%5$.6f],[%2$.6f,%5$.6f],[%2$.6f,%3$.6f]]]}}",
              i,
              x,
              y,
              x + 1.5e-4,
              y + 1.5e-4));
    }
    Path file = Files.writeString(folder.resolve("predios.geojson"), parcels.append("]}"));
    try (City made = City.create(city, "Villa Tequio", new Crs(6369), null)) {
      made.importer().run(ImportRequest.of(List.of(file), "Catastro", "operator"), Progress.NONE);
    }
  }
}
