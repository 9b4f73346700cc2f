package org.tequio.osm.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tequio.osm.element.OsmTables;
import tools.jackson.databind.JsonNode;

/** Speaks to a served map as programs of OpenStreetMap do. Each test edits a place of its own. */
class OsmApiTest extends TrialServerTest {
  /** A street of two nodes and a relation, which no test changes. */
  private static String node = "";

  private static String way = "";
  private static String relation = "";
  private static String changeset = "";

  @BeforeAll
  static void aliciaDrawsAStreet() {
    changeset = town.open("alicia");
    var reply =
        town.upload(
            "alicia",
            changeset,
            """
            <create>
             <node id='-1' changeset='CS' lat='19.36' lon='-99.17'/>
             <node id='-2' changeset='CS' lat='19.361' lon='-99.169'>
              <tag k='highway' v='crossing'/></node>
             <way id='-1' changeset='CS'><nd ref='-1'/><nd ref='-2'/>
              <tag k='name' v='Molino &lt;"&amp;&gt; Ñ'/></way>
             <relation id='-1' changeset='CS'><member type='way' ref='-1' role='main'/>
              <tag k='type' v='street'/></relation>
            </create>\
            """);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    node = newId(reply.body(), "node", "-1");
    way = newId(reply.body(), "way", "-1");
    relation = newId(reply.body(), "relation", "-1");
  }

  private static String newId(String diffResult, String type, String oldId) {
    String start = "<" + type + " old_id=\"" + oldId + "\" new_id=\"";
    int at = diffResult.indexOf(start);
    assertThat(at).as(diffResult).isNotNegative();
    return diffResult.substring(at + start.length(), diffResult.indexOf('"', at + start.length()));
  }

  private static void assertTold(HttpResponse<String> reply, int status, String text) {
    assertThat(reply.body()).isEqualTo(text);
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Error").orElse("")).isEqualTo(text);
    assertThat(reply.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }

  // ---- what is refused

  @Test
  void nobodyWithoutAnAccountEdits() {
    var reply = town.send("nobody", "PUT", "/api/0.6/changeset/create", "<osm><changeset/></osm>");
    assertTold(reply, 401, "Couldn't authenticate you");
    assertThat(reply.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void whatIsNotThereIsNotThereAndWhatIsGoneIsGone() {
    assertTold(town.get("/api/0.6/node/5"), 404, "The node with the id 5 was not found");
    assertThat(town.get("/api/0.6/node/nothing").statusCode()).isEqualTo(404);
    assertThat(town.get("/api/0.6/node/" + node + "/9").statusCode()).isEqualTo(404);
    assertThat(town.get("/api/0.6/nodes?nodes=" + node + ",5").statusCode()).isEqualTo(404);
    String own = town.open("bruno");
    String id =
        town.send(
                "bruno",
                "PUT",
                "/api/0.6/node/create",
                "<osm><node changeset='" + own + "' lat='1' lon='1'/></osm>")
            .body();
    var deleted =
        town.send(
            "bruno",
            "DELETE",
            "/api/0.6/node/" + id,
            "<osm><node id='"
                + id
                + "' changeset='"
                + own
                + "' version='1' lat='1' lon='1'/></osm>");
    assertThat(deleted.body()).isEqualTo("2");
    assertTold(
        town.get("/api/0.6/node/" + id),
        410,
        "The node with the id " + id + " has already been deleted");
    assertThat(town.json("/api/0.6/node/" + id + "/2.json").get("elements").get(0).has("lat"))
        .isFalse();
    assertThat(town.get("/api/0.6/node/" + id + "/history").body())
        .contains("visible=\"true\" version=\"1\"")
        .contains("visible=\"false\" version=\"2\"");
  }

  @Test
  void aBoxMustBeABoxAndNotTooLarge() {
    assertTold(town.get("/api/0.6/map"), 400, "The parameter bbox is required");
    assertThat(town.get("/api/0.6/map?bbox=1,2,3").statusCode()).isEqualTo(400);
    assertThat(town.get("/api/0.6/map?bbox=3,2,1,4").body()).startsWith("The minimum longitude");
    assertThat(town.get("/api/0.6/map?bbox=-181,0,-180.9,0.1").body()).startsWith("The latitudes");
    assertTold(
        town.get("/api/0.6/map?bbox=0,0,1,1"),
        400,
        "The maximum bbox size is 0.25, and your request was too large. Either request a smaller"
            + " area, or use planet.osm");
  }

  @Test
  void aProgramThatAsksForItIsToldInXmlUnder200() {
    var reply = town.send("nobody", town.at("/api/0.6/node/5").header("X-Error-Format", "XML"));
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body())
        .contains("<status>404 Not Found</status>")
        .contains("<message>The node with the id 5 was not found</message>");
  }

  @Test
  void anotherFormIs406AndNoneIsXml() {
    var pdf =
        town.send(
            "nobody", town.at("/api/0.6/map?bbox=0,0,0.1,0.1").header("Accept", "application/pdf"));
    assertThat(pdf.statusCode()).isEqualTo(406);
    var odd = town.send("nobody", town.at("/api/0.6/node/" + node).header("Accept", "whatever"));
    assertThat(odd.headers().firstValue("Content-Type").orElse("")).startsWith("application/xml");
    var json =
        town.send(
            "nobody",
            town.at("/api/0.6/node/" + node).header("Accept", "text/html, application/json;q=0.9"));
    assertThat(json.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
  }

  @Test
  void whatCannotBeUnderstoodRefusesTheWholeUpload() {
    String own = town.open("bruno");
    for (List<String> one :
        List.of(
            List.of(
                "<frobnicate/>", "Unknown action frobnicate, choices are create, modify, delete"),
            List.of(
                "<create><node id='-1' changeset='CS' lat='91' lon='0'/></create>",
                "The node is outside this world"),
            List.of(
                "<create><node id='-1' changeset='CS' lon='0'/></create>",
                "Cannot parse valid node from xml string. lat missing"),
            List.of(
                "<modify><node id='1' changeset='CS' lat='1' lon='0'/></modify>",
                "Cannot parse valid node from xml string. Version is required when updating"),
            List.of(
                "<create><node id='-1' lat='1' lon='0'/></create>",
                "Cannot parse valid node from xml string. Changeset id is missing"),
            List.of(
                "<create><node id='-1' changeset='CS' lat='1' lon='0'><tag k='a' v='1'/>"
                    + "<tag k='a' v='2'/></node></create>",
                "Element node/-1 has duplicate tags with key a"),
            List.of(
                "<create><node id='-1' changeset='CS' lat='1' lon='0'><tag k='a' v='"
                    + "ñ".repeat(256)
                    + "'/></node></create>",
                "Value has more than 255 unicode characters"),
            List.of(
                "<create><way id='-1' changeset='CS'/></create>",
                "Precondition failed: Cannot create way: data is invalid."),
            List.of(
                "<create><way id='-1' changeset='CS'>"
                    + "<nd ref='1'/>".repeat(2001)
                    + "</way></create>",
                "You tried to add 2001 nodes to way -1, however only 2000 are allowed"),
            List.of(
                "<create><relation id='-1' changeset='CS'><member type='area' ref='1'/></relation>"
                    + "</create>",
                "Cannot parse valid relation from xml string. The area is not allowed only, node,"
                    + " way and relation allowed."))) {
      var reply = town.upload("bruno", own, one.get(0));
      assertTold(reply, one.get(1).startsWith("Precondition") ? 412 : 400, one.get(1));
    }
    assertThat(
            town.json("/api/0.6/changeset/" + own + ".json")
                .get("changeset")
                .get("changes_count")
                .asInt())
        .isZero();
  }

  @Test
  void hostileDocumentsAreRefusedBeforeTheyGrow() {
    String own = town.open("bruno");
    String path = "/api/0.6/changeset/" + own + "/upload";
    var bomb =
        town.send(
            "bruno",
            "POST",
            path,
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><osmChange>&b;</osmChange>");
    assertThat(bomb.statusCode()).isEqualTo(400);
    assertThat(bomb.body()).doesNotContain("root:");
    var packed =
        town.send(
            "bruno",
            town.at(path)
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(" ".repeat(80 << 20)))));
    assertThat(packed.statusCode()).as(packed.body()).isIn(400, 413);
    var odd =
        town.send(
            "bruno",
            town.at(path)
                .header("Content-Encoding", "zstd")
                .POST(HttpRequest.BodyPublishers.ofString("x")));
    assertThat(odd.statusCode()).isEqualTo(415);
    var noGzip =
        town.send(
            "bruno",
            town.at(path)
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("<osmChange/>")));
    assertThat(noGzip.statusCode()).isEqualTo(400);
  }

  @Test
  void aBareElementMustNameAnOpenChangesetAndTheIdOfItsPath() {
    assertTold(
        town.send(
            "bruno",
            "PUT",
            "/api/0.6/node/create",
            "<osm><node changeset='3' lat='1' lon='1'/></osm>"),
        409,
        "You need to supply a changeset to be able to make a change");
    String own = town.open("bruno");
    assertTold(
        town.send(
            "bruno",
            "PUT",
            "/api/0.6/node/" + node,
            "<osm><node id='7' version='1' changeset='" + own + "' lat='1' lon='1'/></osm>"),
        400,
        "The id in the url (" + node + ") is not the same as provided in the xml (7)");
  }

  // ---- what is told

  @Test
  void theMapHasTheNodesOfABoxTheirWaysWholeAndTheRelationsAround() {
    String box = "-99.1701,19.3599,-99.1699,19.3601";
    String xml = town.get("/api/0.6/map?bbox=" + box).body();
    assertThat(xml)
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\"")
        .contains(
            "<bounds minlat=\"19.3599000\" minlon=\"-99.1701000\" maxlat=\"19.3601000\""
                + " maxlon=\"-99.1699000\"/>")
        .contains("<tag k=\"highway\" v=\"crossing\"/>")
        .contains("<tag k=\"name\" v=\"Molino &lt;&quot;&amp;&gt; Ñ\"/>")
        .contains("<member type=\"way\" ref=\"" + way + "\" role=\"main\"/>")
        .contains("user=\"alicia\" uid=\"" + (OsmTables.FIRST_OTHER + 1) + "\"");
    JsonNode elements = town.json("/api/0.6/map.json?bbox=" + box).get("elements");
    assertThat(elements.valueStream().map(one -> one.get("type").asString()).toList())
        .containsExactly("node", "node", "way", "relation");
    assertThat(elements.get(2).get("tags").get("name").asString()).isEqualTo("Molino <\"&> Ñ");
    assertThat(elements.get(0).get("lat").asDouble()).isEqualTo(19.36);
    assertThat(town.json("/api/0.6/map.json?bbox=-99.2,19.3,-99.19,19.31").get("elements"))
        .isEmpty();
  }

  @Test
  void anElementIsToldWithWhatItIsMadeOfAndWhoUsesIt() {
    assertThat(town.json("/api/0.6/way/" + way + "/full.json").get("elements")).hasSize(3);
    assertThat(town.json("/api/0.6/relation/" + relation + "/full.json").get("elements"))
        .hasSize(4);
    assertThat(
            town.json("/api/0.6/node/" + node + "/ways.json")
                .get("elements")
                .get(0)
                .get("id")
                .asString())
        .isEqualTo(way);
    assertThat(town.json("/api/0.6/way/" + way + "/relations.json").get("elements")).hasSize(1);
    assertThat(town.json("/api/0.6/node/" + node + "/relations.json").get("elements")).isEmpty();
    assertThat(town.json("/api/0.6/nodes.json?nodes=" + node + "v1," + node).get("elements"))
        .hasSize(2);
  }

  @Test
  void aChangesetIsToldWithItsBoxAndDownloadedAsTheChangesItMade() {
    JsonNode told = town.json("/api/0.6/changeset/" + changeset + ".json").get("changeset");
    assertThat(told.get("open").asBoolean()).isTrue();
    assertThat(told.get("changes_count").asInt()).isEqualTo(4);
    assertThat(told.get("min_lon").asDouble()).isEqualTo(-99.17);
    assertThat(told.get("tags").get("comment").asString()).isEqualTo("Calle Molino & más");
    assertThat(town.get("/api/0.6/changeset/" + changeset + "/download").body())
        .contains("<osmChange version=\"0.6\"")
        .containsSubsequence("<create>", "<node id=\"" + node, "</create>", "<create>");
    assertThat(town.get("/api/0.6/changesets?user=" + (OsmTables.FIRST_OTHER + 1)).body())
        .contains("changeset id=\"" + changeset + "\"");
    assertThat(
            town.json("/api/0.6/changesets.json?bbox=0,0,1,1&display_name=alicia")
                .get("changesets"))
        .isEmpty();
    assertThat(town.get("/api/0.6/changesets?limit=101").statusCode()).isEqualTo(400);
    assertThat(town.get("/api/0.6/changesets?user=3").statusCode()).isEqualTo(404);
  }

  @Test
  void aPackedUploadIsReadAndAnsweredInJsonWhereAsked() {
    String own = town.open("bruno");
    String osc =
        "<osmChange><create><node id='-9' changeset='"
            + own
            + "' lat='2' lon='2'/></create></osmChange>";
    var reply =
        town.send(
            "bruno",
            town.at("/api/0.6/changeset/" + own + "/upload")
                .header("Content-Encoding", "gzip")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(osc))));
    assertThat(reply.body()).contains("\"old_id\":-9").contains("\"new_version\":1");
  }

  @Test
  void peopleTalkAboutAClosedChangesetAndAModeratorHides() {
    String own = town.open("alicia");
    String path = "/api/0.6/changeset/" + own;
    assertThat(town.send("bruno", "POST", path + "/comment?text=hola", "").statusCode())
        .isEqualTo(409);
    assertThat(town.send("alicia", "PUT", path + "/close", "").statusCode()).isEqualTo(200);
    var said =
        town.send(
            "bruno",
            town.at(path + "/comment")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("text=%C2%BFEs%20el%20Molino%3F")));
    assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
    JsonNode told =
        town.json(path + ".json?include_discussion=true").get("changeset").get("comments").get(0);
    assertThat(told.get("text").asString()).isEqualTo("¿Es el Molino?");
    String comment = told.get("id").asString();
    String hide = "/api/0.6/changeset/comment/" + comment + "/hide";
    assertThat(town.send("alicia", "POST", hide, "").statusCode()).isEqualTo(403);
    assertThat(town.send("gloria", "POST", hide, "").statusCode()).isEqualTo(200);
    assertThat(town.get(path + "?include_discussion=true").body()).doesNotContain("Molino?");
    assertTold(
        town.send("bruno", "POST", path + "/subscribe", ""),
        409,
        "You are already subscribed to changeset " + own + ".");
    assertThat(town.send("bruno", "POST", path + "/unsubscribe", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aChangesetClosesByItselfAndSaysWhen() {
    String own = town.open("bruno");
    town.clock.advance(Duration.ofHours(2));
    var reply =
        town.upload(
            "bruno", own, "<create><node id='-1' changeset='CS' lat='1' lon='1'/></create>");
    town.clock.advance(Duration.ofHours(2).negated());
    assertTold(reply, 409, "The changeset " + own + " was closed at 2026-03-10 17:00:00 UTC");
  }

  @Test
  void aBodyThatCallsItselfAFormAsCurlDoesIsReadAsWhatItIs() {
    var form =
        town.at("/api/0.6/changeset/create")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "<osm><changeset><tag k='comment' v='a=b&amp;c+d'/></changeset></osm>"));
    var opened = town.send("bruno", form);
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
    assertThat(town.get("/api/0.6/changeset/" + opened.body()).body()).contains("a=b&amp;c+d");
  }

  @Test
  void whoLosesTheAnswerSendsTheSameAgainAndNothingIsMadeTwice() {
    String own = town.open("carla");
    String house =
        "<create><node id='-1' changeset='CS' lat='2.5' lon='2.5'/>"
            + "<node id='-2' changeset='CS' lat='2.6' lon='2.5'/>"
            + "<way id='-1' changeset='CS'><nd ref='-1'/><nd ref='-2'/></way></create>"
            + "<modify><way id='-1' version='1' changeset='CS'><nd ref='-2'/><nd ref='-1'/>"
            + "</way></modify>"
            + "<delete if-unused='true'><node id='-1' version='1' changeset='CS'/></delete>";
    var lost = town.upload("carla", own, house);
    assertThat(lost.statusCode()).as(lost.body()).isEqualTo(200);

    var again = town.upload("carla", own, house);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(lost.body());
    assertThat(town.get("/api/0.6/changeset/" + own).body()).contains("changes_count=\"4\"");
    assertThat(town.get("/api/0.6/map?bbox=2.4,2.4,2.7,2.7").body().split("<node ")).hasSize(3);

    town.send("carla", "PUT", "/api/0.6/changeset/" + own + "/close", "");
    assertThat(town.upload("carla", own, house).body()).isEqualTo(lost.body());

    assertTold(town.upload("bruno", own, house), 409, "The user doesn't own that changeset");
    String other = town.open("carla");
    assertThat(town.upload("carla", other, house).body()).isNotEqualTo(lost.body());
  }

  @Test
  void aPersonIsToldWhoTheyAreAndKeepsPreferences() {
    String details = town.send("bruno", town.at("/api/0.6/user/details.json")).body();
    assertThat(details).contains("\"display_name\":\"bruno\"").contains("\"languages\":[\"es\"]");
    assertThat(town.send("gloria", town.at("/api/0.6/user/details")).body())
        .contains("<moderator></moderator>");
    assertTold(town.get("/api/0.6/user/details"), 401, "Couldn't authenticate you");
    String key = "/api/0.6/user/preferences/color";
    assertThat(town.send("bruno", "PUT", key, "rojo ñ").statusCode()).isEqualTo(200);
    assertThat(town.send("bruno", town.at(key)).body()).isEqualTo("rojo ñ");
    assertThat(town.send("alicia", town.at(key)).statusCode()).isEqualTo(404);
    assertThat(town.send("bruno", town.at("/api/0.6/user/preferences.json")).body())
        .contains("\"color\":\"rojo ñ\"");
    assertThat(town.send("bruno", "DELETE", key, "").statusCode()).isEqualTo(200);
    assertThat(town.send("bruno", town.at("/api/0.6/permissions")).body())
        .contains("allow_write_api")
        .doesNotContain("allow_write_redactions");
  }

  @Test
  void aRedactedVersionIsGoneForAllButModeratorsAndThePresentOneCannotBe() {
    String own = town.open("bruno");
    String body = "<osm><node id='%s' version='%s' changeset='%s' lat='4' lon='4'>%s</node></osm>";
    String id =
        town.send(
                "bruno",
                "PUT",
                "/api/0.6/node/create",
                body.formatted("0", "0", own, "<tag k='phone' v='55 1234'/>"))
            .body();
    String path = "/api/0.6/node/" + id;
    town.send("bruno", "PUT", path, body.formatted(id, "1", own, ""));
    String redact = path + "/1/redaction?redaction=7";
    assertThat(town.send("bruno", "POST", redact, "").statusCode()).isEqualTo(403);
    assertTold(
        town.send("gloria", "POST", path + "/2/redaction?redaction=7", ""),
        400,
        "Cannot redact current version of element, only historical versions may be redacted.");
    assertThat(town.send("gloria", "POST", path + "/9/redaction?redaction=7", "").statusCode())
        .isEqualTo(404);
    assertTold(
        town.send("gloria", "POST", path + "/1/redaction", ""), 400, "No redaction was given");
    assertThat(town.get(path + "/1").body()).contains("55 1234");
    assertThat(town.send("gloria", "POST", redact, "").statusCode()).isEqualTo(200);
    for (String place :
        List.of(
            path + "/1",
            path + "/1?show_redactions=true",
            path + "/history?show_redactions=true",
            "/api/0.6/nodes?nodes=" + id + "v1," + id,
            "/api/0.6/changeset/" + own + "/download?show_redactions=true")) {
      assertThat(town.get(place).body()).as(place).doesNotContain("55 1234");
    }
    assertThat(town.get(path + "/1").statusCode()).isEqualTo(403);
    assertThat(town.send("gloria", town.at(path + "/1?show_redactions=true")).body())
        .contains("55 1234");
    assertThat(town.send("gloria", town.at(path + "/history?show_redactions=true")).body())
        .contains("55 1234");
    assertThat(town.send("gloria", "DELETE", path + "/1/redaction", "").statusCode())
        .isEqualTo(200);
    assertThat(town.get(path + "/history").body()).contains("55 1234");
  }

  @Test
  void whoIsErasedLeavesANumberAndNoName() {
    town.person("carla");
    String own = town.open("carla");
    String path = "/api/0.6/changeset/" + own;
    town.upload("carla", own, "<create><node id='-1' changeset='CS' lat='3' lon='3'/></create>");
    town.send("carla", "PUT", path + "/close", "");
    town.send("carla", "POST", path + "/comment?text=vivo%20aqu%C3%AD", "");
    String account = town.account("carla");
    assertThat(town.osm.personalData().heldAbout(account).toString())
        .contains("name=carla", "vivo aquí");
    town.store
        .database()
        .write(
            connection -> {
              town.osm.personalData().erase(connection, account);
              return true;
            });
    assertThat(town.osm.personalData().heldAbout(account)).isEmpty();
    for (String place : List.of(path + "?include_discussion=true", "/api/0.6/map?bbox=3,3,3,3")) {
      assertThat(town.get(place).body()).contains("user=\"user_").doesNotContain("carla", "vivo");
    }
  }

  @Test
  void theServerSaysWhatItCan() {
    assertThat(town.get("/api/capabilities").body())
        .contains("<version minimum=\"0.6\" maximum=\"0.6\">")
        .contains("<waynodes maximum=\"2000\">")
        .contains("<note_area maximum=\"25\">", "<tracepoints per_page=\"5000\">")
        .contains("gpx=\"online\"");
    assertThat(
            town.json("/api/capabilities.json")
                .get("api")
                .get("changesets")
                .get("maximum_elements")
                .asInt())
        .isEqualTo(10_000);
    assertThat(town.get("/api/0.6/capabilities").statusCode()).isEqualTo(200);
    assertThat(town.get("/api/versions").body()).contains("<version>0.6</version>");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
