package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WFS 2.0 (OGC 09-025r2) and 1.1 (04-094) without transactions, over HTTP; docs/conformance.md
 * lists which test holds which requirement.
 */
class WfsTest {
  private static final String WFS2 = "/wfs?service=WFS&version=2.0.0&request=";
  private static final String WFS1 = "/wfs?service=WFS&version=1.1.0&request=";

  @TempDir static Path folder;
  private static TestCity city;

  @BeforeAll
  static void start() {
    city = TestCity.start(folder);
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  private static Gml gml(String path) throws Exception {
    var reply = city.get(path);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return Gml.of(reply.body());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "{0} is told as {2} at {3}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "request=GetCapabilities 400 MissingParameterValue service",
        "service=WMS&request=GetCapabilities 400 InvalidParameterValue service",
        "service=WFS 400 MissingParameterValue request",
        "service=WFS&version=2.0.0&request=GetMap 400 OperationNotSupported GetMap",
        "service=WFS&acceptVersions=9.9.9&request=GetCapabilities 400 VersionNegotiationFailed"
            + " AcceptVersions",
        "service=WFS&version=1.0.0&request=GetFeature&typeName=predios 400 InvalidParameterValue"
            + " version",
        "service=WFS&version=2.0.0&request=GetFeature 400 MissingParameterValue typeNames",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=nada 400 InvalidParameterValue"
            + " typeNames",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios,calles 400"
            + " OptionNotSupported typeNames",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&count=x 400"
            + " InvalidParameterValue count",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&startIndex=-1 400"
            + " InvalidParameterValue startIndex",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&outputFormat=exe 400"
            + " InvalidParameterValue outputFormat",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&srsName=EPSG:999999 400"
            + " InvalidParameterValue srsName",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&bbox=1,2,3 400"
            + " InvalidParameterValue bbox",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&bbox=NaN,0,1,1 400"
            + " InvalidParameterValue bbox",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&resultType=all 400"
            + " InvalidParameterValue resultType",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&propertyName=propietario"
            + " 400 InvalidParameterValue propertyName",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&sortBy=propietario 400"
            + " InvalidParameterValue sortBy",
        "service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&resourceId=arboles.1 400"
            + " InvalidParameterValue resourceId",
        "service=WFS&version=2.0.0&request=GetFeature&resourceId=nada.1 400 InvalidParameterValue"
            + " resourceId",
        "service=WFS&version=2.0.0&request=GetPropertyValue&typeNames=predios 400"
            + " MissingParameterValue valueReference",
        "service=WFS&version=2.0.0&request=GetPropertyValue&typeNames=predios&valueReference=x 400"
            + " InvalidParameterValue valueReference",
        "service=WFS&version=2.0.0&request=GetFeature&storedquery_id=urn:none&id=predios.1 400"
            + " InvalidParameterValue storedQuery_Id",
        "service=WFS&version=2.0.0&request=GetFeature&storedquery_id="
            + "urn:ogc:def:query:OGC-WFS::GetFeatureById&id=predios.9999 404 NotFound ID",
        "service=WFS&version=2.0.0&request=GetFeature&storedquery_id="
            + "urn:ogc:def:query:OGC-WFS::GetFeatureById&id=none 404 NotFound ID",
      })
  void whatIsWrongIsToldWithItsPlace(String query, int status, String code, String locator)
      throws Exception {
    var reply = city.get("/wfs?" + query);

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    Gml report = Gml.of(reply.body());
    assertThat(report.root())
        .isIn(
            "{http://www.opengis.net/ows/1.1}ExceptionReport",
            "{http://www.opengis.net/ows}ExceptionReport");
    assertThat(report.text("//Exception/@exceptionCode")).isEqualTo(code);
    assertThat(report.text("//Exception/@locator")).isEqualTo(locator);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0.0", "2.0.2", "1.1.0"})
  void capabilitiesSpeakTheVersionThatIsAskedFor(String version) throws Exception {
    Gml capabilities = gml("/wfs?service=WFS&request=GetCapabilities&version=" + version);

    assertThat(capabilities.text("/WFS_Capabilities/@version"))
        .isEqualTo(version.equals("2.0.2") ? "2.0.0" : version);
    assertThat(capabilities.text("/WFS_Capabilities/@updateSequence")).isNotBlank();
  }

  @Test
  void theFirstAcceptableVersionIsSpoken() throws Exception {
    String path = "/wfs?service=WFS&request=GetCapabilities&AcceptVersions=3.0.0,1.1.0,2.0.0";
    assertThat(gml(path).text("/WFS_Capabilities/@version")).isEqualTo("1.1.0");
  }

  @Test
  void parametersAreReadInAnyCase() throws Exception {
    assertThat(gml("/wfs?SeRvIcE=wfs&ReQuEsT=GetCapabilities").text("//ServiceType"))
        .isEqualTo("WFS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0.0", "1.1.0"})
  void everyLayerHasOneMetadataLinkAndNoAddressButTheSites(String version) throws Exception {
    String path = "/wfs?service=WFS&request=GetCapabilities&version=" + version;
    Gml capabilities = gml(path);

    int layers = capabilities.texts("//FeatureType").size();
    assertThat(layers).isEqualTo(8);
    List<String> links =
        version.equals("2.0.0")
            ? capabilities.texts("//FeatureType/MetadataURL/@*[local-name()='href']")
            : capabilities.texts("//FeatureType/MetadataURL");
    assertThat(links).hasSize(layers).doesNotHaveDuplicates();
    assertThat(links).allMatch(link -> link.startsWith(city.base() + "/catalogue/"));
    for (String link : links) {
      assertThat(city.get(link).statusCode()).as(link).isEqualTo(200);
    }
    assertThat(capabilities.texts("//@*[local-name()='href']"))
        .allMatch(link -> link.startsWith(city.base()));
  }

  @Test
  void whatIsPromisedIsSaidAndLockingIsNot() throws Exception {
    Gml capabilities = gml("/wfs?service=WFS&request=GetCapabilities");
    assertThat(constraint(capabilities, "ImplementsBasicWFS")).isEqualTo("TRUE");
    assertThat(constraint(capabilities, "ImplementsTransactionalWFS")).isEqualTo("TRUE");
    assertThat(constraint(capabilities, "ImplementsResultPaging")).isEqualTo("TRUE");
    assertThat(constraint(capabilities, "ImplementsLockingWFS")).isEqualTo("FALSE");
    assertThat(constraint(capabilities, "ImplementsStandardJoins")).isEqualTo("FALSE");
  }

  private static String constraint(Gml capabilities, String name) throws Exception {
    return capabilities.text("//Constraint[@name='" + name + "']/DefaultValue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRS", "SRS"})
  void everyListedSystemIsAnswered(String word) throws Exception {
    String version = word.equals("CRS") ? "2.0.0" : "1.1.0";
    Gml capabilities = gml("/wfs?service=WFS&request=GetCapabilities&version=" + version);
    String type = "//FeatureType[*[local-name()='Name']='tq:zonas']";
    List<String> systems = new ArrayList<>(capabilities.texts(type + "/Default" + word));
    systems.addAll(capabilities.texts(type + "/Other" + word));

    assertThat(systems).hasSize(4);
    for (String system : systems) {
      String path =
          "/wfs?service=WFS&request=GetFeature&version="
              + version
              + "&typeName=tq:zonas&srsName="
              + encoded(system);
      assertThat(gml(path).texts("//MultiSurface/@srsName")).containsExactly(system);
    }
  }

  @Test
  void theSchemaKeepsLabelsInEveryLanguageAndHidesWhatIsClosed() throws Exception {
    var reply = city.get(WFS2 + "DescribeFeatureType&typeName=tq:predios");
    Gml schema = Gml.of(reply.body());

    String use = "//element[@name='uso']/annotation/documentation";
    assertThat(schema.texts(use)).containsExactly("Uso", "Uso", "Use");
    assertThat(schema.text("//element[@name='geometry']/@type"))
        .isEqualTo("gml:SurfacePropertyType");
    assertThat(schema.text("//element[@name='superficie']/@type")).isEqualTo("xsd:double");
    assertThat(schema.text("//element[@name='fecha']/@nillable")).isEqualTo("true");
    assertThat(reply.body()).doesNotContain("propietario");
  }

  @Test
  void aSchemaOfAllLayersHasAllLayers() throws Exception {
    assertThat(gml(WFS2 + "DescribeFeatureType").texts("//schema/element/@name"))
        .containsExactlyInAnyOrder(
            "arboles", "calles", "domicilios", "predios", "riesgo", "tarifas", "vacia", "zonas");
  }

  @Test
  void closedFieldsAreInNoAnswer() throws Exception {
    for (String format : List.of("gml32", "gml3", "json", "csv")) {
      String body = city.get(WFS2 + "GetFeature&typeNames=predios&outputFormat=" + format).body();
      assertThat(body).as(format).contains("001-05").doesNotContain("Closedname");
    }
  }

  @Test
  void everyFeatureHasItsIdentifierAndEveryGeometryOfGml32OneOfItsOwn() throws Exception {
    Gml page = gml(WFS2 + "GetFeature&typeNames=predios");
    List<String> ids = page.texts("//@*[local-name()='id']");
    assertThat(ids).hasSize(120).doesNotHaveDuplicates();
    assertThat(page.texts("//member/predios/@*[local-name()='id']")).startsWith("predios.1");
  }

  @Test
  void coordinatesInTheLayersOwnSystemAreTheSameNumbers() throws Exception {
    assertThat(gml(WFS2 + "GetFeature&resourceId=predios.12").text("//posList"))
        .isEqualTo("484020 2100030 484040 2100030 484040 2100060 484020 2100060 484020 2100030");
  }

  @ParameterizedTest
  @CsvSource({
    "urn:ogc:def:crs:EPSG::4326, true",
    "http://www.opengis.net/def/crs/EPSG/0/4326, true",
    "EPSG:4326, false",
    "http://www.opengis.net/gml/srs/epsg.xml#4326, false",
    "urn:ogc:def:crs:OGC:1.3:CRS84, false"
  })
  void theNameOfTheSystemDecidesTheOrderOfAxes(String name, boolean latitudeFirst)
      throws Exception {
    String path = WFS2 + "GetFeature&resourceId=domicilios.1&srsName=" + encoded(name);
    String[] position = gml(path).text("//pos").split(" ");
    double[] lonLat = TestCity.lonLat(TestCity.X + 10, TestCity.Y + 2);

    assertThat(Double.parseDouble(position[latitudeFirst ? 1 : 0]))
        .isCloseTo(lonLat[0], org.assertj.core.data.Offset.offset(2e-9));
    assertThat(Double.parseDouble(position[latitudeFirst ? 0 : 1]))
        .isCloseTo(lonLat[1], org.assertj.core.data.Offset.offset(2e-9));
  }

  @Test
  void bboxKeepsOnlyWhatItTouchesInWhicheverSystemItIsWritten() throws Exception {
    double x = TestCity.X;
    double y = TestCity.Y;
    String utm = (x + 21) + "," + (y + 1) + "," + (x + 39) + "," + (y + 2);
    double[] sw = TestCity.lonLat(x + 21, y + 1);
    double[] ne = TestCity.lonLat(x + 39, y + 2);
    String latLon = sw[1] + "," + sw[0] + "," + ne[1] + "," + ne[0];
    for (String box :
        List.of(
            utm,
            utm + ",urn:ogc:def:crs:EPSG::32614",
            latLon + ",urn:ogc:def:crs:EPSG::4326",
            sw[0] + "," + sw[1] + "," + ne[0] + "," + ne[1] + ",EPSG:4326")) {
      assertThat(ids(WFS2 + "GetFeature&typeNames=predios&bbox=" + encoded(box)))
          .as(box)
          .containsExactly("predios.2");
    }
    assertThat(
            ids(
                WFS2
                    + "GetFeature&typeNames=predios&bbox=-90,-180,90,180,urn:ogc:def:crs:EPSG::4326"))
        .hasSize(60);
    assertThat(ids(WFS2 + "GetFeature&typeNames=predios&bbox=10,10,11,11,EPSG:4326")).isEmpty();
  }

  private static List<String> ids(String path) throws Exception {
    return gml(path).texts("//member/*/@*[local-name()='id']");
  }

  @Test
  void pagesByNextAddUpToNumberMatched() throws Exception {
    List<String> seen = new ArrayList<>();
    String next = WFS2 + "GetFeature&typeNames=arboles&count=7";
    String last = "";
    while (!next.isEmpty()) {
      Gml page = gml(next);
      assertThat(page.text("/FeatureCollection/@numberMatched")).isEqualTo("26");
      List<String> ids = page.texts("//member/arboles/@*[local-name()='id']");
      assertThat(page.text("/FeatureCollection/@numberReturned"))
          .isEqualTo(Integer.toString(ids.size()));
      seen.addAll(ids);
      last = page.text("/FeatureCollection/@previous");
      next = page.text("/FeatureCollection/@next");
    }

    assertThat(seen).hasSize(26).doesNotHaveDuplicates();
    assertThat(ids(last)).containsExactlyElementsOf(seen.subList(14, 21));
  }

  @Test
  void aPageOfNothingLeadsNowhere() throws Exception {
    for (String part : List.of("&count=0", "&count=0&startIndex=5", "&count=0&resultType=hits")) {
      Gml none = gml(WFS2 + "GetFeature&typeNames=arboles" + part);
      assertThat(none.text("/FeatureCollection/@numberMatched")).isEqualTo("26");
      assertThat(none.texts("//member")).isEmpty();
      assertThat(none.texts("/FeatureCollection/@next")).isEmpty();
      assertThat(none.texts("/FeatureCollection/@previous")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/wfs?service=WFS&request=GetCapabilities&request=GetFeature",
        "/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=arboles&TYPENAMES=zonas",
        "/wmts?service=WMTS&request=GetCapabilities&request=GetTile"
      })
  void aParameterWithTwoValuesIsToldInAReport(String path) throws Exception {
    var reply = city.get(path);
    assertThat(reply.statusCode()).isEqualTo(400);
    Gml report = Gml.of(reply.body());
    assertThat(report.text("//Exception/@exceptionCode")).isEqualTo("InvalidParameterValue");
    assertThat(report.text("//Exception/@locator"))
        .isEqualToIgnoringCase(path.contains("TYPENAMES") ? "typenames" : "request");
  }

  @Test
  void aFormDoesNotOverruleTheAddressInSilence() throws Exception {
    var reply =
        city.send(
            "POST",
            "/wfs?service=WFS&request=GetCapabilities",
            "request=GetFeature",
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(Gml.of(reply.body()).text("//Exception/@locator")).isEqualTo("request");
  }

  @Test
  void hitsTellTheNumberAndWhereTheFeaturesAre() throws Exception {
    Gml hits = gml(WFS2 + "GetFeature&typeNames=arboles&resultType=hits&count=5");
    assertThat(hits.text("/FeatureCollection/@numberMatched")).isEqualTo("26");
    assertThat(hits.text("/FeatureCollection/@numberReturned")).isEqualTo("0");
    assertThat(hits.texts("//member")).isEmpty();
    assertThat(ids(hits.text("/FeatureCollection/@next"))).hasSize(5);
    assertThat(
            gml(WFS1 + "GetFeature&typeName=arboles&resultType=hits")
                .text("/FeatureCollection/@numberOfFeatures"))
        .isEqualTo("26");
  }

  @Test
  void howManyOfAConditionOnPeopleIsNotTold() throws Exception {
    String filter =
        "<Filter xmlns='http://www.opengis.net/fes/2.0'><PropertyIsEqualTo>"
            + "<ValueReference>uso</ValueReference><Literal>C</Literal></PropertyIsEqualTo></Filter>";
    String path = WFS2 + "GetFeature&typeNames=predios&resultType=hits&filter=" + encoded(filter);
    assertThat(gml(path).text("/FeatureCollection/@numberMatched")).isEqualTo("unknown");
  }

  @Test
  void sortByPutsFeaturesInOrderOnEveryPage() throws Exception {
    String path = WFS2 + "GetFeature&typeNames=arboles&sortBy=altura%20DESC&count=2";
    assertThat(gml(path).texts("//altura")).containsExactly("99", "24");
    assertThat(gml(path + "&startIndex=2").texts("//altura")).containsExactly("23", "22");
    assertThat(gml(path.replace("DESC", "ASC")).texts("//altura")).containsExactly("0", "1");
  }

  @Test
  void propertyNameNarrowsWhatIsTold() throws Exception {
    String path = WFS2 + "GetFeature&typeNames=predios&count=1&propertyName=";
    assertThat(gml(path + "uso").texts("//member/predios/*")).containsExactly("C");
    assertThat(gml(path + "tq:geometry").texts("//posList")).hasSize(1);
    assertThat(city.get(path + "uso&outputFormat=json").body())
        .contains("\"properties\":{\"uso\":\"C\"}");
  }

  @Test
  void aFeatureByItsIdentifierIsTheFeatureItself() throws Exception {
    String path =
        WFS2 + "GetFeature&storedquery_id=urn:ogc:def:query:OGC-WFS::GetFeatureById&id=arboles.3";
    Gml feature = gml(path);
    assertThat(feature.root()).isEqualTo("{urn:tequio:layers}arboles");
    assertThat(feature.text("/arboles/altura")).isEqualTo("2");
  }

  @Test
  void storedQueriesAreListedAndDescribed() throws Exception {
    Gml list = gml(WFS2 + "ListStoredQueries");
    assertThat(list.texts("//StoredQuery/@id"))
        .containsExactly("urn:ogc:def:query:OGC-WFS::GetFeatureById");
    assertThat(gml(WFS2 + "DescribeStoredQueries").text("//Parameter/@name")).isEqualTo("ID");
  }

  @Test
  void valuesOfOnePropertyAreListedAlsoWhereTheyAreNotKnown() throws Exception {
    Gml values =
        gml(WFS2 + "GetPropertyValue&typeNames=arboles&valueReference=geometry&startIndex=24");
    assertThat(values.texts("/ValueCollection/member")).hasSize(2);
    assertThat(values.text("//geometry[@*[local-name()='nil']]/@*[local-name()='nil']"))
        .isEqualTo("true");
  }

  @Test
  void twoQueriesAreAnsweredOneAfterTheOther() throws Exception {
    Gml both = gml(WFS2 + "GetFeature&typeNames=(tq:zonas)(tq:domicilios)");
    assertThat(both.texts("/FeatureCollection/member/FeatureCollection")).hasSize(2);
    assertThat(both.text("/FeatureCollection/@numberReturned")).isEqualTo("2");
  }

  @Test
  void queriesComeByXmlToo() throws Exception {
    var reply =
        city.post(
            "/wfs",
            "<wfs:GetFeature service='WFS' version='2.0.0' count='3'"
                + " xmlns:wfs='http://www.opengis.net/wfs/2.0'"
                + " xmlns:fes='http://www.opengis.net/fes/2.0'>"
                + "<wfs:Query typeNames='tq:arboles' srsName='urn:ogc:def:crs:EPSG::32614'>"
                + "<wfs:PropertyName>altura</wfs:PropertyName>"
                + "<fes:Filter><fes:PropertyIsGreaterThan><fes:ValueReference>altura"
                + "</fes:ValueReference><fes:Literal>20</fes:Literal></fes:PropertyIsGreaterThan>"
                + "</fes:Filter><fes:SortBy><fes:SortProperty><fes:ValueReference>altura"
                + "</fes:ValueReference><fes:SortOrder>DESC</fes:SortOrder></fes:SortProperty>"
                + "</fes:SortBy></wfs:Query></wfs:GetFeature>");
    assertThat(Gml.of(reply.body()).texts("//member/arboles/altura"))
        .containsExactly("99", "24", "23");
  }

  @Test
  void pagesOfAQueryThatCameAsXmlHaveAddressesToo() throws Exception {
    String query =
        "<wfs:GetFeature service='WFS' version='2.0.0' count='9' %s"
            + " xmlns:wfs='http://www.opengis.net/wfs/2.0'>"
            + "<wfs:Query typeNames='arboles'/></wfs:GetFeature>";
    Gml page = Gml.of(city.post("/wfs", query.formatted("")).body());
    List<String> seen = new ArrayList<>();
    while (true) {
      seen.addAll(page.texts("//member/arboles/@*[local-name()='id']"));
      String next = page.text("/FeatureCollection/@next");
      if (next.isEmpty()) {
        break;
      }
      page = gml(next);
    }
    assertThat(seen).hasSize(26).doesNotHaveDuplicates();
    String hits =
        Gml.of(city.post("/wfs", query.formatted("resultType='hits'")).body())
            .text("/FeatureCollection/@next");
    assertThat(hits).contains("query=");
    for (String bad : List.of("x", "AAAA", "eJwDAAAAAAE")) {
      assertThat(city.get("/wfs?service=WFS&query=" + bad).statusCode()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void version11AnswersInItsOwnGml() throws Exception {
    var reply = city.get(WFS1 + "GetFeature&typeName=tq:zonas");
    Gml page = Gml.of(reply.body());
    assertThat(page.root()).isEqualTo("{http://www.opengis.net/wfs}FeatureCollection");
    assertThat(page.texts("/FeatureCollection/featureMembers/zonas")).hasSize(1);
    assertThat(reply.body()).contains("xmlns:gml=\"http://www.opengis.net/gml\"");
    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .isEqualTo("text/xml; subtype=gml/3.1.1");
  }

  @Test
  void tablesAndShapefilesHoldWhatWasAskedFor() throws Exception {
    String csv = city.get(WFS2 + "GetFeature&typeNames=arboles&count=2&outputFormat=csv").body();
    assertThat(csv.strip().lines()).hasSize(3);
    byte[] zip = city.bytes(WFS2 + "GetFeature&typeNames=predios&outputFormat=shape-zip").body();
    assertThat(new String(zip, 0, 2, StandardCharsets.US_ASCII)).isEqualTo("PK");
  }

  @Test
  void emptyLayersAndTablesAnswer() throws Exception {
    assertThat(gml(WFS2 + "GetFeature&typeNames=vacia").text("/FeatureCollection/@numberMatched"))
        .isEqualTo("0");
    assertThat(gml(WFS2 + "GetFeature&typeNames=tarifas").texts("//concepto"))
        .containsExactly("Predial");
  }

  @Test
  void textsOfAttackersAreInert() throws Exception {
    Gml page = gml(WFS2 + "GetFeature&resourceId=predios.1");
    assertThat(page.text("//nota")).isEqualTo(TestCity.XSS);
    assertThat(new HashSet<>(page.texts("//script"))).isEmpty();
  }
}
