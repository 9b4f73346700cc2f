package org.tequio.procedure.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.tequio.procedure.file.PapersOfCase;
import org.tequio.storage.BlobStore;

/**
 * Lets go of what papers say: their bytes, their content and for whom they were made. That a paper
 * was issued, its dates and its hash stay, so that whoever holds it can still verify it. Bytes that
 * are gone when a transaction fails are gone, and the next try goes on. Thread-safe.
 */
public final class PaperErasure implements PapersOfCase {
  private final BlobStore blobs;

  /**
   * For the papers of a city.
   *
   * @param blobs where their bytes are
   */
  public PaperErasure(BlobStore blobs) {
    this.blobs = blobs;
  }

  @Override
  public void forget(Connection connection, String caseFile) throws SQLException {
    for (Paper paper : PaperTables.listOfCase(connection, caseFile)) {
      forget(connection, paper);
    }
  }

  void forget(Connection connection, Paper paper) throws SQLException {
    PaperTables.forget(connection, paper);
    try {
      blobs.remove(paper.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
