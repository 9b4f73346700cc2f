package org.tequio.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.identity.TestHouse.Browser;

/** Signing in with a passkey, and what a stolen answer is worth. */
class PasskeyTest {
  @TempDir Path folder;
  private final SoftAuthenticator device = new SoftAuthenticator();
  private TestHouse house;
  private Browser alicia;
  private String account = "";
  private String origin = "";

  @BeforeEach
  void open() {
    house = TestHouse.open(folder.resolve("city"));
    origin = "http://localhost:" + house.server.port();
    alicia = house.signedIn("Alicia");
    account = TestHouse.member(alicia.get("/api/account").body(), "id").orElseThrow();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static String challenge(Browser who, String path) {
    return TestHouse.member(who.post(path, "{}").body(), "challenge").orElseThrow();
  }

  private int add(Browser who, String challenge, String from, String host) {
    return who.post(
            "/api/account/passkeys",
            "{\"label\":\"Phone\",\"credential\":" + device.create(challenge, from, host) + "}")
        .statusCode();
  }

  private void add() {
    String challenge = challenge(alicia, "/api/account/passkeys/options");
    assertThat(add(alicia, challenge, origin, "localhost")).isEqualTo(201);
  }

  private static String shown(String credential) {
    return "{\"credential\":" + credential + "}";
  }

  @Test
  void aPasskeySignsInWithoutAPassword() {
    add();
    assertThat(alicia.get("/api/account/passkeys").body()).contains("Phone", "\"used\":null");
    Browser phone = house.new Browser();
    String challenge = challenge(phone, "/api/session/passkey/options");
    var reply =
        phone.post(
            "/api/session/passkey", shown(device.sign(challenge, origin, "localhost", account)));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(phone.get("/api/account").body()).contains("Alicia");
    assertThat(String.join("\n", house.auditLines())).contains(account + " sign-in passkey");
  }

  @Test
  void anAnswerIsGoodOnceAndForFiveMinutes() {
    add();
    Browser thief = house.new Browser();
    String challenge = challenge(thief, "/api/session/passkey/options");
    String answer = shown(device.sign(challenge, origin, "localhost", account));
    assertThat(thief.post("/api/session/passkey", answer).statusCode()).isEqualTo(200);
    assertThat(house.new Browser().post("/api/session/passkey", answer).statusCode())
        .isEqualTo(401);
    thief.cookies.clear();
    String late = challenge(thief, "/api/session/passkey/options");
    house.clock.advance(Duration.ofMinutes(6));
    assertThat(
            thief
                .post(
                    "/api/session/passkey", shown(device.sign(late, origin, "localhost", account)))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void anAnswerGivenToAnotherSiteOrWithAnotherKeyIsRefused() {
    add();
    Browser eve = house.new Browser();
    String one = challenge(eve, "/api/session/passkey/options");
    assertThat(
            eve.post(
                    "/api/session/passkey",
                    shown(device.sign(one, "https://evil.example", "localhost", account)))
                .statusCode())
        .isEqualTo(401);
    String two = challenge(eve, "/api/session/passkey/options");
    assertThat(
            eve.post(
                    "/api/session/passkey",
                    shown(new SoftAuthenticator().sign(two, origin, "localhost", account)))
                .statusCode())
        .isEqualTo(401);
    for (String broken :
        List.of(
            "{\"id\":\"x\"}",
            "null",
            "[]",
            "{\"id\":\"eA\",\"rawId\":\"eA\",\"type\":\"public-key\",\"response\":"
                + "{\"clientDataJSON\":\"e30\",\"authenticatorData\":\"eA\",\"signature\":\"eA\"}}")) {
      assertThat(eve.post("/api/session/passkey", shown(broken)).statusCode())
          .as(broken)
          .isEqualTo(400);
    }
  }

  @Test
  void aCopiedPasskeyWhoseCounterGoesBackIsRefused() {
    add();
    device.counter(10);
    Browser phone = house.new Browser();
    String one = challenge(phone, "/api/session/passkey/options");
    assertThat(
            phone
                .post("/api/session/passkey", shown(device.sign(one, origin, "localhost", account)))
                .statusCode())
        .isEqualTo(200);
    device.counter(3);
    Browser copy = house.new Browser();
    String two = challenge(copy, "/api/session/passkey/options");
    assertThat(
            copy.post("/api/session/passkey", shown(device.sign(two, origin, "localhost", account)))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aPasskeyIsAddedOnlyToTheAccountThatAskedAndRemovedOnlyByIt() {
    Browser bruno = house.signedIn("Bruno");
    String hers = challenge(alicia, "/api/account/passkeys/options");
    assertThat(add(bruno, hers, origin, "localhost")).isEqualTo(401);
    add();
    String path = "/api/account/passkeys/" + device.id();
    assertThat(bruno.send("DELETE", path, null, null).statusCode()).isEqualTo(404);
    assertThat(alicia.send("DELETE", path, null, null).statusCode()).isEqualTo(204);
    Browser phone = house.new Browser();
    String challenge = challenge(phone, "/api/session/passkey/options");
    assertThat(
            phone
                .post(
                    "/api/session/passkey",
                    shown(device.sign(challenge, origin, "localhost", account)))
                .statusCode())
        .isEqualTo(401);
  }
}
