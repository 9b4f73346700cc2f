package org.tequio.procedure.paper;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.procedure.paper.PaperBody.Decision;
import org.tequio.procedure.sheet.Cell;
import org.tequio.procedure.sheet.Cell.Paragraph;
import org.tequio.procedure.sheet.Pages;
import org.tequio.procedure.sheet.Style;
import org.tequio.procedure.web.ProcedureJson.AnswerJson;
import org.tequio.procedure.web.ProcedureJson.BasisJson;
import org.tequio.procedure.web.ProcedureJson.EvidenceJson;
import org.tequio.procedure.web.ProcedureJson.FactJson;
import org.tequio.procedure.web.ProcedureJson.FeeAnswerJson;
import org.tequio.procedure.web.ProcedureJson.RuleAnswerJson;
import org.tequio.procedure.web.ProcedureJson.SeenJson;

/** Writes a paper as PDF, from the city's name down to where it is verified. */
final class PaperSheet {
  private static final float GAP = 14;
  private static final float QR_SIDE = 96;
  private static final float LABEL = 104;
  private static final float MAP_HEIGHT = 196;
  private static final int MOST_KEYS = 6;
  private static final Color GOOD = new Color(0x1d, 0x6b, 0x3a);
  private static final Color BAD = new Color(0xa1, 0x1a, 0x1a);

  /** How high the map is, in points. */
  static final float MAP_HIGH = MAP_HEIGHT;

  private final Paper.Face face;
  private final PaperBody body;
  private final @Nullable MapExtract map;
  private final String address;
  private final PaperWords words;
  private final Pages pages;

  private PaperSheet(
      Paper.Face face, PaperBody body, @Nullable MapExtract map, String address, Pages pages) {
    this.face = face;
    this.body = body;
    this.map = map;
    this.address = address;
    this.words = new PaperWords(face.language());
    this.pages = pages;
  }

  /**
   * The PDF, not signed yet.
   *
   * @param map null where there is no place
   * @param address of the page where it is verified
   */
  static byte[] write(Paper.Face face, PaperBody body, @Nullable MapExtract map, String address) {
    try (Pages pages = new Pages()) {
      return new PaperSheet(face, body, map, address, pages).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] write() throws IOException {
    head();
    summary();
    map();
    decision();
    asked();
    AnswerJson answer = body.answer();
    if (answer != null) {
      facts(answer.facts());
      rules(answer.rules());
      further(answer);
      layers(answer);
    }
    signature();
    Language language = face.language();
    String title = face.title().in(language);
    return pages.end(
        title + " · " + face.folio(),
        face.officeName() + ", " + face.city(),
        face.procedureName().in(language),
        language,
        face.issued(),
        foot(),
        words.say(PaperWords.PAGE));
  }

  private List<String> foot() {
    List<String> foot = new ArrayList<>();
    foot.add(face.folio() + "  ·  " + say(PaperWords.CODE) + ": " + face.code());
    if (face.signer().demo()) {
      foot.add(words.say(PaperWords.DEMO));
    }
    return foot;
  }

  private void head() throws IOException {
    pages.row(
        Cell.of(
            "P",
            0,
            Pages.WIDTH * 0.62f,
            new Paragraph(new Style(true, 13, 17, 0, Style.INK), face.city()),
            new Paragraph(new Style(false, 9.5f, 13, 0, Style.SOFT), face.officeName())),
        Cell.of(
            "P",
            Pages.WIDTH * 0.66f,
            Pages.WIDTH * 0.34f,
            new Paragraph(new Style(true, 9.5f, 17, 0, Style.ACCENT), say(face.kind().title())),
            new Paragraph(new Style(false, 9.5f, 13, 0, Style.INK), face.folio())));
    pages.skip(8);
    pages.rule(Style.ACCENT, 1.2f);
    pages.skip(16);
    pages.row(Cell.of("H1", 0, Pages.WIDTH, new Paragraph(Style.TITLE, say(face.title()))));
    if (!say(face.title()).equals(say(face.procedureName()))) {
      pages.skip(2);
      pages.paragraph(new Style(false, 10.5f, 14, 0, Style.SOFT), say(face.procedureName()));
    }
    pages.skip(8);
    if (face.signer().demo()) {
      note(words.say(PaperWords.DEMO));
    }
    if (!face.confirmed()) {
      note(words.say(PaperWords.TO_BE_CONFIRMED));
    }
    pages.skip(6);
  }

  private String say(LocalText text) {
    return words.say(text);
  }

  private void note(String text) throws IOException {
    Cell cell = Cell.of("P", 10, Pages.WIDTH - 20, new Paragraph(Style.WARNING, text));
    float high = pages.height(cell) + 8;
    pages.need(high);
    pages.ground(new Color(0xfd, 0xf3, 0xe1), 0, Pages.WIDTH, high);
    pages.bar(Style.DOUBT, 0, high);
    pages.skip(4);
    pages.row(cell);
    pages.skip(8);
  }

  // ---- what it is, at a glance

  private void summary() throws IOException {
    float from = pages.at();
    float width = Pages.WIDTH - QR_SIDE - 20;
    pages.code(say(PaperWords.QR_SAYS) + address, address, Pages.WIDTH - QR_SIDE, QR_SIDE);
    pages.within("Table", () -> summaryRows(width));
    float end = pages.at();
    if (end > from) {
      pages.goOn(from + QR_SIDE + 4);
      pages.row(
          Cell.of(
              "P",
              Pages.WIDTH - QR_SIDE,
              QR_SIDE,
              new Paragraph(new Style(true, 7.5f, 10, 0, Style.SOFT), say(PaperWords.VERIFY_HERE)),
              new Paragraph(
                  new Style(false, 7.5f, 10, 0, Style.INK),
                  face.code().value().replaceFirst("(.{11})-", "$1- "))));
      pages.goOn(Math.max(end, pages.at()));
    }
    pages.skip(GAP);
  }

  private void summaryRows(float width) throws IOException {
    pair(width, say(PaperWords.FOLIO), face.folio());
    pair(width, say(PaperWords.ISSUED), words.moment(face.issued(), face.zone()));
    var until = face.until();
    pair(
        width,
        say(PaperWords.VALID),
        until != null
            ? words.day(until)
            : say(face.kind() == PaperKind.RESPONSE ? PaperWords.OF_THAT_DAY : PaperWords.ENDLESS));
    AnswerJson answer = body.answer();
    EvidenceJson parcel = answer == null ? null : answer.parcel();
    if (parcel != null && !parcel.features().isEmpty()) {
      pair(width, say(PaperWords.PARCEL), name(parcel.features().getFirst()));
    }
    pair(width, say(PaperWords.OFFICE), face.officeName());
    fee(width, answer);
    pair(width, say(PaperWords.CODE), face.code().value());
  }

  private void fee(float width, @Nullable AnswerJson answer) throws IOException {
    PaperBody.Payment paid = body.fee();
    if (paid != null) {
      pair(
          width,
          say(PaperWords.COSTS),
          amount(paid.amount(), paid.currency())
              + ", "
              + say(PaperWords.PAID_UNDER)
              + " "
              + paid.reference());
    } else if (answer != null) {
      FeeAnswerJson fee = answer.fee();
      String said =
          fee.amount() == null || fee.free()
              ? say(PaperWords.FREE)
              : amount(fee.amount(), String.valueOf(fee.currency()));
      pair(width, say(PaperWords.COSTS), fee.confirmed() ? said : said + doubt());
    }
  }

  private String amount(String amount, String currency) {
    java.text.NumberFormat format = java.text.NumberFormat.getInstance(words.locale());
    format.setMinimumFractionDigits(2);
    return format.format(new BigDecimal(amount)) + " " + currency;
  }

  private String doubt() {
    return " (" + say(PaperWords.UNCONFIRMED) + ")";
  }

  private void pair(float width, String label, String value) throws IOException {
    pages.within(
        "TR",
        () ->
            pages.row(
                Cell.of("TH", 0, LABEL - 8, new Paragraph(Style.BODY.in(Style.SOFT), label)),
                Cell.of("TD", LABEL, width - LABEL, new Paragraph(Style.STRONG, value))));
    pages.skip(2.5f);
  }

  private void map() throws IOException {
    if (map == null) {
      return;
    }
    String scale = say(PaperWords.SCALE) + " 1 : " + words.number(map.denominator());
    String layers = String.join(", ", map.layers());
    pages.picture(
        say(PaperWords.MAP_SHOWS) + layers + ". " + scale + "; " + say(PaperWords.OUTLINED) + ".",
        map.png(),
        Pages.WIDTH,
        MAP_HEIGHT,
        map.outline(),
        map.closed());
    pages.skip(4);
    pages.row(
        Cell.of(
            "Caption",
            0,
            Pages.WIDTH,
            new Paragraph(
                Style.SMALL,
                scale
                    + " · "
                    + say(PaperWords.OUTLINED)
                    + (layers.isEmpty() ? "" : " · " + layers))));
    pages.skip(GAP);
  }

  // ---- parts

  private void heading(LocalText text) throws IOException {
    pages.heading("H2", Style.HEADING, say(text));
    pages.skip(3);
    pages.rule(Style.INK, 0.9f);
    pages.skip(6);
  }

  private void decision() throws IOException {
    Decision decision = body.decision();
    if (decision == null) {
      return;
    }
    heading(PaperWords.DECIDED);
    pages.paragraph(new Style(true, 11, 15, 0, Style.INK), decision.says());
    pages.skip(6);
    if (!decision.reasons().isBlank()) {
      pages.paragraph(Style.SMALL, say(PaperWords.REASONS));
      pages.paragraph(Style.BODY, decision.reasons());
      pages.skip(6);
    }
    String appeal = decision.appeal();
    if (appeal != null) {
      pages.paragraph(Style.SMALL, say(PaperWords.APPEAL));
      pages.paragraph(Style.BODY, appeal);
      pages.skip(6);
    }
    pages.skip(GAP - 6);
  }

  private void asked() throws IOException {
    if (body.asked().isEmpty()) {
      return;
    }
    heading(PaperWords.ASKED);
    pages.within(
        "Table",
        () -> {
          for (PaperBody.Asked one : body.asked()) {
            line(one.question(), Style.STRONG, one.answer());
          }
        });
    pages.skip(GAP);
  }

  private void facts(List<FactJson> facts) throws IOException {
    if (facts.isEmpty()) {
      return;
    }
    heading(PaperWords.SAYS);
    pages.within(
        "Table",
        () -> {
          for (FactJson fact : facts) {
            Object value = fact.value();
            line(
                fact.label(),
                Style.STRONG,
                value == null ? String.valueOf(fact.says()) : words.value(value, fact.unit()));
          }
        });
    pages.skip(GAP);
  }

  private void line(String label, Style style, String value) throws IOException {
    float left = Pages.WIDTH * 0.42f;
    pages.within(
        "TR",
        () ->
            pages.row(
                Cell.of("TH", 0, left - 12, new Paragraph(Style.BODY.in(Style.SOFT), label)),
                Cell.of("TD", left, Pages.WIDTH - left, new Paragraph(style, value))));
    pages.skip(2);
    pages.rule(Style.LINE, 0.5f);
    pages.skip(3);
  }

  private void rules(List<RuleAnswerJson> rules) throws IOException {
    if (rules.isEmpty()) {
      return;
    }
    heading(PaperWords.RULES);
    pages.within(
        "L",
        () -> {
          for (RuleAnswerJson rule : rules) {
            pages.within("LI", () -> rule(rule));
          }
        });
    pages.skip(GAP - 6);
  }

  private void rule(RuleAnswerJson rule) throws IOException {
    BasisJson basis = rule.basis();
    Style law = basis.confirmed() ? Style.SMALL : Style.SMALL.in(Style.DOUBT);
    Cell cell =
        Cell.of(
            "LBody",
            12,
            Pages.WIDTH - 12,
            new Paragraph(Style.SMALL, rule.question()),
            new Paragraph(Style.STRONG, sentence(rule.says())),
            new Paragraph(
                law,
                basis.confirmed()
                    ? basis.law()
                    : basis.law() + " · " + say(PaperWords.UNCONFIRMED)));
    float high = pages.height(cell);
    pages.need(high);
    pages.bar(against(rule) ? BAD : GOOD, 0, high);
    pages.row(cell);
    pages.skip(8);
  }

  private static boolean against(RuleAnswerJson rule) {
    return rule.effect().equals("forbids") && rule.answer().equals("applies")
        || rule.effect().equals("needs") && rule.answer().equals("does-not-apply");
  }

  private String sentence(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(words.locale()) + text.substring(1);
  }

  private void further(AnswerJson answer) throws IOException {
    List<String> needed = new ArrayList<>(answer.papers());
    answer.further().forEach(one -> needed.add(one.name()));
    if (needed.isEmpty()) {
      return;
    }
    heading(PaperWords.FURTHER);
    pages.within(
        "L",
        () -> {
          for (String one : needed) {
            pages.within(
                "LI",
                () ->
                    pages.row(
                        Cell.of("Lbl", 0, 8, new Paragraph(Style.BODY, "•")),
                        Cell.of("LBody", 12, Pages.WIDTH - 12, new Paragraph(Style.BODY, one))));
            pages.skip(2);
          }
        });
    pages.skip(GAP);
  }

  // ---- on what it stands

  private void layers(AnswerJson answer) throws IOException {
    Map<String, EvidenceJson> layers = new LinkedHashMap<>();
    if (answer.parcel() != null) {
      add(layers, List.of(answer.parcel()));
    }
    answer.rules().forEach(rule -> add(layers, rule.evidence()));
    answer.facts().forEach(fact -> add(layers, fact.evidence()));
    if (layers.isEmpty()) {
      return;
    }
    heading(PaperWords.LAYERS);
    pages.within(
        "Table",
        () -> {
          pages.within(
              "THead",
              () ->
                  pages.within(
                      "TR",
                      () ->
                          columns(
                              "TH",
                              Style.SMALL,
                              say(PaperWords.LAYER),
                              say(PaperWords.DATA_OF),
                              say(PaperWords.REVISION),
                              say(PaperWords.SEEN))));
          pages.skip(4);
          pages.within(
              "TBody",
              () -> {
                for (EvidenceJson one : layers.values()) {
                  pages.within("TR", () -> layer(one));
                  pages.skip(2);
                  pages.rule(Style.LINE, 0.5f);
                  pages.skip(3);
                }
              });
        });
    pages.skip(2);
    pages.paragraph(
        Style.SMALL,
        say(PaperWords.PACK)
            + " "
            + face.pack()
            + " "
            + face.packVersion()
            + " · "
            + say(PaperWords.REVISION).toLowerCase(Locale.ROOT)
            + " "
            + answer.revision());
    pages.skip(GAP);
  }

  /** What several questions saw of one layer is one line. */
  private static void add(Map<String, EvidenceJson> layers, List<EvidenceJson> more) {
    for (EvidenceJson one : more) {
      layers.merge(
          one.standard() + " " + one.layer() + " " + one.revision(),
          one,
          (a, b) -> {
            Map<Long, SeenJson> seen = new LinkedHashMap<>();
            a.features().forEach(feature -> seen.put(feature.id(), feature));
            b.features().forEach(feature -> seen.putIfAbsent(feature.id(), feature));
            return new EvidenceJson(
                a.standard(),
                a.layer(),
                a.title(),
                a.revision(),
                a.date(),
                List.copyOf(seen.values()));
          });
    }
  }

  private void layer(EvidenceJson one) throws IOException {
    String title = one.title();
    String date = one.date();
    List<String> keys = one.features().stream().limit(MOST_KEYS).map(PaperSheet::name).toList();
    int more = one.features().size() - keys.size();
    columns(
        "TD",
        Style.BODY,
        title == null ? one.standard() : title,
        date == null ? say(PaperWords.UNDATED) : words.day(java.time.LocalDate.parse(date)),
        Long.toString(one.revision()),
        keys.isEmpty()
            ? say(PaperWords.NOTHING_THERE)
            : String.join(", ", keys) + (more > 0 ? " + " + more : ""));
  }

  private static String name(SeenJson feature) {
    String key = feature.key();
    return key == null ? "№ " + feature.id() : key;
  }

  private void columns(String tag, Style style, String a, String b, String c, String d)
      throws IOException {
    float w = Pages.WIDTH;
    pages.row(
        Cell.of(tag, 0, w * 0.38f - 8, new Paragraph(style, a)),
        Cell.of(tag, w * 0.38f, w * 0.22f - 8, new Paragraph(style, b)),
        Cell.of(tag, w * 0.60f, w * 0.11f - 8, new Paragraph(style, c)),
        Cell.of(tag, w * 0.71f, w * 0.29f, new Paragraph(style, d)));
  }

  private void signature() throws IOException {
    pages.need(90);
    heading(PaperWords.SIGNATURE);
    Paper.Signer signer = face.signer();
    pages.paragraph(
        Style.BODY,
        say(PaperWords.SIGNED_BY) + " " + signer.name() + ". " + say(PaperWords.ANY_CHANGE));
    pages.skip(4);
    pages.paragraph(Style.STRONG, address);
    pages.skip(2);
    pages.paragraph(Style.SMALL, say(PaperWords.CERTIFICATE) + " " + signer.fingerprint());
  }
}
