package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.PublishingRules;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.http.Caller;
import org.tequio.storage.Revision;

/** Alicia the steward of Obras edits her lamps from QGIS in a whole city. */
class WfsEditingTest {
  private static final LayerId LAMPS = new LayerId("lamparas");

  @TempDir Path folder;
  private ServedCity served;
  private ServedCity.Session alicia;

  @BeforeEach
  void start() throws Exception {
    served = new ServedCity(folder.resolve("city"));
    StringBuilder csv = new StringBuilder("clave,tipo,lon,lat\n");
    for (int i = 0; i < 30; i++) {
      csv.append("L-%03d,LED,%f,%f%n".formatted(i, -99.13 + i * 0.001, 19.43 + i * 0.001));
    }
    Path file = Files.writeString(folder.resolve("lamparas.csv"), csv);
    served.city.importer().run(ImportRequest.of(List.of(file), "Obras", "operator"), Progress.NONE);
    alicia = served.person("alicia", new Caller.Holding("steward", "obras"));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private void letEditsPass() {
    served
        .city
        .stewardship()
        .save(
            LAMPS,
            LayerSettings.EMPTY.withRules(new PublishingRules(true, 0.05, 0.2, true)),
            0,
            alicia.account());
  }

  private String password(ServedCity.Session session, String scopes) {
    var reply =
        served.send(
            session,
            "POST",
            "/api/account/application-passwords",
            "{\"label\":\"QGIS\",\"scopes\":[" + scopes + "]}");
    Matcher found = Pattern.compile("\"password\":\"([^\"]+)\"").matcher(ServedCity.text(reply));
    assertThat(found.find()).as(ServedCity.text(reply)).isTrue();
    return found.group(1);
  }

  private HttpResponse<byte[]> update(String password, String field, String value, long feature) {
    String xml =
        "<Transaction xmlns='http://www.opengis.net/wfs' service='WFS' version='1.0.0'>"
            + "<Update typeName='tq:lamparas'><Property><Name>"
            + field
            + "</Name><Value>"
            + value
            + "</Value></Property><Filter xmlns='http://www.opengis.net/ogc'><FeatureId"
            + " fid='lamparas."
            + feature
            + "'/></Filter></Update></Transaction>";
    String pair =
        Base64.getEncoder().encodeToString(("alicia:" + password).getBytes(StandardCharsets.UTF_8));
    return ServedCity.send(
        served
            .bare("POST", "/wfs", xml)
            .header("Content-Type", "text/xml")
            .header("Authorization", "Basic " + pair));
  }

  @Test
  void anEditIsARevisionThatTheWholeCitySeesAndThatCanBeTakenBack() {
    letEditsPass();
    var reply = update(password(alicia, "\"read\",\"edit\""), "tipo", "Sodio", 3);

    assertThat(reply.statusCode()).as(ServedCity.text(reply)).isEqualTo(200);
    assertThat(ServedCity.text(reply)).contains("SUCCESS");
    String feature = "/ogc/collections/lamparas/items/3?f=json";
    assertThat(ServedCity.text(served.get(null, feature))).contains("Sodio");
    Revision made = served.city.store().features().listRevisions(Optional.of(LAMPS), 1).getFirst();
    assertThat(made.note().author()).isEqualTo(alicia.account());
    served.city.undo(made.number(), "operator");
    assertThat(ServedCity.text(served.get(null, feature))).contains("LED");
  }

  @Test
  void aReviewedLayerIsEditedByTheAdministratorsOnly() {
    assertThat(update(password(alicia, "\"edit\""), "tipo", "Sodio", 3).statusCode())
        .isEqualTo(403);
    var gabriela = served.person("gabriela", new Caller.Holding("gis-admin", null));
    assertThat(update(password(gabriela, "\"edit\""), "tipo", "Sodio", 3).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aPasswordThatOnlyReadsAndAStewardOfAnotherDepartmentEditNothing() {
    letEditsPass();
    var bruno = served.person("bruno", new Caller.Holding("steward", "agua"));

    assertThat(update(password(alicia, "\"read\""), "tipo", "x", 3).statusCode()).isEqualTo(403);
    assertThat(update(password(bruno, "\"edit\""), "tipo", "x", 3).statusCode()).isEqualTo(403);
    assertThat(update("un tequio de domingo", "tipo", "x", 3).statusCode()).isEqualTo(401);
  }
}
