package org.tequio.osm.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** People leave notes on a served map and answer them. Each test is in a place of its own. */
class NotesTest extends TrialServerTest {
  private static HttpResponse<String> post(String who, String path) {
    return town.send(who, "POST", "/api/0.6/notes" + path, "");
  }

  private static String open(String who, String lon, String text) {
    var reply = post(who, ".json?lat=10&lon=" + lon + "&text=" + text);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return String.valueOf(town.read(reply.body()).get("properties").get("id").asLong());
  }

  private static void assertTold(HttpResponse<String> reply, int status, String text) {
    assertThat(reply.body()).isEqualTo(text);
    assertThat(reply.statusCode()).isEqualTo(status);
  }

  @Test
  void aNoteNeedsAPlaceInThisWorldAndAText() {
    assertTold(post("bruno", "?lon=1&text=a"), 400, "No lat was given");
    assertTold(post("bruno", "?lat=1&text=a"), 400, "No lon was given");
    assertTold(post("bruno", "?lat=1&lon=x&text=a"), 400, "lon was not a number");
    assertTold(post("bruno", "?lat=91&lon=1&text=a"), 400, "The note is outside this world");
    assertTold(post("bruno", "?lat=1&lon=1"), 400, "No text was given");
    assertTold(post("bruno", "?lat=1&lon=1&text=%20"), 400, "No text was given");
    assertThat(post("bruno", "?lat=1&lon=1&text=" + "a".repeat(2001)).statusCode()).isEqualTo(400);
    assertTold(town.get("/api/0.6/notes"), 400, "The parameter bbox is required");
    assertThat(town.get("/api/0.6/notes?bbox=0,0,6,6").body())
        .startsWith("The maximum bbox size is 25");
    assertTold(
        town.get("/api/0.6/notes?bbox=0,0,1,1&limit=10001"),
        400,
        "Note limit must be between 1 and 10000");
    assertTold(town.get("/api/0.6/notes/999999"), 404, "Object not found");
  }

  @Test
  void somebodyWithoutAnAccountLeavesANoteAndOnlyPeopleWithOneAnswer() {
    String id = open("nobody", "20", "Falta%20una%20coladera");
    assertTold(post("nobody", "/" + id + "/comment?text=a"), 401, "Couldn't authenticate you");
    assertTold(post("nobody", "/" + id + "/close"), 401, "Couldn't authenticate you");
    String xml = town.get("/api/0.6/notes/" + id).body();
    assertThat(xml)
        .contains("<note lon=\"20.0000000\" lat=\"10.0000000\">", "<status>open</status>")
        .contains("<date_created>2026-03-10 16:00:00 UTC</date_created>")
        .contains("/api/0.6/notes/" + id + "/close</close_url>", "<action>opened</action>")
        .doesNotContain("<uid>", "reopen_url");
    assertTold(post("bruno", "/" + id + "/comment"), 400, "No text was given");
    var said = post("bruno", "/" + id + "/comment.json?text=%3Cscript%3E%26%0A2");
    JsonNode comment = town.read(said.body()).get("properties").get("comments").get(1);
    assertThat(comment.get("user").asString()).isEqualTo("bruno");
    assertThat(comment.get("text").asString()).isEqualTo("<script>&\n2");
    assertThat(comment.get("html").asString()).isEqualTo("<p>&lt;script&gt;&amp;<br>2</p>");
  }

  @Test
  void aNoteIsClosedReopenedAndToldForSevenDays() {
    String id = open("alicia", "30", "Calle%20sin%20nombre");
    assertTold(post("bruno", "/" + id + "/reopen"), 409, "The note " + id + " is already open");
    assertThat(post("bruno", "/" + id + "/close?text=listo").body())
        .contains("<status>closed</status>", "<date_closed>2026-03-10 16:00:00 UTC</date_closed>");
    String closed = "The note " + id + " was closed at 2026-03-10 16:00:00 UTC";
    assertTold(post("bruno", "/" + id + "/close"), 409, closed);
    assertTold(post("bruno", "/" + id + "/comment?text=a"), 409, closed);
    String box = "/api/0.6/notes.json?bbox=29.9,9.9,30.1,10.1";
    assertThat(town.json(box).get("features")).hasSize(1);
    assertThat(town.json(box + "&closed=0").get("features")).isEmpty();
    town.clock.advance(Duration.ofDays(8));
    assertThat(town.json(box).get("features")).isEmpty();
    assertThat(town.json(box + "&closed=-1").get("features")).hasSize(1);
    town.clock.advance(Duration.ofDays(8).negated());
    assertThat(post("alicia", "/" + id + "/reopen").body()).contains("<status>open</status>");
    assertThat(town.notices("alicia")).anyMatch(link -> link.equals("/note/" + id));
  }

  @Test
  void aModeratorHidesANoteAndNobodyElseSeesItAgain() {
    String id = open("bruno", "40", "un%20insulto");
    String path = "/api/0.6/notes/" + id;
    assertThat(town.send("alicia", "DELETE", path, "").statusCode()).isEqualTo(403);
    assertThat(town.send("gloria", "DELETE", path + "?text=no", "").statusCode()).isEqualTo(200);
    String gone = "The note with the id " + id + " has already been deleted";
    assertTold(town.get(path), 410, gone);
    assertTold(post("alicia", "/" + id + "/comment?text=a"), 410, gone);
    assertTold(post("alicia", "/" + id + "/reopen"), 410, gone);
    for (String place :
        List.of(
            "/api/0.6/notes?bbox=39.9,9.9,40.1,10.1&closed=-1",
            "/api/0.6/notes/search?q=insulto&closed=-1",
            "/api/0.6/notes/feed",
            "/note/" + id)) {
      assertThat(town.get(place).body()).as(place).doesNotContain("insulto");
    }
    var page = town.get("/note/" + id + "?lang=en");
    assertThat(page.statusCode()).isEqualTo(410);
    assertThat(town.read(page.body()).get("title").asString()).isEqualTo("The note is gone");
    assertThat(town.send("gloria", town.at(path)).body()).contains("<status>hidden</status>");
    assertThat(post("gloria", "/" + id + "/reopen").statusCode()).isEqualTo(200);
    assertThat(town.get(path).body()).contains("insulto").doesNotContain("<text>no</text>");
  }

  @Test
  void notesAreFoundByWordsPeopleAndMoments() {
    String id = open("alicia", "50", "%C3%81rbol%20ca%C3%ADdo%20100%25");
    for (String asked :
        List.of("q=arbol%20CAIDO", "q=100%25", "display_name=alicia&q=caido&sort=created_at")) {
      assertThat(town.get("/api/0.6/notes/search?" + asked).body()).contains("<id>" + id + "</id>");
    }
    for (String asked :
        List.of("q=arb_l", "q=caido&to=2020-01-01", "q=caido&from=2030-01-01T00:00:00Z")) {
      assertThat(town.json("/api/0.6/notes/search.json?" + asked).get("features")).isEmpty();
    }
    assertTold(town.get("/api/0.6/notes/search?display_name=nadie"), 400, "User nadie not known");
    assertThat(town.get("/api/0.6/notes/search?from=x").statusCode()).isEqualTo(400);
    assertThat(town.get("/api/0.6/notes/search?order=odd").statusCode()).isEqualTo(400);
    assertThat(town.get("/api/0.6/notes/feed?bbox=49.9,9.9,50.1,10.1").body())
        .contains("<rss", "<title>new note (near 10.0000000, 50.0000000)</title>")
        .contains("<georss:point>10.0000000 50.0000000</georss:point>");
    assertThat(town.get("/api/0.6/notes/" + id + ".gpx").body())
        .contains("<wpt lon=\"50.0000000\" lat=\"10.0000000\">", "<name>Note: " + id + "</name>");
    String follow = "/api/0.6/notes/" + id + "/subscription";
    assertThat(town.send("bruno", "POST", follow, "").statusCode()).isEqualTo(200);
    assertThat(town.send("bruno", "POST", follow, "").statusCode()).isEqualTo(409);
    assertThat(town.send("bruno", "DELETE", follow, "").statusCode()).isEqualTo(200);
    assertThat(town.send("bruno", "DELETE", follow, "").statusCode()).isEqualTo(404);
  }

  @Test
  void aProgramAnswersNotesOnlyWithTheScopeForIt() {
    String id = open("bruno", "60", "obra");
    String path = "/api/0.6/notes/" + id + "/comment?text=programa";
    for (String scope : List.of("write_api", "write_notes")) {
      String password = town.passwordOf("bruno", scope);
      var reply =
          town.send(
              "nobody",
              town.at(path)
                  .header("Authorization", "Bearer " + password)
                  .method("POST", HttpRequest.BodyPublishers.noBody()));
      assertThat(reply.statusCode())
          .as(scope + reply.body())
          .isEqualTo(scope.equals("write_notes") ? 200 : 403);
    }
  }

  @Test
  void pagesForPeopleSayWhoSaidWhatAndEscapeIt() {
    String id = open("bruno", "70", "%3Cb%3Eobra%3C/b%3E");
    var note = town.get("/note/" + id);
    assertThat(note.headers().firstValue("Content-Type").orElse("")).contains("xhtml");
    assertThat(note.body())
        .contains(
            "&lt;b&gt;obra&lt;/b&gt;",
            "<strong>bruno</strong>",
            "/edit#map=18/10.000000/70.000000");
    String own = town.open("alicia");
    assertThat(town.get("/changeset/" + own).body())
        .contains("Calle Molino &amp; más", "Nadie ha dicho nada.", "<bdi>alicia</bdi>");
    assertThat(town.get("/changeset/" + own + "?lang=en").body()).contains("Nobody has said");
  }

  @Test
  void whoHasSignedInAnswersOnThePageAndNoOtherScriptRunsThere() throws Exception {
    String id = open("bruno", "71", "obra");
    String settled = open("bruno", "72", "bache");
    assertThat(post("alicia", "/" + settled + "/close").statusCode()).isEqualTo(200);
    var stranger = town.get("/note/" + id);
    assertThat(stranger.body())
        .contains("/sign-in?next=/note/" + id)
        .doesNotContain("<form", "<script");
    assertThat(stranger.headers().firstValue("Content-Security-Policy").orElse(""))
        .doesNotContain("script-src");

    var note = town.send("alicia", "GET", "/note/" + id + "?lang=en", "");
    assertThat(note.body())
        .contains("data-to=\"/api/0.6/notes/" + id + "/\"")
        .contains("value=\"comment\"", "value=\"close\"", "needs JavaScript")
        .doesNotContain("value=\"reopen\"", "/sign-in");
    String script = note.body().replaceAll("(?s).*<script>(.*)</script>.*", "$1");
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(
                script
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&")
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(note.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
        .contains("connect-src 'self'", "form-action 'none'", "default-src 'none'");

    assertThat(town.send("alicia", "GET", "/note/" + settled, "").body())
        .contains("value=\"reopen\"")
        .doesNotContain("value=\"close\"");
    String changeset = town.open("alicia");
    assertThat(town.send("alicia", "GET", "/changeset/" + changeset + "?lang=en", "").body())
        .contains("once it is closed")
        .doesNotContain("<form");
  }

  @Test
  void pagesForPeopleRefuseInTheReadersLanguage() {
    for (String missing : List.of("/changeset/5", "/note/5")) {
      var reply = town.get(missing + "?lang=pt");
      assertThat(reply.statusCode()).as(missing).isEqualTo(404);
      assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(town.read(reply.body()).get("title").asString()).isEqualTo("Não existe");
    }
    assertThat(town.get("/changeset/x").headers().firstValue("Content-Type"))
        .contains("application/problem+json");
  }

  @Test
  void whoIsErasedLeavesNoWordOfTheirNotes() {
    town.person("carla");
    String id = open("carla", "80", "vivo%20en%20el%2012");
    String account = town.account("carla");
    assertThat(town.osm.personalData().heldAbout(account).toString()).contains("vivo en el 12");
    town.store
        .database()
        .write(
            connection -> {
              town.osm.personalData().erase(connection, account);
              return true;
            });
    assertThat(town.get("/api/0.6/notes/" + id).body()).doesNotContain("vivo", "carla");
    assertThat(town.json("/api/0.6/notes/search.json?q=vivo").get("features")).isEmpty();
  }
}
