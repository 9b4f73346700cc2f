package org.tequio.procedure.file;

import java.util.Optional;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Parameter;
import org.tequio.procedure.ProcedureId;

/** The actions that case files ask permission for, and the parameters of their endpoints. */
final class CaseNames {
  /** Writing, filing and following one's own files. */
  static final Action OWN = new Action("case.own");

  /** Working on the files of an office. */
  static final Action WORK = new Action("case.work");

  /** Reporting a payment; the signature says who does. */
  static final Action PAY = new Action("payment.report");

  static final Parameter<String> CASE =
      Parameter.pathId(
          "case",
          "Identifier of a case file, chosen by whoever saves it first.",
          new LocalText("un expediente", "um processo", "a case file"));

  static final Parameter<Long> ATTACHMENT =
      new Parameter<>(
          Parameter.Place.PATH,
          "number",
          "Number of an attached file.",
          new LocalText("un número", "um número", "a number"),
          Parameter.schema("integer"),
          text ->
              text.matches("[1-9][0-9]{0,8}") ? Optional.of(Long.valueOf(text)) : Optional.empty());

  static final Parameter<String> NAME = Parameter.text("name", "What the file is called.", 255);

  static final Parameter<String> PROCEDURE =
      new Parameter<>(
          Parameter.Place.QUERY,
          "procedure",
          "Identifier of a procedure.",
          new LocalText("un trámite", "um serviço", "a procedure"),
          Parameter.schema("string"),
          text -> ProcedureId.isValid(text) ? Optional.of(text) : Optional.empty());

  static final Parameter<String> OFFICE = Parameter.text("office", "Identifier of an office.", 60);

  static final Parameter<String> STATE =
      new Parameter<>(
          Parameter.Place.QUERY,
          "state",
          "Files in one state only; without it, all that are open.",
          LocalText.same(String.join("|", CaseState.NAMES)),
          Parameter.schema("string"),
          text -> CaseState.NAMES.contains(text) ? Optional.of(text) : Optional.empty());

  static final Parameter<String> OFFICER =
      Parameter.text("officer", "Only the files of one officer.", 80);

  static final Parameter<String> AFTER =
      Parameter.text("after", "The `next` of the page before.", 120);

  static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many.", 1, 200, 50);

  private CaseNames() {}
}
