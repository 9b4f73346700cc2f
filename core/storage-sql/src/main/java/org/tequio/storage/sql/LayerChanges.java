package org.tequio.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureId;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Sql;

/** What changed in one generation between two revisions. */
record LayerChanges(
    Dialect dialect, TableFeatures.View view, Generation generation, long after, long upTo) {

  private static final String LOGGED =
      " WHERE l.revision > ? AND l.revision <= ? AND l.generation = ?";

  /** By id; empty where they are more than so many. */
  Optional<List<FeatureStore.Change>> list(int most) throws SQLException {
    Map<Long, Long> last = new TreeMap<>();
    PreparedStatement log =
        prepare(
            "SELECT l.fid, MAX(l.revision) FROM tq_log AS l" + LOGGED + " GROUP BY l.fid LIMIT ?");
    log.setLong(4, most + 1L);
    try (ResultSet rows = log.executeQuery()) {
      while (rows.next()) {
        last.put(rows.getLong(1), rows.getLong(2));
      }
    }
    if (last.size() > most) {
      return Optional.empty();
    }
    Map<Long, List<Bbox>> places = new TreeMap<>();
    if (generation.spatial() && !last.isEmpty()) {
      String logged = " AS t WHERE t.fid IN (SELECT l.fid FROM tq_log AS l" + LOGGED + ")";
      places(prepare(select(view.catalog().tableOf(generation)) + logged), places);
      // What ended after the earlier revision was there then or came later.
      PreparedStatement history =
          prepare(select(generation.historyTable()) + logged + " AND t.to_revision > ?");
      history.setLong(4, after);
      places(history, places);
    }
    List<FeatureStore.Change> changes = new ArrayList<>();
    last.forEach(
        (fid, revision) ->
            changes.add(
                new FeatureStore.Change(
                    new FeatureId(fid), revision, places.getOrDefault(fid, List.of()))));
    return Optional.of(changes);
  }

  private String select(String table) {
    return "SELECT " + dialect.readColumns(generation, "t.") + " FROM " + Sql.quoted(table);
  }

  private void places(PreparedStatement query, Map<Long, List<Bbox>> places) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      TableRow row = dialect.row(generation, rows);
      while (row.next()) {
        double[] e = row.envelope();
        if (e != null) {
          places
              .computeIfAbsent(row.id(), fid -> new ArrayList<>())
              .add(new Bbox(e[0], e[1], e[2], e[3]));
        }
      }
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = view.reader().prepare(sql);
    statement.setLong(1, after);
    statement.setLong(2, upTo);
    statement.setLong(3, generation.id());
    return statement;
  }
}
