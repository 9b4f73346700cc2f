package org.tequio.review.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionState;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the review's tables. Thread-safe. */
public final class ReviewTables {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE review_submission (id BIGINT PRIMARY KEY, state TEXT NOT NULL,"
                      + " department TEXT NOT NULL, layer TEXT, author TEXT NOT NULL,"
                      + " document TEXT NOT NULL)",
                  "CREATE INDEX review_submission_state ON review_submission (state)",
                  "CREATE TABLE review_comment (submission BIGINT NOT NULL, place BIGINT NOT NULL,"
                      + " at TEXT NOT NULL, author TEXT NOT NULL, author_name TEXT NOT NULL,"
                      + " message TEXT NOT NULL, PRIMARY KEY (submission, place))",
                  "CREATE TABLE review_match (submission BIGINT NOT NULL, layer TEXT NOT NULL,"
                      + " before_id BIGINT NOT NULL, after_id BIGINT NOT NULL,"
                      + " same INTEGER NOT NULL,"
                      + " PRIMARY KEY (submission, layer, before_id, after_id))")));

  private final Database database;

  /** Creates or upgrades the tables. */
  public ReviewTables(Database database) {
    this.database = database;
    database.migrate("review", MIGRATIONS);
  }

  /** Makes a new one out of its number. */
  @FunctionalInterface
  public interface Making {
    /** Makes it. */
    Submission of(long id);
  }

  /** Writes down a new submission under a number of its own. */
  public Submission create(Making making) {
    return database.write(
        connection -> {
          long id =
              Sql.first(
                      connection,
                      row -> row.getLong(1),
                      "SELECT COALESCE(MAX(id), 0) + 1 FROM review_submission")
                  .orElse(1L);
          Submission made = making.of(id);
          Sql.update(
              connection,
              "INSERT INTO review_submission (id, state, department, layer, author, document)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              id,
              made.state().name(),
              made.department().id(),
              layer(made),
              made.author().id(),
              JSON.writeValueAsString(made));
          return made;
        });
  }

  private static @Nullable String layer(Submission submission) {
    return submission.layer() == null ? null : submission.layer().value();
  }

  /** One submission. */
  public Optional<Submission> find(long id) {
    return database.read(connection -> find(connection, id));
  }

  /** One submission, as a transaction sees it. */
  public static Optional<Submission> find(Connection connection, long id) throws SQLException {
    return Sql.first(
        connection,
        row -> JSON.readValue(row.getString(1), Submission.class),
        "SELECT document FROM review_submission WHERE id = ?",
        id);
  }

  /**
   * Replaces a submission, unless it has left the state from which this goes.
   *
   * @return false where it has
   */
  public boolean replace(SubmissionState from, Submission by) {
    return database.write(connection -> replace(connection, from, by));
  }

  /** As above, inside a transaction. */
  public static boolean replace(Connection connection, SubmissionState from, Submission by)
      throws SQLException {
    return Sql.update(
            connection,
            "UPDATE review_submission SET state = ?, document = ? WHERE id = ? AND state = ?",
            by.state().name(),
            JSON.writeValueAsString(by),
            by.id(),
            from.name())
        > 0;
  }

  /**
   * Submissions, newest first.
   *
   * @param before only those with a smaller number; {@link Long#MAX_VALUE} for all
   */
  public List<Submission> list(
      @Nullable SubmissionState state,
      @Nullable String department,
      @Nullable String layer,
      @Nullable String author,
      long before,
      int limit) {
    StringBuilder sql = new StringBuilder("SELECT document FROM review_submission WHERE id < ?");
    List<Object> values = new ArrayList<>(List.of(before));
    condition(sql, values, " AND state = ?", state == null ? null : state.name());
    condition(sql, values, " AND department = ?", department);
    condition(sql, values, " AND layer = ?", layer);
    condition(sql, values, " AND author = ?", author);
    sql.append(" ORDER BY id DESC LIMIT ?");
    values.add(limit);
    return database.read(
        connection -> {
          List<Submission> all = new ArrayList<>();
          Sql.each(
              connection,
              row -> all.add(JSON.readValue(row.getString(1), Submission.class)),
              sql.toString(),
              values.toArray());
          return all;
        });
  }

  private static void condition(
      StringBuilder sql, List<Object> values, String condition, @Nullable String value) {
    if (value != null) {
      sql.append(condition);
      values.add(value);
    }
  }

  /** What someone said of a submission. */
  public record Comment(long id, Instant at, String author, String authorName, String text) {}

  /** Adds a comment; durable when this returns. */
  public Comment comment(
      long submission, Instant at, String author, String authorName, String text) {
    return database.write(
        connection -> {
          long place =
              Sql.first(
                      connection,
                      row -> row.getLong(1),
                      "SELECT COALESCE(MAX(place), 0) + 1 FROM review_comment"
                          + " WHERE submission = ?",
                      submission)
                  .orElse(1L);
          Sql.update(
              connection,
              "INSERT INTO review_comment (submission, place, at, author, author_name, message)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              submission,
              place,
              at.toString(),
              author,
              authorName,
              text);
          return new Comment(place, at, author, authorName, text);
        });
  }

  /** What was said of a submission, oldest first. */
  public List<Comment> listComments(long submission) {
    return listComments("WHERE submission = ? ORDER BY place", submission);
  }

  /** What somebody said of any submission. */
  public List<Comment> listCommentsBy(String author) {
    return listComments("WHERE author = ? ORDER BY submission, place", author);
  }

  private List<Comment> listComments(String which, Object of) {
    return database.read(
        connection -> {
          List<Comment> all = new ArrayList<>();
          Sql.each(
              connection,
              row ->
                  all.add(
                      new Comment(
                          row.getLong(1),
                          Instant.parse(row.getString(2)),
                          row.getString(3),
                          row.getString(4),
                          row.getString(5))),
              "SELECT place, at, author, author_name, message FROM review_comment " + which,
              of);
          return all;
        });
  }

  /** Takes somebody's name from what they handed in and said, inside a transaction. */
  public static void forgetName(Connection connection, String author) throws SQLException {
    List<Submission> own = new ArrayList<>();
    Sql.each(
        connection,
        row -> own.add(JSON.readValue(row.getString(1), Submission.class)),
        "SELECT document FROM review_submission WHERE author = ?",
        author);
    for (Submission one : own) {
      Sql.update(
          connection,
          "UPDATE review_submission SET document = ? WHERE id = ?",
          JSON.writeValueAsString(one.withoutName()),
          one.id());
    }
    Sql.update(connection, "UPDATE review_comment SET author_name = '' WHERE author = ?", author);
  }

  /** A pair of features that someone settled. */
  public record Settled(long before, long after, boolean same) {}

  /** What was settled of a layer's doubtful pairs. */
  public List<Settled> listSettled(long submission, String layer) {
    return database.read(
        connection -> {
          List<Settled> all = new ArrayList<>();
          Sql.each(
              connection,
              row -> all.add(new Settled(row.getLong(1), row.getLong(2), row.getInt(3) != 0)),
              "SELECT before_id, after_id, same FROM review_match"
                  + " WHERE submission = ? AND layer = ? ORDER BY before_id, after_id",
              submission,
              layer);
          return all;
        });
  }

  /** Writes down what was settled. */
  public void settle(long submission, String layer, List<Settled> pairs) {
    database.write(
        connection -> {
          for (Settled pair : pairs) {
            Sql.update(
                connection,
                "INSERT INTO review_match (submission, layer, before_id, after_id, same)"
                    + " VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (submission, layer, before_id, after_id)"
                    + " DO UPDATE SET same = excluded.same",
                submission,
                layer,
                pair.before(),
                pair.after(),
                pair.same() ? 1 : 0);
          }
          return true;
        });
  }

  /** Forgets what was settled: the version was loaded anew. */
  public void forgetSettled(long submission) {
    database.write(
        connection ->
            Sql.update(connection, "DELETE FROM review_match WHERE submission = ?", submission));
  }
}
