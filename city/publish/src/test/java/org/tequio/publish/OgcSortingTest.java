package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.Edit;
import org.tequio.storage.Revision;
import tools.jackson.databind.JsonNode;

/** OGC API – Features Part 8: Sorting (OGC 24-030, draft), over HTTP. */
class OgcSortingTest {
  private static final String TREES = "/ogc/collections/arboles/items?f=json";
  private static final String PARCELS = "/ogc/collections/predios/items?f=json";

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sortby=",
        "sortby=-",
        "sortby=altura,",
        "sortby=nada",
        "sortby=geometry",
        "sortby=altura;DROP",
        "sortby=--altura",
        "sortby=altura&sortby=especie",
        "sortby=a,a,a,a,a,a,a,a,a,a,a",
        "after=1~WyJ4Il0",
        "sortby=altura&after=1",
        "sortby=altura&after=1~WyJ4Il0",
        "sortby=altura&after=1~WyIxIiwiMiJd",
        "sortby=altura&after=1~bm90aGluZw",
        "sortby=altura&after=1~bnVsbA",
        "sortby=altura&after=~WyIxIl0"
      })
  void whatIsNoOrderIsRefused(String query) throws Exception {
    assertThat(city.get(TREES + "&" + query).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"propietario", "-propietario"})
  void closedFieldsAreUnknown(String field) throws Exception {
    var reply = city.get(PARCELS + "&sortby=" + field);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).doesNotContain("Closedname");
    assertThat(city.get("/ogc/collections/predios/sortables").body())
        .contains("superficie")
        .doesNotContain("propietario", "geometry");
  }

  @ParameterizedTest(name = "/req/sorting/sortby-definition, sortby-response: {0}")
  @CsvSource({
    "altura, 0, 1",
    "%2Baltura, 0, 1",
    "+altura, 0, 1",
    "-altura, 99, 24",
    "'especie,-altura', 24, 23",
    "-id, 99, 24",
    "'-especie,id', 99, 0"
  })
  void featuresComeInTheOrderThatIsAskedFor(String sortby, int first, int second) throws Exception {
    JsonNode features = city.json(TREES + "&limit=2&sortby=" + sortby).path("features");

    assertThat(features.get(0).at("/properties/altura").asInt()).isEqualTo(first);
    assertThat(features.get(1).at("/properties/altura").asInt()).isEqualTo(second);
  }

  @Test
  void whatIsNotKnownComesLastEitherWay() throws Exception {
    edit(7, null);
    for (String sortby : List.of("altura", "-altura")) {
      JsonNode features = city.json(TREES + "&limit=100&sortby=" + sortby).path("features");
      assertThat(features.get(25).path("id").asInt()).as(sortby).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"uso,-fecha", "-superficie", "-nota,uso,clave", "fecha"})
  void pagesAddUpToNumberMatched(String sortby) throws Exception {
    String next = PARCELS + "&limit=7&sortby=" + sortby;
    List<Integer> seen = new ArrayList<>();
    while (next != null) {
      JsonNode page = city.json(next);
      assertThat(page.path("numberMatched").asInt()).isEqualTo(60);
      page.path("features").forEach(one -> seen.add(one.path("id").asInt()));
      next = next(page);
    }
    JsonNode whole = city.json(PARCELS + "&limit=100&sortby=" + sortby);
    List<Integer> all = new ArrayList<>();
    whole.path("features").forEach(one -> all.add(one.path("id").asInt()));
    assertThat(seen).isEqualTo(all).hasSize(60);
  }

  @Test
  void noFeatureIsTwiceOrMissedBecauseOthersChanged() throws Exception {
    JsonNode first = city.json(TREES + "&limit=10&sortby=altura");
    // The tree that stood first moves behind the last, and one of the next page before the first.
    edit(1, 200L);
    edit(15, -1L);
    JsonNode second = city.json(String.valueOf(next(first)));
    JsonNode third = city.json(String.valueOf(next(second)));

    List<Integer> heights = new ArrayList<>();
    second.path("features").forEach(one -> heights.add(one.at("/properties/altura").asInt()));
    third.path("features").forEach(one -> heights.add(one.at("/properties/altura").asInt()));
    assertThat(heights)
        .startsWith(10, 11, 12, 13, 15)
        .endsWith(24, 99, 200)
        .doesNotContain(9, 14, -1)
        .isSorted();
    assertThat(new HashSet<>(heights)).hasSameSizeAs(heights);
  }

  @Test
  void filtersAndOrderGoTogetherAndThePageForPeopleHasItToo() throws Exception {
    JsonNode found = city.json(PARCELS + "&filter=uso%3D%27C%27&sortby=-clave&limit=1");
    assertThat(found.at("/features/0/properties/clave").asString()).isEqualTo("005-07");

    String page = city.get(PARCELS.replace("json", "html") + "&sortby=-clave&limit=1").body();
    assertThat(page).contains("005-09").doesNotContain("005-08").contains("after=60~");
  }

  @Test
  @DisplayName("/req/features-sorting/get-sortables-op, sortables-link, get-sortables-success")
  void sortablesAreFoundFromTheirCollection() throws Exception {
    JsonNode collection = city.json("/ogc/collections/arboles");
    String address = "";
    for (JsonNode link : collection.path("links")) {
      if (link.path("rel").asString().equals("http://www.opengis.net/def/rel/ogc/1.0/sortables")) {
        address = link.path("href").asString();
      }
    }
    var reply = city.get(address);
    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/schema+json");
    assertThat(reply.body())
        .contains("\"$id\":\"" + address + "\"", "\"altura\"", "\"type\":\"integer\"");
  }

  private static @Nullable String next(JsonNode page) {
    for (JsonNode link : page.path("links")) {
      if (link.path("rel").asString().equals("next")) {
        return link.path("href").asString();
      }
    }
    return null;
  }

  @SuppressWarnings("NullAway") // it does not see that the values of a feature may be null
  private void edit(long id, @Nullable Long height) {
    LayerId trees = new LayerId("arboles");
    FeatureId tree = new FeatureId(id);
    Feature before =
        city.store.features().findFeature(trees, tree, org.tequio.storage.AsOf.NOW).orElseThrow();
    Map<String, @Nullable Object> values = new java.util.HashMap<>(before.properties());
    values.put("altura", height);
    long seen = city.store.features().headRevision();
    city.store.revise(
        new Revision.Note("alicia", "api", "measured again"),
        work ->
            work.edit(
                trees,
                List.of(new Edit.Replace(new Feature(tree, before.geometry(), values), seen))));
  }
}
