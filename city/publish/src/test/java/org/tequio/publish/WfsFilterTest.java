package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FES 2.0 (OGC 09-026r2) and Filter Encoding 1.1 (04-095) on GetFeature, over HTTP. */
class WfsFilterTest {
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

  private static String filter20(String inside) {
    return "<fes:Filter xmlns:fes='http://www.opengis.net/fes/2.0'"
        + " xmlns:gml='http://www.opengis.net/gml/3.2' xmlns:tq='urn:tequio:layers'>"
        + inside
        + "</fes:Filter>";
  }

  private static List<String> arboles(String inside) throws Exception {
    return ids("arboles", filter20(inside));
  }

  private static List<String> ids(String layer, String filter) throws Exception {
    var reply =
        city.get(
            "/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=tq:"
                + layer
                + "&filter="
                + WfsTest.encoded(filter));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return Gml.of(reply.body()).texts("//member/*/@*[local-name()='id']");
  }

  private static String compared(String operator, String property, String literal) {
    return "<fes:"
        + operator
        + "><fes:ValueReference>"
        + property
        + "</fes:ValueReference><fes:Literal>"
        + literal
        + "</fes:Literal></fes:"
        + operator
        + ">";
  }

  @Test
  void comparisonsKnowTheTypeOfTheField() throws Exception {
    assertThat(arboles(compared("PropertyIsEqualTo", "altura", "9"))).containsExactly("arboles.10");
    assertThat(arboles(compared("PropertyIsGreaterThan", "tq:altura", "22")))
        .containsExactly("arboles.24", "arboles.25", "arboles.26");
    assertThat(arboles(compared("PropertyIsLessThanOrEqualTo", "altura", "0.5")))
        .containsExactly("arboles.1");
    assertThat(arboles(compared("PropertyIsNotEqualTo", "especie", "Fresno")))
        .containsExactly("arboles.26");
    assertThat(ids("predios", filter20(compared("PropertyIsLessThan", "fecha", "2020-01-03"))))
        .containsExactly("predios.1", "predios.2");
  }

  @Test
  void caseCountsUnlessItShallNot() throws Exception {
    String any =
        "<fes:PropertyIsEqualTo matchCase='false'><fes:ValueReference>especie</fes:ValueReference>"
            + "<fes:Literal>fReSnO</fes:Literal></fes:PropertyIsEqualTo>";
    assertThat(arboles(any)).hasSize(25);
    assertThat(arboles(any.replace("matchCase='false'", ""))).isEmpty();
  }

  @Test
  void likeUsesTheWildCardsOfTheClient() throws Exception {
    String like =
        "<fes:PropertyIsLike wildCard='*' singleChar='?' escapeChar='!'>"
            + "<fes:ValueReference>especie</fes:ValueReference>"
            + "<fes:Literal>%s</fes:Literal></fes:PropertyIsLike>";
    assertThat(arboles(like.formatted("Sin*"))).containsExactly("arboles.26");
    assertThat(arboles(like.formatted("F?esno"))).hasSize(25);
    assertThat(arboles(like.formatted("%"))).isEmpty();
    assertThat(arboles(like.formatted("Fresn!*"))).isEmpty();
  }

  @Test
  void betweenHoldsBothEnds() throws Exception {
    assertThat(
            arboles(
                "<fes:PropertyIsBetween><fes:ValueReference>altura</fes:ValueReference>"
                    + "<fes:LowerBoundary><fes:Literal>3</fes:Literal></fes:LowerBoundary>"
                    + "<fes:UpperBoundary><fes:Literal>5</fes:Literal></fes:UpperBoundary>"
                    + "</fes:PropertyIsBetween>"))
        .containsExactly("arboles.4", "arboles.5", "arboles.6");
  }

  @Test
  void logicNests() throws Exception {
    assertThat(
            arboles(
                "<fes:And><fes:Not>"
                    + compared("PropertyIsLessThan", "altura", "24")
                    + "</fes:Not><fes:Or>"
                    + compared("PropertyIsEqualTo", "altura", "24")
                    + compared("PropertyIsEqualTo", "altura", "3")
                    + "</fes:Or></fes:And>"))
        .containsExactly("arboles.25");
  }

  @Test
  void whatHasNoPlaceIsNull() throws Exception {
    assertThat(
            arboles(
                "<fes:PropertyIsNull><fes:ValueReference>geometry</fes:ValueReference>"
                    + "</fes:PropertyIsNull>"))
        .containsExactly("arboles.26");
  }

  @Test
  void spatialOperatorsWorkInAnySystem() throws Exception {
    String envelope =
        "<gml:Envelope srsName='%s'><gml:lowerCorner>%s</gml:lowerCorner>"
            + "<gml:upperCorner>%s</gml:upperCorner></gml:Envelope>";
    String utm = envelope.formatted("EPSG:32614", "484100 2100100", "484120 2100110");
    double[] sw = TestCity.lonLat(484_100, 2_100_100);
    double[] ne = TestCity.lonLat(484_120, 2_100_110);
    String latLon =
        envelope.formatted("urn:ogc:def:crs:EPSG::4326", sw[1] + " " + sw[0], ne[1] + " " + ne[0]);
    for (String shape : List.of(utm, latLon)) {
      assertThat(
              ids(
                  "zonas",
                  filter20(
                      "<fes:BBOX><fes:ValueReference>geometry</fes:ValueReference>"
                          + shape
                          + "</fes:BBOX>")))
          .as(shape)
          .containsExactly("zonas.1");
      assertThat(
              ids(
                  "zonas",
                  filter20(
                      "<fes:Disjoint><fes:ValueReference>geometry"
                          + "</fes:ValueReference>"
                          + shape
                          + "</fes:Disjoint>")))
          .isEmpty();
    }
    String hole =
        "<gml:Point srsName='urn:ogc:def:crs:EPSG::32614' gml:id='p'><gml:pos>484175 2100175"
            + "</gml:pos></gml:Point>";
    assertThat(
            ids(
                "zonas",
                filter20(
                    "<fes:Intersects><fes:ValueReference>geometry"
                        + "</fes:ValueReference>"
                        + hole
                        + "</fes:Intersects>")))
        .isEmpty();
    String area =
        "<gml:Polygon srsName='EPSG:32614' gml:id='a'><gml:exterior><gml:LinearRing><gml:posList>"
            + "483999 2099990 484025 2099990 484025 2100000 483999 2100000 483999 2099990"
            + "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>";
    assertThat(
            arboles(
                "<fes:Within><fes:ValueReference>geometry</fes:ValueReference>"
                    + area
                    + "</fes:Within>"))
        .containsExactly("arboles.1", "arboles.2", "arboles.3", "arboles.4");
  }

  private static String apart(String operator, String unit, double distance) {
    double[] place = TestCity.lonLat(484_000, 2_100_000);
    return "<fes:"
        + operator
        + "><fes:ValueReference>geometry</fes:ValueReference>"
        + "<gml:Point srsName='urn:ogc:def:crs:EPSG::4326' gml:id='p'><gml:pos>"
        + String.format(java.util.Locale.ROOT, "%.9f %.9f", place[1], place[0])
        + "</gml:pos></gml:Point><fes:Distance uom='"
        + unit
        + "'>"
        + distance
        + "</fes:Distance></fes:"
        + operator
        + ">";
  }

  @Test
  void nearAndFarAreMeasuredInMetresAlsoFromAPlaceInDegrees() throws Exception {
    List<String> near = arboles(apart("DWithin", "m", 30.5));
    assertThat(near).containsExactly("arboles.1", "arboles.2", "arboles.3", "arboles.4");
    for (var same :
        java.util.Map.of("km", 0.0305, "ft", 100.07, "urn:ogc:def:uom:EPSG::9001", 30.5)
            .entrySet()) {
      assertThat(arboles(apart("DWithin", same.getKey(), same.getValue())))
          .as(same.getKey())
          .isEqualTo(near);
    }
    List<String> far = arboles(apart("Beyond", "m", 30.5));
    assertThat(far).hasSize(21).doesNotContainAnyElementsOf(near).doesNotContain("arboles.26");
  }

  @Test
  void aDistanceWithoutAUnitOrInDegreesIsNotGuessed() throws Exception {
    for (String wrong :
        List.of(
            apart("DWithin", "deg", 1),
            apart("DWithin", "", 1),
            apart("DWithin", "m", -1),
            apart("Beyond", "m", 1).replaceAll("<fes:Distance.*</fes:Distance>", ""))) {
      var reply =
          city.get(
              "/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=tq:arboles&filter="
                  + WfsTest.encoded(filter20(wrong)));
      assertThat(reply.statusCode()).as(wrong).isEqualTo(400);
      assertThat(Gml.of(reply.body()).text("//Exception/@locator")).isIn("uom", "Distance");
    }
  }

  @Test
  void aVersionOfOneFeatureIsNotOfferedAndNotSwallowed() throws Exception {
    var reply =
        city.get(
            "/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=tq:arboles&filter="
                + WfsTest.encoded(
                    filter20("<fes:ResourceId rid='arboles.7' version='PREVIOUS'/>")));
    assertThat(Gml.of(reply.body()).text("//Exception/@exceptionCode"))
        .isEqualTo("OptionNotSupported");
  }

  @Test
  void temporalOperatorsKnowInstantsAndPeriods() throws Exception {
    String during =
        "<fes:During><fes:ValueReference>fecha</fes:ValueReference><gml:TimePeriod gml:id='t'>"
            + "<gml:beginPosition>2020-01-02T00:00:00Z</gml:beginPosition>"
            + "<gml:endPosition>2020-01-05T00:00:00Z</gml:endPosition></gml:TimePeriod>"
            + "</fes:During>";
    assertThat(ids("predios", filter20(during))).contains("predios.3").doesNotContain("predios.9");
    String after =
        "<fes:After><fes:ValueReference>fecha</fes:ValueReference><gml:TimeInstant gml:id='t'>"
            + "<gml:timePosition>2020-02-27</gml:timePosition></gml:TimeInstant></fes:After>";
    assertThat(ids("predios", filter20(after))).containsExactly("predios.59", "predios.60");
  }

  @Test
  void identifiersPickFeatures() throws Exception {
    assertThat(arboles("<fes:ResourceId rid='arboles.7'/><fes:ResourceId rid='arboles.2'/>"))
        .containsExactlyInAnyOrder("arboles.2", "arboles.7");
  }

  @Test
  void filterEncoding11IsUnderstood() throws Exception {
    var reply =
        city.post(
            "/wfs",
            "<wfs:GetFeature service='WFS' version='1.1.0' xmlns:wfs='http://www.opengis.net/wfs'"
                + " xmlns:ogc='http://www.opengis.net/ogc'><wfs:Query typeName='tq:arboles'>"
                + "<ogc:Filter><ogc:Or><ogc:PropertyIsEqualTo><ogc:PropertyName>altura"
                + "</ogc:PropertyName><ogc:Add><ogc:Literal>1</ogc:Literal><ogc:Literal>2"
                + "</ogc:Literal></ogc:Add></ogc:PropertyIsEqualTo><ogc:PropertyIsEqualTo>"
                + "<ogc:Function name='upper'><ogc:PropertyName>especie</ogc:PropertyName>"
                + "</ogc:Function><ogc:Literal>SIN LUGAR</ogc:Literal></ogc:PropertyIsEqualTo>"
                + "</ogc:Or></ogc:Filter></wfs:Query></wfs:GetFeature>");
    assertThat(reply.body()).contains("arboles.4\"", "arboles.26\"").doesNotContain("arboles.5\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"propietario", "nada", "../predios/propietario", "exec(x)", "pg_sleep(9)"})
  void unknownAndClosedPropertiesAreNamed(String property) throws Exception {
    var reply =
        city.get(
            "/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=predios&filter="
                + WfsTest.encoded(filter20(compared("PropertyIsEqualTo", property, "x"))));
    assertThat(reply.statusCode()).isEqualTo(400);
    Gml report = Gml.of(reply.body());
    assertThat(report.text("//Exception/@exceptionCode")).isEqualTo("InvalidParameterValue");
    assertThat(report.text("//Exception/@locator")).isEqualTo(property);
  }

  @Test
  void hostileFiltersAreRefusedAtOnce() throws Exception {
    String deep = "<fes:Not>".repeat(5000) + "</fes:Not>".repeat(5000);
    String wide = "<fes:Or>" + compared("PropertyIsEqualTo", "altura", "1").repeat(30_000);
    String sql = compared("PropertyIsEqualTo", "altura", "1' OR '1'='1");
    long before = System.nanoTime();
    for (String inside : List.of(deep, wide + "</fes:Or>", sql, "<fes:Nothing/>", "", "<x")) {
      var reply =
          city.post(
              "/wfs",
              "<wfs:GetFeature service='WFS' version='2.0.0'"
                  + " xmlns:wfs='http://www.opengis.net/wfs/2.0'><wfs:Query typeNames='arboles'>"
                  + filter20(inside)
                  + "</wfs:Query></wfs:GetFeature>");
      if (inside.length() > 1 << 20) {
        // what is longer than any document may be is refused before it is read as one
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(413);
        continue;
      }
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
      assertThat(reply.body()).contains("ExceptionReport");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void nothingOutsideTheDocumentIsEverRead() throws Exception {
    AtomicInteger visits = new AtomicInteger();
    HttpServer canary = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    canary.createContext(
        "/",
        exchange -> {
          visits.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    canary.start();
    String address = "http://127.0.0.1:" + canary.getAddress().getPort() + "/x";
    try {
      for (String prolog :
          List.of(
              "<!DOCTYPE a SYSTEM '" + address + "'>",
              "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>",
              "<!DOCTYPE a [<!ENTITY % e SYSTEM '" + address + "'>%e;]>")) {
        var reply =
            city.post(
                "/wfs",
                prolog
                    + "<wfs:GetFeature service='WFS' version='2.0.0'"
                    + " xmlns:wfs='http://www.opengis.net/wfs/2.0'>&e;</wfs:GetFeature>");
        assertThat(reply.statusCode()).as(prolog).isEqualTo(400);
      }
      var reply =
          city.post(
              "/wfs",
              "<wfs:GetFeature service='WFS' version='2.0.0'"
                  + " xmlns:wfs='http://www.opengis.net/wfs/2.0'"
                  + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                  + " xsi:schemaLocation='urn:x "
                  + address
                  + "'><wfs:Query typeNames='zonas'/></wfs:GetFeature>");
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(visits).hasValue(0);
    } finally {
      canary.stop(0);
    }
  }
}
