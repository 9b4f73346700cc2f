package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tequio.procedure.WriteBack.Change;
import org.tequio.procedure.writeback.MapLine;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** Keeps what decisions changed on the map, and which keys came of which. Thread-safe. */
final class MapTables {
  private static final int MOST_KEYS = 1000;
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE procedure_map_line (case_id TEXT NOT NULL, version BIGINT NOT NULL,"
                      + " line INTEGER NOT NULL, revision BIGINT NOT NULL, document TEXT NOT NULL,"
                      + " PRIMARY KEY (case_id, version, line))",
                  "CREATE TABLE procedure_successor (layer TEXT NOT NULL, old_key TEXT NOT NULL,"
                      + " new_key TEXT NOT NULL, revision BIGINT NOT NULL, case_id TEXT NOT NULL,"
                      + " PRIMARY KEY (layer, old_key, new_key))")));

  private final Database database;

  MapTables(Database database) {
    this.database = database;
    database.migrate("procedure_map", MIGRATIONS);
  }

  /**
   * What one decision did.
   *
   * @param revision in which; 0 where nothing was changed
   */
  record Written(long revision, MapLine line) {}

  /** What the decisions of a case did, in their order. */
  List<Written> list(String id) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                MapTables::written,
                "SELECT revision, document FROM procedure_map_line WHERE case_id = ?"
                    + " ORDER BY version, line",
                id));
  }

  private static Written written(ResultSet row) throws SQLException {
    return new Written(row.getLong(1), CaseJson.readLine(row.getString(2)));
  }

  static void insert(Connection connection, CaseFile file, long revision, List<MapLine> lines)
      throws SQLException {
    for (int i = 0; i < lines.size(); i++) {
      MapLine line = lines.get(i);
      Sql.update(
          connection,
          "INSERT INTO procedure_map_line (case_id, version, line, revision, document)"
              + " VALUES (?, ?, ?, ?, ?)",
          file.id(),
          file.version(),
          i,
          line.isMade() ? revision : 0,
          CaseJson.write(line));
      if (line.back().change() == Change.SPLIT || line.back().change() == Change.MERGE) {
        insertSuccessors(connection, file, revision, line);
      }
    }
  }

  private static void insertSuccessors(
      Connection connection, CaseFile file, long revision, MapLine line) throws SQLException {
    for (MapLine.Ref old : line.before()) {
      for (MapLine.Ref made : line.after()) {
        if (old.key() != null && made.key() != null) {
          Sql.update(
              connection,
              "INSERT INTO procedure_successor (layer, old_key, new_key, revision, case_id)"
                  + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
              line.layer(),
              old.key(),
              made.key(),
              revision,
              file.id());
        }
      }
    }
  }

  /** The keys that came of a key, through however many decisions; empty where none did. */
  List<String> successors(String layer, String key) {
    return database.read(
        connection -> {
          Set<String> seen = new LinkedHashSet<>(List.of(key));
          List<String> last = new ArrayList<>();
          Deque<String> open = new ArrayDeque<>(seen);
          while (!open.isEmpty() && seen.size() < MOST_KEYS) {
            String old = open.remove();
            List<String> next =
                Sql.list(
                    connection,
                    row -> row.getString(1),
                    "SELECT new_key FROM procedure_successor WHERE layer = ? AND old_key = ?"
                        + " ORDER BY new_key",
                    layer,
                    old);
            if (next.isEmpty() && !old.equals(key)) {
              last.add(old);
            }
            next.stream().filter(seen::add).forEach(open::add);
          }
          return last;
        });
  }
}
