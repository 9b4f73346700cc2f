package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the OGC APIs answer is valid by the official schemas, and so is what they say they are. */
class OfficialJsonSchemasTest {
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

  private static void assertValid(HttpResponse<String> reply, String schema) {
    assertThat(JsonSchemas.faults(reply.body(), schema)).as(reply.body()).isEmpty();
  }

  // The schemas of Features 1.0.1 let no feature be without a place, which RFC 7946 does; layers
  // that have some are left out.
  @ParameterizedTest(name = "{1} is what {0} says")
  @CsvSource({
    "features/landingPage.yaml, /ogc/",
    "features/confClasses.yaml, /ogc/conformance",
    "features/crs/collections.yaml, /ogc/collections",
    "features/collections.yaml, /ogc/collections",
    "features/crs/collection.yaml, /ogc/collections/zonas",
    "features/collection.yaml, /ogc/collections/vacia",
    "features/collection.yaml, /ogc/collections/tarifas",
    "features/featureCollectionGeoJSON.yaml, /ogc/collections/predios/items?limit=40",
    "features/featureCollectionGeoJSON.yaml, /ogc/collections/calles/items",
    "features/featureCollectionGeoJSON.yaml, /ogc/collections/zonas/items",
    "features/featureCollectionGeoJSON.yaml, /ogc/collections/vacia/items",
    "features/featureGeoJSON.yaml, /ogc/collections/zonas/items/1",
    "tiles/schemas/common-core/landingPage.yaml, /ogc/",
    "tiles/schemas/common-core/confClasses.yaml, /ogc/conformance",
    "tiles/schemas/tms/tileSet.yaml, /ogc/tiles/WebMercatorQuad",
    "tiles/schemas/tms/tileSet.yaml, /ogc/collections/zonas/tiles/WorldCRS84Quad",
    "tiles/schemas/tms/tileMatrixSet.yaml, /ogc/tileMatrixSets/WebMercatorQuad",
    "tiles/schemas/tms/tileMatrixSet.yaml, /ogc/tileMatrixSets/WorldCRS84Quad",
    "tiles/schemas/common-core/exception.yaml, /ogc/tiles/Nothing",
    "processes/landingPage.yaml, /ogc/",
    "processes/confClasses.yaml, /ogc/conformance",
    "processes/processList.yaml, /ogc/processes",
    "processes/process.yaml, /ogc/processes/download",
    "processes/process.yaml, /ogc/processes/tile-archive",
    "processes/jobList.yaml, /ogc/jobs",
    "processes/exception.yaml, /ogc/processes/alchemy",
    "processes/exception.yaml, /ogc/jobs/nobody",
    "records/landingPage.yaml, /ogc/",
    "features/featureGeoJSON.yaml, /ogc/collections/city-records/items/predios"
  })
  void answersAreValid(String schema, String path) throws Exception {
    assertValid(city.get(path, "Accept", "application/json"), schema);
  }

  @ParameterizedTest(name = "each member of {1} in {0} is what {2} says")
  @CsvSource({
    "/ogc/tiles, tilesets, tiles/schemas/tms/tileSet-item.yaml",
    "/ogc/collections/zonas/tiles, tilesets, tiles/schemas/tms/tileSet-item.yaml",
    "/ogc/tileMatrixSets, tileMatrixSets, tiles/schemas/tms/tileMatrixSet-item.yaml",
    "/ogc/styles, links, tiles/schemas/common-core/link.yaml"
  })
  void membersOfListsAreValid(String path, String member, String schema) throws Exception {
    JsonNode list = city.json(path).get(member);
    assertThat(list).isNotEmpty();
    list.forEach(one -> assertThat(JsonSchemas.faults(one.toString(), schema)).as(path).isEmpty());
  }

  // recordGeoJSON.yaml itself lets no record be valid that has a time: whatever it is, it is an
  // object twice. Its parts can be asked one by one.
  @Test
  void thePartsOfEveryRecordAreValid() throws Exception {
    for (JsonNode record : city.json("/ogc/collections/city-records/items").get("features")) {
      assertPart(record.get("properties"), "records/recordCommonProperties.yaml");
      if (record.has("time") && !record.get("time").isNull()) {
        assertPart(record.get("time"), "records/time.yaml");
      }
      record.get("links").forEach(link -> assertPart(link, "records/link.yaml"));
    }
  }

  private static void assertPart(JsonNode part, String schema) {
    assertThat(JsonSchemas.faults(part.toString(), schema)).as(part.toString()).isEmpty();
  }

  // execute.yaml and results.yaml let no text be a value: every text is a text and a binary, too.
  @Test
  void jobsAndLinksToTheirResultsAreValid() throws Exception {
    HttpResponse<String> results =
        city.send(
            "POST",
            "/ogc/processes/download/execution",
            """
            {"inputs": {"layer": "zonas", "format": "geojson"}, "response": "document",
             "outputs": {"file": {"transmissionMode": "reference"}}}""",
            "Content-Type",
            "application/json");
    assertPart(JsonMapper.shared().readTree(results.body()).get("file"), "processes/link.yaml");
    String job = results.headers().firstValue("Link").orElseThrow().replaceAll("<|>.*", "");
    assertValid(city.get(job), "processes/statusInfo.yaml");
  }

  @Test
  void theDefinitionOfTheApiIsOpenApi30() throws Exception {
    String definition = "";
    for (JsonNode link : city.json("/ogc/").get("links")) {
      if (link.get("rel").asString().equals("service-desc")) {
        definition = city.get(link.get("href").asString()).body();
      }
    }
    assertThat(definition).contains("getLandingPage");
    assertThat(JsonSchemas.faultsOfDefinition(definition)).isEmpty();
  }

  @Test
  void theSchemasFindWhatIsWrong() {
    JsonNode none = JsonMapper.shared().createObjectNode();
    assertThat(JsonSchemas.faults(none.toString(), "features/landingPage.yaml")).isNotEmpty();
    assertThat(JsonSchemas.faults("{\"links\":[{\"rel\":7}]}", "features/landingPage.yaml"))
        .isNotEmpty();
    assertThat(JsonSchemas.faults("{\"type\":\"Feature\"}", "features/featureGeoJSON.yaml"))
        .isNotEmpty();
    assertThat(JsonSchemas.faults("{\"type\":7}", "records/recordCommonProperties.yaml"))
        .isNotEmpty();
    assertThat(JsonSchemas.faultsOfDefinition("{\"openapi\":\"3.0.3\"}")).isNotEmpty();
  }
}
