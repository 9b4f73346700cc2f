package org.tequio.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Printed maps and the project for QGIS, over HTTP. */
class PrintAndProjectTest {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/print",
        "/api/print?layers=",
        "/api/print?layers=zonas,..",
        "/api/print?layers=zonas&paper=A0",
        "/api/print?layers=zonas&dpi=10",
        "/api/print?layers=zonas&scale=0",
        "/api/print?layers=zonas&bbox=1,1,0,0",
        "/api/print?layers=zonas&bbox=0,0,999,999",
        "/api/print?layers=zonas&center=-99",
        "/api/print?layers=zonas&center=-99,95&scale=5000",
        "/api/print?layers=zonas&center=-99,19",
        "/api/print?layers=zonas&f=exe"
      })
  void aSheetThatCannotBeIsRefused(String path) throws Exception {
    assertThat(city.get(path).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/print?layers=nada", "/api/print?layers=tarifas"})
  void whatHasNoPlaceIsNotPrinted(String path) throws Exception {
    assertThat(city.get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "es, Escala, Fuentes, Impreso el 2 de enero de 2026",
    "pt, Escala, Fontes, Impresso em 2 de janeiro de 2026",
    "en, Scale, Sources, 'Printed on January 2, 2026'"
  })
  void aPageSaysWhatWhenAndByWhomInTheReadersLanguage(
      String language, String scale, String sources, String day) throws Exception {
    String path =
        "/api/print?layers=zonas,calles&title=Plano%20de%20prueba&dpi=72&lang=" + language;
    try (PDDocument document = Loader.loadPDF(city.bytes(path).body())) {
      String text = new PDFTextStripper().getText(document);

      assertThat(document.getNumberOfPages()).isEqualTo(1);
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo(language);
      assertThat(text)
          .contains("Plano de prueba")
          .contains("Villa Prueba")
          .contains(scale + " 1 : ")
          .contains(sources)
          .contains("Planeación")
          .contains("CC-BY-4.0")
          .contains(day);
    }
  }

  @Test
  void aSheetHasTheSizeThatIsAskedForAndTheScale() throws Exception {
    String path = "/api/print?layers=zonas&paper=A3&orientation=portrait&dpi=72&scale=5000&lang=en";
    try (PDDocument document = Loader.loadPDF(city.bytes(path).body())) {
      PDPage page = document.getPage(0);
      assertThat(page.getMediaBox().getWidth()).isBetween(841f, 843f);
      assertThat(page.getMediaBox().getHeight()).isBetween(1190f, 1191f);
      assertThat(new PDFTextStripper().getText(document)).contains("1 : 5,000");
    }
    BufferedImage png =
        Objects.requireNonNull(
            ImageIO.read(
                new ByteArrayInputStream(
                    city.bytes("/api/print?layers=zonas&f=png&dpi=100").body())));
    assertThat(png.getWidth()).isEqualTo(1169);
    assertThat(png.getHeight()).isEqualTo(827);
  }

  @Test
  void whatWouldBePrintedIsToldWithoutDrawingIt() throws Exception {
    String frame =
        city.get("/api/print?layers=zonas&f=json&center=-99,19.4&scale=5000&lang=es").body();

    JsonNode said = JsonMapper.shared().readTree(frame);
    assertThat(said.path("scale").asLong()).isEqualTo(5000);
    assertThat(said.path("pages").asInt()).isEqualTo(1);
    JsonNode ring = said.path("frame").path("coordinates").path(0);
    assertThat(ring.path(0)).isEqualTo(ring.path(ring.size() - 1));
    double west = ring.path(0).path(0).asDouble();
    double east = ring.path(8).path(0).asDouble();
    double metersWide = (east - west) * 111_320 * Math.cos(Math.toRadians(19.4));
    // 212.3 mm of paper at 1 : 5,000.
    assertThat(metersWide).isBetween(1_055.0, 1_068.0);
    assertThat((west + east) / 2).isCloseTo(-99, within(1e-4));
  }

  @Test
  void aPlaceOutsideEveryProjectionIsNoFaultOfOurs() throws Exception {
    int status = city.bytes("/api/print?layers=zonas&dpi=72&bbox=-180,-90,180,90").statusCode();

    assertThat(status).isIn(200, 400);
  }

  @Test
  void aPdfNamesItselfAndCarriesItsLetters() throws Exception {
    byte[] pdf = city.bytes("/api/print?layers=zonas&dpi=72&title=Plano%20%D9%85").body();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Plano م");
      for (COSName name : document.getPage(0).getResources().getFontNames()) {
        assertThat(document.getPage(0).getResources().getFont(name).isEmbedded()).isTrue();
      }
    }
  }

  @Test
  void theProjectConnectsEveryLayerUnderItsThemeAndLeavesOutWhatIsClosed() throws Exception {
    String project = project();

    assertThat(project)
        .contains("<layer-tree-group name=\"Catastro\"")
        .contains("typename='zonas'")
        .contains("url='" + city.base() + "/ogc/'")
        .contains("categorizedSymbol")
        .doesNotContain("tarifas")
        .doesNotContain("propietario")
        .doesNotContain("<script>");
  }

  private static String project() throws Exception {
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(city.bytes("/project.qgz").body()))) {
      ZipEntry entry = Objects.requireNonNull(zip.getNextEntry());
      assertThat(entry.getName()).isEqualTo("project.qgs");
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
