package org.tequio.osm.changeset;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.osm.element.ElementKey;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * What came of uploads to changesets that may still be open, by a digest of what was sent. Whoever
 * loses the answer sends the same again, by itself as JOSM does or by hand as in iD: it is answered
 * again, and nothing is made twice.
 */
final class UploadAnswers {
  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE osm_upload_answer (changeset BIGINT NOT NULL, digest TEXT NOT NULL,"
                      + " at BIGINT NOT NULL, data BYTEA NOT NULL, PRIMARY KEY (changeset, digest))",
                  "CREATE INDEX osm_upload_answer_at ON osm_upload_answer (at)")));

  private static final int RESULT_BYTES = Long.BYTES + Long.BYTES + Integer.BYTES;

  private UploadAnswers() {}

  static Optional<List<Change.Result>> find(Connection connection, long changeset, String digest)
      throws SQLException {
    return Sql.first(
        connection,
        row -> unpacked(row.getBytes(1)),
        "SELECT data FROM osm_upload_answer WHERE changeset = ? AND digest = ?",
        changeset,
        digest);
  }

  /** Keeps an answer, and forgets those whose changesets have closed in any case. */
  static void keep(
      Connection connection,
      long changeset,
      String digest,
      Instant now,
      List<Change.Result> results)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM osm_upload_answer WHERE at < ?",
        now.minus(Changesets.OLD).getEpochSecond());
    Sql.update(
        connection,
        "INSERT INTO osm_upload_answer (changeset, digest, at, data) VALUES (?, ?, ?, ?)",
        changeset,
        digest,
        now.getEpochSecond(),
        packed(results));
  }

  private static byte[] packed(List<Change.Result> results) {
    ByteBuffer bytes = ByteBuffer.allocate(results.size() * RESULT_BYTES);
    for (Change.Result one : results) {
      bytes
          .putLong(one.oldId())
          .putLong(ElementKey.of(one.type(), one.newId()))
          .putInt(one.newVersion());
    }
    return bytes.array();
  }

  private static List<Change.Result> unpacked(byte[] data) {
    ByteBuffer bytes = ByteBuffer.wrap(data);
    List<Change.Result> results = new ArrayList<>(data.length / RESULT_BYTES);
    while (bytes.hasRemaining()) {
      long oldId = bytes.getLong();
      long made = bytes.getLong();
      results.add(
          new Change.Result(ElementKey.type(made), oldId, ElementKey.id(made), bytes.getInt()));
    }
    return results;
  }
}
