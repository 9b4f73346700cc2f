package org.tequio.procedure.open311;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;

/** Open311 GeoReport v2 as programs speak it, those that mean well and others. */
class GeoReportTest {
  @TempDir static Path folder;
  private static Trial311 city;
  private static double nextLat = 19.3;

  @BeforeAll
  static void start() {
    city = new Trial311(folder);
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  /** A place at which nobody has reported anything. */
  private static synchronized double freshLat() {
    nextLat += 0.001;
    return nextLat;
  }

  private static Document xml(String body) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new AssertionError(body, e);
    }
  }

  private static String text(Document document, String element) {
    return document.getElementsByTagName(element).item(0).getTextContent();
  }

  // ---- what is refused, in the standard's shape

  @Test
  void whatIsRefusedHasTheShapeAndTheCodesOfTheStandardInBothForms() {
    Map<String, Integer> wrong =
        Map.of(
            "/services.json?jurisdiction_id=atlantis.gov", 404,
            "/services/sr.dragon.json", 404,
            "/requests/ALC-2026-000001-00.json", 404,
            "/tokens/none.json", 404,
            "/requests.json?start_date=yesterday", 400,
            "/requests.json?start_date=2026-02-30T00:00:00Z", 400,
            "/requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-05-01T00:00:00Z", 400,
            "/requests.json?status=lost", 400,
            "/requests.json?page=999999999999", 400,
            "/requests.json?page=101&page_size=1000", 400);
    wrong.forEach(
        (path, status) -> {
          var json = city.get("nobody", path);
          assertThat(json.statusCode()).as(path).isEqualTo(status);
          JsonNode error = city.read(json).get(0);
          assertThat(error.get("code").asInt()).isEqualTo(status);
          assertThat(error.get("description").asString()).isNotBlank();
          var xml = city.get("nobody", path.replace(".json", ".xml"));
          assertThat(xml.statusCode()).as(path).isEqualTo(status);
          assertThat(xml.headers().firstValue("Content-Type").orElse("")).startsWith("text/xml");
          assertThat(text(xml(xml.body()), "code")).isEqualTo(status.toString());
        });
  }

  @Test
  void aReportWithoutServicePlaceOrSenseIsRefusedAndNothingIsFiled() {
    int before = city.json("nobody", "/requests.json").size();
    List<List<String>> wrong =
        List.of(
            List.of("400", "lat", "19.1", "long", "-99.1"),
            List.of("404", "service_code", "sr.dragon", "lat", "19.1", "long", "-99.1"),
            List.of("400", "service_code", "sr.bache"),
            List.of("400", "service_code", "sr.bache", "lat", "19.1"),
            List.of("400", "service_code", "sr.bache", "lat", "NaN", "long", "-99.1"),
            List.of("400", "service_code", "sr.bache", "lat", "91", "long", "-99.1"),
            List.of("400", "service_code", "sr.bache", "address_string", "Nowhere 7"),
            List.of(
                "404", "service_code", "sr.bache", "lat", "1", "long", "1", "jurisdiction_id", "x"),
            List.of(
                "403", "service_code", "sr.bache", "lat", "1", "long", "1", "api_key", "guessed"),
            List.of(
                "403",
                "service_code",
                "sr.bache",
                "lat",
                "1",
                "long",
                "1",
                "api_key",
                "reading-only"),
            List.of(
                "400",
                "service_code",
                "sr.bache",
                "lat",
                "1",
                "long",
                "1",
                "description",
                "x".repeat(100_000)));
    for (List<String> one : wrong) {
      String[] form = one.subList(1, one.size()).toArray(String[]::new);
      var reply = city.post("nobody", "/requests.json", form);
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(Integer.parseInt(one.get(0)));
      assertThat(city.read(reply).get(0).get("description").asString()).isNotBlank();
    }
    assertThat(city.json("nobody", "/requests.json").size()).isEqualTo(before);
  }

  @Test
  void markupAndControlCharactersGoThroughAsWhatTheyAreAndBreakNoDocument() {
    double lat = freshLat();
    String nasty = "<script>&\"]]>\u0000\u0008\u000b\uD800 hole\r\nhere\u2028 \u202e";
    String number = city.report("bruno", "sr.bache", lat, -99.1, nasty);

    Document document = xml(city.get("bruno", "/requests/" + number + ".xml").body());

    assertThat(text(document, "description"))
        .startsWith("<script>&\"]]>   ")
        .contains("hole\nhere")
        .doesNotContain("\u0000");
    assertThat(text(document, "agency_responsible")).isEqualTo("Obras & <Servicios>");
    assertThat(
            city.json("bruno", "/requests/" + number + ".json")
                .get(0)
                .get("description")
                .asString())
        .contains("<script>");
  }

  @Test
  void aPhotoThatIsNoneIsRefusedWithItsReport() {
    double lat = freshLat();
    var reply =
        city.postPhoto(
            "nobody",
            "GIF89a a picture".getBytes(StandardCharsets.UTF_8),
            "service_code",
            "sr.bache",
            "lat",
            Double.toString(lat),
            "long",
            "-99.1");

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(
            city.get(
                    "nobody",
                    "/requests.json?bbox=-99.11," + (lat - 0.0001) + ",-99.09," + (lat + 0.0001))
                .body())
        .isEqualTo("[]");
  }

  // ---- what the standard says

  @Test
  void theServicesAreThoseOfThePackWithTheirDefinitions() {
    JsonNode services = city.json("nobody", "/services.json?jurisdiction_id=villa-tequio&lang=en");
    JsonNode lamp = services.get(1);

    assertThat(lamp.propertyNames())
        .containsExactly(
            "service_code", "service_name", "description", "metadata", "type", "keywords", "group");
    assertThat(lamp.get("metadata").asBoolean()).isTrue();
    assertThat(lamp.get("type").asString()).isEqualTo("realtime");
    assertThat(text(xml(city.get("nobody", "/services.xml?lang=en").body()), "service_name"))
        .isEqualTo("Pothole & <more>");

    JsonNode definition = city.json("nobody", "/services/sr.luminaria.json");
    assertThat(definition.get("service_code").asString()).isEqualTo("sr.luminaria");
    assertThat(definition.get("attributes").get(0).get("code").asString()).isEqualTo("depth");
    assertThat(definition.get("attributes").get(0).get("datatype").asString()).isEqualTo("number");
    assertThat(definition.get("attributes").get(1).get("code").asString()).isEqualTo("thing");
  }

  @Test
  void everyFormOfALocationIsTaken() {
    for (String[] place :
        List.of(
            new String[] {"lat", Double.toString(freshLat()), "long", "-99.1"},
            new String[] {"address_string", "Molino 12"},
            new String[] {"address_id", "A-1"})) {
      String[] form = java.util.Arrays.copyOf(place, place.length + 2);
      form[place.length] = "service_code";
      form[place.length + 1] = "sr.luminaria";
      var reply = city.post("nobody", "/requests.xml", form);
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
      assertThat(text(xml(reply.body()), "service_request_id")).startsWith("DU-2026-");
    }
  }

  @Test
  void nobodyReadsWhoReportedWhatTheyWroteOrTheirPhotos() {
    double lat = freshLat();
    String[] form = {
      "service_code",
      "sr.bache",
      "lat",
      Double.toString(lat),
      "long",
      "-99.1",
      "description",
      "call Bruna at 5555",
      "first_name",
      "Bruna",
      "email",
      "bruna@x.example",
      "phone",
      "5550001",
      "device_id",
      "dev-77",
      "media_url",
      "http://x.example/p.jpg",
      "attribute[secret]",
      "sesame"
    };
    String number =
        city.read(city.post("bruno", "/requests.json", form))
            .get(0)
            .get("service_request_id")
            .asString();

    for (String path :
        List.of(
            "/requests.json?extensions=true",
            "/requests.xml",
            "/requests.geojson",
            "/requests.atom",
            "/requests/" + number + ".json?extensions=true",
            "/servicerequestupdates.xml")) {
      for (String who : List.of("nobody", "carla")) {
        String body = city.get(who, path).body();
        assertThat(body).as(path).contains(number);
        assertThat(body)
            .as(path)
            .doesNotContain("5555", "Bruna", "bruna@", "5550001", "dev-77", "p.jpg", "sesame");
      }
    }
    assertThat(city.get("bruno", "/requests/" + number + ".json").body()).contains("call Bruna");
    assertThat(city.get("alicia", "/requests/" + number + ".json").body()).contains("call Bruna");
  }

  @Test
  void aListIsOfNinetyDaysUnlessItSaysOtherwiseAndIsPagedAndFiltered() {
    String number = city.report("nobody", "sr.ruido", freshLat(), -99.1, "drums");
    city.report("nobody", "sr.ruido", freshLat(), -99.1, "trumpets");

    JsonNode page = city.json("nobody", "/requests.json?service_code=sr.ruido&page_size=1&page=2");
    assertThat(page).hasSize(1);
    assertThat(city.json("nobody", "/requests.json?service_code=sr.ruido,sr.bache&status=closed"))
        .noneMatch(one -> one.get("status").asString().equals("open"));
    assertThat(city.json("nobody", "/requests.json?end_date=2026-01-01T00:00:00-06:00")).isEmpty();
    assertThat(city.json("nobody", "/requests.json?updated_after=2026-03-10T00:00:00Z"))
        .isNotEmpty();
    assertThat(city.json("nobody", "/requests.json?updated_after=2026-03-12T00:00:00Z")).isEmpty();
    // The numbers override all else, and empty arguments are none.
    assertThat(
            city.json(
                "nobody",
                "/requests.json?service_request_id="
                    + number
                    + ",none&status=&service_code=sr.bache"))
        .hasSize(1);
  }

  // ---- the same thing, reported again

  @Test
  void aSecondReportNearTheFirstIsCountedWithItAndKeepsItsWords() {
    double lat = freshLat();
    String first = city.report("bruno", "sr.bache", lat, -99.1, "a hole");

    var second =
        city.post(
            "carla",
            "/requests.json",
            "service_code",
            "sr.bache",
            "lat",
            Double.toString(lat + 0.0001),
            "long",
            "-99.1",
            "description",
            "my tyre burst");

    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(city.read(second).get(0).get("service_request_id").asString()).isEqualTo(first);
    JsonNode told = city.json("nobody", "/requests/" + first + ".json?extensions=true").get(0);
    assertThat(told.get("extended_attributes").get("reports").asInt()).isEqualTo(2);
    var file = city.city.files.services().requests().find(first).orElseThrow().file();
    assertThat(city.city.files.services().requests().reports(file.id()).get(1).text())
        .isEqualTo("my tyre burst");
    assertThat(file.version()).as("whoever works on it may go on").isEqualTo(2);
  }

  @Test
  void farAwayOfAnotherKindOrSaidToBeApartItIsAFileOfItsOwn() {
    double lat = freshLat();
    String first = city.report("bruno", "sr.bache", lat, -99.1, "a hole");

    assertThat(city.report("carla", "sr.bache", lat + 0.0005, -99.1, "a hole")).isNotEqualTo(first);
    assertThat(city.report("carla", "sr.luminaria", lat, -99.1, "dark")).isNotEqualTo(first);
    var apart =
        city.post(
            "carla",
            "/requests.json",
            "service_code",
            "sr.bache",
            "apart",
            "true",
            "lat",
            Double.toString(lat),
            "long",
            "-99.1",
            "description",
            "another hole");
    assertThat(apart.statusCode()).isEqualTo(201);
  }

  @Test
  void theSameReportSentTwiceIsOneFileAndNoiseOfTwoPeopleIsTwo() {
    double lat = freshLat();
    String drums = city.report("bruno", "sr.ruido", lat, -99.1, "drums");

    assertThat(city.report("bruno", "sr.ruido", lat, -99.1, "drums")).isEqualTo(drums);
    assertThat(city.report("carla", "sr.ruido", lat, -99.1, "drums")).isNotEqualTo(drums);
  }

  @Test
  void whoSaysMeTooTwiceCountsOnce() {
    String number = city.report("bruno", "sr.bache", freshLat(), -99.1, "a hole");

    city.post("carla", "/requests/" + number + "/me_too.json", "description", "me, too");
    city.post("carla", "/requests/" + number + "/me_too.json", "description", "still there");

    JsonNode told = city.json("nobody", "/requests/" + number + ".json?extensions=true").get(0);
    assertThat(told.get("extended_attributes").get("reports").asInt()).isEqualTo(2);
  }

  // ---- the last word

  @Test
  void onlyWhoeverReportedSaysWhetherItIsDone() {
    String number = city.report("bruno", "sr.bache", freshLat(), -99.1, "a hole");
    city.fulfil(number);
    String[] open = {"service_request_id", number, "status", "OPEN", "description", "still deep"};

    assertThat(city.json("nobody", "/requests/" + number + ".json").get(0).get("status").asString())
        .isEqualTo("open");
    for (String who : List.of("nobody", "carla", "alicia")) {
      assertThat(city.post(who, "/servicerequestupdates.json", open).statusCode()).isEqualTo(403);
    }
    assertThat(city.post("bruno", "/servicerequestupdates.xml", open).statusCode()).isEqualTo(200);
    var request = city.city.files.services().requests().find(number).orElseThrow();
    assertThat(request.file().state().wireName()).isEqualTo("under-review");
    assertThat(city.get("nobody", "/servicerequestupdates.json").body())
        .doesNotContain("still deep")
        .doesNotContain("asphalt");
  }

  @Test
  void somebodyWithoutAnAccountConfirmsByTheTokenOfTheirReport() {
    var reply =
        city.post(
            "nobody",
            "/requests.json",
            "service_code",
            "sr.bache",
            "extensions",
            "true",
            "lat",
            Double.toString(freshLat()),
            "long",
            "-99.1",
            "description",
            "a hole");
    JsonNode receipt = city.read(reply).get(0);
    String number = receipt.get("service_request_id").asString();
    String token = receipt.get("extended_attributes").get("token").asString();
    city.fulfil(number);

    assertThat(
            city.json("nobody", "/tokens/" + token + ".json")
                .get(0)
                .get("service_request_id")
                .asString())
        .isEqualTo(number);
    city.post(
        "nobody",
        "/servicerequestupdates.json",
        "service_request_id",
        number,
        "token",
        token,
        "status",
        "closed");

    assertThat(city.json("nobody", "/requests/" + number + ".json").get(0).get("status").asString())
        .isEqualTo("closed");
  }

  @Test
  void nobodyElseLearnsTheTokenAndTheListNeverShowsIt() {
    String number = city.report("bruno", "sr.bache", freshLat(), -99.1, "a hole");
    String token = city.city.files.services().requests().find(number).orElseThrow().file().id();

    for (String path :
        List.of("/requests.json?extensions=true", "/requests.geojson", "/requests.atom")) {
      assertThat(city.get("carla", path).body()).doesNotContain(token);
    }
    var joined = city.post("carla", "/requests/" + number + "/me_too.json", "extensions", "true");
    assertThat(joined.body()).doesNotContain(token);
  }

  @Test
  void aKeyReportsForItsHolderAndConfirms() {
    var reply =
        city.post(
            "nobody",
            "/requests.json",
            "service_code",
            "sr.bache",
            "api_key",
            Trial311.KEY,
            "lat",
            Double.toString(freshLat()),
            "long",
            "-99.1",
            "description",
            "from the app");
    String number = city.read(reply).get(0).get("service_request_id").asString();
    city.fulfil(number);

    var closed =
        city.post(
            "nobody",
            "/servicerequestupdates.json",
            "api_key",
            Trial311.KEY,
            "service_request_id",
            number,
            "status",
            "closed");

    assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
  }

  @Test
  void theMapAndTheFeedHoldTheRequests() {
    String number = city.report("nobody", "sr.bache", freshLat(), -99.1, "a hole");

    JsonNode map = city.json("nobody", "/requests.geojson");
    assertThat(map.get("type").asString()).isEqualTo("FeatureCollection");
    assertThat(map.get("features"))
        .anyMatch(
            one ->
                one.get("id").asString().equals(number)
                    && one.get("geometry").get("coordinates").get(0).asDouble() == -99.1);
    Document feed = xml(city.get("nobody", "/requests.atom").body());
    assertThat(feed.getDocumentElement().getTagName()).isEqualTo("feed");
    assertThat(text(feed, "georss:point")).matches("19\\.[0-9]+ -99\\.[0-9]+");
  }
}
