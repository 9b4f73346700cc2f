package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import tools.jackson.databind.JsonNode;

/** Parts of layers as files, over HTTP: what is refused, what is in them, and going on. */
class DownloadsTest {
  private static final String PARCELS = "/api/downloads/predios.";

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

  private static String with(String path, String... pairs) {
    StringBuilder text = new StringBuilder(path);
    for (int i = 0; i < pairs.length; i += 2) {
      text.append(i == 0 ? '?' : '&')
          .append(pairs[i])
          .append('=')
          .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  // ---- what is refused

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filter|uso =",
        "filter|propietario = 'Dolores Closedname'",
        "filter|nada = 1",
        "filter-lang|sql",
        "bbox|1,2,3",
        "bbox|NaN,0,1,1",
        "bbox|1e999,0,1,1",
        "bbox-crs|EPSG:6369",
        "area|POINT(1 2)",
        "area|POLYGON((0 0,NaN 1,1 1,0 0))",
        "area|POLYGON((0 0,1 1,1 0,0 1,0 0))",
        "area|POLYGON((0 0,1 1,1 0))",
        "area|{\"type\":\"Polygon\"}",
        "area|{\"type\":\"FeatureCollection\",\"features\":[]}",
        "area|<script>",
        "datetime|yesterday",
        "properties|propietario",
        "properties|clave,nada",
        "properties|,",
        "crs|EPSG:999999",
        "crs|EPSG:0",
        "crs|NaN",
        "asOf|tomorrow",
        "limit|10",
        "format|gpkg",
        "Filter|uso = 1"
      })
  void aWrongParameterIsTheCallersMistake(String name, String value) throws Exception {
    HttpResponse<String> reply = city.get(with(PARCELS + "gpkg", name, value));

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
    assertThat(reply.body()).contains("\"detail\"").doesNotContain("Closedname");
    assertThat(city.get(with(PARCELS + "gpkg/estimate", name, value)).statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsLargerThanAnyFilterIsRefusedBeforeItIsRead() throws Exception {
    String filter = "uso = 'a' OR ".repeat(8_000) + "uso = 'b'";
    StringBuilder area = new StringBuilder("POLYGON((");
    for (int i = 0; i < 1_000_000; i++) {
      area.append(i % 180).append(' ').append(i % 90).append(',');
    }

    assertThat(city.get(with(PARCELS + "csv", "filter", filter)).statusCode()).isIn(400, 414, 431);
    assertThat(city.get(with(PARCELS + "csv", "area", area.substring(0, 60_000))).statusCode())
        .isIn(400, 414, 431);
  }

  @Test
  void aFormatThatCannotHoldTheLayerSaysWhy() throws Exception {
    HttpResponse<String> reply = city.get(PARCELS + "gpx", "Accept-Language", "en");

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("format-unsuitable", "points or lines");
    assertThat(city.get("/api/downloads/calles.gpx").statusCode()).isEqualTo(200);
  }

  @Test
  void aFormatOfOneSystemIsNotWrittenInAnotherUnasked() throws Exception {
    HttpResponse<String> reply =
        city.get(PARCELS + "geojson?crs=EPSG:32614", "Accept-Language", "en");

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("GeoJSON is written in EPSG:4326 only");
    assertThat(city.get(PARCELS + "geojson?crs=EPSG:4326").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"predios.'.csv", "predios%22.csv", "pr%0Aedios.csv", "predios.CSV", ".csv"})
  void namesThatAreNoneAreNotFound(String name) throws Exception {
    HttpResponse<String> reply = city.get("/api/downloads/" + name);

    assertThat(reply.statusCode()).isIn(400, 404);
    assertThat(reply.headers().firstValue("Content-Disposition")).isEmpty();
  }

  @Test
  void aDiskThatTakesNothingIsToldAndLeavesNothing() throws Exception {
    Path broken = Files.createDirectories(folder.resolve("voll"));
    try (TestCity full = TestCity.start(broken)) {
      // A file stands where the folder should be.
      Files.writeString(broken.resolve("downloads"), "x");

      HttpResponse<String> reply = full.get(PARCELS + "csv");

      assertThat(reply.statusCode()).isEqualTo(500);
      assertThat(reply.body()).contains("\"detail\"");
    }
  }

  // ---- what is in a file

  @Test
  void aFilterABoxAndAnAreaGiveWhatTheItemsGive() throws Exception {
    double[] corner = TestCity.lonLat(TestCity.X + 35, TestCity.Y + 35);
    String box =
        (corner[0] - 0.001) + "," + (corner[1] - 0.001) + "," + corner[0] + "," + corner[1];
    for (String[] part :
        List.of(
            new String[] {"filter", "uso = 'H'"},
            new String[] {"bbox", box},
            new String[] {"filter", "superficie > 100", "bbox", box})) {
      JsonNode items = city.json(with("/ogc/collections/predios/items", part) + "&limit=10000");
      JsonNode file = city.json(with(PARCELS + "geojson", part));

      assertThat(ids(file)).isEqualTo(ids(items));
      assertThat(ids(file).size()).isLessThan(TestCity.PARCELS + 1);
      // Parcels have owners: how many match is not told.
      assertThat(city.json(with(PARCELS + "csv/estimate", part)).get("features").isNull()).isTrue();
    }
    String area =
        "POLYGON((%1$s %2$s,%3$s %2$s,%3$s %4$s,%1$s %4$s,%1$s %2$s))"
            .formatted(corner[0] - 0.001, corner[1] - 0.001, corner[0], corner[1]);
    String drawn =
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%1$s,%2$s],[%3$s,%2$s],[%3$s,%4$s],[%1$s,%4$s],[%1$s,%2$s]]]}}"
            .formatted(corner[0] - 0.001, corner[1] - 0.001, corner[0], corner[1]);
    List<Long> boxed = ids(city.json(with(PARCELS + "geojson", "bbox", box)));
    assertThat(boxed).isNotEmpty();
    assertThat(ids(city.json(with(PARCELS + "geojson", "area", area)))).isEqualTo(boxed);
    assertThat(ids(city.json(with(PARCELS + "geojson", "area", drawn)))).isEqualTo(boxed);
  }

  private static List<Long> ids(JsonNode collection) {
    List<Long> ids = new ArrayList<>();
    collection.get("features").forEach(feature -> ids.add(feature.get("id").asLong()));
    return ids;
  }

  @Test
  void howLargeAFileWillBeIsToldBeforeItIsMade() throws Exception {
    for (String extension : List.of("gpkg", "csv", "fgb", "shp.zip", "geojson")) {
      String path = "/api/downloads/arboles." + extension;

      JsonNode estimate = city.json(path + "/estimate");

      assertThat(estimate.get("features").asLong()).isEqualTo(26);
      assertThat(estimate.get("isLarge").asBoolean()).isFalse();
      assertThat(estimate.get("bytes").asDouble())
          .isCloseTo(city.bytes(path).body().length, withinPercentage(30.0));
    }
    JsonNode part = city.json(with("/api/downloads/arboles.csv/estimate", "filter", "id < 6"));
    assertThat(part.get("features").asLong()).isEqualTo(5);
    try (Stream<Path> left = Files.list(folder.resolve("downloads"))) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("sample"));
    }
  }

  @Test
  void whatIsToBeNowhereIsInNoFileThatWasKept() throws Exception {
    HttpResponse<byte[]> before = city.bytes(PARCELS + "csv");
    assertThat(folder.resolve("downloads")).isNotEmptyDirectory();

    city.module.forget();

    assertThat(folder.resolve("downloads")).isEmptyDirectory();
    HttpResponse<byte[]> after = city.bytes(PARCELS + "csv");
    assertThat(after.body()).isEqualTo(before.body());
    assertThat(after.headers().firstValue("ETag")).isEqualTo(before.headers().firstValue("ETag"));
  }

  @Test
  void onlyTheFieldsThatAreAskedForAreInTheFileAndItSaysWhichAreNot() throws Exception {
    JsonNode file = city.json(with(PARCELS + "geojson", "properties", "clave"));

    assertThat(file.at("/features/0/properties").propertyNames()).containsExactly("clave");
    assertThat(file.at("/metadata/left-out").asString()).contains("uso").doesNotContain("clave");
    assertThat(file.at("/metadata/closed-fields").asString()).isEqualTo("1");
  }

  @Test
  void everyFileSaysWhatItIs() throws Exception {
    for (WriterFormat format : Formats.writers()) {
      if (format.extension().equals("gpx") || format.extension().equals("csv")) {
        continue;
      }
      HttpResponse<byte[]> reply =
          city.bytes(
              with(PARCELS + format.extension(), "filter", "superficie > 100", "lang", "en"));

      assertThat(reply.statusCode()).as(format.name()).isEqualTo(200);
      assertThat(text(reply.body()))
          .as(format.name())
          .contains("/catalogue/predios", "Fields not public");
      assertThat(text(reply.body()).replace("&gt;", ">"))
          .as(format.name())
          .contains("superficie > 100");
    }
  }

  private static String text(byte[] bytes) throws IOException {
    StringBuilder all = new StringBuilder(new String(bytes, StandardCharsets.UTF_8));
    if (bytes[0] == 'P' && bytes[1] == 'K') {
      Path file = Files.write(folder.resolve("packed.zip"), bytes);
      try (var zip = new ZipFile(file.toFile())) {
        for (var entry : zip.stream().toList()) {
          all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    // A FlatGeobuf says it in JSON, under names for programs.
    return all.toString().replace("closed-fields", "Fields not public");
  }

  // ---- going on where it was cut off

  @Test
  void aDownloadThatWasCutOffGoesOnWithTheSameBytes() throws Exception {
    for (String extension : List.of("gpkg", "xlsx", "shp.zip", "fgb")) {
      String path = PARCELS + extension;
      HttpResponse<byte[]> whole = city.bytes(path);
      String tag = whole.headers().firstValue("ETag").orElseThrow();
      byte[] bytes = whole.body();
      assertThat(whole.headers().firstValueAsLong("Content-Length")).hasValue(bytes.length);
      assertThat(whole.headers().firstValue("Accept-Ranges")).hasValue("bytes");
      assertThat(tag).startsWith("\"");

      HttpResponse<byte[]> rest = city.bytes(path, "Range", "bytes=1000-", "If-Range", tag);

      assertThat(rest.statusCode()).isEqualTo(206);
      assertThat(rest.headers().firstValue("Content-Range"))
          .hasValue("bytes 1000-" + (bytes.length - 1) + "/" + bytes.length);
      assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(bytes, 1000, bytes.length));
      assertThat(city.bytes(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }
  }

  @Test
  void whoHeldAnOlderVersionGetsTheWhole() throws Exception {
    assertThat(
            city.bytes(PARCELS + "csv", "Range", "bytes=10-", "If-Range", "\"other\"").statusCode())
        .isEqualTo(200);
    assertThat(
            city.bytes(
                    PARCELS + "csv",
                    "Range",
                    "bytes=10-",
                    "If-Range",
                    "Fri, 02 Jan 2026 03:04:05 GMT")
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=5-2|200|0|-1",
        "bytes=a-b|200|0|-1",
        "bytes=-|200|0|-1",
        "lines=1-2|200|0|-1",
        "bytes=0-0,5-9|200|0|-1",
        "bytes=0-99999999999999999999|200|0|-1",
        "bytes=0-0|206|0|1",
        "bytes=3-5|206|3|6",
        "bytes=-4|206|-4|-1",
        "bytes=-9999999|206|0|-1",
        "bytes=2-9999999999999|206|2|-1",
        "bytes=9999999-|416|0|0",
        "bytes=9999999999999999999-|416|0|0",
        "bytes=-0|416|0|0"
      })
  void rangesAreReadAsTheStandardSays(String range, int status, int from, int to) throws Exception {
    byte[] whole = city.bytes(PARCELS + "csv").body();

    HttpResponse<byte[]> reply = city.bytes(PARCELS + "csv", "Range", range);

    assertThat(reply.statusCode()).isEqualTo(status);
    int start = from < 0 ? whole.length + from : from;
    int end = to < 0 ? whole.length : to;
    assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(whole, start, end));
    if (status == 416) {
      assertThat(reply.headers().firstValue("Content-Range")).hasValue("bytes */" + whole.length);
    }
  }

  @Test
  void aHeadTellsTheLengthAndSendsNothing() throws Exception {
    byte[] whole = city.bytes(PARCELS + "gpkg").body();

    var head = city.head(PARCELS + "gpkg");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(whole.length);
    assertThat(head.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"predios.gpkg\"; filename*=UTF-8''predios.gpkg");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whoGoesAwayInTheMiddleLeavesNothingUnfinished() throws Exception {
    URI site = URI.create(city.base());
    try (Socket socket = new Socket(site.getHost(), site.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + PARCELS + "gpkg?properties=uso HTTP/1.1\r\nHost: x\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }

    assertThat(city.bytes(PARCELS + "gpkg?properties=uso").statusCode()).isEqualTo(200);
    // The one who went away may still be served: it is told when its bytes find nobody.
    for (long until = System.nanoTime() + 20_000_000_000L;
        unfinished() && System.nanoTime() < until; ) {
      Thread.sleep(20);
    }
    assertThat(unfinished()).isFalse();
  }

  private static boolean unfinished() throws IOException {
    try (Stream<Path> kept = Files.list(folder.resolve("downloads"))) {
      return kept.anyMatch(path -> !path.getFileName().toString().matches("[0-9a-f]{32}"));
    }
  }
}
