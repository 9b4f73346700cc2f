package org.tequio.procedure.paper;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.procedure.paper.PaperBody.Asked;
import org.tequio.procedure.web.ProcedureJson.AnswerJson;
import tools.jackson.databind.JsonNode;

/** Papers on the wire, in the reader's language. */
final class PaperJson {
  private static final LocalText GENUINE =
      new LocalText(
          "Auténtico: es, bit por bit, el archivo que la ciudad emitió.",
          "Autêntico: é, bit por bit, o arquivo que a cidade emitiu.",
          "Genuine: bit by bit the file that the city issued.");
  private static final LocalText ALTERED =
      new LocalText(
          "Alterado: la ciudad firmó este documento, y alguien lo cambió después.",
          "Alterado: a cidade assinou este documento, e alguém o mudou depois.",
          "Altered: the city signed this document, and somebody changed it afterwards.");
  private static final LocalText NOT_OURS =
      new LocalText(
          "No es de esta ciudad: nunca emitió este archivo.",
          "Não é desta cidade: ela nunca emitiu este arquivo.",
          "Not ours: this city never issued this file.");

  private PaperJson() {}

  /** What somebody answers, for a paper to be made of. */
  record Order(Map<String, JsonNode> inputs) {}

  /** What everyone may know of a paper who has its code. */
  record VerificationJson(
      String code,
      String folio,
      String kind,
      String kindTitle,
      String title,
      String procedure,
      String procedureName,
      Office office,
      String city,
      String language,
      String issued,
      String day,
      @Nullable String until,
      String status,
      @Nullable RevocationJson revoked,
      boolean toBeConfirmed,
      SignerJson signer,
      String sha256,
      long bytes,
      boolean open) {}

  /** An office. */
  record Office(String id, String name) {}

  /** That it holds no longer. */
  record RevocationJson(String at, String reason) {}

  /** Who signed; {@code demo} true where the city made the key for itself. */
  record SignerJson(String name, String fingerprint, boolean demo) {}

  /** A paper, whole; without content where that was let go. */
  record PaperWhole(
      VerificationJson paper,
      long revision,
      String pack,
      String packVersion,
      @Nullable String caseFile,
      @Nullable Content content) {}

  /** What it says. */
  record Content(
      Map<String, JsonNode> inputs,
      List<Asked> asked,
      @Nullable AnswerJson answer,
      PaperBody.@Nullable Decision decision,
      PaperBody.@Nullable Payment fee) {}

  /** Somebody's papers. */
  record PaperList(List<VerificationJson> items) {}

  /** What a file is: {@code genuine}, {@code altered} or {@code not-ours}. */
  record FindingJson(
      String finding, String says, String sha256, @Nullable VerificationJson paper) {}

  /** Why a paper holds no longer. */
  record RevokeJson(String reason) {}

  static VerificationJson of(Paper paper, Instant now, Language language) {
    Paper.Face face = paper.face();
    Paper.Revocation revoked = paper.revoked();
    var until = face.until();
    return new VerificationJson(
        face.code().value(),
        face.folio(),
        face.kind().wireName(),
        face.kind().title().in(language),
        face.title().in(language),
        face.procedure(),
        face.procedureName().in(language),
        new Office(face.office(), face.officeName()),
        face.city(),
        face.language().tag(),
        face.issued().toString(),
        face.day().toString(),
        until == null ? null : until.toString(),
        paper.status(now).wireName(),
        revoked == null ? null : new RevocationJson(revoked.at().toString(), revoked.reason()),
        !face.confirmed(),
        new SignerJson(face.signer().name(), face.signer().fingerprint(), face.signer().demo()),
        paper.sha256(),
        paper.bytes(),
        paper.isOpen());
  }

  static PaperWhole whole(Paper paper, @Nullable PaperBody body, Instant now, Language language) {
    return new PaperWhole(
        of(paper, now, language),
        paper.revision(),
        paper.face().pack(),
        paper.face().packVersion(),
        paper.caseFile(),
        body == null
            ? null
            : new Content(body.inputs(), body.asked(), body.answer(), body.decision(), body.fee()));
  }

  static FindingJson of(Papers.Finding finding, String sha256, Instant now, Language language) {
    return switch (finding) {
      case Papers.Finding.Genuine(Paper paper) ->
          new FindingJson("genuine", GENUINE.in(language), sha256, of(paper, now, language));
      case Papers.Finding.Altered(Paper paper) ->
          new FindingJson(
              "altered",
              ALTERED.in(language),
              sha256,
              paper == null ? null : of(paper, now, language));
      case Papers.Finding.NotOurs none ->
          new FindingJson("not-ours", NOT_OURS.in(language), sha256, null);
    };
  }
}
