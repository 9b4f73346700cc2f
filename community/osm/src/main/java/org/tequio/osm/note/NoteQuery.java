package org.tequio.osm.note;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.Box;
import org.tequio.storage.Sql;

/**
 * Which notes are asked for; null where something does not matter. Hidden ones are never told.
 *
 * @param box in which they lie
 * @param closedDays settled ones for so many days after; 0 for open ones only, less for all
 * @param uid about which this person said something
 * @param words that something said of it contains, whatever the case and accents
 * @param from left or last spoken of, as {@code byCreation} says, at this moment or later
 * @param to before this moment
 * @param byCreation in the order in which they were left, else in which they were last spoken of
 * @param oldestFirst else the newest first
 * @param limit at most so many
 */
public record NoteQuery(
    @Nullable Box box,
    int closedDays,
    @Nullable Long uid,
    @Nullable String words,
    @Nullable Instant from,
    @Nullable Instant to,
    boolean byCreation,
    boolean oldestFirst,
    int limit) {
  /** The most that one answer tells. */
  public static final int MOST = 10_000;

  /** The notes, with what was said of them. */
  public List<Note> list(Connection connection, Instant now) throws SQLException {
    StringBuilder where = new StringBuilder("WHERE n.visible = 1");
    List<Object> values = new ArrayList<>();
    if (box != null) {
      where.append(" AND n.lat BETWEEN ? AND ? AND n.lon BETWEEN ? AND ?");
      values.addAll(List.of(box.south(), box.north(), box.west(), box.east()));
    }
    if (closedDays == 0) {
      where.append(" AND n.closed IS NULL");
    } else if (closedDays > 0) {
      where.append(" AND (n.closed IS NULL OR n.closed > ?)");
      values.add(now.minus(Duration.ofDays(closedDays)).getEpochSecond());
    }
    if (uid != null) {
      where.append(" AND n.id IN (SELECT note FROM osm_note_comment WHERE uid = ?)");
      values.add(uid);
    }
    if (words != null) {
      where.append(
          " AND n.id IN (SELECT note FROM osm_note_comment WHERE verb <> 'hidden'"
              + " AND folded LIKE ? ESCAPE '!')");
      values.add('%' + NoteTables.folded(words).replaceAll("[!%_]", "!$0") + '%');
    }
    String moment = byCreation ? "n.created" : "n.updated";
    if (from != null) {
      where.append(" AND ").append(moment).append(" >= ?");
      values.add(from.getEpochSecond());
    }
    if (to != null) {
      where.append(" AND ").append(moment).append(" < ?");
      values.add(to.getEpochSecond());
    }
    String order = oldestFirst ? " ASC" : " DESC";
    values.add(limit);
    List<Note> bare =
        Sql.list(
            connection,
            NoteTables::read,
            NoteTables.SELECT
                + where
                + " ORDER BY "
                + moment
                + order
                + ", n.id"
                + order
                + " LIMIT ?",
            values.toArray());
    List<Note> notes = new ArrayList<>(bare.size());
    for (Note note : bare) {
      notes.add(NoteTables.withComments(connection, note));
    }
    return notes;
  }
}
