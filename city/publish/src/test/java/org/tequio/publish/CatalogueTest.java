package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.PublishingRules;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue over HTTP: records, DCAT, ISO 19139, the INEGI elements, pages. */
class CatalogueTest {
  private static final String RECORDS = "/ogc/collections/city-records/items";
  private static final List<String> DOCUMENTS =
      List.of(
          "/catalogue",
          "/catalogue.jsonld",
          "/catalogue.rdf",
          "/catalogue/predios",
          "/catalogue/predios.jsonld",
          "/catalogue/predios.rdf",
          "/catalogue/predios.iso.xml",
          "/catalogue/predios.inegi.xml",
          "/catalogue/predios.inegi.json",
          "/sitemap.xml",
          RECORDS + "?f=json",
          RECORDS + "?f=html",
          RECORDS + "/predios?f=json",
          RECORDS + "/predios?f=html",
          "/ogc/collections/city-records?f=json");

  @TempDir static Path folder;
  private static TestCity city;

  @BeforeAll
  static void start() {
    city = TestCity.start(folder);
    city.say("predios", described(null));
    city.say("tarifas", LayerSettings.EMPTY.withAccess(Access.INTERNAL));
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  private static LayerSettings described(@Nullable Access access) {
    return new LayerSettings(
        null,
        null,
        null,
        null,
        null,
        Period.ofMonths(3),
        new Contact("Ventanilla " + TestCity.XSS, "catastro@example.org", "+52 55 1234", null),
        List.of("lotes", TestCity.XSS),
        null,
        access,
        List.of(),
        PublishingRules.REVIEWED,
        null,
        null);
  }

  // ---- what must not happen

  @Test
  void noDocumentSaysAnythingClosedOrUnescaped() throws Exception {
    for (String path : DOCUMENTS) {
      var reply = city.get(path);
      assertThat(reply.statusCode()).as(path).isEqualTo(200);
      assertThat(reply.body())
          .as(path)
          .doesNotContain("propietario", "alicia", "Dolores", "tarifas");
      if (!reply.headers().firstValue("Content-Type").orElse("").contains("json")) {
        assertThat(reply.body()).as(path).doesNotContain("<script>alert", "<img src=x");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/catalogue/nada",
        "/catalogue/tarifas",
        "/catalogue/tarifas.iso.xml",
        "/catalogue/predios.exe",
        "/catalogue/predios.iso.xml.exe",
        "/catalogue/..%2e",
        RECORDS + "/nada",
        RECORDS + "/tarifas"
      })
  void whatIsNotInTheCatalogueIsNotFound(String path) throws Exception {
    assertThat(city.get(path).statusCode()).as(path).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bbox=here",
        "datetime=yesterday",
        "sortby=secret",
        "limit=0",
        "offset=-1",
        "quest=a"
      })
  void aWrongParameterIsTheCallersMistake(String query) throws Exception {
    assertThat(city.get(RECORDS + "?" + query).statusCode()).isEqualTo(400);
  }

  // ---- OGC API – Records

  @ParameterizedTest
  @CsvSource({
    "'',7",
    "q=PREDIOS,1",
    "q=arbol,1",
    "'q=predios,calles',2",
    "q=no%20such%20words,0",
    "ids=predios%2Ccalles%2Ctarifas,2",
    "type=dataset,7",
    "type=service,0",
    "keywords=LOTES,1",
    "datetime=2025-06-01,7",
    "datetime=../2024-01-01,0",
    "'bbox=-10,-10,-9,-9',0"
  })
  void recordsAreFilteredByEachParameter(String query, int matched) throws Exception {
    JsonNode page = city.json(RECORDS + "?" + query);

    assertThat(page.get("numberMatched").asInt()).isEqualTo(matched);
  }

  @Test
  void pagesFollowEachOtherUntilEveryRecordWasSeenOnce() throws Exception {
    List<String> seen = new ArrayList<>();
    String next = RECORDS + "?limit=3&sortby=-title";
    while (next != null) {
      JsonNode page = city.json(next);
      page.get("features").forEach(record -> seen.add(record.get("id").asString()));
      next = null;
      for (JsonNode link : page.get("links")) {
        if (link.get("rel").asString().equals("next")) {
          next = link.get("href").asString();
        }
      }
    }

    assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    assertThat(seen.getFirst()).isEqualTo("zonas");
  }

  @Test
  void aRecordHasWhatTheStandardRequires() throws Exception {
    JsonNode record = city.json(RECORDS + "/predios");

    assertThat(record.get("type").asString()).isEqualTo("Feature");
    assertThat(record.at("/conformsTo/0").asString()).endsWith("/conf/record-core");
    assertThat(record.at("/geometry/type").asString()).isEqualTo("Polygon");
    assertThat(record.at("/time/date").asString()).isEqualTo("2025-06-01");
    JsonNode properties = record.get("properties");
    assertThat(properties.get("type").asString()).isEqualTo("dataset");
    assertThat(properties.get("license").asString()).isEqualTo("CC-BY-4.0");
    assertThat(properties.at("/contacts/0/emails/0/value").asString())
        .isEqualTo("catastro@example.org");
    assertThat(properties.get("tequio:freshness").asString()).isEqualTo("overdue");
    assertThat(properties.get("tequio:quality").asString()).isNotBlank();
    for (JsonNode link : record.get("links")) {
      // The licence stands at somebody else's place.
      if (!link.get("rel").asString().equals("license")) {
        assertThat(city.get(link.get("href").asString()).statusCode())
            .as(link.toString())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void theCollectionAndTheLandingPageLeadToTheRecords() throws Exception {
    assertThat(city.json("/ogc/?f=json").toString()).contains("city-records");
    assertThat(city.json("/ogc/collections?f=json").findValuesAsString("itemType"))
        .contains("feature", "record");
    assertThat(city.json("/ogc/conformance?f=json").toString())
        .contains("ogcapi-records-1/1.0/conf/record-core");
  }

  // ---- DCAT

  @Test
  void theFeedHasEachLayerOnceInBothForms() throws Exception {
    JsonNode feed = city.json("/catalogue.jsonld");
    assertThat(feed.get("@type").asString()).isEqualTo("dcat:Catalog");
    assertThat(feed.get("dcat:dataset").size()).isEqualTo(7);
    Document rdf = xml("/catalogue.rdf");
    assertThat(rdf.getElementsByTagName("dcat:Dataset").getLength()).isEqualTo(7);
    assertThat(rdf.getElementsByTagName("dcat:Distribution").getLength())
        .isEqualTo(count(feed, "dcat:Distribution"));
    for (JsonNode dataset : feed.get("dcat:dataset")) {
      assertThat(dataset.propertyNames())
          .contains(
              "dct:title",
              "dct:description",
              "dct:publisher",
              "dcat:contactPoint",
              "dcat:theme",
              "dcat:distribution");
    }
  }

  private static int count(JsonNode node, String type) {
    int own = node.isObject() && type.equals(node.path("@type").asString("")) ? 1 : 0;
    for (JsonNode inner : node) {
      own += count(inner, type);
    }
    return own;
  }

  // ---- ISO 19139

  /** The order that gmd's sequences prescribe, for the elements that are written. */
  private static final Map<String, List<String>> ORDER =
      Map.of(
          "gmd:MD_Metadata",
          List.of(
              "fileIdentifier",
              "language",
              "characterSet",
              "hierarchyLevel",
              "contact",
              "dateStamp",
              "metadataStandardName",
              "metadataStandardVersion",
              "referenceSystemInfo",
              "identificationInfo",
              "distributionInfo",
              "dataQualityInfo"),
          "gmd:MD_DataIdentification",
          List.of(
              "citation",
              "abstract",
              "pointOfContact",
              "resourceMaintenance",
              "descriptiveKeywords",
              "resourceConstraints",
              "spatialRepresentationType",
              "language",
              "characterSet",
              "topicCategory",
              "extent"),
          "gmd:CI_ResponsibleParty",
          List.of("organisationName", "positionName", "contactInfo", "role"),
          "gmd:CI_Contact",
          List.of("phone", "address", "onlineResource"),
          "gmd:CI_Citation",
          List.of("title", "date", "edition"),
          "gmd:MD_Distribution",
          List.of("distributionFormat", "transferOptions"),
          "gmd:CI_OnlineResource",
          List.of("linkage", "protocol", "name", "function"),
          "gmd:DQ_DataQuality",
          List.of("scope", "report", "lineage"),
          "gmd:DQ_ConformanceResult",
          List.of("specification", "explanation", "pass"),
          "gmd:EX_GeographicBoundingBox",
          List.of(
              "westBoundLongitude",
              "eastBoundLongitude",
              "southBoundLatitude",
              "northBoundLatitude"));

  @ParameterizedTest
  @ValueSource(strings = {"predios", "calles", "arboles", "vacia"})
  void isoElementsStandInTheOrderOfTheSchema(String layer) throws Exception {
    Document document = xml("/catalogue/" + layer + ".iso.xml?lang=pt");

    check(document.getDocumentElement());
    assertThat(document.getElementsByTagName("gmd:LanguageCode").item(0).getTextContent())
        .isEqualTo("por");
    assertThat(document.getElementsByTagName("gmd:statement").getLength()).isEqualTo(1);
  }

  private static void check(Element element) {
    List<String> order = ORDER.get(element.getTagName());
    int last = -1;
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        if (order != null) {
          int place = order.indexOf(child.getTagName().replace("gmd:", ""));
          assertThat(place).as(child.getTagName()).isGreaterThanOrEqualTo(Math.max(0, last));
          last = place;
        }
        check(child);
      }
    }
  }

  @Test
  void theInegiElementsLeaveOutWhatIsNotKnown() throws Exception {
    JsonNode predios = city.json("/catalogue/predios.inegi.json");
    JsonNode calles = city.json("/catalogue/calles.inegi.json");

    assertThat(predios.size()).isEqualTo(9);
    assertThat(predios.toString()).contains("catastro@example.org", "P3M");
    assertThat(calles.toString()).doesNotContain("Correo", "Frecuencia");
    assertThat(xml("/catalogue/predios.inegi.xml").getElementsByTagName("seccion").getLength())
        .isEqualTo(9);
  }

  // ---- pages

  @Test
  void aPageTellsSearchEnginesWhatItIs() throws Exception {
    String html = city.get("/catalogue/predios?lang=pt").body();

    assertThat(html)
        .contains(
            "<html lang=\"pt\">",
            "rel=\"canonical\" href=\"" + city.base() + "/catalogue/predios?lang=pt\"",
            "hreflang=\"es\"",
            "hreflang=\"en\"");
    String start = "<script type=\"application/ld+json\">";
    int from = html.indexOf(start) + start.length();
    JsonNode data =
        JsonMapper.shared().readTree(html.substring(from, html.indexOf("</script>", from)));
    assertThat(data.get("@type").asString()).isEqualTo("Dataset");
    assertThat(data.get("name").asString()).contains(TestCity.XSS);
    assertThat(data.get("distribution").size()).isPositive();
  }

  @Test
  void whatWasNotStatedIsSaidToBeUnstated() throws Exception {
    String html = city.get("/catalogue/calles?lang=en").body();

    assertThat(html).contains("No rhythm declared");
    assertThat(city.json(RECORDS + "/calles").at("/properties/tequio:freshness").asString())
        .isEqualTo("unknown");
  }

  @Test
  void theSitemapListsEveryPageAndRobotsFindIt() throws Exception {
    Document sitemap = xml("/sitemap.xml");

    assertThat(sitemap.getElementsByTagName("url").getLength()).isEqualTo(8);
    assertThat(city.get("/robots.txt").body()).contains("Sitemap: " + city.base() + "/sitemap.xml");
  }

  private static Document xml(String path) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(city.get(path).body())));
  }
}
