package org.tequio.storage.geopackage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.tequio.storage.Sql;

/**
 * Fills the shadow tables of an empty R*Tree bottom up, which is many times faster than inserting:
 * each run of {@value #CELLS} boxes, in the order they come, is one leaf. Boxes that come in
 * Hilbert order give tight leaves. The layout is that of SQLite's rtree.c: a node is a blob of
 * fixed size, first the depth of the tree (root only) and the number of cells as 16-bit numbers,
 * then cells of one 64-bit id and minx, maxx, miny, maxy as 32-bit floats, all big-endian; the root
 * is node 1.
 */
final class RTreePacker {
  /** Cells of a node: SQLite stops at 51 where a page of 4096 bytes would hold more. */
  static final int CELLS = 51;

  private static final int CELL_BYTES = 24;
  private static final int NODE_BYTES = 4 + CELLS * CELL_BYTES;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private Level nodes = new Level();
  private long nextNode = 2;
  private final byte[] node = new byte[NODE_BYTES];
  private int cells;
  private final float[] box = new float[4];

  /** The nodes of one level with their boxes. */
  private static final class Level {
    long[] ids = new long[64];
    float[] boxes = new float[256];
    int size;

    void add(long id, float[] box) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
        boxes = Arrays.copyOf(boxes, 8 * size);
      }
      ids[size] = id;
      System.arraycopy(box, 0, boxes, 4 * size, 4);
      size++;
    }
  }

  /** Where nodes and rows go; prepared once per transaction's connection. */
  static final class Tables implements AutoCloseable {
    private final PreparedStatement node;
    private final PreparedStatement rowid;
    private final PreparedStatement parent;
    private final PreparedStatement rowids;

    /**
     * Prepares the statements.
     *
     * @param table the features, which are there before their boxes are added
     */
    Tables(Connection connection, String rtree, String table) throws SQLException {
      node = connection.prepareStatement(insert(rtree + "_node"));
      rowid = connection.prepareStatement(insert(rtree + "_rowid"));
      parent = connection.prepareStatement(insert(rtree + "_parent"));
      rowids =
          connection.prepareStatement(
              "INSERT INTO "
                  + Sql.quoted(rtree + "_rowid")
                  + " SELECT fid, ? FROM "
                  + Sql.quoted(table)
                  + " WHERE fid BETWEEN ? AND ?");
    }

    private static String insert(String table) {
      return "INSERT OR REPLACE INTO " + Sql.quoted(table) + " VALUES (?, ?)";
    }

    @Override
    public void close() throws SQLException {
      node.close();
      rowid.close();
      parent.close();
      rowids.close();
    }
  }

  /** Adds one feature's box: minX, minY, maxX, maxY. */
  void add(Tables tables, long id, double minX, double minY, double maxX, double maxY)
      throws SQLException {
    if (cells == CELLS) {
      flushLeaf(tables);
    }
    cell(id, down(minX), up(maxX), down(minY), up(maxY));
  }

  /** Writes the last leaf and all levels above. */
  void finish(Tables tables) throws SQLException {
    if (cells == 0 && nodes.size == 0) {
      return;
    }
    if (nodes.size == 0) {
      // One leaf is the root itself.
      rowids(tables, 1);
      writeRoot(tables, 0);
      return;
    }
    flushLeaf(tables);
    int depth = 1;
    while (nodes.size > CELLS) {
      Level above = new Level();
      for (int i = 0; i < nodes.size; i++) {
        if (cells == CELLS) {
          flush(tables, above);
        }
        parent(tables, nodes.ids[i], nextNode);
        cell(nodes, i);
      }
      flush(tables, above);
      nodes = above;
      depth++;
    }
    for (int i = 0; i < nodes.size; i++) {
      parent(tables, nodes.ids[i], 1);
      cell(nodes, i);
    }
    writeRoot(tables, depth);
  }

  private static void parent(Tables tables, long child, long parent) throws SQLException {
    tables.parent.setLong(1, child);
    tables.parent.setLong(2, parent);
    tables.parent.executeUpdate();
  }

  private void cell(Level level, int i) {
    cell(
        level.ids[i],
        level.boxes[4 * i],
        level.boxes[4 * i + 1],
        level.boxes[4 * i + 2],
        level.boxes[4 * i + 3]);
  }

  private void cell(long id, float minX, float maxX, float minY, float maxY) {
    int at = 4 + cells * CELL_BYTES;
    LONG.set(node, at, id);
    FLOAT.set(node, at + 8, minX);
    FLOAT.set(node, at + 12, maxX);
    FLOAT.set(node, at + 16, minY);
    FLOAT.set(node, at + 20, maxY);
    if (cells == 0) {
      box[0] = minX;
      box[1] = maxX;
      box[2] = minY;
      box[3] = maxY;
    } else {
      box[0] = Math.min(box[0], minX);
      box[1] = Math.max(box[1], maxX);
      box[2] = Math.min(box[2], minY);
      box[3] = Math.max(box[3], maxY);
    }
    cells++;
  }

  private void flushLeaf(Tables tables) throws SQLException {
    if (cells > 0) {
      rowids(tables, nextNode);
      flush(tables, nodes);
    }
  }

  // Which leaf a feature is in: one statement for ids without a gap, which is nearly always.
  private void rowids(Tables tables, long leaf) throws SQLException {
    long first = cellId(0);
    long last = cellId(cells - 1);
    if (last - first == cells - 1) {
      tables.rowids.setLong(1, leaf);
      tables.rowids.setLong(2, first);
      tables.rowids.setLong(3, last);
      tables.rowids.executeUpdate();
      return;
    }
    for (int i = 0; i < cells; i++) {
      tables.rowid.setLong(1, cellId(i));
      tables.rowid.setLong(2, leaf);
      tables.rowid.executeUpdate();
    }
  }

  private long cellId(int i) {
    return (long) LONG.get(node, 4 + i * CELL_BYTES);
  }

  private void flush(Tables tables, Level level) throws SQLException {
    if (cells > 0) {
      level.add(nextNode, box);
      write(tables, nextNode, 0);
      nextNode++;
    }
  }

  private void writeRoot(Tables tables, int depth) throws SQLException {
    write(tables, 1, depth);
  }

  private void write(Tables tables, long number, int depth) throws SQLException {
    SHORT.set(node, 0, (short) depth);
    SHORT.set(node, 2, (short) cells);
    tables.node.setLong(1, number);
    tables.node.setBytes(2, node);
    tables.node.executeUpdate();
    Arrays.fill(node, (byte) 0);
    cells = 0;
  }

  /** The greatest float at or below. */
  static float down(double value) {
    float f = (float) value;
    return f > value ? Math.nextDown(f) : f;
  }

  /** The least float at or above. */
  static float up(double value) {
    float f = (float) value;
    return f < value ? Math.nextUp(f) : f;
  }
}
