package org.tequio.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Caller;
import org.tequio.identity.TestHouse.Browser;

/** The token that Alicia's page fetches for its editor. */
class EditorTokenTest {
  private static final String PATH = "/api/session/editor-token";

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

  private int withToken(String method, String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(house.base() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return house.client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private String token() {
    HttpResponse<String> reply = alicia.post(PATH, "{}");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return TestHouse.member(reply.body(), "token").orElseThrow();
  }

  @Test
  void withoutASessionThereIsNone() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(house.base() + PATH))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();

    assertThat(house.client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void opensNothingButTheCommunityMap() throws Exception {
    String token = token();

    assertThat(withToken("POST", "/api/lamps", token)).isEqualTo(403);
    assertThat(withToken("GET", "/api/account", token)).isEqualTo(403);
    assertThat(withToken("POST", PATH, token)).isEqualTo(403);
  }

  @Test
  void hasNoForceAfterAnHour() throws Exception {
    String token = token();
    assertThat(withToken("GET", "/api/roles", token)).isNotEqualTo(401);

    house.clock.advance(Duration.ofMinutes(61));

    assertThat(withToken("GET", "/api/roles", token)).isEqualTo(401);
  }
}
