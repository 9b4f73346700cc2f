package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the abstract tests of WMS 1.3.0 and WMTS 1.0.0 ask that no other test of ours does. */
class MapServicesConformanceTest {
  private static final String WMS = "/wms?service=WMS&request=";
  private static final String WRONG_MAP =
      WMS + "GetMap&version=1.3.0&layers=nada&styles=&crs=CRS:84&bbox=0,0,1,1&width=8&height=5";
  private static final String WMTS = "/wmts?service=WMTS&request=GetCapabilities";

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

  private static BufferedImage image(String path) throws Exception {
    byte[] body = city.bytes(path).body();
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(body)), path);
  }

  private static List<String> all(String document, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(document);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  // ---- WMS 1.3.0

  @ParameterizedTest
  @ValueSource(strings = {"GetMap", "GetFeatureInfo&query_layers=zonas&i=1&j=1"})
  void withoutAVersionTheOrderOfAxesIsNotGuessed(String request) throws Exception {
    var reply =
        city.get(
            WMS
                + request
                + "&layers=zonas&styles=&crs=CRS:84&bbox=-99.2,18.9,-99.1,19.1&width=8&height=5"
                + "&format=image/png");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("<ServiceException").contains("version");
  }

  @ParameterizedTest
  @CsvSource({
    "&transparent=FALSE&bgcolor=0xFF0000, ffff0000",
    "&transparent=TRUE, 0",
    "'', ffffffff",
    "&bgcolor=red, ffffffff"
  })
  void aBlankExceptionIsOfTheGroundThatIsAskedFor(String ground, String argb) throws Exception {
    BufferedImage blank = image(WRONG_MAP + "&format=image/png&exceptions=BLANK" + ground);

    assertThat(blank.getWidth()).isEqualTo(8);
    assertThat(blank.getHeight()).isEqualTo(5);
    assertThat(Integer.toHexString(blank.getRGB(4, 2))).isEqualTo(argb);
  }

  @Test
  void whoNamesNoTimeIsToldWhichWasUsed() throws Exception {
    String map = WRONG_MAP.replace("nada", "zonas") + "&format=image/png";
    assertThat(city.bytes(map).headers().firstValue("Warning"))
        .contains("99 Default value used: time=current ISO8601");
    assertThat(city.bytes(map + "&time=current").headers().firstValue("Warning")).isEmpty();
  }

  @Test
  void everyLayerHasAnAbstractAndKeywords() throws Exception {
    String document = city.get(WMS + "GetCapabilities&version=1.3.0").body();
    int layers = all(document, "(<Layer[ >])").size();

    assertThat(all(document, "(<Abstract>[^<]+<)")).hasSize(layers + 1);
    assertThat(all(document, "(<KeywordList>)")).hasSize(layers + 1);
  }

  @Test
  void everyLegendHasTheSizeAndEveryRecordTheFormThatIsSaid() throws Exception {
    String document = city.get(WMS + "GetCapabilities&version=1.3.0").body();
    Matcher legend =
        Pattern.compile(
                "<LegendURL width=\"(\\d+)\" height=\"(\\d+)\">.*?href=\"([^\"]+)\"",
                Pattern.DOTALL)
            .matcher(document);
    int seen = 0;
    while (legend.find()) {
      BufferedImage drawn = image(legend.group(3).replace("&amp;", "&").replace(city.base(), ""));
      assertThat(drawn.getWidth()).isEqualTo(Integer.parseInt(legend.group(1)));
      assertThat(drawn.getHeight()).isEqualTo(Integer.parseInt(legend.group(2)));
      seen++;
    }
    assertThat(seen).isPositive();
    for (String address : all(document, "href=\"([^\"]+\\.iso\\.xml)\"")) {
      var record = city.get(address);
      assertThat(record.statusCode()).isEqualTo(200);
      assertThat(record.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/xml");
    }
  }

  @Test
  void aLayerIsDrawnInEverySystemThatIsListed() throws Exception {
    String document = city.get(WMS + "GetCapabilities&version=1.3.0").body();
    String zone = document.substring(document.indexOf("<Name>zonas</Name>"));
    Matcher box =
        Pattern.compile(
                "<BoundingBox CRS=\"([^\"]+)\" minx=\"([^\"]+)\" miny=\"([^\"]+)\""
                    + " maxx=\"([^\"]+)\" maxy=\"([^\"]+)\"")
            .matcher(zone.substring(0, zone.indexOf("</Layer>")));
    Set<String> systems = new TreeSet<>();
    while (box.find()) {
      assertThat(systems.add(box.group(1))).as("one box a system").isTrue();
      String map =
          WMS
              + "GetMap&version=1.3.0&layers=zonas&styles=&width=40&height=40&format=image/png&crs="
              + box.group(1)
              + "&bbox="
              + String.join(",", box.group(2), box.group(3), box.group(4), box.group(5));
      assertThat(image(map).getRGB(5, 35)).as(map).isNotEqualTo(0xFFFFFFFF);
    }
    assertThat(systems).isEqualTo(new TreeSet<>(all(document, "<CRS>([^<]+)</CRS>")));
  }

  @Test
  void aParameterThatAnAddressSaysTwiceAlikeIsOne() throws Exception {
    assertThat(city.get(WMS + "GetCapabilities&service=WMS").statusCode()).isEqualTo(200);
    assertThat(city.get(WMS + "GetCapabilities&request=GetMap").statusCode()).isEqualTo(400);
  }

  // ---- WMTS 1.0.0

  @ParameterizedTest
  @CsvSource({
    "All, 5",
    "ServiceIdentification, 1",
    "ServiceProvider, 1",
    "OperationsMetadata, 1",
    "Contents, 1",
    "Themes, 1",
    "'Contents,Themes', 2"
  })
  void aDocumentHasTheSectionsThatAreAskedFor(String sections, int count) throws Exception {
    String document = city.get(WMTS + "&sections=" + sections).body();
    String names = "ows:Service(?:Identification|Provider)|ows:OperationsMetadata|Contents|Themes";
    assertThat(all(document, "<(" + names + ")>")).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource({
    "&sections=Bogus, InvalidParameterValue, sections",
    "&sections=, MissingParameterValue, sections",
    "&acceptversions=9.9.9, VersionNegotiationFailed,",
    "&updatesequence=999999999, InvalidUpdateSequence,"
  })
  void aWrongQuestionAboutTheServiceIsToldWithItsPlace(String change, String code, String locator)
      throws Exception {
    var reply = city.get(WMTS + change);
    assertThat(reply.statusCode()).isEqualTo(400);
    String place = locator == null ? ">" : " locator=\"" + locator + "\"";
    assertThat(reply.body()).contains("exceptionCode=\"" + code + "\"" + place);
  }

  @Test
  void whoHoldsTheNewestDocumentGetsNoOther() throws Exception {
    String held = all(city.get(WMTS).body(), "updateSequence=\"(\\d+)\"").getFirst();

    assertThat(city.get(WMTS + "&updatesequence=" + held).body())
        .contains("updateSequence=\"" + held + "\"")
        .doesNotContain("<Contents>", "<ows:");
    assertThat(city.get(WMTS + "&updatesequence=0").body()).contains("<Contents>");
  }

  @Test
  void theScaleSetIsThatOfItsSystemAndEveryThemeNamesLayers() throws Exception {
    String document = city.get(WMTS).body();

    assertThat(document)
        .contains(
            "<ows:SupportedCRS>urn:ogc:def:crs:EPSG:6.18:3:3857</ows:SupportedCRS>"
                + "<WellKnownScaleSet>urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible<");
    assertThat(all(document, "<LayerRef>([^<]+)<"))
        .containsExactlyInAnyOrderElementsOf(
            all(document, "<ows:Identifier>([a-z]+)</ows:Identifier><ows:Metadata"));
  }

  @Test
  void theDocumentAtItsPathIsRefusedInFormsThatItHasNot() throws Exception {
    String path = "/wmts/1.0.0/WMTSCapabilities.xml";
    assertThat(city.get(path, "Accept", "example/unknown").statusCode()).isEqualTo(406);
    assertThat(city.get(path, "Accept", "text/html,*/*;q=0.8").statusCode()).isEqualTo(200);
    assertThat(city.get(path + "/Bogus").statusCode()).isEqualTo(404);
  }
}
