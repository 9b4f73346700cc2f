package org.tequio.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.http.Caller;
import org.tequio.identity.TestHouse.Browser;

/** Signing in and out, over HTTP, by named people and by those who would harm them. */
class SignInTest {
  private static final Caller.Holding STEWARD = new Caller.Holding("steward", "obras");

  @TempDir Path folder;
  private TestHouse house;

  @BeforeEach
  void open() {
    house = TestHouse.open(folder.resolve("city"));
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aWrongPasswordAndAnUnknownAddressAreAnsweredAlikeAndTakeAsLong() {
    house.person("Alicia");
    Browser eve = house.new Browser();
    eve.signIn("alicia@villa.example", "not her password"); // warms the hash up
    List<Long> wrong = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    String saidOfWrong = "";
    String saidOfUnknown = "";
    for (int i = 0; i < 5; i++) {
      long t0 = System.nanoTime();
      saidOfWrong = eve.signIn("alicia@villa.example", "not her password").body();
      long t1 = System.nanoTime();
      saidOfUnknown = eve.signIn("nobody@villa.example", "not her password").body();
      wrong.add(t1 - t0);
      unknown.add(System.nanoTime() - t1);
    }
    assertThat(saidOfWrong).isEqualTo(saidOfUnknown).contains("sign-in-failed");
    // The least of five says how long the work takes on a busy machine.
    assertThat((double) least(unknown) / least(wrong)).isBetween(0.4, 2.5);
  }

  private static long least(List<Long> all) {
    return all.stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  @Test
  void guessingIsStoppedWhereItComesFromAndDoesNotLockTheVictimOut() {
    house.person("Alicia");
    Browser eve = house.new Browser();
    int[] statuses = new int[12];
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] = eve.signIn("alicia@villa.example", "guess number " + i).statusCode();
    }
    assertThat(Arrays.copyOf(statuses, 8)).containsOnly(401);
    assertThat(Arrays.copyOfRange(statuses, 8, 12)).containsOnly(429);
    house.clock.advance(Duration.ofMinutes(5));
    assertThat(house.new Browser().signIn("alicia@villa.example", TestHouse.PASSWORD).statusCode())
        .isEqualTo(200);
  }

  private TestHouse behindAProxy() {
    house.close();
    return new TestHouse(
        folder.resolve("public"),
        new IdentityConfig(
            URI.create("https://mapa.villa.example"), MailSettings.FOLDER_ONLY, List.of()));
  }

  @Test
  void whoIsGuessedAtFromManyAddressesCanSignInAtOnceFromTheirOwn() {
    house = behindAProxy();
    house.person("Alicia");
    Browser eve = house.new Browser();
    for (int i = 0; i < 45; i++) {
      eve.forwarded = List.of("203.0.113." + i);
      assertThat(eve.signIn("alicia@villa.example", "guess number " + i).statusCode())
          .isIn(401, 429);
    }
    Browser alicia = house.new Browser();
    alicia.forwarded = List.of("198.51.100.7");
    assertThat(alicia.signIn("alicia@villa.example", TestHouse.PASSWORD).statusCode())
        .isEqualTo(200);
  }

  @Test
  void listsOfStolenPasswordsAreStoppedByTheAddressTheyAreTriedFrom() {
    house = behindAProxy();
    Browser eve = house.new Browser();
    eve.forwarded = List.of("203.0.113.9");
    int tried = 0;
    for (int i = 0; i < 100; i++) {
      tried +=
          eve.signIn("person" + i + "@villa.example", "stolen " + i).statusCode() == 401 ? 1 : 0;
    }
    assertThat(tried).isLessThanOrEqualTo(30);
    // Whoever writes the header themselves is counted by what the proxy appended, or put below it.
    for (List<String> lie :
        List.of(List.of("1.2.3.4, 203.0.113.9"), List.of("1.2.3.4", "203.0.113.9"))) {
      eve.forwarded = lie;
      assertThat(eve.signIn("somebody@villa.example", "stolen").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void whoSendsThousandsOfRequestsIsAskedToWaitAndNobodyElseIs() {
    Browser eve = house.signedIn("Eve", STEWARD);
    Browser alicia = house.signedIn("Alicia", STEWARD);
    Browser stranger = house.new Browser();
    int served = 0;
    var last = eve.post("/api/lamps", "{}");
    for (int i = 0; i < 600; i++) {
      served += last.statusCode() == 200 ? 1 : 0;
      last = eve.post("/api/lamps", "{}");
    }
    assertThat(served).isBetween(200, 300);
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After")).isPresent();
    assertThat(last.body()).contains("too-many-attempts");
    assertThat(alicia.post("/api/lamps", "{}").statusCode()).isEqualTo(200);
    assertThat(alicia.get("/api/account").statusCode()).isEqualTo(200);
    assertThat(eve.get("/api/account").statusCode()).isEqualTo(200);
    for (int i = 0; i < 100; i++) {
      last = stranger.post("/api/lamps", "{}");
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(alicia.post("/api/lamps", "{}").statusCode()).isEqualTo(200);
    house.clock.advance(Duration.ofSeconds(2));
    assertThat(eve.post("/api/lamps", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void theCookieIsClosedToScriptsAndOtherSites() {
    house.person("Alicia");
    var reply = house.new Browser().signIn("alicia@villa.example", TestHouse.PASSWORD);
    String cookie = reply.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).startsWith("tequio_session=").contains("; HttpOnly", "; SameSite=Lax");
    assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void behindHttpsTheCookieIsBoundToHttpsAndToTheHost() {
    house.close();
    house =
        new TestHouse(
            folder.resolve("public"),
            new IdentityConfig(
                URI.create("https://mapa.villa.example"), MailSettings.FOLDER_ONLY, List.of()));
    house.person("Alicia");
    Browser alicia = house.new Browser();
    var reply = alicia.signIn("alicia@villa.example", TestHouse.PASSWORD);
    assertThat(reply.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-tequio_session=")
        .contains("; Secure", "; Path=/")
        .doesNotContain("Domain");
  }

  @Test
  void aSessionThatSomebodyPlantedIsNotTheOneAfterSigningIn() {
    house.person("Alicia");
    Browser alicia = house.new Browser();
    alicia.cookies.put("tequio_session", "planted-by-eve");
    alicia.signIn("alicia@villa.example", TestHouse.PASSWORD);
    String mine = alicia.cookies.get("tequio_session");
    assertThat(mine).isNotEqualTo("planted-by-eve").hasSize(43);
    alicia.signIn("alicia@villa.example", TestHouse.PASSWORD);
    Browser old = house.new Browser();
    old.cookies.put("tequio_session", String.valueOf(mine));
    assertThat(old.get("/api/account").statusCode()).isEqualTo(401);
  }

  @Test
  void signingOutEndsTheSessionNotOnlyItsCookie() {
    Browser alicia = house.signedIn("Alicia", STEWARD);
    String token = String.valueOf(alicia.cookies.get("tequio_session"));
    assertThat(alicia.send("DELETE", "/api/session", null, null).statusCode()).isEqualTo(204);
    assertThat(alicia.cookies).isEmpty();
    alicia.cookies.put("tequio_session", token);
    assertThat(alicia.get("/api/account").statusCode()).isEqualTo(401);
  }

  @Test
  void anotherSitesPageCannotMakeHerChangeAnything() {
    Browser alicia = house.signedIn("Alicia", STEWARD);
    assertThat(alicia.post("/api/lamps", "{}").statusCode()).isEqualTo(200);

    alicia.origin = "https://evil.example";
    assertThat(alicia.post("/api/lamps", "{}").body()).contains("request-forged");
    alicia.origin = "null";
    assertThat(alicia.post("/api/lamps", "{}").statusCode()).isEqualTo(403);
    alicia.origin = null;
    assertThat(alicia.post("/api/lamps", "{}").statusCode()).isEqualTo(403);
    alicia.origin = house.base();
    assertThat(alicia.send("POST", "/api/lamps", "text/plain", "{}").statusCode()).isEqualTo(200);
    alicia.csrf = "";
    assertThat(alicia.post("/api/lamps", "{}").statusCode()).isEqualTo(403);
    alicia.csrf = "0".repeat(43);
    assertThat(alicia.post("/api/lamps", "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void anotherSitesPageCannotSignItsVisitorIn() {
    house.person("Eve");
    Browser visitor = house.new Browser();
    visitor.origin = "https://evil.example";
    assertThat(visitor.signIn("eve@villa.example", TestHouse.PASSWORD).statusCode()).isEqualTo(403);
    assertThat(visitor.cookies).isEmpty();
  }

  @Test
  void whatOneGetsByACookieIsNotForPagesOfOtherSites() {
    Browser alicia = house.signedIn("Alicia");
    var hers = alicia.get("/api/account");
    assertThat(hers.statusCode()).isEqualTo(200);
    assertThat(hers.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(hers.headers().firstValue("Cache-Control")).contains("no-store");
    var everybodys = house.new Browser().get("/api/organisations");
    assertThat(everybodys.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void sessionsEndWhenNobodyUsesThemAndAfterThirtyDaysInAnyCase() {
    Browser idle = house.signedIn("Alicia");
    house.clock.advance(Duration.ofDays(6));
    assertThat(idle.get("/api/account").statusCode()).isEqualTo(200);
    house.clock.advance(Duration.ofDays(8));
    assertThat(idle.get("/api/account").statusCode()).isEqualTo(401);
    Browser busy = house.signedIn("Bruno");
    for (int day = 0; day < 30; day += 5) {
      assertThat(busy.get("/api/account").statusCode()).isEqualTo(200);
      house.clock.advance(Duration.ofDays(5));
    }
    house.clock.advance(Duration.ofHours(1));
    assertThat(busy.get("/api/account").statusCode()).isEqualTo(401);
  }

  @Test
  void changingThePasswordEndsTheOtherSessionsAndKeepsThisOne() {
    Browser phone = house.signedIn("Alicia");
    Browser desk = house.new Browser();
    desk.signIn("alicia@villa.example", TestHouse.PASSWORD);
    assertThat(desk.post("/api/account/password", change("wrong")).body())
        .contains("password-wrong");
    assertThat(desk.post("/api/account/password", change(TestHouse.PASSWORD)).statusCode())
        .isEqualTo(204);
    assertThat(desk.get("/api/account").statusCode()).isEqualTo(200);
    assertThat(phone.get("/api/account").statusCode()).isEqualTo(401);
    assertThat(house.mails().getLast()).contains("alicia@villa.example");
  }

  private static String change(String current) {
    return "{\"current\":\"" + current + "\",\"next\":\"otro tequio de lunes\"}";
  }

  @Test
  void onesSessionsAreListedAndOneCanBeEndedButNotAnothers() {
    Browser alicia = house.signedIn("Alicia");
    Browser bruno = house.signedIn("Bruno");
    String id = TestHouse.member(alicia.get("/api/account/sessions").body(), "id").orElseThrow();
    assertThat(bruno.send("DELETE", "/api/account/sessions/" + id, null, null).statusCode())
        .isEqualTo(404);
    assertThat(alicia.send("DELETE", "/api/account/sessions/" + id, null, null).statusCode())
        .isEqualTo(204);
    assertThat(alicia.get("/api/account").statusCode()).isEqualTo(401);
  }

  @Test
  void aBlockedPersonIsOutAtOnce() {
    Browser bruno = house.signedIn("Bruno");
    Browser gabriela = house.signedIn("Gabriela", new Caller.Holding("gis-admin", null));
    String id = TestHouse.member(bruno.get("/api/account").body(), "id").orElseThrow();
    assertThat(
            gabriela
                .send("PATCH", "/api/people/" + id, "application/json", "{\"blocked\":true}")
                .statusCode())
        .isEqualTo(200);
    assertThat(bruno.get("/api/account").statusCode()).isEqualTo(401);
    assertThat(house.new Browser().signIn("bruno@villa.example", TestHouse.PASSWORD).statusCode())
        .isEqualTo(401);
  }

  @Test
  void theLogKnowsWhoSignedInAndNoAddressOrPassword() {
    house.signedIn("Alicia");
    String log = String.join("\n", house.auditLines());
    assertThat(log).contains("sign-in password", "people.invite");
    assertThat(log).doesNotContain("villa.example", "tequio de domingo");
  }

  @Test
  void neitherTheFileNorTheMailsFolderGivesAPasswordOrSessionAway() throws Exception {
    Browser alicia = house.signedIn("Alicia");
    byte[] file = Files.readAllBytes(house.folder.resolve("city.gpkg"));
    String bytes = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(bytes)
        .doesNotContain(TestHouse.PASSWORD, String.valueOf(alicia.cookies.get("tequio_session")));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(house.folder.resolve("mail"))))
        .isEqualTo("rwx------");
  }
}
