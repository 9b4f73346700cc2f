package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.publish.process.References;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OGC API – Processes Part 1 (OGC 18-062r2), one test for each requirement of its abstract test
 * suite; docs/conformance.md lists them.
 */
class OgcProcessesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TILES = "/ogc/processes/tile-archive/execution";
  private static final String DOWNLOAD = "/ogc/processes/download/execution";
  private static final String PARCELS =
      "{\"inputs\":{\"layers\":[\"predios\"],\"minZoom\":14,\"maxZoom\":15}%s}";

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
  void aProcessThatIsNotThereIsSaidSoInTheStandardsWords() throws Exception {
    for (HttpResponse<String> reply :
        List.of(
            city.get("/ogc/processes/alchemy"), post("/ogc/processes/alchemy/execution", "{}"))) {
      assertThat(reply.statusCode()).isEqualTo(404);
      assertThat(type(reply))
          .isEqualTo(
              "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-process");
    }
  }

  @Test
  void aJobThatIsNotThereIsSaidSoInTheStandardsWords() throws Exception {
    for (String path : List.of("/ogc/jobs/nobody", "/ogc/jobs/nobody/results")) {
      HttpResponse<String> reply = city.get(path);
      assertThat(reply.statusCode()).isEqualTo(404);
      assertThat(type(reply))
          .isEqualTo("http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-job");
    }
    assertThat(city.send("DELETE", "/ogc/jobs/nobody", "").statusCode()).isEqualTo(404);
  }

  @Test
  void ordersThatAreNoneAreRefusedAndSayWhy() throws Exception {
    assertThat(refused("")).contains("JSON");
    assertThat(refused("[1]")).contains("JSON");
    assertThat(refused("{\"inputs\":{}}")).contains("inputs.layers");
    assertThat(refused("{\"inputs\":{\"layers\":7}}")).contains("inputs.layers");
    assertThat(refused("{\"inputs\":{\"layers\":[]}}")).contains("inputs.layers");
    assertThat(refused("{\"inputs\":{\"layers\":[\"../etc\"]}}")).contains("inputs.layers");
    assertThat(refused("{\"inputs\":{\"layers\":[null]}}")).contains("inputs.layers");
    assertThat(refused(with("\"maxZoom\":99"))).contains("inputs.maxZoom");
    assertThat(refused(with("\"maxZoom\":3.5"))).contains("inputs.maxZoom");
    assertThat(refused(with("\"minZoom\":9,\"maxZoom\":3"))).contains("inputs.maxZoom");
    assertThat(refused(with("\"bbox\":[1,2,3]"))).contains("inputs.bbox");
    assertThat(refused(with("\"bbox\":[3,2,1,4]"))).contains("west");
    assertThat(refused(with("\"area\":\"POLYGON((0 0,1 1,0 1,1 0,0 0))\""))).contains("crosses");
    assertThat(refused(with("\"area\":{\"type\":\"Point\",\"coordinates\":[1,2]}")))
        .contains("polygon");
    assertThat(refused(with("\"colour\":\"red\""))).contains("colour").contains("layers, bbox");
    assertThat(refused("{\"inputs\":{},\"subscriber\":{}}")).contains("subscriber");
    assertThat(refused(PARCELS.formatted(",\"response\":\"music\""))).contains("raw | document");
    assertThat(refused(PARCELS.formatted(",\"outputs\":{\"gold\":{}}"))).contains("outputs");
  }

  @Test
  void aHugeBodyADeepOneAndALayerThatIsNotThereDoNoHarm() throws Exception {
    String huge = with("\"area\":\"" + "x".repeat(2 << 20) + '"');
    assertThat(post(TILES, huge).statusCode()).isEqualTo(413);
    String deep = with("\"area\":" + "[".repeat(100_000) + "]".repeat(100_000));
    assertThat(post(TILES, deep).statusCode()).isEqualTo(400);
    assertThat(post(TILES, "{\"inputs\":{\"layers\":[\"minas\"]}}").statusCode()).isEqualTo(404);
    assertThat(city.send("POST", TILES, "<xml/>", "Content-Type", "application/xml").statusCode())
        .isEqualTo(415);
    assertThat(city.get("/ogc/processes?limit=0").statusCode()).isEqualTo(400);
    assertThat(city.get("/ogc/jobs?sort=x").statusCode()).isEqualTo(400);
  }

  @Test
  void theListTellsOfEveryProcessAndWhereToAskIt() throws Exception {
    JsonNode list = city.json("/ogc/processes");

    assertThat(texts(list.get("processes"), "id")).containsExactly("download", "tile-archive");
    JsonNode one = list.get("processes").get(1);
    assertThat(one.get("jobControlOptions").toString())
        .contains("sync-execute", "async-execute", "dismiss");
    assertThat(texts(one.get("links"), "rel"))
        .contains("self", "http://www.opengis.net/def/rel/ogc/1.0/execute");
    assertThat(city.json("/ogc/processes?limit=1").get("processes")).hasSize(1);
    assertThat(texts(city.json("/ogc/").get("links"), "rel"))
        .contains(
            "http://www.opengis.net/def/rel/ogc/1.0/processes",
            "http://www.opengis.net/def/rel/ogc/1.0/job-list");
  }

  @Test
  void theDescriptionGivesASchemaOfEachInputAndOfTheOutput() throws Exception {
    JsonNode tiles = city.json("/ogc/processes/tile-archive");

    assertThat(tiles.get("inputs").get("layers").get("maxOccurs").asInt()).isEqualTo(64);
    assertThat(tiles.get("inputs").get("maxZoom").get("schema").get("maximum").asInt())
        .isEqualTo(18);
    assertThat(tiles.get("outputs").get("file").get("schema").toString())
        .contains("application/vnd.pmtiles");
    JsonNode download = city.json("/ogc/processes/download");
    assertThat(download.get("inputs").propertyNames())
        .contains("layer", "format", "filter", "bbox", "area", "crs", "asOf");
  }

  @Test
  void askedWithoutPreferenceTheAnswerIsTheFileItself() throws Exception {
    HttpResponse<String> reply = post(TILES, PARCELS.formatted(""));

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/vnd.pmtiles");
    assertThat(reply.body()).startsWith("PMTiles");
    assertThat(reply.headers().firstValue("Link").orElseThrow()).contains("rel=\"monitor\"");
  }

  private static String transmitted(String response, String mode) {
    return PARCELS.formatted(
        ",\"response\":\""
            + response
            + "\",\"outputs\":{\"file\":{\"transmissionMode\":\""
            + mode
            + "\"}}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theResultIsHandedOverAsWasAskedForAtOnceAndLater(boolean later) throws Exception {
    HttpResponse<String> raw = result(transmitted("raw", "value"), later);
    assertThat(raw.body()).startsWith("PMTiles");

    HttpResponse<String> reference = result(transmitted("raw", "reference"), later);
    assertThat(reference.statusCode()).isEqualTo(204);
    String link =
        reference.headers().allValues("Link").stream()
            .flatMap(header -> Stream.of(header.split(", ")))
            .filter(one -> one.endsWith("rel=\"file\""))
            .findFirst()
            .orElseThrow();
    assertThat(city.get(link.substring(1, link.indexOf('>'))).body()).startsWith("PMTiles");

    JsonNode inline =
        JSON.readTree(result(transmitted("document", "value"), later).body()).get("file");
    assertThat(inline.get("mediaType").stringValue()).isEqualTo("application/vnd.pmtiles");
    assertThat(inline.get("encoding").stringValue()).isEqualTo("base64");
    assertThat(new String(inline.get("value").binaryValue(), StandardCharsets.ISO_8859_1))
        .startsWith("PMTiles");

    JsonNode linked =
        JSON.readTree(result(transmitted("document", "reference"), later).body()).get("file");
    assertThat(city.get(linked.get("href").stringValue()).body()).startsWith("PMTiles");
    assertThat(linked.get("type").stringValue()).isEqualTo("application/vnd.pmtiles");
  }

  private static HttpResponse<String> result(String order, boolean later) throws Exception {
    if (!later) {
      return post(TILES, order);
    }
    String job = async(order).headers().firstValue("Location").orElseThrow();
    ended(job);
    return city.get(job + "/results");
  }

  @Test
  void everyKindOfValueIsTakenAsTheStandardLetsItBeWritten() throws Exception {
    String area =
        "{\"type\":\"Polygon\",\"coordinates\":[[[-100,18],[-98,18],[-98,20],[-100,20],[-100,18]]]}";
    for (String input :
        List.of(
            "\"bbox\":[-100,18,-98,20]",
            "\"bbox\":{\"bbox\":[-100,18,-98,20]}",
            "\"bbox\":{\"bbox\":[-100,18,-98,20],"
                + "\"crs\":\"http://www.opengis.net/def/crs/OGC/1.3/CRS84\"}",
            "\"area\":" + area,
            "\"area\":{\"value\":" + area + ",\"mediaType\":\"application/geo+json\"}",
            "\"area\":\"POLYGON((-100 18,-98 18,-98 20,-100 20,-100 18))\"",
            "\"minZoom\":{\"value\":14}")) {
      assertThat(
              post(TILES, "{\"inputs\":{\"layers\":[\"predios\"]," + input + ",\"maxZoom\":14}}")
                  .statusCode())
          .as(input)
          .isEqualTo(200);
      if (!input.contains("Zoom")) {
        String download =
            "{\"inputs\":{\"layer\":\"predios\",\"format\":\"geojson\"," + input + "}}";
        HttpResponse<String> reply = post(DOWNLOAD, download);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(JSON.readTree(reply.body()).get("features")).isNotEmpty();
      }
    }
    assertThat(
            post(TILES, "{\"inputs\":{\"layers\":{\"value\":\"predios\"},\"maxZoom\":14}}").body())
        .startsWith("PMTiles");
  }

  @Test
  void theBorderOfAMunicipalityIsAnAreaThoughNoAddressCouldHoldIt() throws Exception {
    StringBuilder ring = new StringBuilder();
    int positions = 12_000;
    for (int i = 0; i <= positions; i++) {
      double angle = 2 * Math.PI * (i % positions) / positions;
      ring.append(i == 0 ? "[" : ",[")
          .append(-99 + 1.5 * Math.cos(angle))
          .append(',')
          .append(19 + 1.5 * Math.sin(angle))
          .append(']');
    }
    HttpResponse<String> reply =
        post(
            DOWNLOAD,
            "{\"inputs\":{\"layer\":\"predios\",\"format\":\"geojson\",\"area\":"
                + "{\"type\":\"Polygon\",\"coordinates\":[["
                + ring
                + "]]}}}");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(JSON.readTree(reply.body()).get("features")).isNotEmpty();
  }

  @Test
  void anInputByItsAddressIsReadUnderTheRulesOfTheWayOut() throws Exception {
    HttpServer others = HttpServer.create(new InetSocketAddress(TestCity.OTHERS, 0), 0);
    String site = "http://" + TestCity.OTHERS + ":" + others.getAddress().getPort();
    String area = "POLYGON((-100 18,-98 18,-98 20,-100 20,-100 18))";
    says(others, "/area.txt", "text/plain", area);
    says(
        others,
        "/area.geojson",
        "application/geo+json",
        "{\"type\":\"Polygon\",\"coordinates\":[[[-100,18],[-98,18],[-98,20],[-100,20],[-100,18]]]}");
    says(others, "/secret", "application/json", "{\"secret\":\"Dolores Closedname\"}");
    says(others, "/long", "text/plain", "x".repeat(References.MOST_BYTES + 1));
    says(others, "/broken", "application/json", "{\"type\":");
    others.createContext(
        "/inward",
        exchange -> {
          exchange.getResponseHeaders().add("Location", city.base() + "/api/city");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    others.start();
    try {
      for (String path : List.of("/area.txt", "/area.geojson")) {
        String order = with("\"maxZoom\":14,\"area\":{\"href\":\"" + site + path + "\"}");
        assertThat(post(TILES, order).body()).as(path).startsWith("PMTiles");
      }
      for (String address :
          List.of(
              site + "/long",
              site + "/broken",
              site + "/gone",
              site + "/secret",
              site + "/inward",
              city.base() + "/api/city",
              "http://169.254.169.254/latest/meta-data",
              "file:///etc/hostname",
              "no address")) {
        String told = refused(with("\"area\":{\"href\":\"" + address + "\"}"));
        assertThat(told).as(address).contains("inputs.area").doesNotContain("Closedname");
      }
      assertThat(refused(with("\"area\":{\"href\":7}"))).contains("address");
    } finally {
      others.stop(0);
    }
  }

  private static void says(HttpServer server, String path, String media, String text) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", media);
          exchange.sendResponseHeaders(200, body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          }
        });
  }

  @Test
  void askedToRespondLaterTheAnswerIsAJobThatIsFollowedToItsResult() throws Exception {
    HttpResponse<String> reply = async(PARCELS.formatted(""));

    assertThat(reply.statusCode()).isEqualTo(201);
    assertThat(reply.headers().firstValue("Preference-Applied")).contains("respond-async");
    String job = reply.headers().firstValue("Location").orElseThrow();
    JsonNode status = ended(job);
    assertThat(status.get("status").stringValue()).isEqualTo("successful");
    assertThat(status.get("processID").stringValue()).isEqualTo("tile-archive");
    assertThat(status.get("type").stringValue()).isEqualTo("process");
    assertThat(status.get("progress").asInt()).isEqualTo(100);
    assertThat(status.has("created")).isTrue();
    assertThat(texts(status.get("links"), "rel"))
        .contains("self", "http://www.opengis.net/def/rel/ogc/1.0/results", "enclosure");
    assertThat(city.get(job + "/results").body()).startsWith("PMTiles");
  }

  @Test
  void aResultThatWasCutOffGoesOn() throws Exception {
    String job = async(PARCELS.formatted("")).headers().firstValue("Location").orElseThrow();
    ended(job);
    String path = job.substring(city.base().length()) + "/results/file";

    byte[] whole = city.bytes(path).body();
    HttpResponse<byte[]> part = city.bytes(path, "Range", "bytes=7-99");

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(whole, 7, 100));
    assertThat(part.headers().firstValue("ETag").orElseThrow()).doesNotStartWith("W/");
    assertThat(city.get(job + "/results/gold").statusCode()).isEqualTo(404);
  }

  @Test
  void aDismissedJobSaysSoAndItsResultIsGone() throws Exception {
    String job = async(PARCELS.formatted("")).headers().firstValue("Location").orElseThrow();
    ended(job);

    HttpResponse<String> gone = city.send("DELETE", job, "");

    assertThat(gone.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(gone.body()).get("status").stringValue()).isEqualTo("dismissed");
    assertThat(city.get(job + "/results").statusCode()).isEqualTo(410);
    assertThat(city.send("DELETE", job, "").statusCode()).isEqualTo(200);
  }

  @Test
  void aPersonsJobIsTheirsAloneAndAStrangersIsListedToNobody() throws Exception {
    String hers =
        async(PARCELS.formatted(""), "As", "alicia").headers().firstValue("Location").orElseThrow();
    String strangers = async(PARCELS.formatted("")).headers().firstValue("Location").orElseThrow();

    for (String who : List.of("bruno", "gerardo")) {
      assertThat(city.get(hers, "As", who).statusCode()).isEqualTo(404);
      assertThat(city.get(hers + "/results/file", "As", who).statusCode()).isEqualTo(404);
      assertThat(city.send("DELETE", hers, "", "As", who).statusCode()).isEqualTo(404);
    }
    assertThat(city.get(hers).statusCode()).isEqualTo(404);
    assertThat(city.get(hers, "As", "alicia").statusCode()).isEqualTo(200);
    assertThat(city.get(strangers).statusCode()).isEqualTo(200);
    assertThat(city.json("/ogc/jobs").get("jobs")).isEmpty();
    assertThat(jobs("", "bruno")).isEmpty();
    assertThat(jobs("", "alicia")).isNotEmpty();
  }

  @Test
  void theListOfJobsIsFiltered() throws Exception {
    String job =
        async(PARCELS.formatted(""), "As", "dolores")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    ended(job, "As", "dolores");

    assertThat(jobs("?status=successful&processID=tile-archive&type=process", "dolores"))
        .hasSize(1);
    assertThat(jobs("?datetime=2026-01-02&minDuration=0&maxDuration=100", "dolores")).hasSize(1);
    for (String other :
        List.of(
            "status=failed",
            "processID=download",
            "type=map",
            "datetime=2020-01-01",
            "minDuration=1000")) {
      assertThat(jobs("?" + other, "dolores")).as(other).isEmpty();
    }
  }

  @Test
  void aDownloadOfAPartIsMadeByAJobWithNoClosedField() throws Exception {
    HttpResponse<String> reply =
        post(
            "/ogc/processes/download/execution",
            "{\"inputs\":{\"layer\":\"predios\",\"format\":\"geojson\",\"filter\":\"uso = 'C'\"}}");

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(JSON.readTree(reply.body()).get("features")).hasSize(20);
    assertThat(reply.body()).doesNotContain(TestCity.OWNER);
    assertThat(
            post(
                    "/ogc/processes/download/execution",
                    "{\"inputs\":{\"layer\":\"predios\",\"format\":\"geojson\",\"filter\":\"propietario"
                        + " = 'x'\"}}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void peopleReadThePagesInTheirLanguage() throws Exception {
    String job = async(PARCELS.formatted("")).headers().firstValue("Location").orElseThrow();
    ended(job);

    assertThat(page("/ogc/processes")).contains("Llevarse el mapa");
    assertThat(page("/ogc/processes/tile-archive")).contains("minZoom");
    assertThat(page("/ogc/jobs")).contains("Trabajos");
    assertThat(page(job.substring(city.base().length()))).contains("Listo").contains("results");
  }

  private static String page(String path) throws Exception {
    HttpResponse<String> reply = city.get(path + "?f=html&lang=es");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    return reply.body();
  }

  private static JsonNode jobs(String query, String who) throws Exception {
    HttpResponse<String> reply =
        city.get("/ogc/jobs" + query, "As", who, "Accept", "application/json");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body()).get("jobs");
  }

  private static String with(String input) {
    return "{\"inputs\":{\"layers\":[\"predios\"]," + input + "}}";
  }

  private static String refused(String body) throws Exception {
    HttpResponse<String> reply = post(TILES, body, "Accept-Language", "en");
    assertThat(reply.statusCode()).as(body).isEqualTo(400);
    return JSON.readTree(reply.body()).get("detail").stringValue();
  }

  private static HttpResponse<String> post(String path, String body, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "application/json"));
    return city.send("POST", path, body, all.toArray(String[]::new));
  }

  private static HttpResponse<String> async(String body, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Prefer", "respond-async, wait=10"));
    return post(TILES, body, all.toArray(String[]::new));
  }

  private static JsonNode ended(String job, String... headers) throws Exception {
    for (int i = 0; i < 300; i++) {
      JsonNode status = JSON.readTree(city.get(job, headers).body());
      if (!List.of("accepted", "running").contains(status.get("status").stringValue())) {
        return status;
      }
      HttpResponse<String> early = city.get(job + "/results", headers);
      if (early.statusCode() == 404) {
        assertThat(type(early))
            .isEqualTo(
                "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/result-not-ready");
      }
      Thread.sleep(50);
    }
    throw new AssertionError(job + " does not end");
  }

  private static String type(HttpResponse<String> reply) {
    return JSON.readTree(reply.body()).get("type").stringValue();
  }

  private static List<String> texts(JsonNode list, String member) {
    List<String> all = new ArrayList<>();
    list.forEach(one -> all.add(one.get(member).stringValue()));
    return all;
  }
}
