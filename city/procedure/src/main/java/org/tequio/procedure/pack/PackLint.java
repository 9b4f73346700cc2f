package org.tequio.procedure.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.tequio.catalogue.dictionary.Words;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Document;
import org.tequio.procedure.Effect;
import org.tequio.procedure.Figure;
import org.tequio.procedure.PackFault;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Rule;
import org.tequio.procedure.term.Office;

/**
 * Finds what registers of procedures get wrong: one procedure under two ids, two terms for one
 * procedure, offices by a name that they no longer have, papers asked for that the city itself
 * makes, amounts that expire, and what nobody translated, founded or tried.
 */
public final class PackLint {
  private static final int SOON_DAYS = 30;

  private final ReadPack pack;
  private final LocalDate today;
  private final List<PackFault> found = new ArrayList<>();

  private PackLint(ReadPack pack, LocalDate today) {
    this.pack = pack;
    this.today = today;
  }

  /**
   * Looks through a pack.
   *
   * @param today on which amounts must hold
   * @return by file and line
   */
  public static List<PackFault> of(ReadPack pack, LocalDate today) {
    PackLint lint = new PackLint(pack, today);
    lint.found.addAll(pack.remarks());
    lint.twins();
    Map<String, ProcedureId> papers = lint.papers();
    for (Procedure procedure : pack.pack().listProcedures()) {
      lint.offices(procedure);
      lint.documents(procedure, papers);
      lint.references(procedure);
      lint.examples(procedure);
    }
    pack.pack().figures().values().forEach(lint::figure);
    lint.found.sort(
        Comparator.comparing(PackFault::file)
            .thenComparing(PackFault::line)
            .thenComparing(PackFault::path));
    return lint.found;
  }

  private void tell(Procedure procedure, String path, String es, String pt, String en) {
    found.add(
        new PackFault(
            pack.files().getOrDefault(procedure.id(), ""), 0, path, new LocalText(es, pt, en)));
  }

  /** Words without accents, articles and what stands in parentheses. */
  private static String plain(String name) {
    return String.join(" ", Words.telling(name.replaceAll("\\([^)]*\\)", " ")));
  }

  private void twins() {
    Map<String, Procedure> seen = new HashMap<>();
    for (Procedure procedure : pack.pack().listProcedures()) {
      Procedure twin = seen.putIfAbsent(plain(procedure.name().es()), procedure);
      if (twin == null) {
        continue;
      }
      tell(
          procedure,
          "/name",
          "el mismo trámite que " + twin.id(),
          "o mesmo processo que " + twin.id(),
          "the same procedure as " + twin.id());
      if (!Objects.equals(
          procedure.deadline() == null ? null : procedure.deadline().term(),
          twin.deadline() == null ? null : twin.deadline().term())) {
        tell(
            procedure,
            "/deadline",
            "otro plazo que " + twin.id(),
            "outro prazo que " + twin.id(),
            "another term than " + twin.id());
      }
    }
  }

  private Map<String, ProcedureId> papers() {
    Map<String, ProcedureId> papers = new HashMap<>();
    for (Procedure procedure : pack.pack().listProcedures()) {
      papers.putIfAbsent(plain(procedure.name().es()), procedure.id());
      if (procedure.result().template() != null) {
        papers.putIfAbsent(plain(procedure.result().name().es()), procedure.id());
      }
    }
    return papers;
  }

  private void documents(Procedure procedure, Map<String, ProcedureId> papers) {
    for (int i = 0; i < procedure.documents().size(); i++) {
      Document document = procedure.documents().get(i);
      ProcedureId maker = papers.get(plain(document.name().es()));
      if (document.producedBy().isEmpty() && maker != null && !maker.equals(procedure.id())) {
        tell(
            procedure,
            "/documents/" + i,
            "pide un documento que produce " + maker,
            "pede um documento que " + maker + " produz",
            "asks for a document that " + maker + " produces");
      }
      for (ProcedureId one : document.producedBy()) {
        requireProcedure(procedure, "/documents/" + i, one);
      }
    }
  }

  private void references(Procedure procedure) {
    for (int i = 0; i < procedure.rules().size(); i++) {
      if (procedure.rules().get(i).effect() instanceof Effect.Requires(ProcedureId other)) {
        requireProcedure(procedure, "/rules/" + i, other);
      }
    }
    if (procedure.rules().isEmpty()) {
      tell(procedure, "/rules", "no tiene reglas", "não tem regras", "it has no rules");
    }
    if (procedure.sources().isEmpty()) {
      tell(
          procedure,
          "/sources",
          "no dice dónde se leyó",
          "não diz onde foi lido",
          "it does not say where it was read");
    }
  }

  private void requireProcedure(Procedure procedure, String path, ProcedureId other) {
    if (pack.pack().find(other).isEmpty()) {
      tell(
          procedure,
          path,
          "el paquete no tiene " + other,
          "o pacote não tem " + other,
          "the pack has no " + other);
    }
  }

  private void offices(Procedure procedure) {
    Set<String> old = new HashSet<>();
    for (Office office : pack.offices().values()) {
      office.names().stream()
          .limit(office.names().size() - 1)
          .map(Office.Name::name)
          .forEach(old::add);
    }
    Stream<LocalText> texts =
        Stream.concat(
            Stream.of(procedure.name(), procedure.description(), procedure.who()),
            procedure.rules().stream()
                .flatMap(rule -> Stream.of(rule.question(), rule.ifApplies(), rule.ifNot())));
    texts.forEach(
        text ->
            old.stream()
                .filter(name -> text.es().contains(name))
                .forEach(
                    name ->
                        tell(
                            procedure,
                            "",
                            "nombra '" + name + "', que ya no se llama así",
                            "nomeia '" + name + "', que já não se chama assim",
                            "it names '" + name + "', which is not called so any more")));
  }

  private void examples(Procedure procedure) {
    Set<Answer> tried = new HashSet<>();
    procedure.examples().forEach(example -> tried.addAll(example.answers().values()));
    boolean asks = procedure.rules().stream().map(Rule::layers).anyMatch(l -> !l.isEmpty());
    for (Answer answer : List.of(Answer.NO_DATA_HERE, Answer.COULD_NOT_ASK)) {
      if (asks && !tried.contains(answer)) {
        tell(
            procedure,
            "/examples",
            "ningún ejemplo espera " + answer.wireName(),
            "nenhum exemplo espera " + answer.wireName(),
            "no example expects " + answer.wireName());
      }
    }
  }

  private void figure(Figure figure) {
    if (figure.on(today).isEmpty()) {
      tellFigure(
          figure,
          "no tiene un valor para hoy, " + today,
          "não tem um valor para hoje, " + today,
          "it has no value for today, " + today);
    } else if (figure.on(today.plusDays(SOON_DAYS)).isEmpty()) {
      tellFigure(
          figure,
          "vence en menos de " + SOON_DAYS + " días",
          "vence em menos de " + SOON_DAYS + " dias",
          "it expires in less than " + SOON_DAYS + " days");
    }
  }

  private void tellFigure(Figure figure, String es, String pt, String en) {
    found.add(new PackFault("tables", 0, "/figures/" + figure.id(), new LocalText(es, pt, en)));
  }
}
