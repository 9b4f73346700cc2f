package org.tequio.publish.process;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.databind.json.JsonMapper;

/** The table of jobs, and where their files lie. Thread-safe. */
final class JobTable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String COLUMNS =
      "SELECT id, process, owner, request, state, progress, created, started, finished, updated,"
          + " attempts, openness, file, media, bytes, problem FROM publish_job";
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE publish_job (id TEXT PRIMARY KEY, process TEXT NOT NULL,"
                      + " owner TEXT, request TEXT NOT NULL, state TEXT NOT NULL,"
                      + " progress INTEGER NOT NULL, created BIGINT NOT NULL, started BIGINT,"
                      + " finished BIGINT, updated BIGINT NOT NULL, attempts INTEGER NOT NULL,"
                      + " openness TEXT NOT NULL, file TEXT, media TEXT, bytes BIGINT NOT NULL, problem TEXT)",
                  "CREATE INDEX publish_job_owner ON publish_job (owner)")));

  private final Database database;
  private final Path folder;

  /**
   * Creates or upgrades the table.
   *
   * @param folder below it each job has one of its own
   */
  JobTable(Database database, Path folder) {
    this.database = database;
    this.folder = folder;
    database.migrate("publish", MIGRATIONS);
  }

  /** Where a job's files lie. */
  Path folderOf(String id) {
    return folder.resolve(id);
  }

  /** The folder of all of them. */
  Path folder() {
    return folder;
  }

  /** Keeps a new job; it is durable when this returns. */
  void add(ProcessJob job) {
    database.write(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO publish_job (id, process, owner, request, state, progress, created,"
                    + " updated, attempts, openness, bytes) VALUES (?, ?, ?, ?, ?, 0, ?, ?, 0, '', 0)",
                job.id(),
                job.process(),
                job.owner(),
                request(job.order()),
                job.state().wireName(),
                job.created().toEpochMilli(),
                job.updated().toEpochMilli()));
  }

  /** Keeps a job's new state, likewise. */
  void update(ProcessJob job) {
    ProcessFile file = job.file();
    Problem problem = job.problem();
    database.write(
        connection ->
            Sql.update(
                connection,
                "UPDATE publish_job SET state = ?, progress = ?, started = ?, finished = ?,"
                    + " updated = ?, attempts = ?, openness = ?, file = ?, media = ?, bytes = ?, problem = ?"
                    + " WHERE id = ?",
                job.state().wireName(),
                job.progress(),
                millis(job.started()),
                millis(job.finished()),
                job.updated().toEpochMilli(),
                job.attempts(),
                job.openness(),
                file == null ? null : file.path().getFileName().toString(),
                file == null ? null : file.mediaType(),
                job.bytes(),
                problem == null ? null : JSON.writeValueAsString(Told.of(problem)),
                job.id()));
  }

  void remove(String id) {
    database.write(
        connection -> Sql.update(connection, "DELETE FROM publish_job WHERE id = ?", id));
  }

  Optional<ProcessJob> find(String id) {
    return database.read(
        connection -> Sql.first(connection, this::job, COLUMNS + " WHERE id = ?", id));
  }

  /** All of an account, newest first. */
  List<ProcessJob> list(String owner) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                this::job,
                COLUMNS + " WHERE owner = ? ORDER BY created DESC, id",
                owner));
  }

  /** All, oldest first. */
  List<ProcessJob> list() {
    return database.read(
        connection -> Sql.list(connection, this::job, COLUMNS + " ORDER BY created, id"));
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static String request(ProcessOrder order) {
    return JSON.writeValueAsString(
        new Asked(order.inputs(), order.language().tag(), order.site(), order.answer()));
  }

  /** An order as the table has it; those of older versions said otherwise how to answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Asked(
      Map<String, Object> inputs,
      String language,
      String site,
      ProcessOrder.@Nullable Answer answer) {
    ProcessOrder order() {
      return new ProcessOrder(
          inputs, Language.of(language), site, answer == null ? ProcessOrder.Answer.RAW : answer);
    }
  }

  /** A problem as the table has it. */
  private record Told(int status, String type, List<String> title, List<String> detail) {
    static Told of(Problem problem) {
      return new Told(
          problem.status(), problem.type(), texts(problem.title()), texts(problem.detail()));
    }

    private static List<String> texts(LocalText text) {
      return List.of(text.es(), text.pt(), text.en());
    }

    Problem problem() {
      return Problem.of(status, type, local(title), local(detail));
    }

    private static LocalText local(List<String> texts) {
      return new LocalText(texts.get(0), texts.get(1), texts.get(2));
    }
  }

  private ProcessJob job(ResultSet row) throws SQLException {
    String id = row.getString("id");
    Asked asked = JSON.readValue(row.getString("request"), Asked.class);
    String file = row.getString("file");
    String problem = row.getString("problem");
    return new ProcessJob(
        id,
        row.getString("process"),
        row.getString("owner"),
        asked.order(),
        ProcessJob.State.valueOf(row.getString("state").toUpperCase(java.util.Locale.ROOT)),
        row.getInt("progress"),
        "",
        Instant.ofEpochMilli(row.getLong("created")),
        instant(row, "started"),
        instant(row, "finished"),
        Instant.ofEpochMilli(row.getLong("updated")),
        row.getInt("attempts"),
        row.getString("openness"),
        file == null ? null : new ProcessFile(folderOf(id).resolve(file), row.getString("media")),
        row.getLong("bytes"),
        problem == null ? null : JSON.readValue(problem, Told.class).problem());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
