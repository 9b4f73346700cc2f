package org.tequio.storage.postgis;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.Wkb;
import org.tequio.storage.EditConflict;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.Catalog;
import org.tequio.storage.sql.Dialect;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.TableRow;
import org.tequio.storage.sql.Writer;

/** PostgreSQL with PostGIS. The keepers of tables know a revision by a setting of the session. */
record PostgisDialect(PostgresServer server) implements Dialect {
  private static final int LONGEST_NAME = 63;
  private static final int FEATURES_NAMED = 100;
  private static final int SECONDS_TO_ANSWER = 5;

  @Override
  public Connection openToWrite() throws SQLException {
    return server.openToWrite();
  }

  @Override
  public boolean isAlive(Connection connection) throws SQLException {
    return connection.isValid(SECONDS_TO_ANSWER);
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (Faults.isLost(e)) {
        throw new SQLException(
            "the connection was lost during the commit; whether it was written is not known, so"
                + " look before trying again",
            Faults.COMMIT_UNKNOWN,
            e);
      }
      throw e;
    }
    connection.setAutoCommit(true);
  }

  @Override
  public void rollBack(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Override
  public void afterUndo(Connection connection) {
    // The setting of the revision was rolled back as well.
  }

  @Override
  public StoreFault fault(SQLException e) {
    return Faults.of(e);
  }

  @Override
  public int longestName() {
    return LONGEST_NAME;
  }

  @Override
  public Set<String> reservedNames() {
    return Set.of(GenerationSql.REFUSED, "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");
  }

  @Override
  public String liveTable(LayerId layer, long generation) {
    return "tq_g" + generation;
  }

  @Override
  public Set<String> tables(Connection connection) throws SQLException {
    return new TreeSet<>(
        Sql.list(
            connection,
            row -> row.getString(1),
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
                + " AND relnamespace = current_schema()::regnamespace"));
  }

  // Modules count on texts in the order of their code points, in every city.
  @Override
  public void finishModuleTable(Connection connection, String table) throws SQLException {
    List<String> changes =
        Sql.list(
            connection,
            row -> "ALTER COLUMN " + Sql.quoted(row.getString(1)) + " TYPE TEXT COLLATE \"C\"",
            "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0"
                + " AND NOT attisdropped AND atttypid = 'text'::regtype",
            Sql.quoted(table));
    if (!changes.isEmpty()) {
      Sql.run(connection, "ALTER TABLE " + Sql.quoted(table) + " " + String.join(", ", changes));
    }
  }

  // Modules' tables are made of plain columns, keys and indexes; the collation is every city's.
  @Override
  public List<String> statementsOf(Connection connection, String table) throws SQLException {
    List<String> statements = new ArrayList<>();
    List<String> parts =
        Sql.list(
            connection,
            row -> row.getString(1),
            "SELECT quote_ident(a.attname) || ' ' || upper(format_type(a.atttypid, a.atttypmod))"
                + " || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END"
                + " || COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')"
                + " FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid"
                + " AND d.adnum = a.attnum WHERE a.attrelid = ?::regclass AND a.attnum > 0"
                + " AND NOT a.attisdropped ORDER BY a.attnum",
            Sql.quoted(table));
    parts.addAll(
        Sql.list(
            connection,
            row -> row.getString(1),
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = ?::regclass"
                + " AND contype IN ('p', 'u', 'c') ORDER BY contype DESC, conname",
            Sql.quoted(table)));
    statements.add("CREATE TABLE " + Sql.quoted(table) + " (" + String.join(", ", parts) + ")");
    statements.addAll(
        Sql.list(
            connection,
            row ->
                "CREATE "
                    + (row.getBoolean(1) ? "UNIQUE " : "")
                    + "INDEX "
                    + row.getString(2)
                    + " ON "
                    + Sql.quoted(table)
                    + " ("
                    + row.getString(3)
                    + ")",
            "SELECT i.indisunique, quote_ident(c.relname), (SELECT string_agg("
                + "pg_get_indexdef(i.indexrelid, n, true), ', ' ORDER BY n)"
                + " FROM generate_series(1, i.indnkeyatts) AS n) FROM pg_index AS i"
                + " JOIN pg_class AS c ON c.oid = i.indexrelid WHERE i.indrelid = ?::regclass"
                + " AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k"
                + " WHERE k.conindid = i.indexrelid) ORDER BY c.relname",
            Sql.quoted(table)));
    return statements;
  }

  @Override
  public String readColumns(Generation generation, String prefix) {
    return new GenerationSql(generation).readColumns(prefix);
  }

  @Override
  public TableRow row(Generation generation, ResultSet rows) {
    return new PostgisRow(generation, rows);
  }

  @Override
  public @Nullable Object toColumn(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Instant instant -> instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
      case String text when text.indexOf('\0') >= 0 ->
          throw new IllegalArgumentException("a text must not hold the character U+0000");
      default -> value;
    };
  }

  @Override
  public String columns(Generation generation, String prefix) {
    return new GenerationSql(generation).columns(prefix);
  }

  @Override
  public SequencedMap<String, String> geometryParameters(Generation generation) {
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    String srid = String.valueOf(GenerationSql.srid(generation.crs()));
    parameters.put(Generation.GEOM, "ST_GeomFromWKB(?, " + srid + ")");
    parameters.put(GenerationSql.REFUSED, "?");
    return parameters;
  }

  @Override
  public int bindGeometry(
      PreparedStatement statement, int place, Generation generation, byte @Nullable [] wkb)
      throws SQLException {
    if (wkb != null && Wkb.hasZ(wkb, 0) && !generation.schema().hasZ()) {
      throw new IllegalArgumentException(
          "layer " + generation.layer() + " holds no heights, but the geometry has some");
    }
    boolean taken = wkb == null || PostgisGeometry.takes(wkb, 0);
    statement.setBytes(place, taken ? wkb : null);
    statement.setBytes(place + 1, taken ? null : wkb);
    return place + 2;
  }

  @Override
  public Condition touching(Generation generation, String table, Bbox box) {
    return new Condition(
        " AND (t.geom && ST_MakeEnvelope(?, ?, ?, ?, "
            + GenerationSql.srid(generation.crs())
            + ") OR t."
            + GenerationSql.REFUSED
            + " IS NOT NULL)",
        List.of(box.minX(), box.minY(), box.maxX(), box.maxY()));
  }

  // The boxes that PostGIS keeps are rounded outward to floats: they tell which rows may lie at an
  // edge, and those are read.
  @Override
  public @Nullable Bbox extent(Connection connection, Generation generation, String table)
      throws SQLException {
    double[] exact = {
      Double.POSITIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    try (PreparedStatement query =
            connection.prepareStatement(
                "WITH e AS (SELECT min(ST_XMin(b)) AS x0, min(ST_YMin(b)) AS y0,"
                    + " max(ST_XMax(b)) AS x1, max(ST_YMax(b)) AS y1 FROM (SELECT Box2D(geom) AS b"
                    + " FROM "
                    + table
                    + " WHERE NOT ST_IsEmpty(geom)) AS boxes), r AS (SELECT e.*,"
                    // Two steps of a float at each side.
                    + " GREATEST(abs(x0), abs(x1)) / 4e6 AS dx,"
                    + " GREATEST(abs(y0), abs(y1)) / 4e6 AS dy FROM e) SELECT "
                    + readColumns(generation, "t.")
                    + " FROM "
                    + table
                    + " AS t, r WHERE ST_XMin(Box2D(t.geom)) <= x0 + dx"
                    + " OR ST_YMin(Box2D(t.geom)) <= y0 + dy"
                    + " OR ST_XMax(Box2D(t.geom)) >= x1 - dx"
                    + " OR ST_YMax(Box2D(t.geom)) >= y1 - dy OR t."
                    + GenerationSql.REFUSED
                    + " IS NOT NULL");
        ResultSet rows = query.executeQuery()) {
      TableRow row = row(generation, rows);
      while (row.next()) {
        double[] e = row.envelope();
        if (e != null) {
          exact[0] = Math.min(exact[0], e[0]);
          exact[1] = Math.min(exact[1], e[1]);
          exact[2] = Math.max(exact[2], e[2]);
          exact[3] = Math.max(exact[3], e[3]);
        }
      }
    }
    return exact[0] <= exact[2] ? new Bbox(exact[0], exact[1], exact[2], exact[3]) : null;
  }

  @Override
  public void create(Connection connection, Generation generation) throws SQLException {
    sequence(connection, generation.layer());
    CitySchema.ensureCrs(connection, generation.crs());
    for (String statement : new GenerationSql(generation).createStatements()) {
      Sql.run(connection, statement);
    }
  }

  @Override
  public void beginSwap(Connection connection) {
    // Views are settled at the end.
  }

  @Override
  public void endSwap(Connection connection) throws SQLException {
    LayerViews.settle(connection);
  }

  @Override
  public void install(Connection connection, Generation generation, @Nullable Bbox extent)
      throws SQLException {
    Sql.run(
        connection,
        "ALTER TABLE "
            + generation.asideTable()
            + " ENABLE TRIGGER "
            + GenerationSql.keeper(generation.id()));
  }

  // This waits for programs that are editing the table, and keeps others out until the commit.
  @Override
  public void putAside(Connection connection, Generation generation) throws SQLException {
    Sql.run(
        connection,
        "ALTER TABLE "
            + generation.asideTable()
            + " DISABLE TRIGGER "
            + GenerationSql.keeper(generation.id()));
    List<FeatureId> changed =
        Sql.list(
            connection,
            row -> new FeatureId(row.getLong(1)),
            "SELECT DISTINCT fid FROM tq_log WHERE revision >= ? AND generation = ? LIMIT "
                + FEATURES_NAMED,
            GenerationSql.PENDING,
            generation.id());
    if (!changed.isEmpty()) {
      throw new EditConflict(generation.layer(), changed);
    }
  }

  @Override
  public void describe(Connection connection, Generation generation, @Nullable Bbox extent) {
    // GIS tools ask the table.
  }

  @Override
  public void dropStaged(Writer writer, Generation generation) {
    writer.transaction(
        connection -> {
          drop(connection, generation.id());
          Catalog.forget(connection, generation.id());
          return true;
        });
  }

  @Override
  public void drop(Connection connection, long generation) throws SQLException {
    Sql.run(connection, "DROP TABLE IF EXISTS tq_g" + generation + ", tq_h" + generation);
    Sql.run(connection, "DROP FUNCTION IF EXISTS " + GenerationSql.keeper(generation) + "()");
  }

  @Override
  public void move(Connection connection, Generation generation, long from, long to)
      throws SQLException {
    Sql.update(
        connection, "UPDATE " + generation.asideTable() + " SET fid = ? WHERE fid = ?", to, from);
  }

  /** The name of the sequence that gives the ids of a layer. */
  static String sequence(Connection connection, LayerId layer) throws SQLException {
    return Sql.first(
            connection,
            row -> row.getString(1),
            "SELECT name FROM tq_sequence WHERE layer = ?",
            layer.value())
        .orElseGet(() -> makeSequence(connection, layer));
  }

  private static String makeSequence(Connection connection, LayerId layer) {
    try {
      String name = "tq_s" + Sql.number(connection, "SELECT COUNT(*) + 1 FROM tq_sequence");
      Sql.run(connection, "CREATE SEQUENCE " + name);
      // Whoever may insert into the view takes the next id by themselves.
      Sql.run(connection, "GRANT USAGE ON SEQUENCE " + name + " TO PUBLIC");
      Sql.update(connection, "INSERT INTO tq_sequence VALUES (?, ?)", layer.value(), name);
      return name;
    } catch (SQLException e) {
      throw Faults.of(e);
    }
  }

  @Override
  public long nextId(Connection connection, LayerId layer) throws SQLException {
    return Sql.number(connection, "SELECT nextval('" + sequence(connection, layer) + "')");
  }

  @Override
  public long lastId(Connection connection, LayerId layer) throws SQLException {
    Optional<String> name =
        Sql.first(
            connection,
            row -> row.getString(1),
            "SELECT name FROM tq_sequence WHERE layer = ?",
            layer.value());
    return name.isEmpty()
        ? 0
        : Sql.number(
            connection,
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM " + Sql.quoted(name.get()));
  }

  @Override
  public void finishCopy(Connection connection) throws SQLException {
    Sql.first(
        connection,
        row -> true,
        "SELECT setval(pg_get_serial_sequence('tq_generation', 'id'),"
            + " (SELECT COALESCE(MAX(id), 0) + 1 FROM tq_generation), false)");
  }

  @Override
  public void raiseIds(
      Connection connection, LayerId layer, @Nullable Generation current, long last)
      throws SQLException {
    sequence(connection, layer);
    Sql.first(connection, row -> true, "SELECT tq_raise(?, ?)", layer.value(), last);
  }

  @Override
  public void enter(Connection connection, long revision) throws SQLException {
    setting(connection, Long.toString(revision));
  }

  @Override
  public void leave(Connection connection) throws SQLException {
    setting(connection, "");
  }

  private static void setting(Connection connection, String value) throws SQLException {
    Sql.first(connection, row -> true, "SELECT set_config('tequio.revision', ?, true)", value);
  }

  @Override
  public void lock(Connection connection, Generation generation, FeatureId feature)
      throws SQLException {
    Sql.first(
        connection,
        row -> true,
        "SELECT 1 FROM " + generation.currentTable() + " WHERE fid = ? FOR UPDATE",
        feature.value());
  }
}
