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
    "features/exception.yaml, /ogc/collections/nada",
    "features/exception.yaml, /ogc/collections/predios/items?limit=x",
    "tiles/common-core/landingPage.yaml, /ogc/",
    "tiles/common-core/confClasses.yaml, /ogc/conformance",
    "tiles/tms/tileSet.yaml, /ogc/tiles/WebMercatorQuad",
    "tiles/tms/tileSet.yaml, /ogc/collections/zonas/tiles/WorldCRS84Quad",
    "tiles/tms/tileMatrixSet.yaml, /ogc/tileMatrixSets/WebMercatorQuad",
    "tiles/tms/tileMatrixSet.yaml, /ogc/tileMatrixSets/WorldCRS84Quad",
    "tiles/common-core/exception.yaml, /ogc/tiles/Nothing",
    "processes/landingPage.yaml, /ogc/",
    "processes/confClasses.yaml, /ogc/conformance",
    "processes/processList.yaml, /ogc/processes",
    "processes/process.yaml, /ogc/processes/download",
    "processes/process.yaml, /ogc/processes/tile-archive",
    "processes/jobList.yaml, /ogc/jobs",
    "processes/exception.yaml, /ogc/processes/alchemy",
    "processes/exception.yaml, /ogc/jobs/nobody",
    "records/landingPage.yaml, /ogc/",
    "records/recordCollectionGeoJSON.yaml, /ogc/collections/city-records/items",
    "records/recordGeoJSON.yaml, /ogc/collections/city-records/items/predios"
  })
  void answersAreValid(String schema, String path) throws Exception {
    assertValid(city.get(path, "Accept", "application/json"), schema);
  }

  @ParameterizedTest(name = "each member of {1} in {0} is what {2} says")
  @CsvSource({
    "/ogc/tiles, tilesets, tiles/tms/tileSet-item.yaml",
    "/ogc/collections/zonas/tiles, tilesets, tiles/tms/tileSet-item.yaml",
    "/ogc/tileMatrixSets, tileMatrixSets, tiles/tms/tileMatrixSet-item.yaml",
    "/ogc/styles, links, tiles/common-core/link.yaml",
    "/ogc/collections, collections, tiles/common-geodata/collectionInfo.yaml"
  })
  void membersOfListsAreValid(String path, String member, String schema) throws Exception {
    JsonNode list = city.json(path).get(member);
    assertThat(list).isNotEmpty();
    list.forEach(one -> assertThat(JsonSchemas.faults(one.toString(), schema)).as(path).isEmpty());
  }

  @Test
  void jobsAndTheirResultsAreValid() throws Exception {
    String order =
        """
        {"inputs": {"layer": "zonas", "format": "geojson"}, "response": "document"%s}""";
    for (String outputs :
        new String[] {"", ", \"outputs\": {\"file\": {\"transmissionMode\": \"reference\"}}"}) {
      String body = order.formatted(outputs);
      assertThat(JsonSchemas.faults(body, "processes/execute.yaml")).isEmpty();
      HttpResponse<String> results =
          city.send(
              "POST",
              "/ogc/processes/download/execution",
              body,
              "Content-Type",
              "application/json");
      assertValid(results, "processes/results.yaml");
      String job = results.headers().firstValue("Link").orElseThrow().replaceAll("<|>.*", "");
      assertValid(city.get(job), "processes/statusInfo.yaml");
    }
  }

  @Test
  void theDefinitionOfTheApiIsOpenApi30() throws Exception {
    for (JsonNode link : city.json("/ogc/").get("links")) {
      if (link.get("rel").asString().equals("service-desc")) {
        String definition = city.get(link.get("href").asString()).body();
        assertThat(definition).contains("/collections/{layer}/items");
        assertThat(JsonSchemas.faultsOfDefinition(definition)).isEmpty();
      }
    }
  }

  @Test
  void theSchemasFindWhatIsWrong() {
    JsonNode none = JsonMapper.shared().createObjectNode();
    assertThat(JsonSchemas.faults(none.toString(), "features/landingPage.yaml")).isNotEmpty();
    assertThat(JsonSchemas.faults("{\"links\":[{\"rel\":7}]}", "features/landingPage.yaml"))
        .isNotEmpty();
    assertThat(JsonSchemas.faults("{\"type\":\"Feature\"}", "records/recordGeoJSON.yaml"))
        .isNotEmpty();
    assertThat(JsonSchemas.faultsOfDefinition("{\"openapi\":\"3.0.3\"}")).isNotEmpty();
  }
}
