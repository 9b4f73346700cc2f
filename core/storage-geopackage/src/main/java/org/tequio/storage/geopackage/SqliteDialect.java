package org.tequio.storage.geopackage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureId;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.feature.LayerId;
import org.tequio.feature.Wkb;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.Dialect;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.TableRow;
import org.tequio.storage.sql.Writer;

/** SQLite, in the tables of a GeoPackage. The triggers know a revision by {@code tq_writer}. */
record SqliteDialect(CityFolder folder) implements Dialect {

  @Override
  public Connection openToWrite() throws SQLException {
    return folder.openToWrite();
  }

  @Override
  public boolean isAlive(Connection connection) {
    return true;
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    Sqlite.begin(connection);
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    Sqlite.commit(connection);
  }

  @Override
  public void rollBack(Connection connection) throws SQLException {
    Sqlite.rollBack(connection);
  }

  @Override
  public void afterUndo(Connection connection) throws SQLException {
    // The work may have been changing the schema.
    Sql.run(connection, "PRAGMA writable_schema = RESET");
  }

  @Override
  public StoreFault fault(SQLException e) {
    return Sqlite.fault(e);
  }

  @Override
  public int longestName() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Set<String> reservedNames() {
    return Set.of();
  }

  @Override
  public String liveTable(LayerId layer, long generation) {
    return layer.value();
  }

  @Override
  public Set<String> tables(Connection connection) throws SQLException {
    return new TreeSet<>(
        Sql.list(
            connection,
            row -> row.getString(1),
            "SELECT name FROM sqlite_schema WHERE type = 'table'"));
  }

  @Override
  public void finishModuleTable(Connection connection, String table) {
    // It is as it should be.
  }

  @Override
  public List<String> statementsOf(Connection connection, String table) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getString(1),
        "SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('table', 'index')"
            + " AND sql IS NOT NULL ORDER BY type DESC, name",
        table);
  }

  @Override
  public String readColumns(Generation generation, String prefix) {
    return generation.columnList(prefix);
  }

  @Override
  public TableRow row(Generation generation, ResultSet rows) {
    return new FileRow(generation, rows);
  }

  @Override
  public @Nullable Object toColumn(@Nullable Object value) {
    return Values.toColumn(value);
  }

  @Override
  public String columns(Generation generation, String prefix) {
    return generation.columnList(prefix);
  }

  @Override
  public SequencedMap<String, String> geometryParameters(Generation generation) {
    return new LinkedHashMap<>(Map.of(Generation.GEOM, "?"));
  }

  @Override
  public int bindGeometry(
      PreparedStatement statement, int place, Generation generation, byte @Nullable [] wkb)
      throws SQLException {
    byte[] column = null;
    if (wkb != null) {
      double[] envelope = new double[4];
      Wkb.envelope(wkb, 0, envelope);
      column = GeoPackageGeometry.of(generation.crs().epsg(), wkb, envelope);
    }
    statement.setBytes(place, column);
    return place + 1;
  }

  @Override
  public Condition touching(Generation generation, String table, Bbox box) {
    // The subquery is kept sorted by id, so rows come in order without sorting them.
    return new Condition(
        " AND t.fid IN (SELECT id FROM "
            + Sql.quoted(LayerSql.rtree(table))
            + " WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?)",
        List.of(box.minX(), box.maxX(), box.minY(), box.maxY()));
  }

  @Override
  public @Nullable Bbox extent(Connection connection, Generation generation, String table)
      throws SQLException {
    return RTreeExtent.of(connection, generation, table);
  }

  @Override
  public void create(Connection connection, Generation generation) throws SQLException {
    LayerTables.create(connection, generation);
  }

  @Override
  public void beginSwap(Connection connection) throws SQLException {
    LayerTables.beginSchemaChange(connection);
  }

  @Override
  public void endSwap(Connection connection) throws SQLException {
    LayerTables.endSchemaChange(connection);
  }

  @Override
  public void install(Connection connection, Generation generation, @Nullable Bbox extent)
      throws SQLException {
    LayerTables.install(connection, generation, extent);
  }

  @Override
  public void putAside(Connection connection, Generation generation) throws SQLException {
    // Ids that a GIS tool gave are known to the table only.
    raiseIds(connection, generation.layer(), generation, given(connection, generation.layer()));
    LayerTables.putAside(connection, generation);
  }

  @Override
  public void describe(Connection connection, Generation generation, @Nullable Bbox extent)
      throws SQLException {
    LayerTables.describe(connection, generation, extent);
  }

  @Override
  public void dropStaged(Writer writer, Generation generation) {
    LayerTables.dropStaged(writer, generation);
  }

  @Override
  public void drop(Connection connection, long generation) throws SQLException {
    LayerTables.drop(connection, generation);
  }

  @Override
  public void move(Connection connection, Generation generation, long from, long to)
      throws SQLException {
    String table = generation.asideTable();
    Sql.update(connection, "UPDATE " + Sql.quoted(table) + " SET fid = ? WHERE fid = ?", to, from);
    if (generation.spatial()) {
      Sql.update(
          connection,
          "UPDATE " + Sql.quoted(LayerSql.rtree(table)) + " SET id = ? WHERE id = ?",
          to,
          from);
    }
  }

  @Override
  public long nextId(Connection connection, LayerId layer) throws SQLException {
    return lastId(connection, layer) + 1;
  }

  @Override
  public long lastId(Connection connection, LayerId layer) throws SQLException {
    return Math.max(
        Sql.number(connection, "SELECT last FROM tq_sequence WHERE layer = ?", layer.value()),
        given(connection, layer));
  }

  @Override
  public void finishCopy(Connection connection) {
    // SQLite counts on from the highest number.
  }

  private static long given(Connection connection, LayerId layer) throws SQLException {
    return Sql.number(connection, "SELECT seq FROM sqlite_sequence WHERE name = ?", layer.value());
  }

  @Override
  public void raiseIds(
      Connection connection, LayerId layer, @Nullable Generation current, long last)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO tq_sequence VALUES (?, ?) ON CONFLICT (layer)"
            + " DO UPDATE SET last = MAX(last, excluded.last)",
        layer.value(),
        last);
    long highest =
        Sql.number(connection, "SELECT last FROM tq_sequence WHERE layer = ?", layer.value());
    // GIS tools take the next id from here.
    if (current != null
        && Sql.update(
                connection,
                "UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?",
                highest,
                layer.value())
            == 0) {
      Sql.update(connection, "INSERT INTO sqlite_sequence VALUES (?, ?)", layer.value(), highest);
    }
  }

  @Override
  public void enter(Connection connection, long revision) throws SQLException {
    Sql.update(connection, "UPDATE tq_writer SET revision = ?", revision);
  }

  @Override
  public void leave(Connection connection) throws SQLException {
    Sql.update(connection, "UPDATE tq_writer SET revision = NULL");
  }

  @Override
  public void lock(Connection connection, Generation generation, FeatureId feature) {
    // Whoever writes has the whole file.
  }
}
