package org.tequio.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Bbox;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Field;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.Wkb;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.EditConflict;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;
import org.tequio.storage.StagedLayer;
import org.tequio.storage.Transaction;

/** The inside of one revision, on the writing connection and in its savepoint. */
public final class RevisionTransaction implements Transaction {
  private static final int FEATURES_NAMED = 100;

  private final Connection connection;
  private final Catalog.Known known;
  private final Dialect dialect;
  private final long number;
  private final TreeSet<LayerId> touched = new TreeSet<>();
  private final List<StagedGeneration> published = new ArrayList<>();
  private Catalog catalog;
  private final List<Erasing> erasures = new ArrayList<>();
  private boolean publishedWaiting;

  private RevisionTransaction(
      Connection connection, Catalog.Known known, Catalog catalog, long number) {
    this.connection = connection;
    this.known = known;
    this.dialect = known.dialect();
    this.catalog = catalog;
    this.number = number;
  }

  /** Begins a revision; the triggers write its number from here on. */
  public static RevisionTransaction begin(
      Connection connection, Catalog.Known known, Catalog catalog, Revision.Note note, long now)
      throws SQLException {
    long number = Sql.number(connection, "SELECT COALESCE(MAX(number), 0) + 1 FROM tq_revision");
    Sql.update(
        connection,
        "INSERT INTO tq_revision (number, instant, author, source, message, open)"
            + " VALUES (?, ?, ?, ?, ?, 0)",
        number,
        Math.max(now, Sql.number(connection, "SELECT MAX(instant) FROM tq_revision")),
        note.author(),
        note.source(),
        note.message());
    known.dialect().enter(connection, number);
    return new RevisionTransaction(connection, known, catalog, number);
  }

  /** Goes on with the revision under which edits of another program stand. */
  public static RevisionTransaction adopt(
      Connection connection, Catalog.Known known, Catalog catalog, long number) {
    return new RevisionTransaction(connection, known, catalog, number);
  }

  /** Brings counts, extents and hashes up to date; the triggers write no number from here on. */
  public void end() throws SQLException {
    for (Generation generation : editedGenerations(number)) {
      LayerState.after(connection, dialect, generation, catalog.tableOf(generation), number)
          .write(connection, generation);
      touched.add(generation.layer());
    }
    for (LayerId layer : touched) {
      Sql.update(
          connection,
          "INSERT INTO tq_touch VALUES (?, ?) ON CONFLICT DO NOTHING",
          layer.value(),
          number);
      Optional<Catalog.Period> current = catalog.findCurrent(layer);
      if (current.isPresent()) {
        Generation generation = current.get().generation();
        dialect.describe(
            connection, generation, LayerState.read(connection, generation, number).extent());
      }
    }
    dialect.leave(connection);
    for (Erasing erasure : erasures) {
      erasure.past(connection, catalog, known);
    }
  }

  /** The layers that this revision changed. */
  public TreeSet<LayerId> touched() {
    return touched;
  }

  /** The generations in which it changed features. */
  public List<Generation> edited() throws SQLException {
    return editedGenerations(number);
  }

  /** The table that holds a generation's rows now. */
  public String tableOf(Generation generation) {
    return catalog.tableOf(generation);
  }

  /** Says to the staged layers that they are durable as part of the city. */
  public void confirm() {
    published.forEach(StagedGeneration::markTaken);
  }

  /** True where it made a generation current that was loaded beside it. */
  public boolean hasPublished() {
    return publishedWaiting || !published.isEmpty();
  }

  @Override
  public long revision() {
    return number;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public long lastChange(LayerId layer) {
    return sql(
        () -> {
          Optional<Catalog.Period> current = catalog.findCurrent(layer);
          return current.isEmpty()
              ? 0
              : Math.max(
                  current.get().from(),
                  LayerState.read(connection, current.get().generation(), number).revision());
        });
  }

  @Override
  public void publish(StagedLayer staged) {
    if (!(staged instanceof StagedGeneration load) || !load.isPublishable()) {
      throw new IllegalStateException(
          "layer " + staged.layer() + " is not ready: finish it, and publish it once");
    }
    start(
        load.generation(),
        new LayerState(number, load.count(), load.extent(), load.contentHash()),
        load.lastId());
    published.add(load);
  }

  @Override
  public void publish(AsOf.Waiting version) {
    sql(
        () -> {
          Generation generation = WaitingVersions.get(connection, known, version);
          LayerState was = LayerState.read(connection, generation, WaitingVersions.BEFORE_ANY);
          start(
              generation,
              new LayerState(number, was.features(), was.extent(), was.hash()),
              WaitingVersions.lastId(connection, generation));
          return true;
        });
    publishedWaiting = true;
  }

  private void start(Generation generation, LayerState state, long lastId) {
    sql(
        () -> {
          dialect.beginSwap(connection);
          end(generation.layer());
          Sql.update(
              connection, "UPDATE tq_generation SET published = 1 WHERE id = ?", generation.id());
          state.write(connection, generation);
          start(generation, state.extent());
          dialect.endSwap(connection);
          raiseIds(generation.layer(), lastId);
          return true;
        });
  }

  @Override
  public void withdraw(LayerId layer) {
    current(layer);
    sql(
        () -> {
          dialect.beginSwap(connection);
          end(layer);
          dialect.endSwap(connection);
          changeCatalog();
          return true;
        });
  }

  @Override
  public List<FeatureId> edit(LayerId layer, List<Edit> edits) {
    Catalog.Period period = current(layer);
    return sql(
        () -> {
          Sql.run(connection, "SAVEPOINT edits");
          try {
            List<FeatureId> created = apply(period, edits);
            Sql.run(connection, "RELEASE edits");
            touched.add(layer);
            return created;
          } catch (SQLException | RuntimeException e) {
            Sql.run(connection, "ROLLBACK TO edits");
            Sql.run(connection, "RELEASE edits");
            throw e;
          }
        });
  }

  @Override
  public void erase(LayerId layer, List<FeatureId> features, List<String> fields) {
    Erasing erasure = new Erasing(layer, List.copyOf(features), List.copyOf(fields));
    sql(
        () -> {
          Optional<Catalog.Period> period = catalog.findCurrent(layer);
          if (period.isPresent()) {
            erasure.current(connection, period.get().generation());
          }
          return true;
        });
    touched.add(layer);
    erasures.add(erasure);
  }

  @Override
  public FeatureId nextFeatureId(LayerId layer) {
    return sql(
        () -> {
          long id = dialect.nextId(connection, layer);
          raiseIds(layer, id);
          return new FeatureId(id);
        });
  }

  /** Takes back what a revision did. */
  public void undo(long revision) throws SQLException {
    if (Sql.number(
            connection,
            "SELECT COUNT(*) FROM tq_revision WHERE number = ? AND number < ?",
            revision,
            number)
        == 0) {
      throw new IllegalArgumentException("there is no revision " + revision);
    }
    Catalog before = catalog;
    for (Map.Entry<LayerId, List<Catalog.Period>> entry : before.periods().entrySet()) {
      undoPeriods(entry.getKey(), entry.getValue(), revision);
    }
    for (Generation generation : editedGenerations(revision)) {
      boolean isCurrent =
          catalog
              .findCurrent(generation.layer())
              .filter(period -> period.generation().id() == generation.id())
              .isPresent();
      boolean wentWithItsGeneration =
          before.periods().getOrDefault(generation.layer(), List.of()).stream()
              .anyMatch(
                  period ->
                      period.from() == revision && period.generation().id() == generation.id());
      if (isCurrent) {
        undoRows(generation, revision);
      } else if (!wentWithItsGeneration) {
        throw new EditConflict(generation.layer(), fidsOf(generation, revision));
      }
    }
  }

  private void undoPeriods(LayerId layer, List<Catalog.Period> periods, long revision)
      throws SQLException {
    Optional<Catalog.Period> started =
        periods.stream().filter(period -> period.from() == revision).findFirst();
    Optional<Catalog.Period> ended =
        periods.stream().filter(period -> period.to() == revision).findFirst();
    if (started.isEmpty() && ended.isEmpty()) {
      return;
    }
    boolean later = periods.stream().anyMatch(period -> period.from() > revision);
    boolean endedLater = started.isPresent() && !started.get().isCurrent();
    if (later || endedLater) {
      throw new EditConflict(layer, List.of());
    }
    dialect.beginSwap(connection);
    if (started.isPresent()) {
      List<FeatureId> edited = new ArrayList<>();
      Sql.each(
          connection,
          row -> edited.add(new FeatureId(row.getLong(1))),
          "SELECT DISTINCT fid FROM tq_log WHERE revision > ? AND revision < ? AND generation = ?"
              + " LIMIT "
              + FEATURES_NAMED,
          revision,
          number,
          started.get().generation().id());
      if (!edited.isEmpty()) {
        throw new EditConflict(layer, edited);
      }
      end(layer);
      changeCatalog();
    }
    if (ended.isPresent()) {
      Generation generation = ended.get().generation();
      LayerState was = LayerState.read(connection, generation, number);
      new LayerState(number, was.features(), was.extent(), was.hash())
          .write(connection, generation);
      start(generation, was.extent());
    }
    dialect.endSwap(connection);
  }

  private void undoRows(Generation generation, long revision) throws SQLException {
    String table = Sql.quoted(generation.currentTable());
    String history = generation.historyTable();
    List<FeatureId> conflicts = new ArrayList<>();
    List<FeatureId> features = fidsOf(generation, revision);
    for (FeatureId feature : features) {
      dialect.lock(connection, generation, feature);
    }
    for (FeatureId feature : features) {
      long fid = feature.value();
      boolean lives =
          Sql.number(connection, "SELECT COUNT(*) FROM " + table + " WHERE fid = ?", fid) > 0;
      long lastChange =
          lives
              ? Sql.number(
                  connection,
                  "SELECT revision FROM tq_change WHERE generation = ? AND fid = ?",
                  generation.id(),
                  fid)
              : Sql.number(
                  connection, "SELECT MAX(to_revision) FROM " + history + " WHERE fid = ?", fid);
      boolean hadBefore =
          Sql.number(
                  connection,
                  "SELECT COUNT(*) FROM " + history + " WHERE fid = ? AND to_revision = ?",
                  fid,
                  revision)
              > 0;
      if (lastChange > revision) {
        conflicts.add(feature);
      } else if (lives) {
        restoreOrDelete(generation, fid, revision, hadBefore);
      } else if (hadBefore) {
        Sql.update(
            connection,
            "INSERT INTO "
                + table
                + " ("
                + dialect.columns(generation, "")
                + ") SELECT "
                + dialect.columns(generation, "")
                + " FROM "
                + history
                + " WHERE fid = ? AND to_revision = ?",
            fid,
            revision);
      }
    }
    if (!conflicts.isEmpty()) {
      throw new EditConflict(
          generation.layer(), conflicts.subList(0, Math.min(FEATURES_NAMED, conflicts.size())));
    }
    touched.add(generation.layer());
  }

  private void restoreOrDelete(Generation generation, long fid, long revision, boolean hadBefore)
      throws SQLException {
    String table = Sql.quoted(generation.currentTable());
    if (hadBefore && generation.columnCount() > 1) {
      String content = dialect.columns(generation, "").substring(Generation.FID.length() + 1);
      Sql.update(
          connection,
          "UPDATE "
              + table
              + " SET ("
              + content
              + ") = (SELECT "
              + content
              + " FROM "
              + generation.historyTable()
              + " WHERE fid = ? AND to_revision = ?) WHERE fid = ?",
          fid,
          revision,
          fid);
    } else if (!hadBefore) {
      Sql.update(connection, "DELETE FROM " + table + " WHERE fid = ?", fid);
    }
  }

  private List<FeatureId> fidsOf(Generation generation, long revision) throws SQLException {
    List<FeatureId> features = new ArrayList<>();
    Sql.each(
        connection,
        row -> features.add(new FeatureId(row.getLong(1))),
        "SELECT fid FROM tq_log WHERE revision = ? AND generation = ? ORDER BY fid",
        revision,
        generation.id());
    return features;
  }

  private List<Generation> editedGenerations(long revision) throws SQLException {
    List<Long> ids = new ArrayList<>();
    Sql.each(
        connection,
        row -> ids.add(row.getLong(1)),
        "SELECT DISTINCT generation FROM tq_log WHERE revision = ?",
        revision);
    List<Generation> generations = new ArrayList<>();
    for (long id : ids) {
      generations.add(known.get(connection, id));
    }
    return generations;
  }

  private List<FeatureId> apply(Catalog.Period period, List<Edit> edits) throws SQLException {
    Generation generation = period.generation();
    List<FeatureId> created = new ArrayList<>();
    List<FeatureId> conflicts = new ArrayList<>();
    for (Edit edit : edits) {
      switch (edit) {
        case Edit.Create create -> {
          FeatureId id = nextFeatureId(generation.layer());
          write(generation, insertSql(generation), create.feature(), id);
          created.add(id);
        }
        case Edit.Replace replace -> {
          FeatureId id = replace.after().id();
          if (isStale(period, id, replace.basedOn())) {
            conflicts.add(id);
          } else if (generation.columnCount() > 1) {
            write(generation, updateSql(generation), replace.after(), id);
          }
        }
        case Edit.Delete delete -> {
          if (isStale(period, delete.id(), delete.basedOn())) {
            conflicts.add(delete.id());
          } else {
            Sql.update(
                connection,
                "DELETE FROM " + Sql.quoted(generation.currentTable()) + " WHERE fid = ?",
                delete.id().value());
          }
        }
      }
    }
    if (!conflicts.isEmpty()) {
      throw new EditConflict(generation.layer(), conflicts);
    }
    return created;
  }

  // What this same transaction changed is not stale: later edits of a list build on earlier ones.
  private boolean isStale(Catalog.Period period, FeatureId id, long basedOn) throws SQLException {
    Generation generation = period.generation();
    dialect.lock(connection, generation, id);
    Optional<Long> change =
        Sql.first(
            connection,
            row -> row.getLong(1),
            "SELECT COALESCE(c.revision, 0) FROM "
                + Sql.quoted(generation.currentTable())
                + " AS t LEFT JOIN tq_change AS c ON c.generation = ? AND c.fid = t.fid"
                + " WHERE t.fid = ?",
            generation.id(),
            id.value());
    if (change.isEmpty()) {
      return true;
    }
    long last = Math.max(change.get(), period.from());
    return last > basedOn && last != number;
  }

  private String insertSql(Generation generation) {
    boolean spatial = generation.spatial();
    var geometry = dialect.geometryParameters(generation);
    Collection<String> geometryColumns = spatial ? geometry.keySet() : List.of();
    Collection<String> parameters = spatial ? geometry.values() : List.of();
    return "INSERT INTO "
        + Sql.quoted(generation.currentTable())
        + " ("
        + geometryColumns.stream().map(column -> column + ",").collect(Collectors.joining())
        + String.join(",", generation.columns().stream().map(Sql::quoted).toList())
        + (generation.columns().isEmpty() ? "" : ",")
        + "fid) VALUES ("
        + parameters.stream().map(one -> one + ",").collect(Collectors.joining())
        + "?,".repeat(generation.columns().size())
        + "?)";
  }

  private String updateSql(Generation generation) {
    List<String> changes = new ArrayList<>();
    if (generation.spatial()) {
      dialect
          .geometryParameters(generation)
          .forEach((column, parameter) -> changes.add(column + " = " + parameter));
    }
    generation.columns().forEach(column -> changes.add(Sql.quoted(column) + " = ?"));
    return "UPDATE "
        + Sql.quoted(generation.currentTable())
        + " SET "
        + String.join(", ", changes)
        + " WHERE fid = ?";
  }

  private void write(Generation generation, String sql, Feature feature, FeatureId id)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int p = 1;
      if (generation.spatial()) {
        p = dialect.bindGeometry(statement, p, generation, wkb(generation, feature.geometry()));
      } else if (feature.geometry() != null) {
        throw new IllegalArgumentException(
            "layer " + generation.layer() + " is a plain table, without geometry");
      }
      for (Object value : columnValues(generation, feature)) {
        statement.setObject(p++, value);
      }
      statement.setLong(p, id.value());
      statement.executeUpdate();
    }
  }

  private @Nullable Object[] columnValues(Generation generation, Feature feature) {
    List<Field> fields = generation.schema().fields();
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    feature
        .properties()
        .forEach(
            (name, value) -> {
              int index = generation.schema().indexOf(name);
              if (index < 0) {
                throw new IllegalArgumentException(
                    "layer " + generation.layer() + " has no field '" + name + "'");
              }
              FieldValues.check(fields.get(index), value);
              values[index] = dialect.toColumn(value);
            });
    return values;
  }

  private static byte @Nullable [] wkb(Generation generation, @Nullable Geometry geometry) {
    if (geometry == null) {
      return null;
    }
    byte[] wkb = Wkb.of(geometry);
    GeometryType wanted = generation.schema().geometry();
    if (wanted.union(Wkb.type(wkb, 0)) != wanted) {
      throw new IllegalArgumentException(
          "layer "
              + generation.layer()
              + " holds "
              + wanted.geoPackageName()
              + " but got "
              + geometry.getGeometryType());
    }
    return wkb;
  }

  private Catalog.Period current(LayerId layer) {
    return catalog
        .findCurrent(layer)
        .orElseThrow(() -> new IllegalArgumentException("there is no layer " + layer));
  }

  // The layer's current generation ends with this revision, where there is one.
  private void end(LayerId layer) throws SQLException {
    Optional<Catalog.Period> current = catalog.findCurrent(layer);
    if (current.isEmpty()) {
      return;
    }
    dialect.putAside(connection, current.get().generation());
    if (current.get().from() == number) {
      Sql.update(
          connection,
          "DELETE FROM tq_period WHERE layer = ? AND from_revision = ?",
          layer.value(),
          number);
    } else {
      Sql.update(
          connection,
          "UPDATE tq_period SET to_revision = ? WHERE layer = ? AND to_revision IS NULL",
          number,
          layer.value());
    }
    touched.add(layer);
  }

  private void start(Generation generation, @Nullable Bbox extent) throws SQLException {
    dialect.install(connection, generation, extent);
    Sql.update(
        connection,
        "INSERT INTO tq_period VALUES (?, ?, NULL, ?)",
        generation.layer().value(),
        number,
        generation.id());
    touched.add(generation.layer());
    changeCatalog();
  }

  private void changeCatalog() throws SQLException {
    Sql.update(connection, "UPDATE tq_writer SET catalog = catalog + 1");
    catalog = Catalog.read(connection, known);
  }

  private void raiseIds(LayerId layer, long last) throws SQLException {
    dialect.raiseIds(
        connection,
        layer,
        catalog.findCurrent(layer).map(Catalog.Period::generation).orElse(null),
        last);
  }

  /** Work that speaks SQL. */
  @FunctionalInterface
  private interface SqlWork<T> {
    T run() throws SQLException;
  }

  private <T> T sql(SqlWork<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw dialect.fault(e);
    }
  }
}
