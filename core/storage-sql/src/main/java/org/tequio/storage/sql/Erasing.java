package org.tequio.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.ContentHash;
import org.tequio.storage.Sql;

/**
 * Values that go from everything that a layer is and was: the current table, its history, and every
 * earlier or waiting generation.
 */
record Erasing(LayerId layer, List<FeatureId> features, List<String> fields) {

  /** Empties the values of the newest state; the triggers keep what was, until {@link #past}. */
  void current(Connection connection, Generation generation) throws SQLException {
    empty(connection, generation, generation.currentTable());
  }

  /** Empties what was kept, once counts and hashes of the newest state are written. */
  void past(Connection connection, Catalog catalog, Catalog.Known known) throws SQLException {
    List<Long> generations =
        Sql.list(
            connection,
            row -> row.getLong(1),
            "SELECT id FROM tq_generation WHERE layer = ?",
            layer.value());
    for (long id : generations) {
      Generation generation = known.get(connection, id);
      empty(connection, generation, generation.historyTable());
      String table = catalog.tableOf(generation);
      if (!catalog.isCurrent(generation) && empty(connection, generation, table) > 0) {
        rehash(connection, known.dialect(), generation, table);
      }
    }
  }

  private int empty(Connection connection, Generation generation, String table)
      throws SQLException {
    List<String> columns = columns(generation);
    if (columns.isEmpty()) {
      return 0;
    }
    String set =
        columns.stream().map(name -> Sql.quoted(name) + " = NULL").collect(Collectors.joining(","));
    String any =
        columns.stream()
            .map(name -> Sql.quoted(name) + " IS NOT NULL")
            .collect(Collectors.joining(" OR "));
    int emptied = 0;
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE " + Sql.quoted(table) + " SET " + set + " WHERE fid = ? AND (" + any + ")")) {
      for (FeatureId feature : features) {
        update.setLong(1, feature.value());
        emptied += update.executeUpdate();
      }
    }
    return emptied;
  }

  private List<String> columns(Generation generation) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < generation.columns().size(); i++) {
      String name = generation.schema().fields().get(i).name();
      if (fields.stream().anyMatch(name::equalsIgnoreCase)) {
        columns.add(generation.columns().get(i));
      }
    }
    return columns;
  }

  private static void rehash(
      Connection connection, Dialect dialect, Generation generation, String table)
      throws SQLException {
    ContentHash hash = new ContentHash();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT " + dialect.readColumns(generation, "") + " FROM " + Sql.quoted(table));
        ResultSet rows = query.executeQuery()) {
      TableRow row = dialect.row(generation, rows);
      while (row.next()) {
        hash.add(row.id(), row.wkb(), row.wkbOffset(), row.wkbLength(), row.values());
      }
    }
    LayerState last = LayerState.read(connection, generation, Catalog.OPEN);
    new LayerState(last.revision(), last.features(), last.extent(), hash.toString())
        .write(connection, generation);
  }
}
