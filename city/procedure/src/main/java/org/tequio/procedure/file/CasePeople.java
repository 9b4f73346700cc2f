package org.tequio.procedure.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tequio.identity.PersonalData;
import org.tequio.storage.BlobStore;
import org.tequio.storage.Sql;

/**
 * What case files keep about those who filed them. Drafts go whole; of what was filed the answers
 * and the files go, and what the office did stays, under an account that tells nobody who it was.
 */
final class CasePeople implements PersonalData {
  private final CaseTables tables;
  private final RequestTables requests;
  private final BlobStore blobs;

  CasePeople(CaseTables tables, RequestTables requests, BlobStore blobs) {
    this.tables = tables;
    this.requests = requests;
    this.blobs = blobs;
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
  public void erase(Connection connection, String account) throws SQLException {
    RequestTables.erase(connection, account);
    Set<String> files = new TreeSet<>();
    for (CaseFile file : tables.listOf(account, "", Integer.MAX_VALUE)) {
      files.addAll(Attachments.hashes(connection, file.id()));
      Sql.update(connection, "DELETE FROM procedure_attachment WHERE case_id = ?", file.id());
      if (file.state() instanceof CaseState.Draft) {
        CaseTables.delete(connection, file.id());
      } else {
        Sql.update(
            connection,
            "UPDATE procedure_case SET document = ? WHERE id = ?",
            CaseJson.write(file.withoutPerson()),
            file.id());
      }
    }
    for (String sha256 : files) {
      remove(connection, sha256);
    }
  }

  // The same plan may be attached to somebody else's file, too.
  private void remove(Connection connection, String sha256) throws SQLException {
    long others =
        Sql.number(
            connection, "SELECT COUNT(*) FROM procedure_attachment WHERE sha256 = ?", sha256);
    if (others > 0) {
      return;
    }
    try {
      blobs.remove(sha256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
