package org.tequio.storage.geopackage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.ChainedAuditLog;
import org.tequio.storage.sql.DurableFiles;

/**
 * What the folder looked like when it was last at rest, so that a changed bit is told apart from an
 * edit. It lies in {@code audit/seal}: the word {@code tequio seal 1}, these fields, and the
 * SHA-256 of all that. It is removed before the next byte of {@code city.gpkg} changes.
 *
 * @param pages the sums of the pages of city.gpkg
 * @param changeCounter SQLite's, at offset 24 of the file
 * @param audit how far the audit log went
 * @param blobs how many there were
 */
record Seal(int[] pages, int changeCounter, ChainedAuditLog.End audit, long blobs) {
  private static final byte[] WORD = "tequio seal 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKSUM_BYTES = 32;

  /** Writes it durably at one stroke. */
  void write(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * pages.length + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(WORD);
      out.writeInt(changeCounter);
      out.writeLong(audit.lines());
      out.writeUTF(audit.hash());
      out.writeLong(audit.bytes());
      out.writeLong(blobs);
      out.writeInt(pages.length);
      for (int sum : pages) {
        out.writeInt(sum);
      }
      out.flush();
      out.write(DurableFiles.sha256().digest(bytes.toByteArray()));
    }
    DurableFiles.write(file, bytes.toByteArray());
  }

  /**
   * Reads it.
   *
   * @throws StoreFault when it is not as it was written
   */
  static Seal read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - CHECKSUM_BYTES;
    if (end < WORD.length
        || !MessageDigest.isEqual(
            DurableFiles.sha256().digest(Arrays.copyOf(bytes, end)),
            Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw new StoreFault("audit/seal: its own checksum does not match, it was changed");
    }
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes, WORD.length, end - WORD.length))) {
      int changeCounter = in.readInt();
      ChainedAuditLog.End audit =
          new ChainedAuditLog.End(in.readLong(), in.readUTF(), in.readLong());
      long blobs = in.readLong();
      int[] pages = new int[in.readInt()];
      for (int i = 0; i < pages.length; i++) {
        pages[i] = in.readInt();
      }
      return new Seal(pages, changeCounter, audit, blobs);
    }
  }
}
