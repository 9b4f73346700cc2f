package org.tequio.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Caller;
import org.tequio.identity.TestHouse.Browser;

/** Opening accounts, getting back into them, and what administrators do with people. */
class AccountsTest {
  private static final Caller.Holding ADMIN = new Caller.Holding("gis-admin", null);

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

  private static String ask(String name, String email, String password) {
    return "{\"name\":\"%s\",\"email\":\"%s\",\"password\":\"%s\",\"language\":\"pt\"}"
        .formatted(name, email, password);
  }

  @Test
  void anAccountBeginsWithTheMailedLinkAndTheLinkWorksOnce() {
    Browser bruno = house.new Browser();
    String ask = ask("Bruno", " Bruno@Villa.example ", TestHouse.PASSWORD);
    assertThat(bruno.post("/api/accounts", ask).statusCode()).isEqualTo(202);
    assertThat(bruno.signIn("bruno@villa.example", TestHouse.PASSWORD).statusCode()).isEqualTo(401);
    String token = "{\"token\":\"" + house.tokenOfLastMail() + "\"}";
    assertThat(bruno.post("/api/accounts/confirm", token).statusCode()).isEqualTo(204);
    assertThat(bruno.post("/api/accounts/confirm", token).body()).contains("link-expired");
    assertThat(bruno.signIn("bruno@villa.example", TestHouse.PASSWORD).statusCode()).isEqualTo(200);
    assertThat(bruno.get("/api/account").body()).contains("\"language\":\"pt\"");
  }

  @Test
  void whoeverAsksForAnAccountThatExistsLearnsNothingAndItsOwnerLearnsOfIt() {
    house.person("Alicia");
    Browser eve = house.new Browser();
    var fresh = eve.post("/api/accounts", ask("Eve", "new@villa.example", TestHouse.PASSWORD));
    var there = eve.post("/api/accounts", ask("Eve", "alicia@villa.example", TestHouse.PASSWORD));
    assertThat(there.statusCode()).isEqualTo(fresh.statusCode()).isEqualTo(202);
    assertThat(there.body()).isEqualTo(fresh.body());
    assertThat(house.mails().getLast())
        .contains("To: alicia@villa.example", "/sign-in")
        .doesNotContain("token");
    var forgotten = eve.post("/api/accounts/forgotten", "{\"email\":\"alicia@villa.example\"}");
    var unknown = eve.post("/api/accounts/forgotten", "{\"email\":\"none@villa.example\"}");
    assertThat(forgotten.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(202);
    assertThat(forgotten.body()).isEqualTo(unknown.body());
  }

  @Test
  void aForgottenPasswordIsSetAnewByALinkThatExpiresAndEndsAllSessions() {
    Browser alicia = house.signedIn("Alicia");
    Browser later = house.new Browser();
    later.post("/api/accounts/forgotten", "{\"email\":\"alicia@villa.example\"}");
    String first = house.tokenOfLastMail();
    house.clock.advance(Duration.ofMinutes(61));
    assertThat(later.post("/api/accounts/reset", reset(first)).body()).contains("link-expired");
    later.post("/api/accounts/forgotten", "{\"email\":\"alicia@villa.example\"}");
    String second = house.tokenOfLastMail();
    assertThat(later.post("/api/accounts/reset", reset(second)).statusCode()).isEqualTo(204);
    assertThat(later.post("/api/accounts/reset", reset(second)).statusCode()).isEqualTo(400);
    assertThat(alicia.get("/api/account").statusCode()).isEqualTo(401);
    assertThat(later.signIn("alicia@villa.example", "otro tequio de lunes").statusCode())
        .isEqualTo(200);
  }

  private static String reset(String token) {
    return "{\"token\":\"" + token + "\",\"password\":\"otro tequio de lunes\"}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "Password 1234",
        "contraseña1234",
        "aaaaaaaaaaaaaa",
        "Brunonobruno1",
        "bruno@villa.example"
      })
  void aPasswordThatIsTriedFirstIsRefusedAndSaysWhy(String password) {
    var reply =
        house.new Browser()
            .post("/api/accounts", ask("Brunon Obruno", "bruno@villa.example", password));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("password-weak");
  }

  @Test
  void theSamePasswordTypedOnAnotherKeyboardIsTheSame() {
    Browser bruno = house.new Browser();
    bruno.post("/api/accounts", ask("Bruno", "b@villa.example", "canción del barrio"));
    bruno.post("/api/accounts/confirm", "{\"token\":\"" + house.tokenOfLastMail() + "\"}");
    assertThat(bruno.signIn("b@villa.example", "cancio\u0301n del barrio").statusCode())
        .isEqualTo(200);
  }

  @Test
  void membersThatAreNotTheCallersToSetAreRefused() {
    Browser bruno = house.signedIn("Bruno");
    assertThat(
            bruno
                .send(
                    "PATCH",
                    "/api/account",
                    "application/json",
                    "{\"name\":\"B\",\"roles\":[{\"role\":\"gis-admin\"}]}")
                .statusCode())
        .isEqualTo(400);
    assertThat(bruno.get("/api/account").body()).doesNotContain("gis-admin");
  }

  @Test
  void theFirstAdministratorComesByAOneTimeLinkAndThereIsNoDefaultPassword() {
    Browser anyone = house.new Browser();
    assertThat(anyone.get("/api/session").body()).contains("\"setup\":true");
    String link = house.identity.renewAdministratorLink();
    String token = link.substring(link.indexOf("token=") + 6);
    String stale = house.identity.renewAdministratorLink();
    Browser gabriela = house.new Browser();
    assertThat(gabriela.post("/api/session/first", first(token)).statusCode()).isEqualTo(400);
    String good = stale.substring(stale.indexOf("token=") + 6);
    var reply = gabriela.post("/api/session/first", first(good));
    gabriela.learn(reply);
    assertThat(reply.body()).contains("people.manage", "\"setup\":false");
    assertThat(gabriela.get("/api/people").statusCode()).isEqualTo(200);
    assertThat(house.new Browser().post("/api/session/first", first(good)).statusCode())
        .isEqualTo(400);
  }

  private static String first(String token) {
    return ("{\"token\":\"%s\",\"name\":\"Gabriela\",\"email\":\"g@villa.example\","
            + "\"password\":\"mapa de todo el valle\"}")
        .formatted(token);
  }

  @Test
  void rolesAreGivenOnlyAsTheirFormAllowsAndTheLastAdministratorStays() {
    Browser gabriela = house.signedIn("Gabriela", ADMIN);
    String self = TestHouse.member(gabriela.get("/api/account").body(), "id").orElseThrow();
    for (String wrong :
        List.of(
            "{\"role\":\"steward\"}",
            "{\"role\":\"steward\",\"organisation\":\"nowhere\"}",
            "{\"role\":\"gis-admin\",\"organisation\":\"obras\"}",
            "{\"role\":\"resident\"}",
            "{\"role\":\"emperor\"}")) {
      var reply =
          gabriela.send(
              "PUT",
              "/api/people/" + self + "/roles",
              "application/json",
              "{\"roles\":[" + wrong + "]}");
      assertThat(reply.statusCode()).as(wrong).isEqualTo(400);
      assertThat(reply.body()).as(wrong).containsPattern("known: .*(steward|obras)");
    }
    var last =
        gabriela.send(
            "PUT", "/api/people/" + self + "/roles", "application/json", "{\"roles\":[]}");
    assertThat(last.statusCode()).isEqualTo(409);
    assertThat(gabriela.get("/api/people").statusCode()).isEqualTo(200);
  }

  @Test
  void aRoleCountsFromTheNextRequestOn() {
    Browser gabriela = house.signedIn("Gabriela", ADMIN);
    Browser alicia = house.signedIn("Alicia");
    assertThat(alicia.post("/api/lamps", "{}").statusCode()).isEqualTo(403);
    String id = TestHouse.member(alicia.get("/api/account").body(), "id").orElseThrow();
    for (String[] one : new String[][] {{"agua", "404"}, {"obras", "200"}}) {
      gabriela.send(
          "PUT",
          "/api/people/" + id + "/roles",
          "application/json",
          "{\"roles\":[{\"role\":\"steward\",\"organisation\":\"" + one[0] + "\"}]}");
      assertThat(alicia.post("/api/lamps", "{}").statusCode())
          .as(one[0])
          .isEqualTo(Integer.parseInt(one[1]));
    }
    assertThat(String.join("\n", house.auditLines())).contains(id + " is steward of obras");
  }

  @Test
  void peopleAreFoundByPartOfTheirNameInPages() {
    for (int i = 0; i < 60; i++) {
      house.identity.invite(
          "Vecina Número " + i, "v" + i + "@villa.example", Language.ES, List.of(), "operator");
    }
    Browser gabriela = house.signedIn("Gabriela", ADMIN);
    String page = gabriela.get("/api/people?q=numero").body();
    String next = TestHouse.member(page, "next").orElseThrow();
    String rest = gabriela.get("/api/people?q=numero&after=" + next).body();
    assertThat(page.split("\"email\"", -1).length - 1).isEqualTo(50);
    assertThat(rest.split("\"email\"", -1).length - 1).isEqualTo(10);
    assertThat(gabriela.get("/api/people?q=%25").body()).contains("\"items\":[]");
  }

  @Test
  void aNoticeIsReadInTheReadersLanguageAndMailedToThoseWhoWishSo() {
    Browser alicia = house.signedIn("Alicia");
    Browser bruno = house.signedIn("Bruno");
    bruno.send("PATCH", "/api/account", "application/json", "{\"mail\":false}");
    String a = TestHouse.member(alicia.get("/api/account").body(), "id").orElseThrow();
    String b = TestHouse.member(bruno.get("/api/account").body(), "id").orElseThrow();
    int before = house.mails().size();
    house
        .identity
        .notices()
        .send(
            List.of(a, b, b, "nobody"),
            new Notice(
                "lamp-moved",
                new LocalText("Se movió", "Mudou", "It moved"),
                new LocalText("Una lámpara.", "Uma lâmpada.", "A lamp."),
                "/lamps/7"));
    assertThat(house.mails()).hasSize(before + 1);
    assertThat(house.mails().getLast()).contains("alicia@villa.example", "/lamps/7");
    assertThat(bruno.get("/api/notices?lang=pt").body()).contains("\"unread\":1", "Mudou");
    String read = TestHouse.member(bruno.get("/api/notices").body(), "id").orElseThrow();
    assertThat(bruno.post("/api/notices/read", "{\"upTo\":\"" + read + "\"}").body())
        .contains("\"unread\":0");
    assertThat(alicia.get("/api/notices").body()).contains("\"unread\":1", "It moved");
  }

  @Test
  void anErasedPersonLeavesNoNameBehindAndTheAuditLogNeverHadOne() {
    Browser bruno = house.signedIn("Bruno");
    String id = TestHouse.member(bruno.get("/api/account").body(), "id").orElseThrow();
    PersonalData data = house.identity.personalData().getFirst();
    house.person("Alicia");
    assertThat(data.heldAbout(id).toString()).contains("bruno@villa.example", "Test Browser");
    assertThat(house.mails()).anyMatch(mail -> mail.contains("bruno@villa.example"));
    house
        .store
        .database()
        .write(
            connection -> {
              data.erase(connection, id);
              return true;
            });
    assertThat(data.heldAbout(id).toString()).doesNotContain("bruno", "Test Browser");
    assertThat(bruno.get("/api/account").statusCode()).isEqualTo(401);
    assertThat(String.join("\n", house.auditLines())).doesNotContain("bruno@");
    assertThat(house.mails()).isNotEmpty().noneMatch(mail -> mail.contains("bruno@"));
  }

  @Test
  void theAuditLogIsReadByThoseWhoMayAndItsChainIsWhole() {
    Browser aurelio = house.signedIn("Aurelio", new Caller.Holding("auditor", null));
    assertThat(house.signedIn("Bruno").get("/api/audit").statusCode()).isEqualTo(403);
    String page = aurelio.get("/api/audit?action=sign-in&limit=1").body();
    assertThat(page).contains("\"action\":\"sign-in\"", "\"next\":\"");
    String next = TestHouse.member(page, "next").orElseThrow();
    assertThat(aurelio.get("/api/audit?action=sign-in&before=" + next).body())
        .contains("\"action\":\"sign-in\"");
    assertThat(aurelio.get("/api/audit/verify").body()).contains("\"whole\":true");
  }
}
