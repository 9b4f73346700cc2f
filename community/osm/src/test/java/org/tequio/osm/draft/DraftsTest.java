package org.tequio.osm.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Permissions;
import org.tequio.http.StaticSite;
import org.tequio.identity.RoleBook;
import org.tequio.identity.RolePolicy;
import org.tequio.osm.NameTag;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.testing.StandingClock;
import org.tequio.testing.stores.TestStores;

/** Alicia's and Bruno's edits that were not uploaded, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DraftsTest {
  private static final String PATH = "/api/map/drafts";

  private final HttpClient client = HttpClient.newHttpClient();
  private final StandingClock clock = new StandingClock("2026-03-10T16:00:00Z");
  private CityStore store;
  private Drafts drafts;
  private HttpServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    store =
        TestStores.create(
            folder.resolve("city"), new CitySettings("Villa Tequio", Crs.parse("EPSG:32614")));
    drafts =
        new Drafts(store.database(), new Permissions(new RolePolicy(RoleBook.standard())), clock);
    server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, null),
            drafts.endpoints(),
            StaticSite.NONE,
            new NameTag());
  }

  @AfterAll
  void close() {
    server.close();
    store.close();
  }

  private HttpResponse<String> ask(
      String method, String path, @Nullable String name, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (name != null) {
      request.header("Name-Tag", name);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String house(String name) {
    return "<osmChange version=\"0.6\"><create><node id=\"-1\" lon=\"-99.1\" lat=\"19.3\"/>"
        + "<way id=\"-2\"><nd ref=\"-1\"/><tag k=\"name\" v=\""
        + name
        + "\"/></way></create><delete><node id=\"7\" version=\"3\"/></delete></osmChange>";
  }

  @Test
  void nobodyReadsADraftWithoutAnAccount() {
    assertThat(ask("GET", PATH, null, null).statusCode()).isEqualTo(401);
    assertThat(ask("PUT", PATH + "/d1", null, house("x")).statusCode()).isEqualTo(401);
  }

  @Test
  void brunoNeitherReadsNorOverwritesNorRemovesWhatAliciaDrew() {
    assertThat(ask("PUT", PATH + "/shared", "alicia", house("Alicia's")).statusCode())
        .isEqualTo(200);

    assertThat(ask("GET", PATH + "/shared", "bruno", null).statusCode()).isEqualTo(404);
    assertThat(ask("DELETE", PATH + "/shared", "bruno", null).statusCode()).isEqualTo(404);
    assertThat(ask("PUT", PATH + "/shared", "bruno", house("Bruno's")).statusCode()).isEqualTo(200);

    assertThat(ask("GET", PATH + "/shared", "alicia", null).body()).contains("Alicia's");
  }

  @Test
  void whatIsNoOsmChangeIsRefusedAndTheDraftBeforeItStays() {
    ask("PUT", PATH + "/torn", "alicia", house("whole"));

    String cut = house("half").substring(0, 90);
    assertThat(ask("PUT", PATH + "/torn", "alicia", cut).statusCode()).isEqualTo(400);
    assertThat(ask("PUT", PATH + "/torn", "alicia", "<osm/>").body()).contains("osmChange");
    String bomb =
        "<!DOCTYPE osmChange [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
            + "<osmChange>&b;</osmChange>";
    assertThat(ask("PUT", PATH + "/torn", "alicia", bomb).statusCode()).isEqualTo(400);

    assertThat(ask("GET", PATH + "/torn", "alicia", null).body()).isEqualTo(house("whole"));
  }

  @Test
  void aDocumentPastTheLimitIsRefused() {
    String long_ = house("x").replace("name\"", "name\" note=\"" + "x".repeat(Drafts.LARGEST));

    assertThat(ask("PUT", PATH + "/huge", "alicia", long_).statusCode()).isEqualTo(413);
    assertThat(ask("GET", PATH + "/huge", "alicia", null).statusCode()).isEqualTo(404);
  }

  @Test
  void tellsHowMuchADraftHoldsAndReadsItBackToTheByte() {
    String kept =
        ask("PUT", PATH + "/d2?task=12/34&comment=casas%20del%20cerro", "elena", house("ñandú"))
            .body();
    assertThat(kept)
        .contains("\"changes\":3", "\"task\":\"12/34\"", "\"comment\":\"casas del cerro\"");

    assertThat(ask("GET", PATH, "elena", null).body()).contains("\"id\":\"d2\"");
    assertThat(ask("GET", PATH + "/d2", "elena", null).body()).isEqualTo(house("ñandú"));
    assertThat(ask("DELETE", PATH + "/d2", "elena", null).statusCode()).isEqualTo(204);
    assertThat(ask("GET", PATH, "elena", null).body()).doesNotContain("d2");
  }

  @Test
  void keepsSoManyDraftsAndSaysSoInsteadOfDroppingOne() {
    for (int i = 0; i < Drafts.MOST; i++) {
      ask("PUT", PATH + "/n" + i, "fatima", house("n" + i));
    }

    assertThat(ask("PUT", PATH + "/more", "fatima", house("more")).statusCode()).isEqualTo(409);
    assertThat(ask("PUT", PATH + "/n0", "fatima", house("again")).statusCode()).isEqualTo(200);
    assertThat(ask("GET", PATH + "/n0", "fatima", null).body()).contains("again");
  }

  @Test
  void removesWhatNobodyHasTouchedForHalfAYear() {
    ask("PUT", PATH + "/old", "gloria", house("old"));
    clock.advance(Drafts.KEPT.plus(Duration.ofDays(1)));
    ask("PUT", PATH + "/new", "gloria", house("new"));

    drafts.chores().getFirst().work().run();

    assertThat(ask("GET", PATH, "gloria", null).body())
        .contains("\"new\"")
        .doesNotContain("\"old\"");
  }

  @Test
  void tellsWhatItKeepsAboutAPersonAndForgetsIt() {
    ask("PUT", PATH + "/mine", "hugo", house("mine"));

    assertThat(drafts.personalData().heldAbout("account-hugo").toString()).contains("mine");
    store
        .database()
        .write(
            connection -> {
              drafts.personalData().erase(connection, "account-hugo");
              return true;
            });

    assertThat(drafts.personalData().heldAbout("account-hugo")).isEmpty();
  }
}
