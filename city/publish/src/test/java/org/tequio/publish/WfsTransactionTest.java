package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.PublishingRules;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;
import org.tequio.storage.Revision;

/**
 * Transactions of WFS 2.0 (OGC 09-025r2, clause 15) and 1.1, over HTTP: Alicia the steward edits
 * Catastro's parcels, Bruno the neighbour may not.
 */
class WfsTransactionTest {
  private static final LayerId PARCELS = new LayerId("predios");
  private static final String SQUARE =
      "<gml:Polygon gml:id='g' srsName='urn:ogc:def:crs:EPSG::32614'><gml:exterior><gml:LinearRing>"
          + "<gml:posList>484300 2100000 484310 2100000 484310 2100010 484300 2100010 484300 2100000"
          + "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>";

  @TempDir Path folder;
  private TestCity city;

  @BeforeEach
  void start() {
    city = TestCity.start(folder);
    city.say("predios", LayerSettings.EMPTY.withRules(new PublishingRules(true, 0.05, 0.2, true)));
  }

  @AfterEach
  void stop() {
    city.close();
  }

  private HttpResponse<String> transaction(String actions, String... headers) throws Exception {
    return transactionAt("/wfs", actions, headers);
  }

  private HttpResponse<String> transactionAt(String path, String actions, String... headers)
      throws Exception {
    return city.post(
        path,
        "<wfs:Transaction service='WFS' version='2.0.0' xmlns:wfs='http://www.opengis.net/wfs/2.0'"
            + " xmlns:fes='http://www.opengis.net/fes/2.0' xmlns:gml='http://www.opengis.net/gml/3.2'"
            + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:tq='urn:tequio:layers'>"
            + actions
            + "</wfs:Transaction>",
        headers);
  }

  private HttpResponse<String> asAlicia(String actions) throws Exception {
    return transaction(actions, "As", "alicia");
  }

  private Gml done(HttpResponse<String> reply) throws Exception {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    Gml response = Gml.of(reply.body());
    assertThat(response.root()).endsWith("}TransactionResponse");
    return response;
  }

  private Optional<Feature> parcel(long id) {
    return city.store.features().findFeature(PARCELS, new FeatureId(id), AsOf.NOW);
  }

  private @Nullable Object value(long id, String field) {
    return parcel(id).orElseThrow().properties().get(field);
  }

  private long revision() {
    return city.store.features().headRevision();
  }

  private static String byId(String... ids) {
    StringBuilder filter = new StringBuilder("<fes:Filter>");
    for (String id : ids) {
      filter.append("<fes:ResourceId rid='").append(id).append("'/>");
    }
    return filter.append("</fes:Filter>").toString();
  }

  private static String update(String property, String value, String filter) {
    return "<wfs:Update typeName='tq:predios' handle='change'><wfs:Property><wfs:ValueReference>"
        + property
        + "</wfs:ValueReference><wfs:Value>"
        + value
        + "</wfs:Value></wfs:Property>"
        + filter
        + "</wfs:Update>";
  }

  @Test
  void whoHasNotSignedInIsAskedTo() throws Exception {
    var reply = transaction(update("nota", "x", byId("predios.1")));
    assertThat(reply.statusCode()).isEqualTo(401);
    assertThat(reply.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
    assertThat(Gml.of(reply.body()).root()).endsWith("}ExceptionReport");
  }

  @Test
  void brunoTheNeighbourMayNotAndAliciaOnlyHerDepartmentsLayers() throws Exception {
    long before = revision();
    var neighbour = transaction(update("nota", "x", byId("predios.1")), "As", "bruno");
    var another =
        asAlicia("<wfs:Delete typeName='tq:calles'>" + byId("calles.1") + "</wfs:Delete>");

    assertThat(neighbour.statusCode()).isEqualTo(403);
    assertThat(another.statusCode()).isEqualTo(403);
    assertThat(revision()).isEqualTo(before);
  }

  @Test
  void aLayerWhoseVersionsAreReviewedRefusesAndSaysWhatToDo() throws Exception {
    city.say("predios", LayerSettings.EMPTY);
    var reply = asAlicia(update("nota", "x", byId("predios.1")));

    assertThat(reply.statusCode()).isEqualTo(403);
    assertThat(Gml.of(reply.body()).text("//ExceptionText")).contains("pasa por revisión");
    done(transaction(update("nota", "x", byId("predios.1")), "As", "gerardo"));
  }

  @Test
  void moreThanTheRulesAllowWithoutAReviewIsRefused() throws Exception {
    String all =
        "<wfs:Delete typeName='tq:predios'><fes:Filter><fes:PropertyIsEqualTo><fes:ValueReference>"
            + "uso</fes:ValueReference><fes:Literal>C</fes:Literal></fes:PropertyIsEqualTo>"
            + "</fes:Filter></wfs:Delete>";
    assertThat(asAlicia(all).statusCode()).isEqualTo(403);
    assertThat(city.store.features().findLayer(PARCELS).orElseThrow().count()).isEqualTo(60);
  }

  @Test
  void everyActionOfATransactionIsOneRevisionUnderThePersonsName() throws Exception {
    long before = revision();
    Gml response =
        done(
            asAlicia(
                "<wfs:Insert handle='new'><tq:predios><tq:geometry>"
                    + SQUARE
                    + "</tq:geometry><tq:clave>900-01</tq:clave><tq:superficie>100.25"
                    + "</tq:superficie><tq:fecha>2026-01-02</tq:fecha></tq:predios></wfs:Insert>"
                    + update("nota", "Revisado por Alicia", byId("predios.2", "predios.3"))
                    + "<wfs:Delete typeName='tq:predios'>"
                    + byId("predios.60")
                    + "</wfs:Delete>"));

    assertThat(response.text("//totalInserted")).isEqualTo("1");
    assertThat(response.text("//totalUpdated")).isEqualTo("2");
    assertThat(response.text("//totalDeleted")).isEqualTo("1");
    assertThat(response.text("//InsertResults/Feature/@handle")).isEqualTo("new");
    assertThat(response.text("//ResourceId/@rid")).isEqualTo("predios.61");
    assertThat(value(61, "clave")).isEqualTo("900-01");
    assertThat(value(61, "uso")).isNull();
    assertThat(Objects.requireNonNull(parcel(61).orElseThrow().geometry()).getArea())
        .isEqualTo(100.0);
    assertThat(value(3, "nota")).isEqualTo("Revisado por Alicia");
    assertThat(parcel(60)).isEmpty();
    assertThat(revision()).isEqualTo(before + 1);
    Revision made = city.store.features().listRevisions(Optional.of(PARCELS), 1).getFirst();
    assertThat(made.note().author()).isEqualTo("alicia");
    assertThat(made.note().source()).isEqualTo("wfs");
    assertThat(made.note().message()).isEqualTo("predios 1 created, 2 changed, 1 deleted");
    assertThat(auditLine()).contains("alicia", "layer.edit", "revision " + made.number());
  }

  private String auditLine() {
    StringBuilder line = new StringBuilder();
    city.store
        .audit()
        .readBack(
            Long.MAX_VALUE,
            one -> {
              line.append(one.actor()).append(' ').append(one.action()).append(' ');
              line.append(one.detail());
              return false;
            });
    return line.toString();
  }

  @Test
  void oneBadActionUndoesAllAndIsNamedByItsHandle() throws Exception {
    long before = revision();
    var reply =
        asAlicia(
            update("nota", "bien", byId("predios.1"))
                + update("superficie", "mucho", byId("predios.2")).replace("change", "second"));

    assertThat(reply.statusCode()).isEqualTo(400);
    Gml report = Gml.of(reply.body());
    assertThat(report.text("//Exception/@exceptionCode")).isEqualTo("InvalidValue");
    assertThat(report.text("//Exception/@locator")).isEqualTo("second");
    assertThat(value(1, "nota")).isEqualTo(TestCity.XSS);
    assertThat(revision()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "superficie|grande|InvalidValue",
        "fecha|2026-13-01|InvalidValue",
        "fecha|mañana|InvalidValue",
        "superficie|NaN|InvalidValue",
        "uso|ZZZ|InvalidValue",
        "propietario|Bruno|InvalidParameterValue",
        "nada|x|InvalidParameterValue"
      })
  void valuesAreHeldToTheSchema(String field, String text, String code) throws Exception {
    var reply = asAlicia(update(field, text, byId("predios.1")));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(Gml.of(reply.body()).text("//Exception/@exceptionCode")).isEqualTo(code);
  }

  @Test
  void geometriesAreHeldToTheLayer() throws Exception {
    String bow =
        SQUARE.replace(
            "484310 2100000 484310 2100010 484300 2100010",
            "484310 2100010 484310 2100000 484300 2100010");
    String point =
        "<gml:Point gml:id='p' srsName='EPSG:32614'><gml:pos>484000 2100000</gml:pos></gml:Point>";
    String open = SQUARE.replace(" 484300 2100000</gml:posList>", "</gml:posList>");
    String high =
        "<gml:Polygon gml:id='g' srsName='EPSG:32614' srsDimension='3'><gml:exterior>"
            + "<gml:LinearRing><gml:posList>0 0 5 1 0 5 1 1 5 0 0 5</gml:posList></gml:LinearRing>"
            + "</gml:exterior></gml:Polygon>";
    for (String shape : List.of(bow, point, open, high, SQUARE.replace("32614", "999999"))) {
      var reply = asAlicia(update("geometry", shape, byId("predios.1")));
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
    }
    String multi =
        "<gml:MultiSurface gml:id='m' srsName='EPSG:32614'><gml:surfaceMember>"
            + SQUARE
            + "</gml:surfaceMember></gml:MultiSurface>";
    done(asAlicia(update("geometry", multi, byId("predios.1"))));
    assertThat(Objects.requireNonNull(parcel(1).orElseThrow().geometry()).toText())
        .startsWith("POLYGON ((484300 2100000");
  }

  @Test
  void aPlaceInAnotherSystemLandsWhereItIsMeant() throws Exception {
    double[] at = TestCity.lonLat(484_305, 2_100_005);
    String shape =
        "<gml:Point gml:id='p' srsName='urn:ogc:def:crs:EPSG::4326'><gml:pos>"
            + at[1]
            + " "
            + at[0]
            + "</gml:pos></gml:Point>";
    done(
        transaction(
            "<wfs:Insert><tq:arboles><tq:geometry>"
                + shape
                + "</tq:geometry></tq:arboles></wfs:Insert>",
            "As",
            "gerardo"));
    var tree =
        city.store
            .features()
            .findFeature(new LayerId("arboles"), new FeatureId(27), AsOf.NOW)
            .orElseThrow();
    assertThat(
            Objects.requireNonNull(tree.geometry())
                .getCoordinate()
                .distance(new org.locationtech.jts.geom.Coordinate(484_305, 2_100_005)))
        .isLessThan(1e-3);
  }

  @Test
  void whatIsNotKnownIsEmptiedAndClosedFieldsStay() throws Exception {
    done(
        asAlicia(
            "<wfs:Update typeName='predios'><wfs:Property><wfs:ValueReference>superficie"
                + "</wfs:ValueReference></wfs:Property><wfs:Property><wfs:ValueReference>nota"
                + "</wfs:ValueReference><wfs:Value xsi:nil='true'/></wfs:Property>"
                + byId("predios.1")
                + "</wfs:Update><wfs:Replace><tq:predios><tq:clave>000-01</tq:clave></tq:predios>"
                + byId("predios.2")
                + "</wfs:Replace>"));
    assertThat(value(1, "superficie")).isNull();
    assertThat(value(1, "nota")).isNull();
    assertThat(value(1, "propietario")).isEqualTo(TestCity.OWNER + " 0");
    assertThat(value(2, "uso")).isNull();
    assertThat(parcel(2).orElseThrow().geometry()).isNull();
    assertThat(value(2, "propietario")).isEqualTo(TestCity.OWNER + " 1");
  }

  @Test
  void whoReadTheMapAsOfARevisionEditsWhatWasSeenOrNothing() throws Exception {
    long seen = revision();
    done(asAlicia(update("nota", "primera", byId("predios.1"))));
    var stale =
        transactionAt(
            "/wfs?asOf=" + seen, update("nota", "segunda", byId("predios.1")), "As", "alicia");
    var fresh =
        transactionAt(
            "/wfs?asOf=" + seen, update("nota", "tercera", byId("predios.2")), "As", "alicia");

    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(Gml.of(stale.body()).text("//ExceptionText")).contains("predios");
    assertThat(Gml.of(stale.body()).text("//Exception/@locator")).isEqualTo("change");
    assertThat(value(1, "nota")).isEqualTo("primera");
    done(fresh);
  }

  @Test
  void theCapabilitiesOfAStateSendEditsBackToThatState() throws Exception {
    Gml capabilities =
        Gml.of(city.get("/wfs?service=WFS&request=GetCapabilities&asOf=" + revision()).body());
    assertThat(
            capabilities.text(
                "//Operation[@name='Transaction']/DCP/HTTP/Post/@*[local-name()='href']"))
        .isEqualTo(city.base() + "/wfs?asOf=" + revision());
  }

  @Test
  void anEditOfWhatIsGoneIsToldNotSwallowed() throws Exception {
    done(asAlicia("<wfs:Delete typeName='predios'>" + byId("predios.5") + "</wfs:Delete>"));
    var reply = asAlicia(update("nota", "x", byId("predios.5")));
    assertThat(reply.statusCode()).isEqualTo(404);
    assertThat(Gml.of(reply.body()).text("//Exception/@exceptionCode")).isEqualTo("NotFound");
  }

  @Test
  void twoActionsOnOneFeatureFollowEachOther() throws Exception {
    done(
        asAlicia(
            update("nota", "una", byId("predios.1"))
                + update("superficie", "7", byId("predios.1"))));
    assertThat(value(1, "nota")).isEqualTo("una");
    assertThat(value(1, "superficie")).isEqualTo(7.0);
    var gone =
        asAlicia(
            "<wfs:Delete typeName='predios'>"
                + byId("predios.2")
                + "</wfs:Delete>"
                + update("nota", "tarde", byId("predios.2")));
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(parcel(2)).isPresent();
  }

  @Test
  void whatChangesNothingMakesNoRevision() throws Exception {
    long before = revision();
    done(asAlicia(update("clave", "000-00", byId("predios.1"))));
    assertThat(revision()).isEqualTo(before);
  }

  @Test
  void anAddressChangesNothing() throws Exception {
    String xml =
        "<Transaction xmlns='http://www.opengis.net/wfs/2.0' service='WFS' version='2.0.0'>"
            + "<Delete typeName='predios'><Filter xmlns='http://www.opengis.net/fes/2.0'>"
            + "<ResourceId rid='predios.1'/></Filter></Delete></Transaction>";
    var packed = new java.io.ByteArrayOutputStream();
    try (var out = new java.util.zip.DeflaterOutputStream(packed)) {
      out.write(xml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    String query =
        java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
    for (String start : List.of("", "&startIndex=0")) {
      var reply = city.get("/wfs?service=WFS&query=" + query + start, "As", "alicia");
      assertThat(reply.statusCode()).isEqualTo(400);
    }
    assertThat(parcel(1)).isPresent();
  }

  @Test
  void version11IsSpokenToo() throws Exception {
    var reply =
        city.post(
            "/wfs",
            "<wfs:Transaction service='WFS' version='1.1.0' xmlns:wfs='http://www.opengis.net/wfs'"
                + " xmlns:ogc='http://www.opengis.net/ogc'><wfs:Update typeName='predios'>"
                + "<wfs:Property><wfs:Name>nota</wfs:Name><wfs:Value>uno punto uno</wfs:Value>"
                + "</wfs:Property><ogc:Filter><ogc:FeatureId fid='predios.1'/></ogc:Filter>"
                + "</wfs:Update></wfs:Transaction>",
            "As",
            "alicia");
    Gml response = done(reply);
    assertThat(response.root()).startsWith("{http://www.opengis.net/wfs}");
    assertThat(response.text("//totalUpdated")).isEqualTo("1");
    assertThat(value(1, "nota")).isEqualTo("uno punto uno");
  }

  @Test
  void transactionsOfVersion10WriteXBeforeYInEverySystem() throws Exception {
    double[] at = TestCity.lonLat(484_305, 2_100_005);
    var reply =
        city.post(
            "/wfs",
            "<Transaction xmlns='http://www.opengis.net/wfs' service='WFS' version='1.0.0'"
                + " xmlns:gml='http://www.opengis.net/gml'><Insert><arboles"
                + " xmlns='urn:tequio:layers'><altura>4</altura><geometry>"
                + "<gml:Point srsName='urn:ogc:def:crs:EPSG::4326'><gml:coordinates cs=',' ts=' '>"
                + at[0]
                + ","
                + at[1]
                + "</gml:coordinates></gml:Point></geometry></arboles></Insert></Transaction>",
            "As",
            "gerardo");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    Gml response = Gml.of(reply.body());
    assertThat(response.texts("/WFS_TransactionResponse/TransactionResult/Status/SUCCESS"))
        .hasSize(1);
    assertThat(response.text("//InsertResult/FeatureId/@fid")).isEqualTo("arboles.27");
    var tree =
        city.store
            .features()
            .findFeature(new LayerId("arboles"), new FeatureId(27), AsOf.NOW)
            .orElseThrow();
    assertThat(Objects.requireNonNull(tree.geometry()).getCoordinate().x)
        .isBetween(484_304.99, 484_305.01);
  }

  @Test
  void whatIsNotOfferedIsSaidSo() throws Exception {
    for (String action :
        List.of(
            "<wfs:Native vendorId='x' safeToIgnore='false'/>",
            "<wfs:Delete typeName='predios'/>",
            "<wfs:Update typeName='predios'/>",
            "<wfs:Explode/>")) {
      assertThat(asAlicia(action).statusCode()).as(action).isEqualTo(400);
    }
    var locked =
        city.post(
            "/wfs",
            "<LockFeature xmlns='http://www.opengis.net/wfs/2.0' service='WFS' version='2.0.0'/>",
            "As",
            "alicia");
    assertThat(Gml.of(locked.body()).text("//Exception/@exceptionCode"))
        .isEqualTo("OperationNotSupported");
  }
}
