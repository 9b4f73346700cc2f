package org.tequio.review;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.identity.PersonalData;
import org.tequio.review.tables.ReviewTables;

/**
 * What the review keeps about those who hand in and comment: their names beside what they said.
 * What was said is the layers' history and stays, under an account that tells nobody who it was.
 */
final class AuthorNames implements PersonalData {
  private final ReviewTables tables;

  AuthorNames(ReviewTables tables) {
    this.tables = tables;
  }

  @Override
  public String name() {
    return "review";
  }

  @Override
  public List<Map<String, Object>> heldAbout(String account) {
    List<Map<String, Object>> held = new ArrayList<>();
    for (Submission one :
        tables.list(null, null, null, account, Long.MAX_VALUE, Integer.MAX_VALUE)) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("kind", "submission");
      record.put("id", one.id());
      record.put("at", one.created().toString());
      record.put("name", one.author().name());
      record.put("source", one.source());
      record.put("text", one.message());
      held.add(record);
    }
    for (ReviewTables.Comment one : tables.listCommentsBy(account)) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("kind", "comment");
      record.put("at", one.at().toString());
      record.put("name", one.authorName());
      record.put("text", one.text());
      held.add(record);
    }
    return held;
  }

  @Override
  public void erase(Connection connection, String account) throws SQLException {
    ReviewTables.forgetName(connection, account);
  }
}
