package org.tequio.osm.trace;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * The tables of traces: the file as it came; and its points in pieces, with the box around each, by
 * which areas are asked.
 */
final class TraceTables {
  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE osm_trace (id BIGINT PRIMARY KEY, uid BIGINT NOT NULL,"
                      + " name TEXT NOT NULL, description TEXT NOT NULL, tags TEXT NOT NULL,"
                      + " visibility TEXT NOT NULL, at BIGINT NOT NULL, lon INTEGER NOT NULL,"
                      + " lat INTEGER NOT NULL, points INTEGER NOT NULL, size INTEGER NOT NULL)",
                  "CREATE INDEX osm_trace_author ON osm_trace (uid, id)",
                  "CREATE TABLE osm_trace_file (trace BIGINT PRIMARY KEY, data BYTEA NOT NULL)",
                  "CREATE TABLE osm_trace_piece (trace BIGINT NOT NULL, place INTEGER NOT NULL,"
                      + " segment INTEGER NOT NULL, west INTEGER NOT NULL, south INTEGER NOT NULL,"
                      + " east INTEGER NOT NULL, north INTEGER NOT NULL, points BYTEA NOT NULL,"
                      + " PRIMARY KEY (trace, place))",
                  "CREATE INDEX osm_trace_piece_box ON osm_trace_piece"
                      + " (south, north, west, east, trace, place)",
                  "INSERT INTO osm_counter (name, last) VALUES ('trace', 0)")));

  static final String SELECT =
      "SELECT t.id, t.uid, p.name, t.name, t.description, t.tags, t.visibility, t.at, t.lon, t.lat,"
          + " t.points FROM osm_trace t LEFT JOIN osm_person p ON p.uid = t.uid ";

  /** So many points a piece has. */
  private static final int PIECE = 256;

  private static final int ROWS = 500;

  private TraceTables() {}

  static Trace read(ResultSet row) throws SQLException {
    String user = row.getString(3);
    String tags = row.getString(6);
    return new Trace(
        row.getLong(1),
        row.getLong(2),
        user == null ? "" : user,
        row.getString(4),
        row.getString(5),
        tags.isEmpty() ? List.of() : List.of(tags.split("\n")),
        Trace.Visibility.of(row.getString(7)).orElse(Trace.Visibility.PRIVATE),
        Instant.ofEpochSecond(row.getLong(8)),
        row.getInt(9),
        row.getInt(10),
        row.getInt(11));
  }

  /** Tags hold no line breaks. */
  static String text(List<String> tags) {
    return String.join("\n", tags);
  }

  static void insert(Connection connection, Trace trace, byte[] file, TrackPoints points)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO osm_trace (id, uid, name, description, tags, visibility, at, lon, lat, points,"
            + " size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        trace.id(),
        trace.uid(),
        trace.name(),
        trace.description(),
        text(trace.tags()),
        trace.visibility().word(),
        trace.at().getEpochSecond(),
        trace.lon(),
        trace.lat(),
        trace.points(),
        file.length);
    Sql.update(
        connection, "INSERT INTO osm_trace_file (trace, data) VALUES (?, ?)", trace.id(), file);
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO osm_trace_piece (trace, place, segment, west, south, east, north, points)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      int place = 0;
      for (int first = 0; first < points.size(); ) {
        int end = first + 1;
        while (end < points.size()
            && end - first < PIECE
            && points.segment(end) == points.segment(first)) {
          end++;
        }
        row.setLong(1, trace.id());
        row.setInt(2, place++);
        row.setInt(3, points.segment(first));
        bindPiece(row, points, first, end);
        row.addBatch();
        if (place % ROWS == 0) {
          row.executeBatch();
        }
        first = end;
      }
      row.executeBatch();
    }
  }

  private static void bindPiece(PreparedStatement row, TrackPoints points, int first, int end)
      throws SQLException {
    int west = Integer.MAX_VALUE;
    int south = Integer.MAX_VALUE;
    int east = Integer.MIN_VALUE;
    int north = Integer.MIN_VALUE;
    ByteBuffer bytes = ByteBuffer.allocate(16 * (end - first));
    for (int i = first; i < end; i++) {
      west = Math.min(west, points.lon(i));
      south = Math.min(south, points.lat(i));
      east = Math.max(east, points.lon(i));
      north = Math.max(north, points.lat(i));
      bytes.putInt(points.lon(i)).putInt(points.lat(i)).putLong(points.time(i));
    }
    row.setInt(4, west);
    row.setInt(5, south);
    row.setInt(6, east);
    row.setInt(7, north);
    row.setBytes(8, bytes.array());
  }

  /** Removes traces with all that belongs to them. */
  static void delete(Connection connection, List<Long> traces) throws SQLException {
    for (long trace : new ArrayList<>(traces)) {
      Sql.update(connection, "DELETE FROM osm_trace_piece WHERE trace = ?", trace);
      Sql.update(connection, "DELETE FROM osm_trace_file WHERE trace = ?", trace);
      Sql.update(connection, "DELETE FROM osm_trace WHERE id = ?", trace);
    }
  }
}
