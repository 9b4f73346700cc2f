package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;

/** WMS 1.1.1 and 1.3.0 over HTTP (OGC 01-068r3, 06-042). */
class WmsTest {
  private static final String ZONES =
      "/wms?service=WMS&version=1.3.0&request=GetMap&layers=zonas&styles=&crs=EPSG:32614"
          + "&bbox=484050,2100050,484350,2100350&width=300&height=300&format=image/png";

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

  // ---- what must not happen

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "width=100000&height=100000 |",
        "width=8192&height=8192 |",
        "width=0 |",
        "width=-1 |",
        "width=1e3 |",
        "dpi=1000000000 |",
        "dpi=NaN |",
        "bbox=NaN,0,1,1 |",
        "bbox=1,1,0,0 |",
        "bbox=1,1,1,1 |",
        "bbox=1,2,3 |",
        "bbox=-1e300,-1e300,1e300,1e300 |",
        "crs=EPSG:999999 | InvalidCRS",
        "crs=EPSG:0 | InvalidCRS",
        "crs=AUTO:42001,9001,0,0 | InvalidCRS",
        "format=image/gif | InvalidFormat",
        "layers=nada | LayerNotDefined",
        "layers=tarifas | LayerNotDefined",
        "layers= | LayerNotDefined",
        "layers=../etc | LayerNotDefined",
        "styles=pretty | StyleNotDefined",
        "styles=, | StyleNotDefined",
        "time=yesterday | InvalidDimensionValue",
        "time=2020-01-01/2026-01-01/PT1S | InvalidDimensionValue",
        "bgcolor=red |",
        "transparent=maybe |",
        "sld=http://169.254.169.254/latest/ | OperationNotSupported",
        "sld_body=%3CStyledLayerDescriptor/%3E | OperationNotSupported"
      })
  void aWrongMapIsRefusedBeforeAnythingIsDrawn(String change, String code) throws Exception {
    var reply = city.get(with(ZONES, change));

    assertThat(reply.statusCode()).as(change).isEqualTo(400);
    assertThat(reply.headers().firstValue("Content-Type").orElse("")).startsWith("text/xml");
    assertThat(reply.body()).contains("<ServiceExceptionReport");
    if (code != null) {
      assertThat(reply.body()).contains("code=\"" + code + "\"");
    }
  }

  @Test
  void tenThousandLayersAreRefused() throws Exception {
    String many = "zonas" + ",zonas".repeat(999);
    assertThat(city.get(with(ZONES, "layers=" + many)).statusCode()).isEqualTo(400);
  }

  @Test
  void theOldVersionHasItsOwnWords() throws Exception {
    String old =
        "/wms?VERSION=1.1.1&REQUEST=GetMap&LAYERS=zonas&STYLES=&SRS=EPSG:77&BBOX=0,0,1,1"
            + "&WIDTH=10&HEIGHT=10&FORMAT=image/png";
    var reply = city.get(old);

    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/vnd.ogc.se_xml");
    assertThat(reply.body()).contains("InvalidSRS").contains("version=\"1.1.1\"");
  }

  @Test
  void closedFieldsLeaveByNoForm() throws Exception {
    double[] at = {TestCity.X + 10, TestCity.Y + 10};
    for (String form :
        List.of("text/plain", "text/html", "application/json", "application/vnd.ogc.gml")) {
      String body = city.get(info("predios", at, form)).body();
      assertThat(body).as(form).contains("000-00".substring(0, 3)).doesNotContain("Closedname");
      assertThat(body).as(form).doesNotContain("propietario");
    }
    assertThat(city.get("/wms?service=WMS&request=GetCapabilities").body())
        .doesNotContain("propietario");
  }

  @Test
  void whatAttackersWroteIsInertInEveryForm() throws Exception {
    double[] at = {TestCity.X + 10, TestCity.Y + 10};
    for (String form : List.of("text/html", "application/vnd.ogc.gml")) {
      assertThat(city.get(info("predios", at, form)).body())
          .as(form)
          .doesNotContain("<script>")
          .doesNotContain("<img");
    }
    String capabilities = city.get("/wms?service=WMS&request=GetCapabilities").body();
    assertThat(capabilities).doesNotContain("<script>").contains("&lt;script&gt;");
    var svg = city.get(with(ZONES, "format=image/svg%2Bxml"));
    assertThat(svg.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    assertThat(svg.body()).startsWith("<svg").doesNotContain("script").doesNotContain("<text");
  }

  // ---- what is drawn

  @Test
  void anAreaIsFilledAndItsHoleIsNot() throws Exception {
    BufferedImage map = image(city.bytes(ZONES));

    assertThat(map.getRGB(75, 225)).isNotEqualTo(0xFFFFFFFF);
    assertThat(map.getRGB(125, 175)).as("the hole").isEqualTo(0xFFFFFFFF);
    assertThat(map.getRGB(10, 10)).as("outside").isEqualTo(0xFFFFFFFF);
  }

  @Test
  void theGroundIsTransparentOrOfTheColourThatIsAskedFor() throws Exception {
    assertThat(image(city.bytes(with(ZONES, "transparent=TRUE"))).getRGB(10, 10) >>> 24).isZero();
    assertThat(image(city.bytes(with(ZONES, "bgcolor=0x336699"))).getRGB(10, 10))
        .isEqualTo(0xFF336699);
    BufferedImage jpeg = image(city.bytes(with(ZONES, "format=image/jpeg&transparent=TRUE")));
    assertThat(jpeg.getRGB(10, 10) & 0xFF).isGreaterThan(250);
  }

  @Test
  void latitudeComesFirstInTheNewVersionAndNeverInTheOld() throws Exception {
    double[] sw = TestCity.lonLat(484_050, 2_100_050);
    double[] ne = TestCity.lonLat(484_350, 2_100_350);
    String lonLat = box(sw[0], sw[1], ne[0], ne[1]);
    String latLon = box(sw[1], sw[0], ne[1], ne[0]);

    byte[] crs84 = city.bytes(with(ZONES, "crs=CRS:84&bbox=" + lonLat)).body();
    byte[] modern = city.bytes(with(ZONES, "crs=EPSG:4326&bbox=" + latLon)).body();
    byte[] old = city.bytes(with(ZONES, "version=1.1.1&crs=&srs=EPSG:4326&bbox=" + lonLat)).body();

    assertThat(modern).isEqualTo(crs84).isEqualTo(old);
    assertThat(inked(image(city.bytes(with(ZONES, "crs=CRS:84&bbox=" + lonLat)))))
        .isGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"EPSG:32614", "EPSG:3857", "EPSG:4326", "CRS:84", "EPSG:6372", "EPSG:32613"})
  void theZoneIsDrawnInEverySystem(String name) throws Exception {
    Crs crs = Crs.parse(name.replace("CRS:84", "CRS84"));
    Bbox box =
        CrsRegistry.standard()
            .operation(TestCity.UTM, crs)
            .apply(new Bbox(484_100, 2_100_100, 484_300, 2_100_300));
    boolean swapped = name.startsWith("EPSG") && CrsRegistry.standard().isNorthingFirst(crs);
    String asked =
        swapped
            ? box(box.minY(), box.minX(), box.maxY(), box.maxX())
            : box(box.minX(), box.minY(), box.maxX(), box.maxY());

    BufferedImage map = image(city.bytes(with(ZONES, "crs=" + name + "&bbox=" + asked)));

    // The hole is a sixteenth of the square, which may stand a little askew in its box.
    assertThat(inked(map)).isBetween(75_000L, 90_000L);
  }

  @Test
  void layersLieInTheOrderThatIsAskedFor() throws Exception {
    String both = "bbox=483990,2099990,484210,2100210&width=220&height=220";
    byte[] up = city.bytes(with(ZONES, both + "&layers=zonas,predios")).body();
    byte[] down = city.bytes(with(ZONES, both + "&layers=predios,zonas")).body();
    assertThat(up).isNotEqualTo(down);
  }

  @Test
  void theMapOfAPastMomentIsThatOfThePast() throws Exception {
    assertThat(city.bytes(with(ZONES, "time=1999-01-01")).statusCode()).isEqualTo(400);
    long revision = city.store.features().headRevision();
    assertThat(city.bytes(with(ZONES, "asOf=" + revision)).body())
        .isEqualTo(city.bytes(ZONES).body());
  }

  @Test
  void aClientThatHoldsTheMapIsToldSo() throws Exception {
    String tag = city.bytes(ZONES).headers().firstValue("ETag").orElseThrow();
    assertThat(city.bytes(ZONES, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void anErrorCanBeAPicture() throws Exception {
    HttpResponse<byte[]> told = city.bytes(with(ZONES, "crs=EPSG:999999&exceptions=INIMAGE"));
    HttpResponse<byte[]> blank = city.bytes(with(ZONES, "crs=EPSG:999999&exceptions=BLANK"));

    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(inked(image(told))).isPositive();
    assertThat(inked(image(blank))).isZero();
    assertThat(image(blank).getWidth()).isEqualTo(300);
  }

  // ---- what is said

  @Test
  void capabilitiesNameEachLayerOnceWithOneMetadataLinkAndNoOtherHost() throws Exception {
    String body = city.get("/wms?service=WMS&request=GetCapabilities").body();

    for (String layer : List.of("predios", "calles", "arboles", "zonas", "riesgo")) {
      assertThat(body.split("<Name>" + layer + "</Name>", -1)).as(layer).hasSize(2);
      assertThat(body.split("/catalogue/" + layer + ".iso.xml", -1)).as(layer).hasSize(2);
    }
    assertThat(body).doesNotContain("<Name>tarifas</Name>");
    java.util.regex.Matcher href = java.util.regex.Pattern.compile("href=\"(.*?)\"").matcher(body);
    while (href.find()) {
      assertThat(href.group(1)).startsWith(city.base());
    }
  }

  @Test
  void aHostThatIsNoneIsNotRepeated() throws Exception {
    assertThat(city.get("/wms?service=WMS&request=GetCapabilities").body())
        .doesNotContain("localhost");
  }

  @Test
  void theUpdateSequenceIsCompared() throws Exception {
    long now = city.store.features().headRevision();
    String path = "/wms?service=WMS&request=GetCapabilities&updateSequence=";

    assertThat(city.get(path + now).body()).contains("CurrentUpdateSequence");
    assertThat(city.get(path + (now + 1)).body()).contains("InvalidUpdateSequence");
    assertThat(city.get(path + (now - 1)).body()).contains("<WMS_Capabilities");
  }

  @Test
  void theVersionIsNegotiated() throws Exception {
    assertThat(city.get("/wms?service=WMS&request=GetCapabilities&version=1.0.0").body())
        .contains("version=\"1.1.1\"");
    assertThat(city.get("/wms?service=WMS&request=GetCapabilities&version=9.9.9").body())
        .contains("version=\"1.3.0\"");
    assertThat(city.get("/wms?service=WMS&request=GetCapabilities").body())
        .contains("version=\"1.3.0\"");
  }

  @Test
  void anOperationThatDoesNotExistIsNamed() throws Exception {
    var reply = city.get("/wms?service=WMS&version=1.3.0&request=GetMoney");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("OperationNotSupported");
  }

  @Test
  void aPlaceTellsItsFeatures() throws Exception {
    double[] at = {484_175, 2_100_125};
    assertThat(city.get(info("zonas", at, "text/plain")).body()).contains("zona: ZU");
    double[] hole = {484_175, 2_100_175};
    assertThat(city.get(info("zonas", hole, "text/plain"), "Accept-Language", "en").body())
        .contains("Nothing here");
    assertThat(city.get(info("zonas", at, "application/json")).body())
        .contains("\"FeatureCollection\"")
        .contains("\"zona\":\"ZU\"");
  }

  @Test
  void aPlaceOutsideThePictureIsRefused() throws Exception {
    String path = info("zonas", new double[] {484_175, 2_100_125}, "text/plain");
    assertThat(city.get(with(path, "i=500")).body()).contains("InvalidPoint");
    assertThat(city.get(with(path, "query_layers=predios")).body()).contains("LayerNotDefined");
  }

  @Test
  void theLegendIsAPicture() throws Exception {
    BufferedImage legend =
        image(
            city.bytes(
                "/wms?service=WMS&version=1.3.0&request=GetLegendGraphic&layer=zonas"
                    + "&format=image/png"));
    assertThat(legend.getWidth()).isBetween(40, 400);
    assertThat(inked(legend)).isPositive();
  }

  @Test
  void aStewardsStyleIsDrawnAtOnceAndOneThatIsNoneIsLeftAside() throws Exception {
    byte[] before = city.bytes(ZONES).body();
    city.say("zonas", styled("{\"color\":\"#d55e00\",\"classes\":[]}"));
    BufferedImage orange = image(city.bytes(ZONES));
    city.say("zonas", styled("{\"color\":\"javascript:alert(1)\",\"classes\":[]}"));
    byte[] after = city.bytes(ZONES).body();
    city.say("zonas", LayerSettings.EMPTY);

    int ink = orange.getRGB(75, 225);
    assertThat(ink >> 16 & 0xFF).isGreaterThan(ink & 0xFF);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void aStyleThatNamesAClosedFieldIsDrawnWithoutIt() throws Exception {
    String parcels =
        with(ZONES, "layers=predios&bbox=483990,2099990,484210,2100210&width=600&height=600");
    byte[] plain = drawn("predios", styled("{\"color\":\"#0072b2\",\"classes\":[]}"), parcels);
    byte[] named =
        drawn(
            "predios",
            styled("{\"color\":\"#0072b2\",\"classes\":[],\"label\":\"propietario\"}"),
            parcels);
    byte[] classed =
        drawn(
            "predios",
            styled(
                "{\"color\":\"#0072b2\",\"field\":\"propietario\",\"classes\":[{\"label\":\"a\","
                    + "\"color\":\"#d55e00\",\"values\":[\"Dolores Closedname 0\"]}]}"),
            parcels);

    assertThat(named).isEqualTo(plain).isEqualTo(classed);
  }

  private static byte[] drawn(String layer, LayerSettings settings, String path) throws Exception {
    city.say(layer, settings);
    byte[] map = city.bytes(path).body();
    city.say(layer, LayerSettings.EMPTY);
    return map;
  }

  private static LayerSettings styled(String look) {
    LayerSettings none = LayerSettings.EMPTY;
    return new LayerSettings(
        none.title(),
        none.description(),
        none.theme(),
        none.department(),
        none.licence(),
        none.rhythm(),
        none.contact(),
        none.keywords(),
        none.standard(),
        none.access(),
        none.fields(),
        none.rules(),
        "{\"version\":8,\"layers\":[],\"metadata\":{\"tequio:look\":" + look + "}}",
        null);
  }

  private static String info(String layer, double[] at, String form) {
    return "/wms?service=WMS&version=1.3.0&request=GetFeatureInfo&styles=&crs=EPSG:32614"
        + "&width=101&height=101&format=image/png&layers="
        + layer
        + "&query_layers="
        + layer
        + "&bbox="
        + box(at[0] - 50, at[1] - 50, at[0] + 50, at[1] + 50)
        + "&i=50&j=50&feature_count=10&info_format="
        + form;
  }

  private static String box(double... numbers) {
    StringBuilder text = new StringBuilder();
    for (double one : numbers) {
      text.append(text.isEmpty() ? "" : ",").append(String.format(Locale.ROOT, "%.9f", one));
    }
    return text.toString();
  }

  /** The same request with some parameters changed. */
  private static String with(String path, String changes) {
    String changed = path;
    for (String change : changes.split("&")) {
      String name = change.substring(0, change.indexOf('='));
      changed = changed.replaceFirst("(?<=[?&])" + name + "=[^&]*&?", "") + "&" + change;
    }
    return changed.replace("&&", "&");
  }

  private static BufferedImage image(HttpResponse<byte[]> reply) throws IOException {
    assertThat(reply.statusCode())
        .as(() -> new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(reply.body())));
  }

  private static long inked(BufferedImage image) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) != 0xFFFFFFFF ? 1 : 0;
      }
    }
    return count;
  }
}
