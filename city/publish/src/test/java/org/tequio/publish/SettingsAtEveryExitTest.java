package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.DataClass;

/** What a steward closes is closed at every exit with the next request, without a revision. */
class SettingsAtEveryExitTest {
  private static final List<String> EXITS =
      List.of(
          "/api/layers/predios",
          "/api/layers/predios/findings",
          "/api/layers/predios/features/1",
          "/api/layers/predios/values?field=clave",
          "/api/downloads/predios.csv",
          "/tiles/predios.json",
          "/tiles/predios/16/14962/29146",
          "/ogc/collections/predios",
          "/ogc/collections/predios/items",
          "/ogc/collections/predios/items/1");
  private static final List<String> LISTS =
      List.of(
          "/api/layers",
          "/api/findings",
          "/api/search?q=predios",
          "/ogc/collections?f=json",
          "/ogc/collections?f=html");

  @TempDir Path folder;
  private TestCity city;

  @BeforeEach
  void start() {
    city = TestCity.start(folder);
  }

  @AfterEach
  void stop() {
    city.close();
  }

  @Test
  void anInternalLayerIsAtNoExitFromTheNextRequestOn() throws Exception {
    for (String exit : EXITS) {
      assertThat(city.get(exit).statusCode()).as(exit).isIn(200, 204);
    }
    for (String list : LISTS) {
      assertThat(city.get(list).body()).as(list).contains("predios");
    }
    String tag = city.get("/api/layers").headers().firstValue("ETag").orElseThrow();

    city.say("predios", LayerSettings.EMPTY.withAccess(Access.INTERNAL));

    for (String exit : EXITS) {
      assertThat(city.get(exit).statusCode()).as(exit).isEqualTo(404);
    }
    for (String list : LISTS) {
      assertThat(city.get(list, "If-None-Match", tag).statusCode()).as(list).isEqualTo(200);
      assertThat(city.get(list).body())
          .as(list)
          .doesNotContain("\"id\":\"predios\"", "\"layer\":\"predios\"", "/predios");
    }
  }

  @Test
  void aFieldThatIsClosedLeavesThroughNoExit() throws Exception {
    String tile = "/tiles/predios/16/14962/29146";
    String tag = city.get(tile).headers().firstValue("ETag").orElseThrow();
    assertThat(city.get(tile, "If-None-Match", tag).statusCode()).isEqualTo(304);

    city.say(
        "predios",
        LayerSettings.EMPTY.withFields(
            List.of(new FieldSettings("clave", null, null, DataClass.INTERNAL, null))));

    assertThat(city.get(tile, "If-None-Match", tag).statusCode()).isNotEqualTo(304);
    assertThat(city.get("/api/layers/predios/values?field=clave").statusCode()).isEqualTo(400);
    for (String exit : EXITS) {
      // The question is repeated in its own refusal, which says nothing of the layer.
      if (!exit.endsWith("field=clave")) {
        assertThat(city.get(exit).body()).as(exit).doesNotContain("\"clave\"", "clave,");
      }
    }
  }

  @Test
  void whatAJobMadeIsGoneWhenItsLayerIsClosedOrOneOfItsFields() throws Exception {
    for (boolean whole : List.of(false, true)) {
      String job =
          city.send(
                  "POST",
                  "/ogc/processes/download/execution",
                  "{\"inputs\":{\"layer\":\"predios\",\"format\":\"geojson\"}}",
                  "Content-Type",
                  "application/json")
              .headers()
              .firstValue("Link")
              .orElseThrow()
              .replaceAll("<|>.*", "");
      for (String exit : List.of("/results", "/results/file")) {
        assertThat(city.get(job + exit).body()).as(exit).contains("\"clave\"");
      }

      city.say(
          "predios",
          whole
              ? LayerSettings.EMPTY.withAccess(Access.INTERNAL)
              : LayerSettings.EMPTY.withFields(
                  List.of(new FieldSettings("clave", null, null, DataClass.INTERNAL, null))));

      for (String exit : List.of("/results", "/results/file")) {
        var reply = city.get(job + exit);
        assertThat(reply.statusCode()).as(exit).isEqualTo(410);
        assertThat(reply.body()).doesNotContain("\"clave\"");
      }
      city.say("predios", LayerSettings.EMPTY);
    }
  }
}
