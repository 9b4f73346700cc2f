package org.tequio.procedure.paper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Appeal;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.Silence;
import org.tequio.procedure.file.CaseDesk;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.file.CaseState;
import org.tequio.procedure.paper.PaperBody.Decision;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import org.tequio.procedure.term.Due;
import tools.jackson.databind.JsonNode;

/**
 * The papers of case files: a receipt once it is filed, and what it ended in. Each is made when
 * somebody first wants it, and once. Thread-safe.
 */
public final class CasePapers {
  private final Papers papers;
  private final CaseDesk desk;
  private final Procedures procedures;
  private final Layers layers;

  /** Makes papers of the files of a desk. */
  public CasePapers(Papers papers, CaseDesk desk, Procedures procedures, Layers layers) {
    this.papers = papers;
    this.desk = desk;
    this.procedures = procedures;
    this.layers = layers;
  }

  /** A file, for those who ask whose it is. */
  Optional<CaseFile> find(String id) {
    return desk.tables().find(id);
  }

  /**
   * All papers of a file, the oldest first; those that are missing are made.
   *
   * @param language of those that are made now
   * @param site the city's address
   */
  List<Paper> list(CaseFile file, Language language, String site) {
    CaseFile.Filing filing = file.filing();
    CompiledProcedure procedure =
        procedures.findCompiled(new ProcedureId(file.procedure())).orElse(null);
    if (filing == null || procedure == null) {
      return papers.tables().listOfCase(file.id());
    }
    for (PaperKind kind : kinds(file.state())) {
      papers.make(order(kind, procedure, file, filing, language, site));
    }
    return papers.tables().listOfCase(file.id());
  }

  private static List<PaperKind> kinds(CaseState state) {
    List<PaperKind> kinds = new ArrayList<>(List.of(PaperKind.RECEIPT));
    CaseState ended = state instanceof CaseState.Archived archived ? archived.ended() : state;
    if (ended instanceof CaseState.Granted) {
      kinds.add(PaperKind.GRANT);
    } else if (ended instanceof CaseState.Refused) {
      kinds.add(PaperKind.REFUSAL);
    } else if (ended instanceof CaseState.FellSilent) {
      kinds.add(PaperKind.SILENCE);
    }
    return kinds;
  }

  private PaperOrder order(
      PaperKind kind,
      CompiledProcedure procedure,
      CaseFile file,
      CaseFile.Filing filing,
      Language language,
      String site) {
    Map<String, JsonNode> inputs = new LinkedHashMap<>();
    file.inputs().forEach((name, value) -> inputs.put(name, PaperTables.MAPPER.valueToTree(value)));
    Entries entries = entries(procedure, inputs);
    boolean isDecision = kind == PaperKind.GRANT || kind == PaperKind.REFUSAL;
    String paid = filing.payment();
    return new PaperOrder(
        kind,
        procedure,
        inputs,
        entries,
        isDecision && entries != null
            ? procedure.answer(layers, entries, papers.today(filing.terms().office()))
            : null,
        file.applicant(),
        new PaperOrder.OfFile(file.id(), filing.folio(), filing.terms().office()),
        new CaseDecisions(papers, desk, new PaperWords(language)).of(kind, file, filing),
        paid == null
            ? null
            : new PaperBody.Payment(
                BigDecimal.valueOf(filing.terms().cents(), 2).toPlainString(),
                filing.terms().currency(),
                paid),
        language,
        site);
  }

  // Answers of a person who had them erased, or by questions of an older pack, are not shown.
  private @Nullable Entries entries(CompiledProcedure procedure, Map<String, JsonNode> inputs) {
    try {
      return EntryReader.read(procedure, inputs, PlaceReader.ofDegrees(layers.crs()));
    } catch (Entries.Refused e) {
      return null;
    }
  }

  /** What papers of files say in one sentence, and what may be done against it. */
  private record CaseDecisions(Papers papers, CaseDesk desk, PaperWords words) {
    private static final LocalText GRANTED =
        new LocalText("Se concede lo pedido, el ", "Concede-se o pedido, em ", "Granted on ");
    private static final LocalText REFUSED =
        new LocalText(
            "No se concede lo pedido, el ", "Não se concede o pedido, em ", "Refused on ");
    private static final LocalText APPEAL =
        new LocalText(
            "Contra esta resolución procede el recurso que la ley de procedimiento administrativo"
                + " prevé, ante la misma autoridad o la superior. El plazo y la vía están por"
                + " confirmar por la ciudad: pregúntelos en la oficina que firma.",
            "Contra esta decisão cabe o recurso previsto na lei de processo administrativo, perante a"
                + " mesma autoridade ou a superior. O prazo e a via estão por confirmar pela cidade:"
                + " pergunte-os na repartição que assina.",
            "This decision may be appealed as the law of administrative procedure provides, before the"
                + " same authority or the one above it. Term and way are to be confirmed by the city:"
                + " ask the office that signs.");
    private static final LocalText FILED =
        new LocalText("Presentado el ", "Protocolado em ", "Filed on ");
    private static final LocalText DUE =
        new LocalText(
            "La autoridad debe resolver a más tardar el ",
            "A autoridade deve decidir no mais tardar em ",
            "The authority must resolve by ");
    private static final LocalText NO_TERM =
        new LocalText(
            "La ciudad no ha dicho en qué plazo se resuelve.",
            "A cidade não disse em que prazo se decide.",
            "The city has not said in what term it is resolved.");
    private static final LocalText SILENT =
        new LocalText(
            "El plazo venció sin resolución el ",
            "O prazo venceu sem decisão em ",
            "The term ran out without a decision on ");
    private static final LocalText MEANS_YES =
        new LocalText(
            ". Por ley se entiende concedido.",
            ". Por lei entende-se concedido.",
            ". By law it counts as granted.");
    private static final LocalText MEANS_NO =
        new LocalText(
            ". Por ley se entiende negado.",
            ". Por lei entende-se negado.",
            ". By law it counts as refused.");
    private static final LocalText MEANS_NOTHING =
        new LocalText(
            ". La ley no le da un sentido.",
            ". A lei não lhe dá um sentido.",
            ". The law gives that no meaning.");

    @Nullable Decision of(PaperKind kind, CaseFile file, CaseFile.Filing filing) {
      String zone = papers.zone(filing.terms().office()).getId();
      CaseState state =
          file.state() instanceof CaseState.Archived archived ? archived.ended() : file.state();
      return switch (kind) {
        case RECEIPT ->
            new Decision(
                words.say(FILED) + words.moment(filing.at(), zone) + ".",
                desk.resolving(file)
                    .flatMap(due -> until(due, zone))
                    .map(end -> words.say(DUE) + end + ".")
                    .orElse(words.say(NO_TERM)),
                null);
        case GRANT -> {
          var granted = (CaseState.Granted) state;
          yield new Decision(
              words.say(GRANTED) + words.moment(granted.at(), zone) + ".", granted.reasons(), null);
        }
        case REFUSAL -> {
          var refused = (CaseState.Refused) state;
          yield new Decision(
              words.say(REFUSED) + words.moment(refused.at(), zone) + ".",
              refused.reasons(),
              appeal(refused.appeal()));
        }
        case SILENCE -> {
          var silent = (CaseState.FellSilent) state;
          yield new Decision(
              words.say(SILENT) + words.moment(silent.at(), zone) + meaning(silent.effect()),
              filing.terms().silence().basis().law()
                  + (filing.terms().silence().basis().confirmed()
                      ? ""
                      : " (" + words.say(PaperWords.UNCONFIRMED) + ")"),
              silent.effect() == Silence.Effect.NEGATIVE ? appeal(silent.appeal()) : null);
        }
        case RESPONSE, CERTIFICATE -> null;
      };
    }

    private String appeal(@Nullable Appeal known) {
      if (known == null) {
        return words.say(APPEAL);
      }
      String law = known.basis().law();
      return words.say(known.says())
          + " ("
          + law
          + (known.basis().confirmed() ? "" : "; " + words.say(PaperWords.UNCONFIRMED))
          + ").";
    }

    private Optional<String> until(Due due, String zone) {
      return due instanceof Due.On on
          ? Optional.of(words.day(on.day()))
          : due.end().map(end -> words.moment(end, zone));
    }

    private String meaning(Silence.Effect effect) {
      return words.say(
          switch (effect) {
            case POSITIVE, ON_FILING -> MEANS_YES;
            case NEGATIVE -> MEANS_NO;
            case NONE -> MEANS_NOTHING;
          });
    }
  }
}
