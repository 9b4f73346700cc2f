package org.tequio.procedure.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.procedure.paper.TrialPress.CERTIFICATE;
import static org.tequio.procedure.paper.TrialPress.at;
import static org.tequio.procedure.paper.TrialPress.latin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Language;
import org.tequio.procedure.PaperReplay;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.paper.Papers.Finding;
import org.tequio.procedure.signing.OfficeKey;
import org.tequio.procedure.signing.OfficeKeys;
import org.tequio.procedure.signing.SignatureScan;
import org.tequio.procedure.signing.SignedPdf;
import org.tequio.testing.ClientProgram;

/** Papers over the little town of the Mexican pack. */
class PapersTest {
  @TempDir static Path folder;
  private static TrialPress city;

  @BeforeAll
  static void open() {
    city = new TrialPress(folder);
  }

  @AfterAll
  static void close() {
    city.close();
  }

  @AfterEach
  void findAllAgain() {
    city.layers.lose();
    city.moveTo("2026-11-26T16:00:00Z");
  }

  private static Paper certificate(String owner) {
    return city.issue(CERTIFICATE, at(215, 305), owner, Language.ES);
  }

  private static String textOf(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  // ---- what no paper comes out of

  @Test
  void noCertificateComesOutOfAPlaceOfWhichNothingIsKnown() {
    assertThatThrownBy(() -> city.issue(CERTIFICATE, at(950, 950), "bruno", Language.EN))
        .isInstanceOf(PaperRefused.class)
        .hasMessageContaining("not known");
  }

  @Test
  void noCertificateComesOutOfALayerThatTheCityDoesNotHave() {
    city.layers.lose("plan.norma_vial");

    assertThatThrownBy(() -> city.issue(CERTIFICATE, at(215, 305), "bruno", Language.EN))
        .isInstanceOf(PaperRefused.class)
        .hasMessageContaining("not known");
  }

  @Test
  void noCertificateComesOutAgainstARule() {
    assertThatThrownBy(() -> city.issue(CERTIFICATE, at(400, 305), "bruno", Language.EN))
        .isInstanceOf(PaperRefused.class)
        .hasMessageContaining("a rule stands against it");
  }

  @Test
  void whatAnOfficeDecidesIsFiledAndNotAnswered() {
    assertThatThrownBy(() -> city.issue("ud.cuzus", at(215, 305), "bruno", Language.EN))
        .isInstanceOf(PaperRefused.class)
        .extracting(e -> ((PaperRefused) e).kind())
        .isEqualTo("to-be-filed");
  }

  // ---- what stands on it

  @Test
  void itSaysWhatWasAskedWhatDecidedAndOnWhichLayers() throws IOException {
    Paper paper = certificate("bruno");

    assertThat(textOf(city.bytes(paper)))
        .contains("Certificado único de zonificación")
        .contains(paper.face().folio())
        .contains(paper.face().code().value())
        .contains("Cae entero en una sola zonificación.")
        .contains("por confirmar por la ciudad")
        .contains("Clave de demostración, sin valor legal")
        .contains("plan.zonif")
        .contains("1 de enero de 2026")
        .contains("26 de noviembre de 2027");
    assertThat(paper.face().until()).isEqualTo(LocalDate.parse("2027-11-26"));
  }

  @Test
  void theSameAskedTwiceIsOnePaperAndAnothersIsAnother() {
    assertThat(certificate("carla")).isEqualTo(certificate("carla"));
    assertThat(certificate("dora").face().code()).isNotEqualTo(certificate("carla").face().code());
  }

  @Test
  void aReaderForTheBlindFindsTitleLanguageHeadingsTablesAndWhatPicturesShow() throws IOException {
    try (PDDocument document = Loader.loadPDF(city.bytes(certificate("eva")))) {
      var catalog = document.getDocumentCatalog();
      List<PDStructureElement> all = new ArrayList<>();
      elements(catalog.getStructureTreeRoot(), all);

      assertThat(catalog.getLanguage()).isEqualTo("es");
      assertThat(catalog.getMarkInfo().isMarked()).isTrue();
      assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
      assertThat(latin(catalog.getMetadata().toByteArray())).contains("<pdfuaid:part>1<");
      assertThat(all.stream().map(PDStructureElement::getStructureType))
          .contains("Document", "H1", "H2", "Table", "TH", "L", "Figure");
      assertThat(all.stream().filter(one -> "Figure".equals(one.getStructureType())))
          .hasSize(2)
          .allSatisfy(one -> assertThat(one.getAlternateDescription()).isNotBlank());
      assertThat(document.getPage(0).getStructParents()).isEqualTo(0);
    }
  }

  private static void elements(PDStructureNode node, List<PDStructureElement> into) {
    for (Object kid : node.getKids()) {
      if (kid instanceof PDStructureElement element) {
        into.add(element);
        elements(element, into);
      }
    }
  }

  @Test
  void namesInIndigenousLanguagesKeepTheirLetters() throws IOException {
    byte[] pdf =
        PaperSheet.write(
            certificate("flor").face(),
            new PaperBody(
                Map.of(),
                List.of(new PaperBody.Asked("Nombre", "Tlālōc Ñuhmú Hñähñu ʼÑʉhʉ Wixárika ɨ 漢")),
                null,
                null,
                null),
            null,
            "https://villa.example/verify/x");

    assertThat(textOf(pdf)).contains("Tlālōc Ñuhmú Hñähñu ʼÑʉhʉ Wixárika ɨ ‹U+6F22›");
  }

  @Test
  void theSignersNameIsSaidAsItIsWritten() {
    assertThat(certificate("iris").face().signer().name())
        .isEqualTo("Villa Tequio (demo, sin valor legal)");
  }

  @Test
  void pdfsigFindsTheSignatureValidAndOverTheWholeFile() throws Exception {
    Path file = folder.resolve("paper.pdf");
    Files.write(file, city.bytes(certificate("gil")));
    ClientProgram.assume("poppler-utils", "pdfsig", "-v");
    String said = ClientProgram.run(List.of("pdfsig", file.toString()));

    assertThat(said)
        .contains("Signature is Valid")
        .contains("Total document signed")
        .contains("ETSI.CAdES.detached")
        .contains("Signing Time: Nov 26 2026");
  }

  // ---- forgeries

  @Test
  void theFileThatWasIssuedIsGenuine() {
    Paper paper = certificate("hugo");

    assertThat(city.papers.examine(city.bytes(paper))).isEqualTo(new Finding.Genuine(paper));
  }

  @Test
  void whatWasAddedBehindTheSignatureIsTold() {
    Paper paper = certificate("hugo");
    byte[] more =
        "\n9 0 obj\n<</Type/Page>>\nendobj\ntrailer\n%%EOF\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] genuine = city.bytes(paper);
    byte[] forged = Arrays.copyOf(genuine, genuine.length + more.length);
    System.arraycopy(more, 0, forged, genuine.length, more.length);

    assertThat(city.papers.examine(forged)).isEqualTo(new Finding.Altered(paper));
  }

  @Test
  void oneChangedByteInsideIsTold() {
    byte[] forged = city.bytes(certificate("hugo"));
    forged[2_000] ^= 1;

    assertThat(city.papers.examine(forged)).isEqualTo(new Finding.Altered(null));
  }

  @Test
  void aRangeThatLeavesSomethingOutIsTold() {
    String genuine = latin(city.bytes(certificate("hugo")));
    String forged = genuine.replaceFirst("/ByteRange \\[0 (\\d)", "/ByteRange [1 $1");

    assertThat(forged).isNotEqualTo(genuine);
    assertThat(city.papers.examine(forged.getBytes(StandardCharsets.ISO_8859_1)))
        .isNotInstanceOf(Finding.Genuine.class);
  }

  @Test
  void aPaperOfAnotherCityIsNotOursThoughItsSignatureHolds(@TempDir Path elsewhere)
      throws IOException {
    Paper paper = certificate("ines");
    OfficeKey theirs =
        new OfficeKeys(elsewhere.resolve("keys"), city.clock()).of("agua", "Villa Tequio");
    byte[] plain =
        PaperSheet.write(
            paper.face(), city.papers.body(paper).orElseThrow(), null, "https://elsewhere.example");
    byte[] forged =
        SignedPdf.of(plain, theirs, "Agua", "a forgery", "elsewhere", city.papers.now(), null);

    assertThat(SignatureScan.of(forged)).singleElement().matches(SignatureScan.Found::intact);
    assertThat(city.papers.examine(forged)).isEqualTo(new Finding.NotOurs());
  }

  @Test
  void whatIsNoPdfIsNotOurs() {
    assertThat(city.papers.examine(new byte[0])).isEqualTo(new Finding.NotOurs());
    assertThat(
            city.papers.examine(
                "/ByteRange [0 9999999999 9999999999 1]".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Finding.NotOurs());
  }

  // ---- what becomes of it

  @Test
  void itExpiresAfterItsLastDayWhereTheOfficeIs() {
    Paper paper = certificate("juan");

    city.moveTo("2027-11-27T05:59:00Z");
    assertThat(paper.status(city.papers.now())).isEqualTo(Paper.Status.IN_FORCE);
    city.moveTo("2027-11-27T06:01:00Z");
    assertThat(paper.status(city.papers.now())).isEqualTo(Paper.Status.EXPIRED);
  }

  @Test
  void aRevokedOneSaysSoAndAFreshOneTakesItsPlace() {
    Paper paper = certificate("karla");

    Paper revoked = city.papers.revoke(paper.face().code(), "alicia", "issued by mistake");

    assertThat(revoked.status(city.papers.now())).isEqualTo(Paper.Status.REVOKED);
    assertThat(city.papers.revoke(paper.face().code(), "wanda", "again")).isEqualTo(revoked);
    assertThat(certificate("karla").face().code()).isNotEqualTo(paper.face().code());
  }

  @Test
  void theAuditLogHasEachPaperOnce() {
    Paper paper = certificate("luis");
    certificate("luis");
    city.papers.tellAll();

    List<String> lines = new ArrayList<>();
    city.store
        .audit()
        .readBack(
            Long.MAX_VALUE,
            line -> {
              if (line.detail().contains(paper.face().folio())) {
                lines.add(line.actor() + " " + line.action());
              }
              return true;
            });
    assertThat(lines).containsExactly("luis paper-issue");
  }

  // ---- who reads it

  @Test
  void anothersPaperDoesNotExistWhateverTheRole() {
    Paper paper = certificate("paula");
    String result = "/api/results/" + paper.face().code();

    for (String who : List.of("", "bruno", "gis-admin", "auditor", "steward", "water")) {
      assertThat(city.get(who, result + "/pdf").statusCode()).as(who).isEqualTo(404);
      assertThat(city.get(who, result).statusCode()).as(who).isEqualTo(404);
      assertThat(city.get(who, "/api/verify/" + paper.face().code()).body())
          .as(who)
          .contains("\"in-force\"")
          .doesNotContain("paula", "place", "002-B");
    }
    assertThat(city.get("paula", result + "/pdf").headers().firstValue("Content-Type"))
        .contains("application/pdf");
    assertThat(city.get("planning", result).body()).contains("002-B", "\"asked\"");
  }

  @Test
  void onlyItsOfficeRevokesIt() {
    Paper paper = certificate("quique");
    String revoke = "/api/results/" + paper.face().code() + "/revoke";
    byte[] why = "{\"reason\":\"a mistake\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(city.post("", revoke, "application/json", why).statusCode()).isEqualTo(401);
    assertThat(city.post("quique", revoke, "application/json", why).statusCode()).isEqualTo(403);
    assertThat(city.post("water", revoke, "application/json", why).statusCode()).isEqualTo(404);
    assertThat(city.post("planning", revoke, "application/json", why).body())
        .contains("\"revoked\"", "a mistake");
  }

  @Test
  void everyoneHandsInAFileAndReadsWhatItIs() {
    Paper paper = certificate("rosa");

    assertThat(city.post("", "/api/verify", "application/pdf", city.bytes(paper)).body())
        .contains("\"genuine\"", paper.face().folio())
        .doesNotContain("rosa");
    assertThat(city.post("", "/api/verify", "application/pdf", new byte[] {1}).body())
        .contains("\"not-ours\"", "\"paper\":null");
    assertThat(city.get("", "/api/verify/00000-00000-00000-00000").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsErasedStaysVerifiableAndSaysNothingMore() throws IOException {
    Paper paper = certificate("sara");
    var people = city.papers.personalData();
    assertThat(people.heldAbout("sara").toString()).contains(paper.face().folio());

    erase(connection -> people.erase(connection, "sara"));

    assertThat(people.heldAbout("sara")).isEmpty();
    assertThat(city.get("planning", "/api/results/" + paper.face().code() + "/pdf").statusCode())
        .isEqualTo(404);
    assertThat(city.get("", "/api/verify/" + paper.face().code()).body()).contains("in-force");
  }

  @Test
  void thePapersOfAFileStayAndGoWithIt() throws IOException {
    Paper receipt =
        city.papers.make(
            new PaperOrder(
                PaperKind.RECEIPT,
                city.procedures.findCompiled(new ProcedureId(CERTIFICATE)).orElseThrow(),
                Map.of(),
                null,
                null,
                "tere",
                new PaperOrder.OfFile("c-tere", "DU-2026-T", "desarrollo_urbano"),
                null,
                null,
                Language.ES,
                ""));
    var people = city.papers.personalData();

    erase(connection -> people.erase(connection, "tere"));
    assertThat(city.bytes(receipt)).isNotEmpty();

    erase(connection -> new PaperErasure(city.store.blobs()).forget(connection, "c-tere"));
    assertThat(people.heldAbout("tere")).isEmpty();
    assertThatThrownBy(() -> city.bytes(receipt)).isInstanceOf(UncheckedIOException.class);
    assertThat(city.get("", "/api/verify/" + receipt.face().code()).body()).contains("in-force");
  }

  /** What is done inside a transaction. */
  private interface Erasing {
    void in(Connection connection) throws SQLException;
  }

  private static void erase(Erasing erasing) {
    city.store
        .database()
        .write(
            connection -> {
              erasing.in(connection);
              return true;
            });
  }

  // ---- again

  @Test
  void answeredAgainTheSameComesOutByCodeAndByFolio() {
    Paper paper = certificate("mara");

    assertThat(city.replay().of(paper.face().code().value().toLowerCase(Locale.ROOT)))
        .hasValueSatisfying(again -> assertThat(again.differences()).isEmpty())
        .isEqualTo(city.replay().of(paper.face().folio()));
    assertThat(city.replay().of("no such paper")).isEmpty();
  }

  @Test
  void itIsAnsweredByTheRulesOfThenThoughTheCityHasOthersNow() throws IOException {
    Paper paper = certificate("nora");

    city.writeOwnPack("2027.01", "{unstated: true, basis: cfcdmx_235}");

    PaperReplay again = city.replayAfterOpening().of(paper);
    assertThat(again.differences()).isEmpty();
    assertThat(again.hindered()).isNull();
    assertThat(again.pack()).isEqualTo("villa 2026.11-villa");
  }

  @Test
  void whatComesOutOtherwiseIsNamed() {
    Paper paper = certificate("olga");

    city.layers.lose("her.acp");

    assertThat(city.replay().of(paper).differences())
        .contains(
            new PaperReplay.Difference("rules/heritage_area/answer", "applies", "could-not-ask"));
  }
}
