package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.SQLException;

/** The papers that were made of case files: what they say goes when their file's answers go. */
public interface PapersOfCase {
  /**
   * Lets go of what the papers of a file say; that they were issued stays, so that whoever holds
   * one can still verify it. Works inside a transaction.
   */
  void forget(Connection connection, String caseFile) throws SQLException;
}
