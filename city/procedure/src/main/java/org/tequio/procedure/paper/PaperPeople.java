package org.tequio.procedure.paper;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.identity.PersonalData;

/**
 * What the register of papers keeps about those for whom they were made. The papers of a case file
 * go and stay with it; of others their bytes and what they say go.
 */
final class PaperPeople implements PersonalData {
  private final PaperTables tables;
  private final PaperErasure erasure;

  PaperPeople(PaperTables tables, PaperErasure erasure) {
    this.tables = tables;
    this.erasure = erasure;
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
      if (paper.caseFile() == null) {
        erasure.forget(connection, paper);
      }
    }
  }
}
