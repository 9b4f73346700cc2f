package org.tequio.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What one module keeps about people under their account. Every module that keeps such things
 * offers one, so that all of it can be shown to the person and erased. Thread-safe.
 */
public interface PersonalData {
  /** The module's name. */
  String name();

  /** Everything that is kept about an account: one map of names and values a record. */
  List<Map<String, Object>> heldAbout(String account);

  /**
   * What of it an erasure leaves because the law keeps it, and why: one sentence without personal
   * data each.
   */
  default List<String> keeps(String account) {
    return List.of();
  }

  /**
   * Erases it inside a transaction of the caller's. What the law or the map's history needs stays
   * without the name: the account's identifier alone tells nobody who it was.
   */
  void erase(Connection connection, String account) throws SQLException;
}
