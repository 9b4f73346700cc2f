package org.tequio.osm.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.element.Cells;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementKey;

/** Rows on their way into the tables of a load. Not thread-safe. */
final class LoadBatch {
  static final int ELEMENTS = 100_000;

  private static final long NOWHERE = -1;

  private final long[] keys = new long[ELEMENTS];
  private final long[] cells = new long[ELEMENTS];
  private final byte[][] data = new byte[ELEMENTS][];
  private final Pairs wayNodes = new Pairs();
  private final Pairs members = new Pairs();
  private final Pairs wayCells = new Pairs();
  private int size;

  /** Numbers, two and two. */
  private static final class Pairs {
    private long[] numbers = new long[1024];
    private int size;

    void add(long one, long other) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = one;
      numbers[size++] = other;
    }

    void write(Connection connection, String table) throws SQLException {
      try (BulkRows rows =
          new BulkRows(
              connection, "INSERT INTO " + table + " VALUES", 2, " ON CONFLICT DO NOTHING")) {
        rows.write(
            size / 2,
            (statement, index, parameter) -> {
              statement.setLong(parameter, numbers[2 * index]);
              statement.setLong(parameter + 1, numbers[2 * index + 1]);
            });
      }
      size = 0;
    }
  }

  /** Adds an element; true where the batch is full. */
  boolean add(OsmElement element) {
    keys[size] = ElementKey.of(element);
    cells[size] =
        element.type() == OsmElement.Type.NODE ? Cells.of(element.x(), element.y()) : NOWHERE;
    data[size] = ElementBytes.of(element);
    return ++size == ELEMENTS || wayNodes.size > 20 * ELEMENTS || members.size > 20 * ELEMENTS;
  }

  void addWayNode(long node, long way) {
    wayNodes.add(node, way);
  }

  void addMember(long member, long relation) {
    members.add(member, relation);
  }

  void addWayCell(long cell, long way) {
    wayCells.add(cell, way);
  }

  /** Writes all; returns how many elements were not there. */
  int write(Connection connection) throws SQLException {
    int written;
    try (BulkRows rows =
        new BulkRows(
            connection,
            "INSERT INTO osm_load_element (key, cell, data) VALUES",
            3,
            " ON CONFLICT (key) DO NOTHING")) {
      written =
          rows.write(
              size,
              (statement, index, parameter) -> {
                statement.setLong(parameter, keys[index]);
                if (cells[index] == NOWHERE) {
                  statement.setNull(parameter + 1, Types.BIGINT);
                } else {
                  statement.setLong(parameter + 1, cells[index]);
                }
                statement.setBytes(parameter + 2, data[index]);
              });
    }
    size = 0;
    wayNodes.write(connection, "osm_load_way_node (node, way)");
    members.write(connection, "osm_load_member (member, relation)");
    wayCells.write(connection, "osm_load_way_cell (cell, way)");
    return written;
  }

  int size() {
    return size;
  }
}
