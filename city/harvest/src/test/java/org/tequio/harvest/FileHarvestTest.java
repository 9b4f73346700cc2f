package org.tequio.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Progress;
import org.tequio.harvest.HarvestRun.Outcome;

/** Files: on the web, in feeds, in the inbox. */
class FileHarvestTest {
  private static final String TREES =
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","geometry":{"type":"Point","coordinates":[-99.1,19.4]},"properties":{"n":1}},
      {"type":"Feature","geometry":{"type":"Point","coordinates":[-99.2,19.4]},"properties":{"n":2}}]}
      """;

  @TempDir Path folder;
  private TrialHarvest city;

  @BeforeEach
  void open() throws IOException {
    city = new TrialHarvest(folder);
  }

  @AfterEach
  void close() throws IOException {
    city.close();
  }

  @Test
  void aBodyThatNeverEndsIsLeftAfterAWhile() throws Exception {
    try (Neighbour loris =
        new Neighbour(
            asked -> {
              asked.exchange().sendResponseHeaders(200, 1_000_000);
              for (int i = 0; i < 200; i++) {
                asked.exchange().getResponseBody().write('{');
                asked.exchange().getResponseBody().flush();
                pause();
              }
            })) {
      assertThat(city.reason(city.add(SourceKind.HTTP, loris.url("/a.geojson"))))
          .contains("no whole answer");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFileLongerThanTheLimitEndsThePull() throws Exception {
    byte[] block = new byte[1 << 20];
    try (Neighbour endless =
        new Neighbour(
            asked -> {
              asked.exchange().sendResponseHeaders(200, 0);
              for (int i = 0; i < 60; i++) {
                asked.exchange().getResponseBody().write(block);
              }
            })) {
      assertThat(city.reason(city.add(SourceKind.HTTP, endless.url("/a.csv")))).contains("8 MiB");
    }
  }

  @Test
  void aCompressedBombIsCountedAsWhatItUnpacksTo() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 16; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    try (Neighbour bomber =
        new Neighbour(
            asked -> {
              asked.exchange().getResponseHeaders().set("Content-Encoding", "gzip");
              asked.reply(200, "text/csv", packed.toByteArray());
            })) {
      assertThat(city.reason(city.add(SourceKind.HTTP, bomber.url("/a.csv")))).contains("8 MiB");
      assertThat(city.layers()).isEmpty();
    }
  }

  @Test
  void aRedirectIntoTheHouseIsNotFollowed() throws Exception {
    try (Neighbour sly =
        new Neighbour(
            asked -> {
              String to = "http://169.254.169.254/latest/meta-data/";
              asked.exchange().getResponseHeaders().set("Location", to);
              asked.reply(302, "text/plain", "");
            })) {
      assertThat(city.reason(city.add(SourceKind.HTTP, sly.url("/a.geojson"))))
          .contains("egress rules");
    }
  }

  @Test
  void addressesInsideTheHouseAreNotAskedHoweverTheyAreWritten() {
    for (String address :
        new String[] {
          "http://127.0.0.2/a.geojson",
          "http://[::1]/a.geojson",
          "http://2130706433/a.geojson",
          "http://0x7f.1/a.geojson",
          "http://169.254.169.254/latest",
          "http://10.0.0.1/wfs",
          "gopher://127.0.0.1/1",
          "http://user:secret@127.0.0.1/a"
        }) {
      assertThatThrownBy(() -> city.module().preview(SourceKind.HTTP, address, Progress.NONE))
          .as(address)
          .isInstanceOf(HarvestException.class);
    }
  }

  @Test
  void aFileThatDidNotChangeIsNotSentAgain() throws Exception {
    try (Neighbour neighbour =
        new Neighbour(
            asked -> {
              asked.exchange().getResponseHeaders().set("ETag", "\"v1\"");
              boolean same =
                  "\"v1\"".equals(asked.exchange().getRequestHeaders().getFirst("If-None-Match"));
              asked.reply(same ? 304 : 200, "application/geo+json", same ? "" : TREES);
            })) {
      Source source = city.add(SourceKind.HTTP, neighbour.url("/descarga?id=7"));
      assertThat(city.pull(source).outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(city.count()).isEqualTo(2);

      HarvestRun again = city.pull(source);

      assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(again.fetched().bytes()).isZero();
    }
  }

  @Test
  void aServerWithoutTagsIsKnownByWhatItSends() throws Exception {
    try (Neighbour neighbour = Neighbour.saying("application/geo+json", TREES)) {
      Source source = city.add(SourceKind.HTTP, neighbour.url("/arboles.geojson"));
      city.pull(source);

      assertThat(city.pull(source).outcome()).isEqualTo(Outcome.UNCHANGED);
      neighbour.becomes(
          asked -> asked.reply(200, "application/geo+json", TREES.replace("19.4]", "19.5]")));
      assertThat(city.pull(source).outcome()).isEqualTo(Outcome.PUBLISHED);
    }
  }

  @Test
  void aLoginPageUnderAFilesNameIsNoFile() throws Exception {
    try (Neighbour neighbour = Neighbour.saying("text/csv", "\n <!DOCTYPE HTML><html>…")) {
      assertThat(city.reason(city.add(SourceKind.HTTP, neighbour.url("/a.csv"))))
          .contains("web page");
    }
  }

  @Test
  void aFeedThatIsNoZipOfTablesIsRefused() throws Exception {
    try (Neighbour neighbour = Neighbour.saying("application/zip", "PK nothing")) {
      assertThat(city.reason(city.add(SourceKind.GTFS, neighbour.url("/gtfs.zip"))))
          .contains("did not answer as GTFS");
    }
  }

  @Test
  void aTransitFeedBecomesStopsAndRoutes() throws Exception {
    byte[] feed =
        zip(
            Map.of(
                "stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nS1,Centro,19.43,-99.13\n",
                "routes.txt", "route_id,route_short_name,route_type\nR1,1,3\n",
                "trips.txt", "route_id,service_id,trip_id\nR1,L,T1\n",
                "stop_times.txt",
                    "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                        + "T1,06:00:00,06:00:00,S1,1\n"));
    try (Neighbour neighbour = new Neighbour(asked -> asked.reply(200, "application/zip", feed))) {
      String address = neighbour.url("/gtfs.zip");
      assertThat(city.module().preview(null, address, Progress.NONE).kind())
          .isEqualTo(SourceKind.GTFS);

      assertThat(city.pull(city.add(SourceKind.GTFS, address)).outcome())
          .isEqualTo(Outcome.PUBLISHED);
    }
  }

  private static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void onlyTheInboxOfTheDiskCanBePulled() throws Exception {
    Path secret = Files.writeString(folder.resolve("secreto.geojson"), TREES);
    city.inbox("obras/arboles.geojson", TREES);
    Files.createSymbolicLink(city.folder.resolve("inbox/enlace.geojson"), secret);
    for (String path :
        new String[] {
          secret.toString(), "../../secreto.geojson", "enlace.geojson", "file:" + secret, "/etc"
        }) {
      assertThat(city.reason(city.add(SourceKind.FILE, path))).as(path).contains("cannot be read");
    }
    assertThat(city.layers()).isEmpty();
  }

  @Test
  void aFolderOfTheInboxIsPulledWhenSomethingInItChanged() throws Exception {
    city.inbox("obras/arboles.geojson", TREES);
    Source source = city.add(SourceKind.FILE, "obras");
    assertThat(city.pull(source).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(city.pull(source).outcome()).isEqualTo(Outcome.UNCHANGED);

    city.inbox("obras/arboles.geojson", TREES.replace("\"n\":2", "\"n\":3"));

    assertThat(city.pull(source).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(city.count()).isEqualTo(2);
  }
}
