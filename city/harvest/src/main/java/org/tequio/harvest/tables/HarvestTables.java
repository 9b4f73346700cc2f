package org.tequio.harvest.tables;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.harvest.HarvestRun;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the tables of sources and their pulls. Thread-safe. */
public final class HarvestTables {
  private static final String MODULE = "harvest";
  private static final int RUNS_KEPT = 200;
  private static final String SOURCES =
      "SELECT id, definition, active, next, failures, mark FROM harvest_source";
  private static final TypeReference<List<HarvestRun.Line>> LINES = new TypeReference<>() {};
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE harvest_source (id TEXT PRIMARY KEY, definition TEXT NOT NULL,"
                      + " active INTEGER NOT NULL, next BIGINT, failures INTEGER NOT NULL,"
                      + " mark TEXT NOT NULL)",
                  "CREATE TABLE harvest_run (source_id TEXT NOT NULL, id BIGINT NOT NULL,"
                      + " started BIGINT NOT NULL, ended BIGINT, outcome TEXT, reason TEXT,"
                      + " requests BIGINT NOT NULL, bytes BIGINT NOT NULL,"
                      + " features BIGINT NOT NULL, submission TEXT, log TEXT NOT NULL,"
                      + " PRIMARY KEY (source_id, id))")));

  private final Database database;

  /** Creates or upgrades the tables. */
  public HarvestTables(Database database) {
    this.database = database;
    database.migrate(MODULE, MIGRATIONS);
  }

  /** A source as JSON has it. */
  private record Definition(
      String title,
      String kind,
      String address,
      List<String> names,
      String department,
      @Nullable String layer,
      @Nullable String every,
      Source.Options options) {

    static Definition of(Source source) {
      LayerId layer = source.layer();
      Duration every = source.every();
      return new Definition(
          source.title(),
          source.kind().wireName(),
          source.address(),
          source.names(),
          source.department(),
          layer == null ? null : layer.value(),
          every == null ? null : every.toString(),
          source.options());
    }

    Source source(String id) {
      return new Source(
          new LayerId(id),
          title,
          SourceKind.findByWireName(kind).orElseThrow(),
          address,
          names,
          department,
          layer == null ? null : new LayerId(layer),
          every == null ? null : Duration.parse(every),
          options);
    }
  }

  /** All sources, by id. */
  public List<SourceRow> listSources() {
    return database.read(
        connection -> Sql.list(connection, HarvestTables::source, SOURCES + " ORDER BY id"));
  }

  /** One source. */
  public Optional<SourceRow> findSource(LayerId id) {
    return database.read(
        connection ->
            Sql.first(connection, HarvestTables::source, SOURCES + " WHERE id = ?", id.value()));
  }

  private static SourceRow source(ResultSet row) throws SQLException {
    return new SourceRow(
        JSON.readValue(row.getString(2), Definition.class).source(row.getString(1)),
        row.getInt(3) != 0,
        instant(row, 4),
        row.getInt(5),
        JSON.readValue(row.getString(6), SourceRow.Mark.class));
  }

  /** Adds a source, or replaces the one of its id. */
  public void save(SourceRow row) {
    database.write(
        connection -> {
          String id = row.source().id().value();
          Sql.update(connection, "DELETE FROM harvest_source WHERE id = ?", id);
          return Sql.update(
              connection,
              "INSERT INTO harvest_source (id, definition, active, next, failures, mark)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              id,
              JSON.writeValueAsString(Definition.of(row.source())),
              row.active() ? 1 : 0,
              millis(row.next()),
              row.failures(),
              JSON.writeValueAsString(row.mark()));
        });
  }

  /** Removes a source and what is remembered of its pulls. */
  public void delete(LayerId id) {
    database.write(
        connection -> {
          Sql.update(connection, "DELETE FROM harvest_source WHERE id = ?", id.value());
          return Sql.update(connection, "DELETE FROM harvest_run WHERE source_id = ?", id.value());
        });
  }

  /** The pulls of a source, newest first. */
  public List<HarvestRun> listRuns(LayerId source) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                HarvestTables::run,
                "SELECT id, started, ended, outcome, reason, requests, bytes, features,"
                    + " submission, log FROM harvest_run WHERE source_id = ? ORDER BY id DESC",
                source.value()));
  }

  private static HarvestRun run(ResultSet row) throws SQLException {
    String outcome = row.getString(4);
    String reason = row.getString(5);
    return new HarvestRun(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        instant(row, 3),
        outcome == null ? null : HarvestRun.Outcome.valueOf(outcome),
        reason == null ? null : JSON.readValue(reason, LocalText.class),
        new HarvestRun.Fetched(row.getLong(6), row.getLong(7), row.getLong(8)),
        row.getString(9),
        JSON.readValue(row.getString(10), LINES));
  }

  /** Writes down a pull as it stands, and how its source stands then; forgets very old pulls. */
  public void save(SourceRow source, HarvestRun run) {
    database.write(
        connection -> {
          String id = source.source().id().value();
          HarvestRun.Outcome outcome = run.outcome();
          LocalText reason = run.reason();
          Sql.update(
              connection,
              "DELETE FROM harvest_run WHERE source_id = ? AND (id = ? OR id <= ?)",
              id,
              run.id(),
              run.id() - RUNS_KEPT);
          Sql.update(
              connection,
              "INSERT INTO harvest_run (source_id, id, started, ended, outcome, reason, requests,"
                  + " bytes, features, submission, log)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              id,
              run.id(),
              run.started().toEpochMilli(),
              millis(run.ended()),
              outcome == null ? null : outcome.name(),
              reason == null ? null : JSON.writeValueAsString(reason),
              run.fetched().requests(),
              run.fetched().bytes(),
              run.fetched().features(),
              run.submission(),
              JSON.writeValueAsString(run.log()));
          return Sql.update(
              connection,
              "UPDATE harvest_source SET next = ?, failures = ?, mark = ? WHERE id = ?",
              millis(source.next()),
              source.failures(),
              JSON.writeValueAsString(source.mark()),
              id);
        });
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
