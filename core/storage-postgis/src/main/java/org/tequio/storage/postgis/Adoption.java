package org.tequio.storage.postgis;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;

/** Gives a revision to what other programs have committed in the tables of layers. */
final class Adoption {
  private static final String NOT_AVAILABLE = "55P03";

  private Adoption() {}

  /**
   * Begins it.
   *
   * @return the revision; 0 where there is nothing, or where a feature is being edited just now
   */
  static long begin(Connection connection) throws SQLException {
    List<Long> pending =
        Sql.list(
            connection,
            row -> row.getLong(1),
            "SELECT DISTINCT revision FROM tq_log WHERE revision >= ?",
            GenerationSql.PENDING);
    if (pending.isEmpty()) {
      return 0;
    }
    Array edits = connection.createArrayOf("bigint", pending.toArray());
    Sql.run(connection, "SAVEPOINT adoption");
    try {
      Sql.each(
          connection,
          row -> {},
          "SELECT 1 FROM tq_change AS c WHERE (generation, fid) IN (SELECT generation, fid"
              + " FROM tq_log WHERE revision = ANY (?)) FOR UPDATE NOWAIT",
          edits);
    } catch (SQLException e) {
      if (NOT_AVAILABLE.equals(e.getSQLState())) {
        Sql.run(connection, "ROLLBACK TO adoption");
        return 0;
      }
      throw e;
    }
    long number = Sql.number(connection, "SELECT COALESCE(MAX(number), 0) + 1 FROM tq_revision");
    Sql.update(
        connection,
        "INSERT INTO tq_revision (number, instant, author, source, message, open) SELECT ?,"
            + " GREATEST((extract(epoch FROM clock_timestamp()) * 1000)::bigint,"
            + " (SELECT COALESCE(MAX(instant), 0) FROM tq_revision)), ?, 'gis tool', '', 1",
        number,
        Revision.OUTSIDE);
    for (long generation :
        Sql.list(
            connection,
            row -> row.getLong(1),
            "SELECT DISTINCT generation FROM tq_log WHERE revision = ANY (?)",
            edits)) {
      number(connection, generation, edits, number);
    }
    Sql.update(
        connection,
        "INSERT INTO tq_log SELECT DISTINCT ?, generation, fid FROM tq_log"
            + " WHERE revision = ANY (?)",
        number,
        edits);
    Sql.update(connection, "DELETE FROM tq_log WHERE revision = ANY (?)", edits);
    return number;
  }

  // Several transactions of other programs become one revision: what lay between them goes.
  private static void number(Connection connection, long generation, Array edits, long number)
      throws SQLException {
    String history = "tq_h" + generation;
    String edited =
        " AND fid IN (SELECT fid FROM tq_log WHERE revision = ANY (?) AND generation = ?)";
    for (String end : List.of("from_revision", "to_revision")) {
      Sql.update(
          connection,
          "UPDATE " + history + " SET " + end + " = ? WHERE " + end + " = ANY (?)" + edited,
          number,
          edits,
          edits,
          generation);
    }
    Sql.update(
        connection,
        "DELETE FROM " + history + " WHERE from_revision = ? AND to_revision = ?" + edited,
        number,
        number,
        edits,
        generation);
    Sql.update(
        connection,
        "UPDATE tq_change SET revision = ? WHERE revision = ANY (?) AND generation = ?" + edited,
        number,
        edits,
        generation,
        edits,
        generation);
  }
}
