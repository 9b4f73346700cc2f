package org.tequio.procedure.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.identity.PersonalData;
import org.tequio.storage.BlobStore;

/**
 * What the register of papers keeps about those for whom they were made. Their bytes and what they
 * say go; that a paper was issued, its dates and its hash stay, so that whoever holds it can still
 * verify it.
 */
final class PaperPeople implements PersonalData {
  private final PaperTables tables;
  private final BlobStore blobs;

  PaperPeople(PaperTables tables, BlobStore blobs) {
    this.tables = tables;
    this.blobs = blobs;
  }

  @Override
  public String name() {
    return "paper";
  }

  @Override
  public List<Map<String, Object>> heldAbout(String account) {
    List<Map<String, Object>> held = new ArrayList<>();
    for (Paper paper : tables.listOf(account, Integer.MAX_VALUE)) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("kind", "paper");
      record.put("folio", paper.face().folio());
      record.put("procedure", paper.face().procedure());
      record.put("issued", paper.face().issued().toString());
      record.put(
          "asked",
          tables.body(paper.face().code()).map(PaperBody::asked).orElse(List.of()).stream()
              .map(one -> one.question() + ": " + one.answer())
              .toList());
      held.add(record);
    }
    return held;
  }

  @Override
  public void erase(Connection connection, String account) throws SQLException {
    for (Paper paper : tables.listOf(account, Integer.MAX_VALUE)) {
      PaperTables.forget(connection, paper);
      try {
        blobs.remove(paper.sha256());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
