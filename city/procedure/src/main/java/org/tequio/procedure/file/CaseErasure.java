package org.tequio.procedure.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.tequio.procedure.Retention.Part;
import org.tequio.storage.BlobStore;
import org.tequio.storage.Sql;

/**
 * Erases what of a case file tells of people: attached files with their bytes, what was written in
 * its history, the papers made of it, and whose it was. What lies in the file itself, {@link
 * CaseFile#without} leaves out. Works inside a transaction; bytes that are gone when it fails are
 * gone, and the next try goes on.
 */
final class CaseErasure {
  private final BlobStore blobs;
  private final PapersOfCase papers;

  CaseErasure(BlobStore blobs, PapersOfCase papers) {
    this.blobs = blobs;
    this.papers = papers;
  }

  /** Erases these parts of one file. */
  void erase(Connection connection, CaseFile file, Set<Part> parts) throws SQLException {
    for (Part part : parts) {
      switch (part) {
        case ANSWERS -> papers.forget(connection, file.id()); // they repeat the answers
        case FILES -> removeFiles(connection, file.id());
        case WORDS -> {
          Sql.update(
              connection,
              "UPDATE procedure_step SET note = '' WHERE case_id = ? AND verb NOT IN (?, ?, ?, ?)",
              file.id(),
              // Their notes are identifiers and days.
              Verb.ASSIGN.name(),
              Verb.ASK.name(),
              Verb.OPINE.name(),
              Verb.ARCHIVE.name());
          RequestTables.eraseWords(connection, file.id());
        }
        case ACCOUNT -> {
          Sql.update(
              connection,
              "UPDATE procedure_step SET actor = ? WHERE case_id = ? AND actor = ?",
              ServiceReport.ANYONE,
              file.id(),
              file.applicant());
          RequestTables.eraseAccounts(connection, file.id());
        }
      }
    }
  }

  /** Removes the attached files of a case. */
  void removeFiles(Connection connection, String id) throws SQLException {
    Set<String> files = new TreeSet<>(Attachments.hashes(connection, id));
    Sql.update(connection, "DELETE FROM procedure_attachment WHERE case_id = ?", id);
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
