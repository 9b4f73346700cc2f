package org.tequio.reconcile.tables;

import java.sql.PreparedStatement;
import java.util.List;
import java.util.Optional;
import org.tequio.reconcile.Check;
import org.tequio.reconcile.check.CheckFinding;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the tables of checks, which {@link ReconcileTables} makes. Thread-safe. */
public final class CheckTables {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BATCH = 500;

  private final Database database;

  /** Works on tables that are there. */
  public CheckTables(Database database) {
    this.database = database;
  }

  /** All checks, oldest first. */
  public List<Check> list() {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row -> JSON.readValue(row.getString(1), Check.class),
                "SELECT body FROM reconcile_check ORDER BY id"));
  }

  /** One check. */
  public Optional<Check> find(long id) {
    return database.read(
        connection ->
            Sql.first(
                connection,
                row -> JSON.readValue(row.getString(1), Check.class),
                "SELECT body FROM reconcile_check WHERE id = ?",
                id));
  }

  /** A number that no check has. */
  public long nextId() {
    return 1
        + database.read(
            connection -> Sql.number(connection, "SELECT MAX(id) FROM reconcile_check"));
  }

  /** Keeps a check; its findings stay. */
  public void save(Check check) {
    String body = JSON.writeValueAsString(check);
    database.write(
        connection -> {
          int changed =
              Sql.update(
                  connection, "UPDATE reconcile_check SET body = ? WHERE id = ?", body, check.id());
          if (changed == 0) {
            Sql.update(connection, "INSERT INTO reconcile_check VALUES (?, ?)", check.id(), body);
          }
          return true;
        });
  }

  /** Keeps what a run found, in place of what the run before found. */
  public void save(Check check, List<CheckFinding> findings) {
    database.write(
        connection -> {
          Sql.update(connection, "DELETE FROM reconcile_finding WHERE check_id = ?", check.id());
          Sql.update(
              connection,
              "UPDATE reconcile_check SET body = ? WHERE id = ?",
              JSON.writeValueAsString(check),
              check.id());
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO reconcile_finding VALUES (?, ?, ?)")) {
            for (int i = 0; i < findings.size(); i++) {
              insert.setLong(1, check.id());
              insert.setLong(2, i + 1);
              insert.setString(3, JSON.writeValueAsString(findings.get(i)));
              insert.addBatch();
              if (i % BATCH == BATCH - 1) {
                insert.executeBatch();
              }
            }
            insert.executeBatch();
          }
          return true;
        });
  }

  /** A page of findings, by number. */
  public List<CheckFinding> listFindings(long id, long after, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row -> JSON.readValue(row.getString(1), CheckFinding.class),
                "SELECT body FROM reconcile_finding WHERE check_id = ? AND number > ?"
                    + " ORDER BY number LIMIT ?",
                id,
                after,
                limit));
  }

  /** Forgets a check with its findings. */
  public void delete(long id) {
    database.write(
        connection -> {
          Sql.update(connection, "DELETE FROM reconcile_finding WHERE check_id = ?", id);
          Sql.update(connection, "DELETE FROM reconcile_check WHERE id = ?", id);
          return true;
        });
  }
}
