package org.tequio.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Bbox;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.StoredLayer;

/** Reads layers from their tables; the past from their history tables. */
public final class TableFeatures implements FeatureStore {
  private final Readers readers;
  private final Dialect dialect;
  private final Catalog.Known known;
  private final Runnable adoptOutsideEdits;
  private volatile Catalog catalog;

  /** Reads by way of some connections. */
  public TableFeatures(
      Readers readers, Catalog.Known known, Catalog catalog, Runnable adoptOutsideEdits) {
    this.readers = readers;
    this.dialect = known.dialect();
    this.known = known;
    this.catalog = catalog;
    this.adoptOutsideEdits = adoptOutsideEdits;
  }

  /** One consistent state to read from. */
  public record View(Readers.Reader reader, Catalog catalog, long head, boolean outside) {
    /** The connection. */
    public Connection connection() {
      return reader.connection();
    }
  }

  /** Reads from a view. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Does it; must not keep the view. */
    T from(View view) throws SQLException;
  }

  /** Reads from one consistent state, after taking up what GIS tools wrote. */
  public <T> T read(Reading<T> reading) {
    try (Readers.Reader reader = readers.take()) {
      try {
        Readers.Probe probe = reader.begin();
        if (probe.outside()) {
          reader.end();
          adoptOutsideEdits.run();
          probe = reader.begin();
        }
        T result =
            reading.from(new View(reader, catalog(reader, probe), probe.head(), probe.outside()));
        reader.end();
        return result;
      } catch (SQLException e) {
        reader.markBroken();
        throw dialect.fault(e);
      } catch (RuntimeException | Error e) {
        endAfter(reader, e);
        throw e;
      }
    }
  }

  private static void endAfter(Readers.Reader reader, Throwable e) {
    try {
      reader.end();
    } catch (SQLException again) {
      e.addSuppressed(again);
      reader.markBroken();
    }
  }

  private Catalog catalog(Readers.Reader reader, Readers.Probe probe) throws SQLException {
    Catalog last = catalog;
    if (last.version() != probe.catalog()) {
      last = Catalog.read(reader.connection(), known);
      catalog = last;
    }
    return last;
  }

  /**
   * The catalog that the writing connection sees. It is not remembered: what is not committed yet
   * may never be, and another change would then get the same version.
   */
  public Catalog catalogOf(Connection connection) throws SQLException {
    Catalog last = catalog;
    return last.version() == Sql.number(connection, "SELECT catalog FROM tq_writer")
        ? last
        : Catalog.read(connection, known);
  }

  /** Remembers the catalog that was just committed. */
  public void remember(Connection connection) throws SQLException {
    catalog = catalogOf(connection);
  }

  @Override
  public List<StoredLayer> listLayers() {
    return read(
        view -> {
          List<StoredLayer> layers = new ArrayList<>();
          for (Catalog.Period period : view.catalog().listCurrent()) {
            layers.add(describe(view, period, view.head()));
          }
          return layers;
        });
  }

  @Override
  public Optional<StoredLayer> findLayer(LayerId layer) {
    return findLayer(layer, AsOf.NOW);
  }

  @Override
  public Optional<StoredLayer> findLayer(LayerId layer, AsOf asOf) {
    return read(
        view -> {
          long revision = revision(view, asOf);
          Optional<Catalog.Period> period = findPeriod(view, layer, asOf, revision);
          return period.isEmpty()
              ? Optional.empty()
              : Optional.of(describe(view, period.get(), revision));
        });
  }

  private static StoredLayer describe(View view, Catalog.Period period, long revision)
      throws SQLException {
    Generation generation = period.generation();
    LayerState state = LayerState.read(view.connection(), generation, revision);
    return new StoredLayer(
        generation.layer(),
        generation.schema(),
        generation.crs(),
        state.features(),
        state.extent(),
        Math.max(state.revision(), period.from()),
        state.hash());
  }

  @Override
  public Optional<Feature> findFeature(LayerId layer, FeatureId feature, AsOf asOf) {
    return read(
        view -> {
          long revision = revision(view, asOf);
          Optional<Catalog.Period> period = findPeriod(view, layer, asOf, revision);
          return period.isEmpty()
              ? Optional.empty()
              : featureAt(view, period.get(), feature, revision);
        });
  }

  private Optional<Feature> featureAt(
      View view, Catalog.Period period, FeatureId feature, long revision) throws SQLException {
    Generation generation = period.generation();
    PreparedStatement current =
        view.reader()
            .prepare(
                "SELECT "
                    + dialect.readColumns(generation, "t.")
                    + " FROM "
                    + Sql.quoted(view.catalog().tableOf(generation))
                    + " AS t WHERE t.fid = ?"
                    + UNCHANGED_SINCE);
    current.setLong(1, feature.value());
    current.setLong(2, generation.id());
    current.setLong(3, revision);
    try (ResultSet rows = current.executeQuery()) {
      TableRow row = dialect.row(generation, rows);
      if (row.next()) {
        return Optional.of(row.toFeature());
      }
    }
    PreparedStatement past =
        view.reader()
            .prepare(
                "SELECT "
                    + dialect.readColumns(generation, "h.")
                    + " FROM "
                    + generation.historyTable()
                    + " AS h WHERE h.fid = ? AND h.from_revision <= ? AND h.to_revision > ?");
    past.setLong(1, feature.value());
    past.setLong(2, revision);
    past.setLong(3, revision);
    try (ResultSet rows = past.executeQuery()) {
      TableRow row = dialect.row(generation, rows);
      return row.next() ? Optional.of(row.toFeature()) : Optional.empty();
    }
  }

  private static final String UNCHANGED_SINCE =
      " AND NOT EXISTS (SELECT 1 FROM tq_change AS c WHERE c.generation = ? AND c.fid = t.fid"
          + " AND c.revision > ?)";

  @Override
  public long scan(LayerId layer, FeatureQuery query, RowVisitor visitor) {
    return read(view -> scan(view, layer, query, visitor));
  }

  private long scan(View view, LayerId layer, FeatureQuery query, RowVisitor visitor)
      throws SQLException {
    long revision = revision(view, query.asOf());
    Catalog.Period period = period(view, layer, query.asOf(), revision);
    checkFields(period.generation(), query);
    // What another program wrote is part of the city once a revision has taken it up.
    boolean past = view.outside() || hasChangedSince(view, period.generation(), revision);
    if (query.limit() <= 0) {
      return 0;
    }
    try (Cursor current = Cursor.current(dialect, view, period, query, revision, past);
        Cursor history = past ? Cursor.past(dialect, view, period, query, revision) : null) {
      return merge(current, history, query.limit(), visitor);
    }
  }

  private static boolean hasChangedSince(View view, Generation generation, long revision)
      throws SQLException {
    PreparedStatement last =
        view.reader().prepare("SELECT MAX(revision) FROM tq_state WHERE generation = ?");
    last.setLong(1, generation.id());
    try (ResultSet row = last.executeQuery()) {
      return row.next() && row.getLong(1) > revision;
    }
  }

  // Both cursors come in the order of ids, and no id is in both.
  private static long merge(
      Cursor current, @Nullable Cursor history, long limit, RowVisitor visitor)
      throws SQLException {
    long passed = 0;
    TableRow a = current.next();
    TableRow b = history == null ? null : history.next();
    while ((a != null || b != null) && passed < limit) {
      boolean takeFirst = b == null || (a != null && a.id() < b.id());
      TableRow row = Objects.requireNonNull(takeFirst ? a : b);
      passed++;
      if (!visitor.visit(row)) {
        break;
      }
      if (takeFirst) {
        a = current.next();
      } else if (history != null) {
        b = history.next();
      }
    }
    return passed;
  }

  @Override
  public long count(LayerId layer, FeatureQuery query) {
    return read(
        view -> {
          long revision = revision(view, query.asOf());
          Catalog.Period period = period(view, layer, query.asOf(), revision);
          if (query.bbox() == null && query.equal().isEmpty() && query.after() <= 0) {
            return LayerState.read(view.connection(), period.generation(), revision).features();
          }
          return scan(view, layer, query.page(0, Long.MAX_VALUE), row -> true);
        });
  }

  @Override
  public Optional<List<Change>> findChanges(LayerId layer, long after, long upTo, int most) {
    return read(
        view -> {
          Optional<Catalog.Period> period = view.catalog().find(layer, upTo);
          return period.isEmpty() || period.get().from() > after
              ? Optional.empty()
              : new LayerChanges(dialect, view, period.get().generation(), after, upTo).list(most);
        });
  }

  @Override
  public long headRevision() {
    return read(View::head);
  }

  @Override
  public List<Revision> listRevisions(Optional<LayerId> layer, int limit) {
    return read(
        view -> {
          List<Revision> revisions = new ArrayList<>();
          String columns = "SELECT r.number, r.instant, r.author, r.source, r.message";
          if (layer.isEmpty()) {
            Sql.each(
                view.connection(),
                row -> revisions.add(revisionOf(row)),
                columns + " FROM tq_revision AS r ORDER BY r.number DESC LIMIT ?",
                limit);
          } else {
            Sql.each(
                view.connection(),
                row -> revisions.add(revisionOf(row)),
                columns
                    + " FROM tq_touch AS t JOIN tq_revision AS r ON r.number = t.revision"
                    + " WHERE t.layer = ? ORDER BY t.revision DESC LIMIT ?",
                layer.get().value(),
                limit);
          }
          return revisions;
        });
  }

  static Revision revisionOf(ResultSet row) throws SQLException {
    return new Revision(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        new Revision.Note(row.getString(3), row.getString(4), row.getString(5)));
  }

  @Override
  public List<FeatureVersion> listVersions(LayerId layer, FeatureId feature) {
    return read(
        view -> {
          List<FeatureVersion> versions = new ArrayList<>();
          Optional<Feature> last = Optional.empty();
          for (long number : momentsOf(view, layer, feature)) {
            Optional<Catalog.Period> period = view.catalog().find(layer, number);
            Optional<Feature> now =
                period.isEmpty()
                    ? Optional.empty()
                    : featureAt(view, period.get(), feature, number);
            if (!same(last, now)) {
              versions.add(new FeatureVersion(revision(view, number), now));
              last = now;
            }
          }
          return versions;
        });
  }

  // The revisions that may have changed a feature: edits of it, and changes of generation.
  private static List<Long> momentsOf(View view, LayerId layer, FeatureId feature)
      throws SQLException {
    TreeSet<Long> moments = new TreeSet<>();
    for (Catalog.Period period : view.catalog().periods().getOrDefault(layer, List.of())) {
      moments.add(period.from());
      if (!period.isCurrent()) {
        moments.add(period.to());
      }
      Generation generation = period.generation();
      Sql.each(
          view.connection(),
          row -> {
            moments.add(row.getLong(1));
            moments.add(row.getLong(2));
          },
          "SELECT from_revision, to_revision FROM " + generation.historyTable() + " WHERE fid = ?",
          feature.value());
      Sql.each(
          view.connection(),
          row -> moments.add(row.getLong(1)),
          "SELECT revision FROM tq_change WHERE generation = ? AND fid = ?",
          generation.id(),
          feature.value());
    }
    moments.remove(0L);
    moments.removeIf(moment -> moment > view.head());
    return List.copyOf(moments);
  }

  private static boolean same(Optional<Feature> a, Optional<Feature> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() && b.isEmpty();
    }
    Geometry one = a.get().geometry();
    Geometry other = b.get().geometry();
    boolean samePlace =
        one == null || other == null ? Objects.equals(one, other) : one.equalsExact(other);
    return samePlace && a.get().properties().equals(b.get().properties());
  }

  private static Revision revision(View view, long number) throws SQLException {
    return Sql.first(
            view.connection(),
            TableFeatures::revisionOf,
            "SELECT number, instant, author, source, message FROM tq_revision WHERE number = ?",
            number)
        .orElseThrow(() -> new StoreFault("revision " + number + " is missing"));
  }

  private Catalog.Period period(View view, LayerId layer, AsOf asOf, long revision)
      throws SQLException {
    return findPeriod(view, layer, asOf, revision)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no layer " + layer + " at revision " + revision));
  }

  private Optional<Catalog.Period> findPeriod(View view, LayerId layer, AsOf asOf, long revision)
      throws SQLException {
    if (!(asOf instanceof AsOf.Waiting version)) {
      return view.catalog().find(layer, revision);
    }
    Generation generation = WaitingVersions.get(view.connection(), known, version);
    return generation.layer().equals(layer)
        ? Optional.of(new Catalog.Period(WaitingVersions.BEFORE_ANY, Catalog.OPEN, generation))
        : Optional.empty();
  }

  private static long revision(View view, AsOf asOf) throws SQLException {
    return switch (asOf) {
      case AsOf.Now now -> view.head();
      case AsOf.AtRevision at -> Math.min(at.number(), view.head());
      case AsOf.AtInstant at ->
          Sql.number(
              view.connection(),
              "SELECT COALESCE(MAX(number), 0) FROM tq_revision WHERE instant <= ?",
              at.instant().toEpochMilli());
      case AsOf.Waiting version -> WaitingVersions.BEFORE_ANY;
    };
  }

  private static void checkFields(Generation generation, FeatureQuery query) {
    for (FeatureQuery.FieldEquals equals : query.equal()) {
      int index = generation.schema().indexOf(equals.field());
      if (index < 0) {
        throw new IllegalArgumentException(
            "layer " + generation.layer() + " has no field '" + equals.field() + "'");
      }
      FieldValues.check(generation.schema().fields().get(index), equals.value());
    }
  }

  /** Rows of one table that a query asks for, by id. */
  private static final class Cursor implements AutoCloseable {
    private final ResultSet rows;
    private final TableRow row;
    private final @Nullable Bbox bbox;

    private Cursor(ResultSet rows, TableRow row, @Nullable Bbox bbox) {
      this.rows = rows;
      this.row = row;
      this.bbox = bbox;
    }

    /** Rows of the generation's table that are still as they were at the revision. */
    static Cursor current(
        Dialect dialect,
        View view,
        Catalog.Period period,
        FeatureQuery query,
        long revision,
        boolean past)
        throws SQLException {
      Generation generation = period.generation();
      Bbox bbox = query.bbox();
      StringBuilder sql = new StringBuilder("SELECT ");
      sql.append(dialect.readColumns(generation, "t.")).append(" FROM ");
      sql.append(Sql.quoted(view.catalog().tableOf(generation))).append(" AS t WHERE t.fid > ?");
      List<Object> values = new ArrayList<>();
      values.add(query.after());
      if (bbox != null && generation.spatial()) {
        Dialect.Condition touching =
            dialect.touching(generation, view.catalog().tableOf(generation), bbox);
        sql.append(touching.sql());
        values.addAll(touching.values());
      }
      conditions(dialect, generation, query, sql, values);
      if (past) {
        sql.append(UNCHANGED_SINCE);
        values.add(generation.id());
        values.add(revision);
      }
      return open(dialect, view, generation, sql.append(" ORDER BY t.fid"), values, bbox);
    }

    /** Rows that have changed since, as they were at the revision. */
    static Cursor past(
        Dialect dialect, View view, Catalog.Period period, FeatureQuery query, long revision)
        throws SQLException {
      Generation generation = period.generation();
      StringBuilder sql = new StringBuilder("SELECT ");
      sql.append(dialect.readColumns(generation, "t.")).append(" FROM ");
      sql.append(generation.historyTable()).append(" AS t WHERE t.fid > ?");
      sql.append(" AND t.from_revision <= ? AND t.to_revision > ?");
      List<Object> values = new ArrayList<>(List.of(query.after(), revision, revision));
      conditions(dialect, generation, query, sql, values);
      return open(dialect, view, generation, sql.append(" ORDER BY t.fid"), values, query.bbox());
    }

    private static void conditions(
        Dialect dialect,
        Generation generation,
        FeatureQuery query,
        StringBuilder sql,
        List<Object> values) {
      for (FeatureQuery.FieldEquals equals : query.equal()) {
        int index = generation.schema().indexOf(equals.field());
        sql.append(" AND t.").append(Sql.quoted(generation.columns().get(index))).append(" = ?");
        values.add(Objects.requireNonNull(dialect.toColumn(equals.value())));
      }
    }

    private static Cursor open(
        Dialect dialect,
        View view,
        Generation generation,
        StringBuilder sql,
        List<Object> values,
        @Nullable Bbox bbox)
        throws SQLException {
      PreparedStatement statement = view.reader().prepare(sql.toString());
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      ResultSet rows = statement.executeQuery();
      return new Cursor(rows, dialect.row(generation, rows), bbox);
    }

    @Nullable TableRow next() throws SQLException {
      while (row.next()) {
        Bbox box = bbox;
        if (box == null) {
          return row;
        }
        double[] e = row.envelope();
        if (e != null
            && e[0] <= box.maxX()
            && e[2] >= box.minX()
            && e[1] <= box.maxY()
            && e[3] >= box.minY()) {
          return row;
        }
      }
      return null;
    }

    @Override
    public void close() throws SQLException {
      rows.close();
    }
  }
}
