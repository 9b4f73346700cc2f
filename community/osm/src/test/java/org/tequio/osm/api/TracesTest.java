package org.tequio.osm.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** People keep traces on a served map. Each test walks in a place of its own. */
class TracesTest extends TrialServerTest {
  /** A walk of three points northwards, the middle one without a time. */
  private static String walk(int lon) {
    return """
    <?xml version="1.0"?><gpx version="1.1" creator="test"><trk><name>home</name><trkseg>
    <trkpt lat="10.002" lon="%1$d"><ele>3</ele><time>2026-03-01T07:00:00Z</time></trkpt>
    <trkpt lat="10.001" lon="%1$d"/>
    <trkpt lat="10.003" lon="%1$d"><time>2026-03-01T07:00:10.5Z</time></trkpt>
    <trkpt lat="99" lon="%1$d"/>
    </trkseg></trk></gpx>\
    """
        .formatted(lon);
  }

  private static HttpResponse<String> send(String who, byte[] file, String... texts) {
    String edge = "----edge";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      for (int i = 0; i < texts.length; i += 2) {
        body.write(part(edge, "name=\"" + texts[i] + "\"", texts[i + 1]));
      }
      body.write(part(edge, "name=\"file\"; filename=\"C:\\walks\\morning.gpx\"", ""));
      body.write(file);
      body.write(("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return town.send(
        who,
        town.at("/api/0.6/gpx")
            .header("Content-Type", "multipart/form-data; boundary=" + edge)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static byte[] part(String edge, String disposition, String text) {
    return ("\r\n--"
            + edge
            + "\r\nContent-Disposition: form-data; "
            + disposition
            + "\r\n\r\n"
            + text)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> send(String who, String gpx, String visibility) {
    return send(
        who,
        gpx.getBytes(StandardCharsets.UTF_8),
        "description",
        "Paseo & más",
        "tags",
        "ida, por la  tarde",
        "visibility",
        visibility);
  }

  private static String keep(String who, String gpx, String visibility) {
    var reply = send(who, gpx, visibility);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return reply.body();
  }

  private static String near(int lon) {
    return town.get(
            "/api/0.6/trackpoints?page=0&bbox=" + (lon - 0.01) + ",9.99," + (lon + 0.01) + ",10.01")
        .body();
  }

  @FunctionalInterface
  private interface Packing {
    void into(OutputStream out) throws IOException;
  }

  private static byte[] packed(Packing packing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      packing.into(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void gzip(OutputStream out, Packing inside) throws IOException {
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      inside.into(gzip);
    }
  }

  @Test
  void whatIsNoTraceIsRefusedAndNothingIsKept() throws IOException {
    String before = town.send("bruno", town.at("/api/0.6/user/gpx_files")).body();
    assertThat(before).contains("<osm ");
    assertThat(send("nobody", walk(0), "public").statusCode()).isEqualTo(401);
    assertThat(send("bruno", walk(0), "secret").body()).startsWith("visibility must be");
    assertThat(send("bruno", walk(0).getBytes(StandardCharsets.UTF_8)).body())
        .startsWith("A trace has a description");
    assertThat(send("bruno", "<gpx><trk/></gpx>", "public").body())
        .isEqualTo("Found no good GPX points in the input data");
    assertThat(send("bruno", "<kml/>", "public").body()).isEqualTo("The trace is no GPX");
    assertThat(send("bruno", walk(0).substring(0, 200), "public").statusCode()).isEqualTo(400);
    String entity = "<!DOCTYPE gpx [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><gpx>&x;</gpx>";
    assertThat(send("bruno", entity, "public").body())
        .startsWith("The trace cannot be read")
        .doesNotContain("root:");
    byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    byte[] start = "<gpx><trk><trkseg>".getBytes(StandardCharsets.UTF_8);
    byte[] bomb =
        packed(
            out ->
                gzip(
                    out,
                    gpx -> {
                      gpx.write(start);
                      for (int i = 0; i < 40; i++) {
                        gpx.write(spaces);
                        gpx.write("<a/>".getBytes(StandardCharsets.UTF_8));
                      }
                    }));
    assertThat(bomb.length).isLessThan(1 << 20);
    var grown = send("bruno", bomb, "description", "bomba");
    assertThat(grown.statusCode()).as(grown.body()).isEqualTo(413);
    byte[] many =
        packed(
            out -> {
              try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (int i = 0; i < 101; i++) {
                  zip.putNextEntry(new ZipEntry(i + ".txt"));
                }
              }
            });
    assertThat(send("bruno", many, "description", "muchos").statusCode()).isEqualTo(413);
    byte[] cut = java.util.Arrays.copyOf(packed(out -> gzip(out, in -> in.write(start))), 15);
    assertThat(send("bruno", cut, "description", "rota").statusCode()).isEqualTo(400);
    assertThat(town.send("bruno", town.at("/api/0.6/user/gpx_files")).body()).isEqualTo(before);
  }

  @Test
  void aPrivateTraceLeaksNowhere() {
    String id = keep("alicia", walk(20), "private");
    assertThat(near(20)).doesNotContain("trkpt", "morning");
    for (String place : List.of("", "/details", "/data", "/data.gpx")) {
      String path = "/api/0.6/gpx/" + id + place;
      assertThat(town.send("bruno", town.at(path)).statusCode()).as(place).isEqualTo(403);
      // Not even a moderator sees where somebody went.
      assertThat(town.send("gloria", town.at(path)).statusCode()).as(place).isEqualTo(403);
      assertThat(town.get(path).statusCode()).as(place).isEqualTo(401);
      assertThat(town.send("alicia", town.at(path)).statusCode()).as(place).isEqualTo(200);
    }
    assertThat(town.send("bruno", town.at("/api/0.6/user/gpx_files")).body())
        .doesNotContain("gpx_file id=\"" + id + "\"");
    String change =
        "<osm><gpx_file visibility='public'><description>x</description></gpx_file></osm>";
    assertThat(town.send("bruno", "PUT", "/api/0.6/gpx/" + id, change).statusCode()).isEqualTo(403);
    assertThat(town.send("bruno", "DELETE", "/api/0.6/gpx/" + id, "").statusCode()).isEqualTo(403);
  }

  @Test
  void whoOnlySharesPointsIsNotNamedAndTheirOrderTellsNothing() {
    keep("alicia", walk(30), "public");
    assertThat(near(30))
        .containsSubsequence("lat=\"10.0010000\"", "lat=\"10.0020000\"", "lat=\"10.0030000\"")
        .doesNotContain("time", "morning", "Paseo", "alicia", "/gpx/");
    String id = keep("alicia", walk(31), "trackable");
    assertThat(near(31))
        .containsSubsequence(
            "lat=\"10.0020000\" lon=\"31.0000000\"><time>2026-03-01T07:00:00Z</time>",
            "lat=\"10.0010000\" lon=\"31.0000000\"/>",
            "<time>2026-03-01T07:00:10Z</time>")
        .doesNotContain("morning", "Paseo", "alicia", "/gpx/");
    assertThat(town.send("bruno", town.at("/api/0.6/gpx/" + id)).statusCode()).isEqualTo(403);
  }

  @Test
  void aTraceIsKeptToldAsItCameChangedAndRemoved() {
    String id = keep("alicia", walk(40), "identifiable");
    assertThat(near(40))
        .contains("<name>morning.gpx</name>", "<desc>Paseo &amp; más</desc>", "/gpx/" + id);
    String path = "/api/0.6/gpx/" + id;
    assertThat(town.send("bruno", town.at(path)).body())
        .contains("name=\"morning.gpx\"", "user=\"alicia\"", "visibility=\"identifiable\"")
        .contains("pending=\"false\"", "<tag>ida</tag>", "<tag>por la tarde</tag>");
    var data = town.send("bruno", town.at(path + "/data"));
    assertThat(data.body()).isEqualTo(walk(40));
    assertThat(data.headers().firstValue("Content-Disposition").orElse("")).contains(id + ".gpx");
    String said =
        "<osm><gpx_file id='%s' visibility='private'><description>otra</description>"
            + "<tag>nueva</tag></gpx_file></osm>";
    assertThat(town.send("alicia", "PUT", path, said.formatted("999")).statusCode()).isEqualTo(400);
    assertThat(town.send("alicia", "PUT", path, said.formatted(id)).statusCode()).isEqualTo(200);
    assertThat(near(40)).doesNotContain("trkpt");
    assertThat(town.send("alicia", town.at("/api/0.6/user/gpx_files.json")).body())
        .contains("\"description\":\"otra\"", "\"tags\":[\"nueva\"]");
    assertThat(town.send("alicia", "DELETE", path, "").statusCode()).isEqualTo(200);
    assertThat(town.send("alicia", town.at(path)).statusCode()).isEqualTo(404);
  }

  @Test
  void packedTracesAreReadAndPointsComeInPages() {
    StringBuilder long1 = new StringBuilder("<gpx><trk><trkseg>");
    for (int i = 0; i < 5100; i++) {
      long1.append("<trkpt lat='10.00").append(1000 + i % 1000).append("' lon='50'/>");
    }
    byte[] gpx = long1.append("</trkseg></trk></gpx>").toString().getBytes(StandardCharsets.UTF_8);
    byte[] zip =
        packed(
            out -> {
              try (ZipOutputStream all = new ZipOutputStream(out)) {
                all.putNextEntry(new ZipEntry("leeme.txt"));
                all.write(1);
                all.putNextEntry(new ZipEntry("walk.GPX"));
                all.write(gpx);
              }
            });
    for (byte[] file : List.of(zip, packed(out -> gzip(out, in -> in.write(gpx))))) {
      var kept = send("bruno", file, "description", "larga", "visibility", "trackable");
      assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
      int[] pages = new int[3];
      for (int page = 0; page < 3; page++) {
        String points =
            town.get("/api/0.6/trackpoints?bbox=49.9,9.9,50.1,10.1&page=" + page).body();
        pages[page] = points.split("<trkpt", -1).length - 1;
      }
      assertThat(pages).containsExactly(5000, 100, 0);
      town.send("bruno", "DELETE", "/api/0.6/gpx/" + kept.body(), "");
    }
    assertThat(town.get("/api/0.6/trackpoints?bbox=49.9,9.9,50.1,10.1&page=-1").body())
        .isEqualTo("Page number must be greater than or equal to 0");
    assertThat(town.get("/api/0.6/trackpoints?bbox=0,0,1,1").statusCode()).isEqualTo(400);
  }

  @Test
  void whoIsErasedTakesTheirTracesAlong() {
    town.person("carla");
    keep("carla", walk(60), "identifiable");
    String account = town.account("carla");
    assertThat(town.osm.personalData().heldAbout(account).toString()).contains("morning.gpx");
    town.store
        .database()
        .write(
            connection -> {
              town.osm.personalData().erase(connection, account);
              return true;
            });
    assertThat(near(60)).doesNotContain("trkpt");
    assertThat(town.osm.personalData().heldAbout(account)).isEmpty();
  }
}
