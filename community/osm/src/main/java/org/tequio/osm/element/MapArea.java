package org.tequio.osm.element;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;

/**
 * Everything that somebody needs who edits a box: the nodes in it, the ways through them with all
 * their nodes, the relations that any of these are members of, and the relations around those.
 * Belongs to one reading of the database.
 */
public final class MapArea {
  private static final int RANGES = 128;

  // Compared tens of thousands of times an answer, so without the detour of comparingLong.
  private static final Comparator<StoredElement> BY_KEY =
      (one, other) -> Long.compare(one.key(), other.key());

  private final Connection connection;
  private final Box box;
  private final int mostNodes;
  private final List<StoredElement> found = new ArrayList<>();
  private final LongSet nodes = new LongSet();

  private MapArea(Connection connection, Box box, int mostNodes) {
    this.connection = connection;
    this.box = box;
    this.mostNodes = mostNodes;
  }

  /**
   * Gathers it, in the order of files; nothing where the box has more nodes than that.
   *
   * @param mostNodes inside the box
   */
  public static Optional<List<StoredElement>> read(Connection connection, Box box, int mostNodes)
      throws SQLException {
    MapArea area = new MapArea(connection, box, mostNodes);
    long[] ranges = Cells.ranges(box, RANGES);
    if (!area.addNodes(ranges)) {
      return Optional.empty();
    }
    if (area.nodes.size() > 0) {
      area.addWays(ranges);
      area.found.sort(BY_KEY);
      area.addRelations();
    }
    return Optional.of(area.found);
  }

  private boolean addNodes(long[] ranges) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT key, data FROM osm_element WHERE cell BETWEEN ? AND ?")) {
      for (int i = 0; i < ranges.length; i += 2) {
        query.setLong(1, ranges[i]);
        query.setLong(2, ranges[i + 1]);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            StoredElement node = new StoredElement(rows.getLong(1), rows.getBytes(2));
            if (isInside(node)) {
              found.add(node);
              nodes.add(node.key());
              if (found.size() > mostNodes) {
                return false;
              }
            }
          }
        }
      }
    }
    return true;
  }

  private boolean isInside(StoredElement node) {
    ElementCursor in = node.cursor();
    for (int i = 0; i < 5; i++) {
      in.number();
    }
    int lon = (int) in.signed();
    return box.has(lon, (int) in.signed());
  }

  private void addWays(long[] ranges) throws SQLException {
    LongSet near = new LongSet();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT way FROM osm_way_cell WHERE cell BETWEEN ? AND ?")) {
      for (int i = 0; i < ranges.length; i += 2) {
        query.setLong(1, ranges[i]);
        query.setLong(2, ranges[i + 1]);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            near.add(ElementKey.of(Type.WAY, rows.getLong(1)));
          }
        }
      }
    }
    LongSet outside = new LongSet();
    for (StoredElement way : Elements.stored(connection, near.sorted())) {
      long[] refs = refs(way);
      if (Arrays.stream(refs).anyMatch(nodes::has)) {
        found.add(way);
        for (long ref : refs) {
          if (!nodes.has(ref)) {
            outside.add(ref);
          }
        }
      }
    }
    found.addAll(Elements.stored(connection, outside.sorted()));
  }

  /** The keys of a way's nodes, which are their ids. */
  private static long[] refs(StoredElement way) {
    ElementCursor in = way.cursor();
    for (int i = 0; i < 5; i++) {
      in.number();
    }
    long[] refs = new long[in.integer()];
    long ref = 0;
    for (int i = 0; i < refs.length; i++) {
      ref += in.signed();
      refs[i] = ElementKey.of(Type.NODE, ref);
    }
    return refs;
  }

  private void addRelations() throws SQLException {
    LongSet known = new LongSet();
    long[] members = found.stream().mapToLong(StoredElement::key).toArray();
    // Relations around the elements, and then around these once.
    for (int step = 0; step < 2; step++) {
      LongSet around = new LongSet();
      for (long relation : Elements.relationsAround(connection, members)) {
        if (known.add(relation)) {
          around.add(relation);
        }
      }
      members = around.sorted();
    }
    List<StoredElement> relations = Elements.stored(connection, known.sorted());
    relations.sort(BY_KEY);
    found.addAll(relations);
  }
}
