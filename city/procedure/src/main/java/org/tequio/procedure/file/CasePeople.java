package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tequio.identity.PersonalData;
import org.tequio.procedure.Retention;
import org.tequio.procedure.Retention.Part;
import org.tequio.storage.Sql;

/**
 * What case files keep about those who filed them. Drafts go whole. Of what was filed the answers
 * and the files go where no rule keeps them, and what the office did stays, under an account that
 * tells nobody who it was; what a rule of retention keeps stays until that is over, and is said;
 * also by one that is still to be confirmed, since what is erased does not come back.
 */
final class CasePeople implements PersonalData {
  private final CaseBook book;
  private final CaseTables tables;
  private final RequestTables requests;
  private final CaseErasure erasure;

  CasePeople(CaseBook book, RequestTables requests, CaseErasure erasure) {
    this.book = book;
    this.tables = book.tables();
    this.requests = requests;
    this.erasure = erasure;
  }

  @Override
  public String name() {
    return "procedure";
  }

  @Override
  public List<Map<String, Object>> heldAbout(String account) {
    List<Map<String, Object>> held = new ArrayList<>();
    for (CaseFile file : tables.listOf(account, "", Integer.MAX_VALUE)) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("kind", "case");
      record.put("id", file.id());
      record.put("procedure", file.procedure());
      record.put("state", file.state().wireName());
      record.put("folio", file.filing() == null ? "" : file.getFiling().folio());
      record.put("inputs", file.inputs());
      record.put(
          "files",
          tables.database().read(connection -> Attachments.list(connection, file.id())).stream()
              .map(Attachments.Attachment::name)
              .toList());
      // The office's own notes are told of and not handed out: whoever answers an access request
      // reads them first, since they speak of third persons, and before the decision are a draft.
      record.put(
          "notes",
          tables.history(file.id()).stream().filter(step -> step.verb().isInternal()).count());
      held.add(record);
    }
    for (RequestTables.Report report : requests.reportsBy(account)) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("kind", "report");
      record.put("at", report.at().toString());
      record.put("text", report.text());
      record.put("contact", report.contact());
      held.add(record);
    }
    return held;
  }

  @Override
  public List<String> keeps(String account) {
    Map<Retention, Integer> kept = new LinkedHashMap<>();
    for (CaseFile file : tables.listOf(account, "", Integer.MAX_VALUE)) {
      keeping(file).ifPresent(rule -> kept.merge(rule, 1, Integer::sum));
    }
    List<String> said = new ArrayList<>();
    kept.forEach(
        (rule, files) ->
            said.add(
                "%d case files are kept until %s after their end: %s (%s%s)"
                    .formatted(
                        files,
                        rule.eraseAfter(),
                        rule.reason().en(),
                        rule.basis().law(),
                        rule.basis().confirmed() ? "" : "; to be confirmed by the city")));
    return said;
  }

  private Optional<Retention> keeping(CaseFile file) {
    return file.state() instanceof CaseState.Unfiled
        ? Optional.empty()
        : book.law().retention(file).filter(rule -> rule.erases().contains(Part.ANSWERS));
  }

  @Override
  public void erase(Connection connection, String account) throws SQLException {
    RequestTables.erase(connection, account);
    for (CaseFile file : tables.listOf(account, "", Integer.MAX_VALUE)) {
      if (file.state() instanceof CaseState.Draft) {
        erasure.removeFiles(connection, file.id());
        CaseTables.delete(connection, file.id());
      } else if (keeping(file).isEmpty()) {
        erasure.erase(connection, file, Set.of(Part.ANSWERS, Part.FILES));
        Sql.update(
            connection,
            "UPDATE procedure_case SET document = ? WHERE id = ?",
            CaseJson.write(file.without(Set.of(Part.ANSWERS))),
            file.id());
      }
    }
  }
}
