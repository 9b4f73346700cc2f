package org.tequio.osm.changeset;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.Box;
import org.tequio.osm.Changeset;
import org.tequio.storage.Sql;

/**
 * Which changesets are asked for; null where something does not matter.
 *
 * @param uid of whose
 * @param box that they touch
 * @param closedAfter or still open
 * @param createdBefore opened before this
 * @param from opened at this moment or later
 * @param to opened before this moment
 * @param open only open ones, or only closed ones
 * @param ids only of these
 * @param oldestFirst else the newest first
 * @param limit at most so many
 */
public record ChangesetQuery(
    @Nullable Long uid,
    @Nullable Box box,
    @Nullable Instant closedAfter,
    @Nullable Instant createdBefore,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Boolean open,
    @Nullable List<Long> ids,
    boolean oldestFirst,
    int limit) {

  /** The changesets. */
  public List<Changeset> list(Connection connection, Instant now) throws SQLException {
    StringBuilder where = new StringBuilder("WHERE 1 = 1");
    List<Object> values = new ArrayList<>();
    add(where, values, "c.uid = ?", uid);
    add(where, values, "c.closes >= ?", seconds(closedAfter));
    add(where, values, "c.created < ?", seconds(createdBefore));
    add(where, values, "c.created >= ?", seconds(from));
    add(where, values, "c.created < ?", seconds(to));
    if (open != null) {
      add(
          where,
          values,
          open
              ? "c.closes > ? AND c.changes <= " + Changeset.MOST_CHANGES
              : "(c.closes <= ? OR c.changes > " + Changeset.MOST_CHANGES + ")",
          now.getEpochSecond());
    }
    if (box != null) {
      add(where, values, "c.west <= ?", box.east());
      add(where, values, "c.east >= ?", box.west());
      add(where, values, "c.south <= ?", box.north());
      add(where, values, "c.north >= ?", box.south());
    }
    if (ids != null) {
      where.append(" AND c.id IN (-1").append(", ?".repeat(ids.size())).append(')');
      values.addAll(ids);
    }
    String order = oldestFirst ? "ASC" : "DESC";
    values.add(limit);
    return Sql.list(
        connection,
        ChangesetTables::read,
        ChangesetTables.SELECT
            + where
            + " ORDER BY c.created "
            + order
            + ", c.id "
            + order
            + " LIMIT ?",
        values.toArray());
  }

  private static @Nullable Long seconds(@Nullable Instant moment) {
    return moment == null ? null : moment.getEpochSecond();
  }

  private static void add(
      StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
    if (value != null) {
      where.append(" AND ").append(condition);
      values.add(value);
    }
  }
}
