package org.tequio.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.storage.ContentHash;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;

/**
 * What is known of a generation at a revision without reading it.
 *
 * @param revision the revision that left it so
 */
public record LayerState(long revision, long features, @Nullable Bbox extent, String hash) {
  /** The state that a generation had at a revision. */
  public static LayerState read(Connection connection, Generation generation, long revision)
      throws SQLException {
    return Sql.first(
            connection,
            LayerState::of,
            "SELECT revision, features, min_x, min_y, max_x, max_y, hash FROM tq_state"
                + " WHERE generation = ? AND revision <= ? ORDER BY revision DESC LIMIT 1",
            generation.id(),
            revision)
        .orElseThrow(() -> new StoreFault("no state of layer " + generation.layer() + " is kept"));
  }

  private static LayerState of(ResultSet row) throws SQLException {
    double minX = row.getDouble(3);
    Bbox extent =
        row.wasNull() ? null : new Bbox(minX, row.getDouble(4), row.getDouble(5), row.getDouble(6));
    return new LayerState(row.getLong(1), row.getLong(2), extent, row.getString(7));
  }

  /** Keeps it. */
  public void write(Connection connection, Generation generation) throws SQLException {
    Bbox box = extent;
    Sql.update(
        connection,
        "INSERT INTO tq_state VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (generation, revision)"
            + " DO UPDATE SET features = excluded.features, min_x = excluded.min_x,"
            + " min_y = excluded.min_y, max_x = excluded.max_x, max_y = excluded.max_y,"
            + " hash = excluded.hash",
        generation.id(),
        revision,
        features,
        box == null ? null : box.minX(),
        box == null ? null : box.minY(),
        box == null ? null : box.maxX(),
        box == null ? null : box.maxY(),
        hash);
  }

  /** The state after a revision's edits, which the log names. */
  static LayerState after(
      Connection connection, Dialect dialect, Generation generation, String table, long revision)
      throws SQLException {
    LayerState before = read(connection, generation, revision);
    ContentHash hash = ContentHash.parse(before.hash);
    Bbox extent = before.extent;
    long features = before.features;
    boolean edgeMoved = false;
    try (PreparedStatement removed =
        connection.prepareStatement(
            "SELECT "
                + dialect.readColumns(generation, "h.")
                + " FROM tq_log AS l JOIN "
                + generation.historyTable()
                + " AS h ON h.fid = l.fid AND h.to_revision = l.revision"
                + " WHERE l.revision = ? AND l.generation = ?")) {
      removed.setLong(1, revision);
      removed.setLong(2, generation.id());
      try (ResultSet rows = removed.executeQuery()) {
        TableRow row = dialect.row(generation, rows);
        while (row.next()) {
          hash.subtract(row.id(), row.wkb(), row.wkbOffset(), row.wkbLength(), row.values());
          features--;
          edgeMoved |= touchesEdge(row.envelope(), extent);
        }
      }
    }
    try (PreparedStatement added =
        connection.prepareStatement(
            "SELECT "
                + dialect.readColumns(generation, "t.")
                + " FROM tq_log AS l JOIN tq_change AS c ON c.generation = l.generation"
                + " AND c.fid = l.fid AND c.revision = l.revision JOIN "
                + Sql.quoted(table)
                + " AS t ON t.fid = l.fid WHERE l.revision = ? AND l.generation = ? UNION ALL SELECT "
                // What another program has changed again meanwhile.
                + dialect.readColumns(generation, "h.")
                + " FROM tq_log AS l JOIN "
                + generation.historyTable()
                + " AS h ON h.fid = l.fid AND h.from_revision = l.revision"
                + " WHERE l.revision = ? AND l.generation = ?")) {
      added.setLong(1, revision);
      added.setLong(2, generation.id());
      added.setLong(3, revision);
      added.setLong(4, generation.id());
      try (ResultSet rows = added.executeQuery()) {
        TableRow row = dialect.row(generation, rows);
        while (row.next()) {
          hash.add(row.id(), row.wkb(), row.wkbOffset(), row.wkbLength(), row.values());
          features++;
          double[] e = row.envelope();
          if (e != null) {
            Bbox box = new Bbox(e[0], e[1], e[2], e[3]);
            extent = extent == null ? box : extent.union(box);
          }
        }
      }
    }
    if (edgeMoved) {
      extent = dialect.extent(connection, generation, table);
    }
    return new LayerState(revision, features, extent, hash.toString());
  }

  private static boolean touchesEdge(double @Nullable [] e, @Nullable Bbox extent) {
    return e != null
        && extent != null
        && (e[0] <= extent.minX()
            || e[1] <= extent.minY()
            || e[2] >= extent.maxX()
            || e[3] >= extent.maxY());
  }
}
