package org.tequio.osm.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.Progress;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Permissions;
import org.tequio.http.StaticSite;
import org.tequio.http.Turns;
import org.tequio.identity.RoleBook;
import org.tequio.identity.RolePolicy;
import org.tequio.osm.MapChecks;
import org.tequio.osm.NameTag;
import org.tequio.osm.element.OsmTables;
import org.tequio.osm.load.MapImport;
import org.tequio.osm.preset.Presets;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.testing.stores.TestStores;

/** What Bruno is told of his edits before he uploads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DryRunTest {
  private static final String MAP =
      """
      <osm version="0.6">
      <node id="1" version="1" lon="-99.06" lat="19.35"/>
      <node id="2" version="1" lon="-99.0599" lat="19.35"/>
      <node id="3" version="1" lon="-99.0599" lat="19.3501"/>
      <node id="4" version="1" lon="-99.06" lat="19.3501"/>
      <node id="5" version="1" lon="-99.05985" lat="19.3502"/>
      <node id="6" version="1" lon="-99.0597" lat="19.3502"/>
      <node id="7" version="1" lon="-99.0597" lat="19.35032"/>
      <node id="8" version="1" lon="-99.05985" lat="19.35032"/>
      <way id="10" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/>
      <tag k="building" v="yes"/></way>
      <way id="11" version="1"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="8"/><nd ref="5"/>
      <tag k="building" v="yes"/></way></osm>""";

  /** The time that looks take: none, unless a test lets it pass. */
  private final AtomicLong step = new AtomicLong();

  private final AtomicLong nanos = new AtomicLong();

  private final HttpClient client = HttpClient.newHttpClient();
  private CityStore store;
  private HttpServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    store =
        TestStores.create(
            folder.resolve("city"), new CitySettings("Villa Tequio", Crs.parse("EPSG:32614")));
    store.database().migrate(OsmTables.MODULE, OsmTables.MIGRATIONS);
    Path file = Files.writeString(folder.resolve("map.osm"), MAP);
    new MapImport(store.database(), Clock.systemUTC()).run(file, Progress.NONE);
    server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, null),
            new MapChecks(
                    store.database(),
                    Presets.of(folder.resolve("none")),
                    new Turns(() -> nanos.getAndAdd(step.get())))
                .endpoints(new Permissions(new RolePolicy(RoleBook.standard()))),
            StaticSite.NONE,
            new NameTag());
  }

  @AfterAll
  void close() {
    server.close();
    store.close();
  }

  private HttpResponse<String> ask(@Nullable String name, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/map/checks"))
            .header("Content-Type", "application/xml")
            .header("Accept-Language", "en")
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (name != null) {
      request.header("Name-Tag", name);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String bruno(String inside) throws Exception {
    return ask("bruno", "<osmChange version='0.6'>" + inside + "</osmChange>").body();
  }

  @Test
  void whoMayNotEditIsNotToldAndWhatIsNoChangeIsRefusedWithItsPlace() throws Exception {
    assertThat(ask(null, "<osmChange/>").statusCode()).isEqualTo(401);
    assertThat(ask("bruno", "{}").statusCode()).isEqualTo(400);
    assertThat(ask("bruno", "<osm/>").body()).contains("should be 'osmChange'");
  }

  @Test
  void whoHasTheMapLookedAtAllTheTimeIsAskedToWaitAndNobodyElseIs() throws Exception {
    step.set(Duration.ofMinutes(1).toNanos());
    assertThat(ask("eve", "<osmChange/>").statusCode()).isEqualTo(200);
    step.set(0);
    HttpResponse<String> refused = ask("eve", "<osmChange/>");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("30");
    assertThat(ask("bruno", "<osmChange/>").statusCode()).isEqualTo(200);
  }

  @Test
  void aChangeOfWhatIsNotThereIsPassedOverAndAnEmptyOneFindsNothing() throws Exception {
    assertThat(bruno("")).contains("\"findings\":[]");
    assertThat(
            bruno(
                "<modify><way id='999' version='1'><nd ref='998'/><nd ref='997'/>"
                    + "<tag k='building' v='yes'/></way></modify>"
                    + "<delete><node id='996' version='1'/></delete>"))
        .contains("\"findings\":[]");
  }

  @Test
  void aHouseOverAnotherIsToldAsNewAndNothingIsChanged() throws Exception {
    String house =
        "<create><node id='-1' lon='-99.05995' lat='19.35005'/>"
            + "<node id='-2' lon='-99.0598' lat='19.35005'/>"
            + "<node id='-3' lon='-99.0598' lat='19.35015'/>"
            + "<node id='-4' lon='-99.05995' lat='19.35015'/>"
            + "<way id='-5'><nd ref='-1'/><nd ref='-2'/><nd ref='-3'/><nd ref='-4'/><nd ref='-1'/>"
            + "<tag k='building' v='yes'/></way></create>";

    assertThat(bruno(house))
        .contains("\"rule\":\"crossing-buildings\"", "way/10", "way/-5", "\"isNew\":true");
    assertThat(bruno("")).contains("\"findings\":[]");
  }

  @Test
  void aMovedCornerIsToldOfTheHouseThatItBelongsTo() throws Exception {
    assertThat(bruno("<modify><node id='5' version='1' lon='-99.05995' lat='19.35005'/></modify>"))
        .contains("\"rule\":\"crossing-buildings\"", "way/10", "way/11", "\"isNew\":true");
  }

  @Test
  void deletingTheHouseThatWasInTheWayMendsIt() throws Exception {
    String moved = "<modify><node id='5' version='1' lon='-99.05995' lat='19.35005'/></modify>";

    assertThat(bruno(moved + "<delete><way id='10' version='1'/></delete>"))
        .doesNotContain("crossing-buildings");
  }
}
