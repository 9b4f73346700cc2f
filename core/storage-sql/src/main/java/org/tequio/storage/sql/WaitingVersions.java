package org.tequio.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.FeatureId;
import org.tequio.storage.AsOf;
import org.tequio.storage.ContentHash;
import org.tequio.storage.Sql;

/**
 * Generations that were loaded and wait to be published: they outlive the process and are in no
 * period. Their state is kept as of revision 0, before any.
 */
final class WaitingVersions {
  /** The revision under which the state of what waits is kept. */
  static final long BEFORE_ANY = 0;

  private static final int LOADING = 0;
  private static final int WAITING = 2;

  private final Writer writer;
  private final Dialect dialect;
  private final Catalog.Known known;

  WaitingVersions(Writer writer, Catalog.Known known) {
    this.writer = writer;
    this.dialect = known.dialect();
    this.known = known;
  }

  static List<AsOf.Waiting> list(Connection connection) throws SQLException {
    List<AsOf.Waiting> all = new ArrayList<>();
    Sql.each(
        connection,
        row -> all.add(new AsOf.Waiting(row.getLong(1))),
        "SELECT id FROM tq_generation WHERE published = ? ORDER BY id",
        WAITING);
    return all;
  }

  /** The generation that waits under a version's number. */
  static Generation get(Connection connection, Catalog.Known known, AsOf.Waiting version)
      throws SQLException {
    if (Sql.number(
            connection,
            "SELECT COUNT(*) FROM tq_generation WHERE id = ? AND published = ?",
            version.version(),
            WAITING)
        == 0) {
      throw new IllegalArgumentException("no version " + version.version() + " waits");
    }
    return known.get(connection, version.version());
  }

  /** The highest id in a generation that is aside. */
  static long lastId(Connection connection, Generation generation) throws SQLException {
    return Sql.number(connection, "SELECT MAX(fid) FROM " + Sql.quoted(generation.asideTable()));
  }

  AsOf.Waiting keep(StagedGeneration load) {
    Generation generation = load.generation();
    return writer.write(
        connection -> {
          Sql.update(
              connection,
              "UPDATE tq_generation SET published = ? WHERE id = ? AND published = ?",
              WAITING,
              generation.id(),
              LOADING);
          new LayerState(BEFORE_ANY, load.count(), load.extent(), load.contentHash())
              .write(connection, generation);
          return new AsOf.Waiting(generation.id());
        });
  }

  void renumber(AsOf.Waiting version, Map<FeatureId, FeatureId> ids) {
    writer.write(
        connection -> {
          Generation generation = get(connection, known, version);
          LayerState before = LayerState.read(connection, generation, BEFORE_ANY);
          ContentHash hash = ContentHash.parse(before.hash());
          for (Map.Entry<FeatureId, FeatureId> change : ids.entrySet()) {
            rehash(connection, generation, change, hash);
          }
          // Through negative numbers, so that two features may exchange their ids.
          for (Map.Entry<FeatureId, FeatureId> change : ids.entrySet()) {
            dialect.move(
                connection, generation, change.getKey().value(), -change.getValue().value());
          }
          for (FeatureId id : ids.values()) {
            dialect.move(connection, generation, -id.value(), id.value());
          }
          new LayerState(BEFORE_ANY, before.features(), before.extent(), hash.toString())
              .write(connection, generation);
          return true;
        });
  }

  private void rehash(
      Connection connection,
      Generation generation,
      Map.Entry<FeatureId, FeatureId> change,
      ContentHash hash)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + dialect.readColumns(generation, "")
                + " FROM "
                + Sql.quoted(generation.asideTable())
                + " WHERE fid = ?")) {
      query.setLong(1, change.getKey().value());
      try (ResultSet rows = query.executeQuery()) {
        TableRow row = dialect.row(generation, rows);
        if (!row.next()) {
          throw new IllegalArgumentException("there is no feature " + change.getKey());
        }
        hash.subtract(row.id(), row.wkb(), row.wkbOffset(), row.wkbLength(), row.values());
        hash.add(
            change.getValue().value(), row.wkb(), row.wkbOffset(), row.wkbLength(), row.values());
      }
    }
  }

  void drop(AsOf.Waiting version) {
    Optional<Generation> generation =
        writer.write(
            connection -> {
              boolean waits =
                  Sql.update(
                          connection,
                          "UPDATE tq_generation SET published = ? WHERE id = ? AND published = ?",
                          LOADING,
                          version.version(),
                          WAITING)
                      > 0;
              return waits
                  ? Optional.of(known.get(connection, version.version()))
                  : Optional.empty();
            });
    generation.ifPresent(waited -> dialect.dropStaged(writer, waited));
  }
}
