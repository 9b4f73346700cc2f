package org.tequio.osm.replication;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Properties;

/**
 * How far a series of changes has come: the content of a {@code state.txt}.
 *
 * @param sequence number of the newest change
 * @param timestamp until when changes are in it
 * @param edit the last edit that is in it, as this city counts them; 0 for the series of others
 */
public record ReplicationState(long sequence, Instant timestamp, long edit) {
  private static final long MOST = 999_999_999;

  /** Refuses numbers for which there is no file. */
  public ReplicationState {
    if (sequence < 0 || sequence > MOST) {
      throw new IllegalArgumentException("a sequence of " + sequence);
    }
  }

  /**
   * Reads one.
   *
   * @throws IOException where it is none
   */
  public static ReplicationState parse(byte[] bytes) throws IOException {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
      return new ReplicationState(
          Long.parseLong(lines.getProperty("sequenceNumber", "").strip()),
          Instant.parse(lines.getProperty("timestamp", "").strip()),
          Long.parseLong(lines.getProperty("txnMax", "0").strip()));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IOException("no state of a replication", e);
    }
  }

  /** As a file has it. */
  public byte[] toBytes() {
    return ("#"
            + timestamp
            + "\nsequenceNumber="
            + sequence
            + "\ntxnMax="
            + edit
            + "\ntimestamp="
            + timestamp.toString().replace(":", "\\:")
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The path of a sequence's files below the series: {@code 000/001/234}. */
  public static String path(long sequence) {
    return String.format(
        Locale.ROOT,
        "%03d/%03d/%03d",
        sequence / 1_000_000,
        sequence / 1_000 % 1_000,
        sequence % 1_000);
  }
}
