package org.tequio.reconcile.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.reconcile.Reconciliation;
import org.tequio.reconcile.match.GroupSet;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the tables of reconciliations. Thread-safe. */
public final class ReconcileTables {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<DecidedFeature>> FEATURES = new TypeReference<>() {};
  private static final int TAKEN_BACK = -1;

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE reconcile_case (id BIGINT PRIMARY KEY, body TEXT NOT NULL)",
                  "CREATE TABLE reconcile_group_page (case_id BIGINT NOT NULL,"
                      + " page BIGINT NOT NULL, content BYTEA NOT NULL,"
                      + " PRIMARY KEY (case_id, page))",
                  "CREATE TABLE reconcile_decision (case_id BIGINT NOT NULL,"
                      + " number BIGINT NOT NULL, run BIGINT NOT NULL, item BIGINT NOT NULL,"
                      + " same INTEGER NOT NULL, features TEXT NOT NULL, note TEXT NOT NULL,"
                      + " author TEXT NOT NULL, instant TEXT NOT NULL,"
                      + " PRIMARY KEY (case_id, number))",
                  "CREATE TABLE reconcile_check (id BIGINT PRIMARY KEY, body TEXT NOT NULL)",
                  "CREATE TABLE reconcile_finding (check_id BIGINT NOT NULL,"
                      + " number BIGINT NOT NULL, body TEXT NOT NULL,"
                      + " PRIMARY KEY (check_id, number))")));

  private final Database database;

  /** Creates or upgrades the tables. */
  public ReconcileTables(Database database) {
    this.database = database;
    database.migrate("reconcile", MIGRATIONS);
  }

  /**
   * A feature that someone decided about.
   *
   * @param layer its layer's identifier
   * @param feature its id then
   * @param key what its key field held; empty where it has none: with it the feature is found again
   *     should its id change
   */
  public record DecidedFeature(String layer, long feature, String key) {}

  /**
   * What someone said of features.
   *
   * @param number from 1 in each reconciliation
   * @param run the run whose item they looked at
   * @param item the item's number
   * @param same true where they are one thing; null where what was said before is taken back
   */
  public record DecisionRow(
      long number,
      long run,
      long item,
      @Nullable Boolean same,
      List<DecidedFeature> features,
      String note,
      String author,
      Instant instant) {
    /** Copies the features. */
    public DecisionRow {
      features = List.copyOf(features);
    }
  }

  /** All reconciliations, oldest first. */
  public List<Reconciliation> list() {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row -> JSON.readValue(row.getString(1), Reconciliation.class),
                "SELECT body FROM reconcile_case ORDER BY id"));
  }

  /** One reconciliation. */
  public Optional<Reconciliation> find(long id) {
    return database.read(
        connection ->
            Sql.first(
                connection,
                row -> JSON.readValue(row.getString(1), Reconciliation.class),
                "SELECT body FROM reconcile_case WHERE id = ?",
                id));
  }

  /** A number that no reconciliation has. */
  public long nextId() {
    return 1
        + database.read(connection -> Sql.number(connection, "SELECT MAX(id) FROM reconcile_case"));
  }

  /** Keeps a reconciliation. */
  public void save(Reconciliation reconciliation) {
    database.write(
        connection -> {
          save(connection, reconciliation);
          return true;
        });
  }

  /** Keeps a reconciliation inside a transaction of someone else. */
  public static void save(Connection connection, Reconciliation reconciliation)
      throws SQLException {
    String body = JSON.writeValueAsString(reconciliation);
    int changed =
        Sql.update(
            connection,
            "UPDATE reconcile_case SET body = ? WHERE id = ?",
            body,
            reconciliation.id());
    if (changed == 0) {
      Sql.update(connection, "INSERT INTO reconcile_case VALUES (?, ?)", reconciliation.id(), body);
    }
  }

  /** Keeps what a run found, in place of what the run before found. */
  public void save(Reconciliation reconciliation, GroupSet groups) {
    List<byte[]> pages = groups.encode();
    database.write(
        connection -> {
          save(connection, reconciliation);
          Sql.update(
              connection,
              "DELETE FROM reconcile_group_page WHERE case_id = ?",
              reconciliation.id());
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO reconcile_group_page VALUES (?, ?, ?)")) {
            for (int page = 0; page < pages.size(); page++) {
              insert.setLong(1, reconciliation.id());
              insert.setLong(2, page);
              insert.setBytes(3, pages.get(page));
              insert.executeUpdate();
            }
          }
          return true;
        });
  }

  /** What the last run found. */
  public GroupSet groups(Reconciliation reconciliation) {
    Reconciliation.Found found = reconciliation.found();
    if (found == null) {
      return GroupSet.EMPTY;
    }
    List<byte[]> pages =
        database.read(
            connection ->
                Sql.list(
                    connection,
                    row -> row.getBytes(1),
                    "SELECT content FROM reconcile_group_page WHERE case_id = ? ORDER BY page",
                    reconciliation.id()));
    return GroupSet.decode(pages, found.nextNumber());
  }

  /** Forgets a reconciliation with everything that was decided in it. */
  public void delete(long id) {
    database.write(
        connection -> {
          Sql.update(connection, "DELETE FROM reconcile_decision WHERE case_id = ?", id);
          Sql.update(connection, "DELETE FROM reconcile_group_page WHERE case_id = ?", id);
          Sql.update(connection, "DELETE FROM reconcile_case WHERE id = ?", id);
          return true;
        });
  }

  private static @Nullable Boolean same(int stored) {
    return stored == TAKEN_BACK ? null : stored == 1;
  }

  /** What was decided and taken back, oldest first. */
  public List<DecisionRow> listDecisions(long id) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row ->
                    new DecisionRow(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        same(row.getInt(4)),
                        JSON.readValue(row.getString(5), FEATURES),
                        row.getString(6),
                        row.getString(7),
                        Instant.parse(row.getString(8))),
                "SELECT number, run, item, same, features, note, author, instant"
                    + " FROM reconcile_decision WHERE case_id = ? ORDER BY number",
                id));
  }

  /** Keeps decisions, all or none; their numbers are given here. */
  public void decide(long id, List<DecisionRow> decisions) {
    database.write(
        connection -> {
          long next =
              1
                  + Sql.number(
                      connection,
                      "SELECT MAX(number) FROM reconcile_decision WHERE case_id = ?",
                      id);
          for (DecisionRow row : decisions) {
            Sql.update(
                connection,
                "INSERT INTO reconcile_decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                next++,
                row.run(),
                row.item(),
                row.same() == null ? TAKEN_BACK : row.same() ? 1 : 0,
                JSON.writeValueAsString(row.features()),
                row.note(),
                row.author(),
                row.instant().toString());
          }
          return true;
        });
  }
}
