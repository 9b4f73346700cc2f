package org.tequio.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;

/**
 * Carries the database of a city into another store: every revision, every generation of every
 * layer with its history, the versions that wait, and the tables of modules, from one consistent
 * state. Blobs and audit log are files, and not its business.
 */
public final class CityCopy {
  /**
   * Tables of the model that are the same in every store, in the order in which they are filled.
   */
  private static final List<String> MODEL =
      List.of(
          "tq_revision",
          "tq_touch",
          "tq_change",
          "tq_log",
          "tq_state",
          "tq_code",
          "tq_migration",
          "tq_table");

  private static final int ROWS_AT_ONCE = 1000;

  private final SqlCityStore from;
  private final SqlCityStore to;
  private final Progress progress;

  private CityCopy(SqlCityStore from, SqlCityStore to, Progress progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /**
   * Fills an empty city.
   *
   * @param blobs the hashes of the blobs that both have
   * @return the content hash, which both have when this returns
   * @throws StoreFault when the copy is not the same; it must not be used
   */
  public static String copy(
      SqlCityStore from, SqlCityStore to, List<String> blobs, Progress progress) {
    from.features().headRevision(); // Takes up what other programs wrote.
    CityCopy copy = new CityCopy(from, to, progress);
    String before = from.tables().read(view -> copy.all(view, blobs));
    String after = to.contentHash(blobs);
    if (!after.equals(before)) {
      throw new StoreFault(
          "the copy is not what it was made from: its content hash is "
              + after
              + ", not "
              + before);
    }
    if (!from.contentHash(blobs).equals(before)) {
      throw new StoreFault("the city was edited while it was copied; do it again");
    }
    return before;
  }

  private String all(TableFeatures.View view, List<String> blobs) throws SQLException {
    Connection source = view.connection();
    List<Long> generations =
        Sql.list(source, row -> row.getLong(1), "SELECT id FROM tq_generation ORDER BY id");
    Map<Long, Generation> made = new TreeMap<>();
    for (long id : generations) {
      progress.check();
      Generation generation = from.known().get(source, id);
      Generation copied = makeGeneration(source, generation);
      made.put(id, copied);
      rows(view, generation, copied);
      history(source, generation, copied);
    }
    to.writer()
        .transaction(
            target -> {
              for (String table : ModuleTables.list(source, from.dialect())) {
                for (String statement : from.dialect().statementsOf(source, table)) {
                  Sql.run(target, statement);
                }
                to.dialect().finishModuleTable(target, table);
                table(source, target, table);
              }
              for (String table : MODEL) {
                table(source, target, table);
              }
              installAll(view, target, made);
              return true;
            });
    return CityHash.of(source, from.dialect(), view.catalog(), blobs);
  }

  // ---- layers

  private Generation makeGeneration(Connection source, Generation generation) throws SQLException {
    List<String> columns = Generation.columnsOf(generation.schema(), to.dialect());
    Generation copied =
        new Generation(
            generation.id(),
            generation.layer(),
            generation.schema(),
            generation.crs(),
            columns,
            to.dialect().liveTable(generation.layer(), generation.id()));
    return to.writer()
        .transaction(
            target -> {
              table(source, target, "tq_generation", " WHERE id = " + generation.id());
              table(source, target, "tq_field", " WHERE generation = " + generation.id());
              for (int i = 0; i < columns.size(); i++) {
                Sql.update(
                    target,
                    "UPDATE tq_field SET column_name = ? WHERE generation = ? AND position = ?",
                    columns.get(i),
                    generation.id(),
                    i);
              }
              to.dialect().create(target, copied);
              return copied;
            });
  }

  private void rows(TableFeatures.View view, Generation generation, Generation copied)
      throws SQLException {
    Connection source = view.connection();
    String table = view.catalog().tableOf(generation);
    String layer = generation.layer().value();
    LayerState state = LayerState.read(source, generation, Catalog.OPEN);
    StagedGeneration load = to.load(copied);
    try (PreparedStatement query =
        source.prepareStatement(
            "SELECT "
                + from.dialect().readColumns(generation, "t.")
                + " FROM "
                + Sql.quoted(table)
                + " AS t ORDER BY t.fid")) {
      query.setFetchSize(ROWS_AT_ONCE);
      double[] nowhere = new double[4];
      Arrays.fill(nowhere, Double.NaN);
      try (ResultSet rows = query.executeQuery()) {
        TableRow row = from.dialect().row(generation, rows);
        for (long n = 0; row.next(); n++) {
          if (n % ROWS_AT_ONCE == 0) {
            progress.check();
            progress.step(layer, n, state.features());
          }
          double[] envelope = row.envelope();
          load.add(row.id(), row.exactWkb(), envelope == null ? nowhere : envelope, row.values());
        }
      }
      load.finish();
      if (!load.contentHash().equals(state.hash())) {
        throw new StoreFault(
            "layer "
                + layer
                + " (generation "
                + generation.id()
                + ") is not what was written; verify the city first");
      }
      load.markTaken();
    } finally {
      load.close();
    }
  }

  private void history(Connection source, Generation generation, Generation copied)
      throws SQLException {
    Dialect target = to.dialect();
    List<String> columns = new ArrayList<>(List.of(Generation.FID));
    List<String> parameters = new ArrayList<>(List.of("?"));
    if (copied.spatial()) {
      columns.addAll(target.geometryParameters(copied).keySet());
      parameters.addAll(target.geometryParameters(copied).values());
    }
    copied.columns().forEach(column -> columns.add(Sql.quoted(column)));
    columns.addAll(List.of("from_revision", "to_revision"));
    parameters.addAll(Collections.nCopies(copied.columns().size() + 2, "?"));
    String insert =
        "INSERT INTO "
            + copied.historyTable()
            + " ("
            + String.join(", ", columns)
            + ") VALUES ("
            + String.join(", ", parameters)
            + ")";
    try (PreparedStatement query =
        source.prepareStatement(
            "SELECT "
                + from.dialect().readColumns(generation, "h.")
                + ", h.from_revision, h.to_revision FROM "
                + generation.historyTable()
                + " AS h ORDER BY h.fid, h.to_revision")) {
      query.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = query.executeQuery()) {
        TableRow row = from.dialect().row(generation, rows);
        boolean more = row.next();
        while (more) {
          progress.check();
          more =
              to.writer()
                  .transaction(
                      connection -> {
                        try (PreparedStatement statement = connection.prepareStatement(insert)) {
                          return insertSome(statement, rows, row, copied);
                        }
                      });
        }
      }
    }
  }

  // True where there are more.
  private boolean insertSome(
      PreparedStatement insert, ResultSet rows, TableRow row, Generation copied)
      throws SQLException {
    boolean more = true;
    int range = copied.columnCount() + 1;
    for (int n = 0; more && n < ROWS_AT_ONCE; n++) {
      int p = 1;
      insert.setLong(p++, row.id());
      if (copied.spatial()) {
        p = to.dialect().bindGeometry(insert, p, copied, row.exactWkb());
      }
      for (Object value : row.values()) {
        insert.setObject(p++, to.dialect().toColumn(value));
      }
      insert.setLong(p++, rows.getLong(range));
      insert.setLong(p, rows.getLong(range + 1));
      insert.addBatch();
      more = row.next();
    }
    insert.executeBatch();
    return more;
  }

  private void installAll(TableFeatures.View view, Connection target, Map<Long, Generation> made)
      throws SQLException {
    Dialect dialect = to.dialect();
    dialect.beginSwap(target);
    for (Catalog.Period period : view.catalog().listCurrent()) {
      Generation generation = period.generation();
      Generation copied = made.get(generation.id());
      if (copied != null) {
        dialect.install(
            target, copied, LayerState.read(view.connection(), generation, Catalog.OPEN).extent());
      }
    }
    table(view.connection(), target, "tq_period");
    dialect.endSwap(target);
    for (String layer :
        Sql.list(view.connection(), row -> row.getString(1), "SELECT layer FROM tq_sequence")) {
      LayerId id = new LayerId(layer);
      Optional<Catalog.Period> current = view.catalog().findCurrent(id);
      dialect.raiseIds(
          target,
          id,
          current.map(period -> made.get(period.generation().id())).orElse(null),
          from.dialect().lastId(view.connection(), id));
    }
    Sql.update(target, "UPDATE tq_writer SET catalog = ?", view.catalog().version() + 1);
    dialect.finishCopy(target);
  }

  // ---- plain tables

  private void table(Connection source, Connection target, String table) throws SQLException {
    table(source, target, table, "");
  }

  private void table(Connection source, Connection target, String table, String where)
      throws SQLException {
    progress.step(table, 0, 0);
    if (where.isEmpty()) {
      Sql.run(target, "DELETE FROM " + Sql.quoted(table));
    }
    try (PreparedStatement query =
        source.prepareStatement("SELECT * FROM " + Sql.quoted(table) + where)) {
      query.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = query.executeQuery();
          PreparedStatement insert = target.prepareStatement(insert(table, rows.getMetaData()))) {
        int columns = rows.getMetaData().getColumnCount();
        for (int n = 1; rows.next(); n++) {
          for (int i = 1; i <= columns; i++) {
            @Nullable Object value = rows.getObject(i);
            insert.setObject(i, value);
          }
          insert.addBatch();
          if (n % ROWS_AT_ONCE == 0) {
            progress.check();
            insert.executeBatch();
          }
        }
        insert.executeBatch();
      }
    }
  }

  private static String insert(String table, ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(Sql.quoted(columns.getColumnName(i)));
    }
    return "INSERT INTO "
        + Sql.quoted(table)
        + " ("
        + String.join(", ", names)
        + ") VALUES (?"
        + ", ?".repeat(names.size() - 1)
        + ")";
  }
}
