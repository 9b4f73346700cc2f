package org.tequio.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Caller;
import org.tequio.identity.TestHouse.Browser;

/** Passwords that Alicia makes for programs which know names and passwords only. */
class ApplicationPasswordTest {
  private static final String PATH = "/api/account/application-passwords";

  @TempDir Path folder;
  private TestHouse house;
  private Browser alicia;

  @BeforeEach
  void open() {
    house = TestHouse.open(folder.resolve("city"));
    alicia = house.signedIn("Alicia", new Caller.Holding("steward", "obras"));
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static String made(HttpResponse<String> reply, String member) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
    Matcher found = Pattern.compile("\"" + member + "\":\"([^\"]*)\"").matcher(reply.body());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private HttpResponse<String> make(String scopes, int days) {
    return alicia.post(
        PATH,
        "{\"label\":\"QGIS de la oficina\",\"scopes\":[\"" + scopes + "\"],\"days\":" + days + "}");
  }

  private int lamp(String name, String password, String... headers) throws Exception {
    String pair = name + ":" + password;
    var request =
        HttpRequest.newBuilder(URI.create(house.base() + "/api/lamps"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return house.client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @Test
  void opensWhatItsScopesOpenWhateverNameStandsBeforeIt() throws Exception {
    String password = made(make("submit", 30), "password");
    assertThat(lamp("alicia@villa.example", password)).isEqualTo(200);
    assertThat(lamp("", password)).isEqualTo(200);

    String reading = made(make("read", 30), "password");
    assertThat(lamp("alicia", reading)).isEqualTo(403);
  }

  @Test
  void theAccountsOwnPasswordAndGuessesAreRefused() throws Exception {
    assertThat(lamp("alicia@villa.example", TestHouse.PASSWORD)).isEqualTo(401);
    assertThat(lamp("alicia", "")).isEqualTo(401);
    assertThat(lamp("alicia", "a".repeat(5000))).isEqualTo(401);
  }

  @Test
  void isShownOnceAndKeptAsAHashOnly() throws Exception {
    String password = made(make("submit", 30), "password");
    assertThat(alicia.get(PATH).body()).contains("QGIS de la oficina").doesNotContain(password);
  }

  @Test
  void endsByItselfAndByItsMakersHand() throws Exception {
    String brief = made(make("submit", 1), "password");
    var reply = make("submit", 30);
    String withdrawn = made(reply, "password");
    assertThat(alicia.send("DELETE", PATH + "/" + made(reply, "id"), null, null).statusCode())
        .isEqualTo(204);
    house.clock.advance(Duration.ofDays(2));

    assertThat(lamp("alicia", brief)).isEqualTo(401);
    assertThat(lamp("alicia", withdrawn)).isEqualTo(401);
  }

  @Test
  void noProgramMakesOneForItself() throws Exception {
    String password = made(make("submit", 30), "password");
    var request =
        HttpRequest.newBuilder(URI.create(house.base() + PATH))
            .header("Authorization", "Bearer " + password)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"label\":\"x\",\"scopes\":[\"edit\"]}"));
    assertThat(
            house.client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void anotherSitesPageGainsNothingFromABrowserThatKnowsIt() throws Exception {
    String password = made(make("submit", 30), "password");
    assertThat(lamp("alicia", password, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(lamp("alicia", password, "Origin", "https://evil.example")).isEqualTo(403);
  }

  @Test
  void scopesThatDoNotExistAndEndlessOnesAreRefused() {
    assertThat(make("everything", 30).statusCode()).isEqualTo(400);
    assertThat(make("edit", 100_000).statusCode()).isEqualTo(400);
    assertThat(make("edit", 0).statusCode()).isEqualTo(400);
  }
}
