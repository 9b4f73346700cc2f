package org.tequio.osm.element;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;

/**
 * Writes many elements in one transaction: rows go to the database in batches, and are all there
 * after {@link #flush}. Not thread-safe.
 */
public final class ElementBatch implements AutoCloseable {
  private static final int ROWS = 2000;

  private final Connection connection;
  private final Table current;
  private final Table past;
  private final Table wayNode;
  private final Table noWayNode;
  private final Table member;
  private final Table noMember;
  private final Table wayCell;
  private final Table noWayCell;
  private final Table edit;

  /** Begins; the connection is inside a transaction. */
  public ElementBatch(Connection connection) {
    this.connection = connection;
    this.current =
        new Table(
            "INSERT INTO osm_element (key, cell, data) VALUES (?, ?, ?)"
                + " ON CONFLICT (key) DO UPDATE SET cell = excluded.cell, data = excluded.data");
    this.past = new Table("INSERT INTO osm_past (key, version, data) VALUES (?, ?, ?)");
    this.wayNode =
        new Table(
            "INSERT INTO osm_way_node (node, way) VALUES (?, ?) ON CONFLICT (node, way) DO NOTHING");
    this.noWayNode = new Table("DELETE FROM osm_way_node WHERE node = ? AND way = ?");
    this.member =
        new Table(
            "INSERT INTO osm_member (member, relation) VALUES (?, ?)"
                + " ON CONFLICT (member, relation) DO NOTHING");
    this.noMember = new Table("DELETE FROM osm_member WHERE member = ? AND relation = ?");
    this.wayCell =
        new Table(
            "INSERT INTO osm_way_cell (cell, way) VALUES (?, ?) ON CONFLICT (cell, way) DO NOTHING");
    this.noWayCell = new Table("DELETE FROM osm_way_cell WHERE cell = ? AND way = ?");
    this.edit =
        new Table(
            "INSERT INTO osm_edit (number, place, changeset, key, version) VALUES (?, ?, ?, ?, ?)");
  }

  /** Rows of one table, on their way. */
  private final class Table {
    private final String sql;
    private @Nullable PreparedStatement statement;
    private int waiting;

    Table(String sql) {
      this.sql = sql;
    }

    PreparedStatement row() throws SQLException {
      if (statement == null) {
        statement = connection.prepareStatement(sql);
      }
      return statement;
    }

    void add(PreparedStatement row) throws SQLException {
      row.addBatch();
      if (++waiting == ROWS) {
        flush();
      }
    }

    void addPair(long one, long other) throws SQLException {
      PreparedStatement row = row();
      row.setLong(1, one);
      row.setLong(2, other);
      add(row);
    }

    void flush() throws SQLException {
      if (statement != null && waiting > 0) {
        statement.executeBatch();
        waiting = 0;
      }
    }

    void close() throws SQLException {
      if (statement != null) {
        statement.close();
      }
    }
  }

  /** Makes this the present state of an element; who uses whom is told apart. */
  public void put(OsmElement element) throws SQLException {
    PreparedStatement row = current.row();
    row.setLong(1, ElementKey.of(element));
    if (element.type() == Type.NODE && element.meta().visible()) {
      row.setLong(2, Cells.of(element.x(), element.y()));
    } else {
      row.setNull(2, Types.BIGINT);
    }
    row.setBytes(3, ElementBytes.of(element));
    current.add(row);
  }

  /** Keeps a version that was replaced. */
  public void putPast(OsmElement element) throws SQLException {
    PreparedStatement row = past.row();
    row.setLong(1, ElementKey.of(element));
    row.setInt(2, element.meta().version());
    row.setBytes(3, ElementBytes.of(element));
    past.add(row);
  }

  /** An element, by its key, has begun to be used by a way or relation. */
  public void use(long key, Type user, long id) throws SQLException {
    if (user == Type.WAY) {
      wayNode.addPair(ElementKey.id(key), id);
    } else {
      member.addPair(key, id);
    }
  }

  /** It is used no more. */
  public void unuse(long key, Type user, long id) throws SQLException {
    if (user == Type.WAY) {
      noWayNode.addPair(ElementKey.id(key), id);
    } else {
      noMember.addPair(key, id);
    }
  }

  /** A way has a node in a cell now. */
  public void enter(long cell, long way) throws SQLException {
    wayCell.addPair(cell, way);
  }

  /** It has none there any more. */
  public void leave(long cell, long way) throws SQLException {
    noWayCell.addPair(cell, way);
  }

  /** Writes down that a version was made. */
  public void log(long number, int place, OsmElement element) throws SQLException {
    PreparedStatement row = edit.row();
    row.setLong(1, number);
    row.setInt(2, place);
    row.setLong(3, element.meta().changeset());
    row.setLong(4, ElementKey.of(element));
    row.setInt(5, element.meta().version());
    edit.add(row);
  }

  /** Sends what waits: what ends before what begins. */
  public void flush() throws SQLException {
    for (Table table :
        new Table[] {
          current, past, noWayNode, wayNode, noMember, member, noWayCell, wayCell, edit
        }) {
      table.flush();
    }
  }

  @Override
  public void close() throws SQLException {
    for (Table table :
        new Table[] {
          current, past, noWayNode, wayNode, noMember, member, noWayCell, wayCell, edit
        }) {
      table.close();
    }
  }
}
