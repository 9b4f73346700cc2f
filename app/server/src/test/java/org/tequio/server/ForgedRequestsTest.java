package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;

/**
 * Pages of other sites make the administrator's browser send requests, with her cookie. Every
 * endpoint that changes something is tried; a new one is tried without another word.
 */
class ForgedRequestsTest {
  /** Where who asks is said in the body, and a cookie gives no rights. */
  private static final Set<String> FOR_PROGRAMS =
      Set.of("/oauth2/token", "/oauth2/revoke", "/oauth2/introspect");

  /** A page without scripts: the one-time ticket in its form is the proof. */
  private static final String CONSENT = "/oauth2/authorize";

  @TempDir static Path folder;
  private static ServedCity town;
  private static ServedCity.Session gabriela;
  private static final List<Endpoint> CHANGING = new ArrayList<>();

  @BeforeAll
  static void gabrielaHasSignedIn() throws IOException {
    town = new ServedCity(folder.resolve("city"));
    gabriela = town.person("gabriela", new Caller.Holding("gis-admin", null));
    for (Endpoint endpoint : town.endpoints) {
      if (!endpoint.method().equals("GET") && !FOR_PROGRAMS.contains(endpoint.path())) {
        CHANGING.add(endpoint);
      }
    }
    assertThat(CHANGING).hasSizeGreaterThan(50);
  }

  @AfterAll
  static void stop() {
    town.close();
  }

  private static HttpRequest.Builder hers(Endpoint endpoint, String type) {
    return town.bare(endpoint.method(), endpoint.path().replaceAll("\\{[^}]*}", "1"), "{}")
        .header("Content-Type", type)
        .header("Cookie", gabriela.cookie());
  }

  @Test
  void noPageOfAnotherSiteChangesAnythingWithHerCookie() {
    Map<String, Integer> wrong = new TreeMap<>();
    for (Endpoint endpoint : CHANGING) {
      String own = ServedCity.SITE.toString();
      Map<String, HttpRequest.Builder> forged = new TreeMap<>();
      for (String type :
          List.of("application/json", "text/plain", "application/x-www-form-urlencoded")) {
        for (String origin :
            List.of(
                "https://evil.example",
                "null",
                own + ".evil.example",
                own + ":81",
                "https://mapa.villa.example")) {
          forged.put(
              type + " from " + origin,
              hers(endpoint, type).header("Origin", origin).header("Tequio-Csrf", gabriela.csrf()));
        }
      }
      forged.put(
          "another site, says the browser",
          hers(endpoint, "application/json")
              .header("Origin", own)
              .header("Sec-Fetch-Site", "cross-site")
              .header("Tequio-Csrf", gabriela.csrf()));
      forged.put(
          "a page of another site",
          hers(endpoint, "application/json")
              .header("Referer", "https://evil.example/" + own)
              .header("Tequio-Csrf", gabriela.csrf()));
      if (!endpoint.path().equals(CONSENT)) {
        forged.put("no word of it", hers(endpoint, "application/json"));
        forged.put("no token", hers(endpoint, "application/json").header("Origin", own));
        forged.put(
            "another's token",
            hers(endpoint, "application/json")
                .header("Origin", own)
                .header("Tequio-Csrf", "0".repeat(43)));
      }
      forged.forEach(
          (how, request) -> {
            int status = ServedCity.send(request).statusCode();
            if (status != 403) {
              wrong.put(endpoint.method() + " " + endpoint.path() + ", " + how, status);
            }
          });
    }
    assertThat(wrong).isEmpty();
    assertThat(town.get(gabriela, "/api/people").statusCode()).isEqualTo(200);
  }

  @Test
  void nobodySetsWhatIsNotTheirsToSet() {
    List<String> taken = new ArrayList<>();
    for (Endpoint endpoint : CHANGING) {
      Endpoint.Body body = endpoint.takes();
      if (body != null && body.type() instanceof Class<?> type && type.isRecord()) {
        for (String member : List.of("owner", "status", "fee", "__proto__", "class")) {
          String json = "{\"" + member + "\":\"gis-admin\"}";
          var reply =
              town.send(
                  gabriela, endpoint.method(), endpoint.path().replaceAll("\\{[^}]*}", "1"), json);
          if (reply.statusCode() < 400 || reply.statusCode() >= 500) {
            taken.add(endpoint.method() + " " + endpoint.path() + " took " + json);
          }
        }
      }
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void aBodyThatIsSaidToBeCompressedIsNotInflated() throws IOException {
    byte[] packed = org.tequio.http.Coding.GZIP.pack(new byte[8 << 20], 8 << 20);
    var reply =
        ServedCity.send(
            town.request("POST", "/api/uploads", null)
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Cookie", gabriela.cookie())
                .header("Tequio-Csrf", gabriela.csrf()));
    assertThat(reply.statusCode()).isBetween(400, 499);
  }
}
