package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.MultiPolygon;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;

/**
 * Which task a project deals to somebody who may not choose. It looks random and is not: asked
 * again, it is the same, so that asking often does not help; and who took one is dealt another.
 */
final class Offer {
  private Offer() {}

  static Optional<Integer> of(Connection connection, Project project, String account, long now)
      throws SQLException {
    Map<Integer, Lease> held = LeaseTable.byTask(connection, project.id(), now);
    String areas = project.priorityAreas();
    MultiPolygon first = areas == null ? null : Polygons.parse(areas);
    long deal =
        account.hashCode() * 31L
            + project.id()
            + EventTable.locks(connection, project.id(), account);
    TaskRow best = null;
    boolean isBestFirst = false;
    long bestMark = 0;
    for (TaskRow row : TaskTable.list(connection, project.id())) {
      if (!row.state().isMappable() || held.containsKey(row.id())) {
        continue;
      }
      boolean isFirst = first != null && Polygons.parse(row.geometry()).intersects(first);
      long mark = mixed(deal * 1_000_003 + row.id());
      if (best == null || isFirst && !isBestFirst || isFirst == isBestFirst && mark < bestMark) {
        best = row;
        isBestFirst = isFirst;
        bestMark = mark;
      }
    }
    return Optional.ofNullable(best).map(TaskRow::id);
  }

  // The last step of MurmurHash3: near numbers become far ones.
  private static long mixed(long number) {
    long h = number;
    h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return h ^ h >>> 33;
  }
}
