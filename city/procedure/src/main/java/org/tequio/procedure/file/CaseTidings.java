package org.tequio.procedure.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.LocalText;
import org.tequio.identity.Notice;
import org.tequio.identity.Notices;
import org.tequio.identity.People;
import org.tequio.identity.Person;

/** Tells applicants what became of their files, and officers what waits for them. */
final class CaseTidings {
  /** The role of whoever works on the files of an office. */
  static final String OFFICER = "officer";

  private static final String ADMINISTRATOR = "gis-admin";

  private final People people;
  private final Notices notices;
  private final StandIns standIns;

  /** Who acts for an officer of a file who is absent as of a moment. */
  @FunctionalInterface
  interface StandIns {
    Optional<String> of(String office, String officer, Instant moment);
  }

  CaseTidings(People people, Notices notices, StandIns standIns) {
    this.people = people;
    this.notices = notices;
    this.standIns = standIns;
  }

  void tell(CaseFile file, CaseStep step) {
    switch (step.verb()) {
      case FILE -> {
        toApplicant(
            file,
            step,
            text(
                "Su trámite quedó presentado",
                "O seu pedido foi protocolado",
                "Your case was filed"));
        toOffice(file, step, text("Trámite nuevo", "Pedido novo", "A new case"));
      }
      case PREVENT ->
          toApplicant(
              file,
              step,
              text(
                  "La oficina pide completar su trámite",
                  "A repartição pede que complete o pedido",
                  "The office asks you to complete your case"));
      case ANSWER ->
          toOffice(
              file,
              step,
              text("Completaron un trámite", "Completaram um pedido", "A case was completed"));
      case OPINE ->
          toOffice(file, step, text("Llegó una opinión", "Chegou um parecer", "An opinion came"));
      case ASK ->
          toOffices(
              file.opinions().isEmpty() ? "" : file.opinions().getLast().office(),
              file,
              step,
              text("Le piden opinión", "Pedem o seu parecer", "Your opinion is asked for"));
      case WITHDRAW ->
          toOffice(
              file,
              step,
              text("Desistieron de un trámite", "Desistiram de um pedido", "A case was withdrawn"));
      case GRANT, REFUSE ->
          toApplicant(
              file,
              step,
              text(
                  "Hay resolución de su trámite",
                  "Há decisão sobre o seu pedido",
                  "Your case was decided"));
      case FALL_SILENT -> {
        toApplicant(
            file,
            step,
            text(
                "Venció el plazo para resolver su trámite",
                "Venceu o prazo para decidir o seu pedido",
                "The term to decide your case ran out"));
        toOffice(
            file,
            step,
            text(
                "Venció el plazo de un trámite",
                "Venceu o prazo de um pedido",
                "The term of a case ran out"));
      }
      case LAPSE ->
          toApplicant(
              file,
              step,
              text(
                  "Su trámite se tiene por no presentado",
                  "O seu pedido considera-se não apresentado",
                  "Your case counts as not filed"));
      case PAYMENT_ASIDE ->
          toApplicant(
              file,
              step,
              text(
                  "Un pago no corresponde",
                  "Um pagamento não corresponde",
                  "A payment does not match"));
      case REMIND -> {
        LocalText soon =
            text(
                "Un plazo está por vencer",
                "Um prazo está por vencer",
                "A term is about to run out");
        if (file.state() instanceof CaseState.Prevented) {
          toApplicant(file, step, soon);
        } else {
          toOffice(file, step, soon);
        }
      }
      case FULFILL ->
          toApplicant(
              file,
              step,
              text(
                  "La oficina dice que quedó hecho: confírmelo o diga que no",
                  "A repartição diz que está feito: confirme ou diga que não",
                  "The office says it is done: confirm it, or say that it is not"));
      case REOPEN ->
          toOffice(
              file,
              step,
              text(
                  "Quien reportó dice que no quedó hecho",
                  "Quem informou diz que não foi feito",
                  "Whoever reported says that it is not done"));
      case REMARK ->
          toOffice(
              file,
              step,
              text("Quien reportó agregó algo", "Quem informou acrescentou algo", "A remark came"));
      case ORDER, ASSIGN, VISIT, NOTE, ARCHIVE, ERASE, CONFIRM, JOIN -> {}
    }
  }

  private static LocalText text(String es, String pt, String en) {
    return new LocalText(es, pt, en);
  }

  private void toApplicant(CaseFile file, CaseStep step, LocalText title) {
    notices.send(List.of(file.applicant()), notice(file, step, title, "/cases/" + file.id()));
  }

  private void toOffice(CaseFile file, CaseStep step, LocalText title) {
    CaseFile.Filing filing = file.filing();
    String officer = CaseTables.officer(file);
    if (officer != null && filing != null) {
      List<String> told = new ArrayList<>(List.of(officer));
      standIns.of(filing.terms().office(), officer, step.at()).ifPresent(told::add);
      notices.send(told, notice(file, step, title, "/staff/cases/" + file.id()));
    } else if (filing != null) {
      toOffices(filing.terms().office(), file, step, title);
    }
  }

  private void toOffices(String office, CaseFile file, CaseStep step, LocalText title) {
    List<Person> officers = people.listHolders(OFFICER, office);
    boolean isEmpty = officers.isEmpty();
    // Whoever gives the roles learns that a file waits where nobody looks.
    List<Person> told = isEmpty ? people.listHolders(ADMINISTRATOR, null) : officers;
    notices.send(
        told.stream().map(Person::id).toList(),
        notice(file, step, isEmpty ? deserted(office) : title, "/staff/cases/" + file.id()));
  }

  private static LocalText deserted(String office) {
    return new LocalText(
        "Nadie atiende la oficina " + office + ", y hay un trámite",
        "Ninguém atende a repartição " + office + ", e há um pedido",
        "Nobody works in the office " + office + ", and a case is there");
  }

  // The folio and the procedure's name, and nothing that the applicant wrote.
  private static Notice notice(CaseFile file, CaseStep step, LocalText title, String link) {
    CaseFile.Filing filing = file.filing();
    LocalText what =
        filing == null
            ? LocalText.same(file.procedure())
            : new LocalText(
                filing.folio() + " · " + filing.terms().name().es(),
                filing.folio() + " · " + filing.terms().name().pt(),
                filing.folio() + " · " + filing.terms().name().en());
    return new Notice("case-" + step.verb().wireName(), title, what, link);
  }
}
