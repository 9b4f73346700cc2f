package org.tequio.storage.geopackage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.storage.ContentHash;
import org.tequio.storage.Sql;

/**
 * What is known of a generation at a revision without reading it.
 *
 * @param revision the revision that left it so
 */
record LayerState(long revision, long features, @Nullable Bbox extent, String hash) {
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  /** The state that a generation had at a revision. */
  static LayerState read(Connection connection, Generation generation, long revision)
      throws SQLException {
    return Sql.first(
            connection,
            LayerState::of,
            "SELECT revision, features, min_x, min_y, max_x, max_y, hash FROM tq_state"
                + " WHERE generation = ? AND revision <= ? ORDER BY revision DESC LIMIT 1",
            generation.id(),
            revision)
        .orElseThrow(
            () ->
                new StoreFault("city.gpkg: no state of layer " + generation.layer() + " is kept"));
  }

  private static LayerState of(ResultSet row) throws SQLException {
    double minX = row.getDouble(3);
    Bbox extent =
        row.wasNull() ? null : new Bbox(minX, row.getDouble(4), row.getDouble(5), row.getDouble(6));
    return new LayerState(row.getLong(1), row.getLong(2), extent, row.getString(7));
  }

  /** Keeps it. */
  void write(Connection connection, Generation generation) throws SQLException {
    Bbox box = extent;
    Sql.update(
        connection,
        "INSERT OR REPLACE INTO tq_state VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
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
  static LayerState after(Connection connection, Generation generation, String table, long revision)
      throws SQLException {
    LayerState before = read(connection, generation, revision);
    ContentHash hash = ContentHash.parse(before.hash);
    Bbox extent = before.extent;
    long features = before.features;
    boolean edgeMoved = false;
    try (PreparedStatement removed =
        connection.prepareStatement(
            "SELECT "
                + generation.columnList("h.")
                + " FROM tq_log AS l JOIN "
                + generation.historyTable()
                + " AS h ON h.fid = l.fid AND h.to_revision = l.revision"
                + " WHERE l.revision = ? AND l.generation = ?")) {
      removed.setLong(1, revision);
      removed.setLong(2, generation.id());
      try (ResultSet rows = removed.executeQuery()) {
        TableRow row = new TableRow(generation, rows);
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
                + generation.columnList("t.")
                + " FROM tq_log AS l JOIN tq_change AS c ON c.generation = l.generation"
                + " AND c.fid = l.fid AND c.revision = l.revision JOIN "
                + Sql.quoted(table)
                + " AS t ON t.fid = l.fid WHERE l.revision = ? AND l.generation = ?")) {
      added.setLong(1, revision);
      added.setLong(2, generation.id());
      try (ResultSet rows = added.executeQuery()) {
        TableRow row = new TableRow(generation, rows);
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
      extent = exactExtent(connection, generation, table);
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

  /** The extent through the R*Tree: only the rows at its four edges are read. */
  static @Nullable Bbox exactExtent(Connection connection, Generation generation, String table)
      throws SQLException {
    String rtree = Generation.rtree(table);
    Optional<byte[]> root =
        Sql.first(
            connection,
            row -> row.getBytes(1),
            "SELECT data FROM " + Sql.quoted(rtree + "_node") + " WHERE nodeno = 1");
    int cells = root.map(node -> (short) SHORT.get(node, 2) & 0xffff).orElse(0);
    if (cells == 0) {
      return null;
    }
    float[] edge = {
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    byte[] node = root.orElseThrow();
    for (int i = 0; i < cells; i++) {
      for (int k = 0; k < 4; k++) {
        float value = (float) FLOAT.get(node, 4 + i * 24 + 8 + 4 * k);
        edge[k] = k % 2 == 0 ? Math.min(edge[k], value) : Math.max(edge[k], value);
      }
    }
    double minX = farthest(connection, generation, table, "minx <= ?", inward(edge[0], 1), 0);
    double maxX = farthest(connection, generation, table, "maxx >= ?", inward(edge[1], -1), 2);
    double minY = farthest(connection, generation, table, "miny <= ?", inward(edge[2], 1), 1);
    double maxY = farthest(connection, generation, table, "maxy >= ?", inward(edge[3], -1), 3);
    return minX <= maxX && minY <= maxY ? new Bbox(minX, minY, maxX, maxY) : null;
  }

  // Boxes in the tree were rounded outward by up to two steps of a float.
  private static double inward(float edge, int direction) {
    float value = edge;
    for (int i = 0; i < 4; i++) {
      value = direction > 0 ? Math.nextUp(value) : Math.nextDown(value);
    }
    return value;
  }

  private static double farthest(
      Connection connection,
      Generation generation,
      String table,
      String condition,
      double edge,
      int ordinate)
      throws SQLException {
    boolean least = ordinate < 2;
    double found = least ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + generation.columnList("t.")
                + " FROM "
                + Sql.quoted(Generation.rtree(table))
                + " AS r JOIN "
                + Sql.quoted(table)
                + " AS t ON t.fid = r.id WHERE r."
                + condition)) {
      query.setDouble(1, edge);
      try (ResultSet rows = query.executeQuery()) {
        TableRow row = new TableRow(generation, rows);
        while (row.next()) {
          double[] e = row.envelope();
          if (e != null) {
            found = least ? Math.min(found, e[ordinate]) : Math.max(found, e[ordinate]);
          }
        }
      }
    }
    return found;
  }
}
