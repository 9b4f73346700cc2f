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
import org.tequio.storage.Sql;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.TableRow;

/** The exact extent of a table, found without reading all of it. */
final class RTreeExtent {
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private RTreeExtent() {}

  /** The extent through the R*Tree: only the rows at its four edges are read. */
  static @Nullable Bbox of(Connection connection, Generation generation, String table)
      throws SQLException {
    String rtree = LayerSql.rtree(table);
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
                + Sql.quoted(LayerSql.rtree(table))
                + " AS r JOIN "
                + Sql.quoted(table)
                + " AS t ON t.fid = r.id WHERE r."
                + condition)) {
      query.setDouble(1, edge);
      try (ResultSet rows = query.executeQuery()) {
        TableRow row = new FileRow(generation, rows);
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
