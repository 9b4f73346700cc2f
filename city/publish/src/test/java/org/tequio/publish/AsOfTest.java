package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.DataClass;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.Edit;
import org.tequio.storage.Revision;

/** The map as it was before Alicia gave the closed street behind the church its name. */
class AsOfTest {
  private static final LayerId STREETS = new LayerId("calles");
  private static final String OLD = "Cerrada de la Peña";
  private static final String NEW = "Calle Alicia";

  @TempDir Path folder;
  private TestCity city;
  private long before;

  @BeforeEach
  void start() {
    city = TestCity.start(folder);
    before = city.store.features().headRevision();
    Feature street =
        city.store
            .features()
            .findFeature(STREETS, new FeatureId(3), org.tequio.storage.AsOf.NOW)
            .orElseThrow();
    city.store.revise(
        new Revision.Note("alicia", "api", "a new name"),
        work ->
            work.edit(
                STREETS,
                List.of(
                    new Edit.Replace(
                        new Feature(street.id(), street.geometry(), Map.of("nombre", NEW)),
                        before))));
  }

  @AfterEach
  void stop() {
    city.close();
  }

  private String tile() {
    double[] place = TestCity.lonLat(TestCity.X - 5, TestCity.Y + 100);
    var coord = org.tequio.feature.TileCoord.at(place[0], place[1], 16);
    return "/tiles/calles/16/" + coord.x() + "/" + coord.y();
  }

  private List<String> answers() {
    double[] place = TestCity.lonLat(TestCity.X - 5, TestCity.Y + 100);
    return List.of(
        "/api/layers/calles/features/3?",
        "/ogc/collections/calles/items?f=json&",
        "/ogc/collections/calles/items?f=html&",
        "/ogc/collections/calles/items/3?f=json&",
        "/ogc/collections/calles/items/3?f=html&",
        "/api/downloads/calles.csv?",
        "/api/place?lon=" + place[0] + "&lat=" + place[1] + "&",
        tile() + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "yesterday", "2025-13-01", "1.5", "99999999999999999999"})
  void whatIsNoMomentIsTheCallersMistake(String moment) throws Exception {
    for (String answer : answers()) {
      assertThat(city.get(answer + "asOf=" + moment).statusCode()).as(answer).isEqualTo(400);
    }
  }

  @Test
  void beforeTheLayerWasThereThereIsNone() throws Exception {
    assertThat(city.get("/ogc/collections/calles/items?asOf=1").statusCode()).isEqualTo(404);
    assertThat(city.get("/ogc/collections/calles/items?asOf=1999-01-01").statusCode())
        .isEqualTo(404);
    assertThat(city.get("/api/place?lon=-99.15&lat=18.99&asOf=1999-01-01").statusCode())
        .isEqualTo(200);
  }

  @Test
  void everyAnswerTellsWhatWasTrueThen() throws Exception {
    for (String answer : answers()) {
      assertThat(body(answer + "asOf=" + before)).as(answer).contains(OLD).doesNotContain(NEW);
      assertThat(body(answer)).as(answer).contains(NEW).doesNotContain(OLD);
      assertThat(body(answer + "asOf=2100-01-01")).as(answer).contains(NEW);
    }
  }

  private String body(String path) throws Exception {
    return new String(city.bytes(path).body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void theVersionOfThePastIsNotThatOfToday() throws Exception {
    String now = tag(city.get(tile()));
    String then = tag(city.get(tile() + "?asOf=" + before));

    assertThat(then).isNotEqualTo(now);
    assertThat(city.get(tile() + "?asOf=" + before, "If-None-Match", then).statusCode())
        .isEqualTo(304);
    assertThat(city.get(tile(), "If-None-Match", then).statusCode()).isEqualTo(200);
  }

  private static String tag(HttpResponse<String> reply) {
    return reply.headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void whatIsClosedTodayIsClosedInThePastToo() throws Exception {
    city.say(
        "calles",
        LayerSettings.EMPTY.withFields(
            List.of(new FieldSettings("nombre", null, null, DataClass.INTERNAL, null))));
    for (String answer : answers()) {
      assertThat(body(answer + "asOf=" + before)).as(answer).doesNotContain(OLD, NEW);
    }

    city.say("calles", LayerSettings.EMPTY.withAccess(Access.INTERNAL));
    assertThat(city.get("/ogc/collections/calles/items?asOf=" + before).statusCode())
        .isEqualTo(404);
  }
}
