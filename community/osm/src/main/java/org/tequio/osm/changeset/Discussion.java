package org.tequio.osm.changeset;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.tequio.osm.Changeset;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * What people say to each other about changesets, and who wants to hear of it: whoever made it,
 * whoever said something, and whoever asked. Thread-safe.
 */
public final class Discussion {
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE osm_comment (id BIGINT PRIMARY KEY, changeset BIGINT NOT NULL,"
                      + " uid BIGINT NOT NULL, at BIGINT NOT NULL, text TEXT NOT NULL,"
                      + " visible INTEGER NOT NULL)",
                  "CREATE INDEX osm_comment_changeset ON osm_comment (changeset, id)",
                  "CREATE TABLE osm_follower (changeset BIGINT NOT NULL, uid BIGINT NOT NULL,"
                      + " PRIMARY KEY (changeset, uid))",
                  "INSERT INTO osm_counter (name, last) VALUES ('comment', 0)")));

  private static final int LONGEST = 10_000;

  private final Database database;
  private final Clock clock;
  private final Consumer<News> told;

  /**
   * Creates or upgrades the tables.
   *
   * @param told of each comment, after it is durable
   */
  public Discussion(Database database, Clock clock, Consumer<News> told) {
    this.database = database;
    this.clock = clock;
    this.told = told;
    database.migrate("osm_discussion", MIGRATIONS);
  }

  /**
   * Something that was said.
   *
   * @param user the name of whoever said it
   * @param visible false where a moderator hid it
   */
  public record Comment(
      long id, long changeset, Instant at, long uid, String user, String text, boolean visible) {}

  /**
   * A comment, and whom it concerns.
   *
   * @param accounts in this city, without whoever said it
   */
  public record News(Comment comment, List<String> accounts) {
    /** Copies the accounts. */
    public News {
      accounts = List.copyOf(accounts);
    }
  }

  /** What was said about a changeset, the oldest first. */
  static List<Comment> list(Connection connection, long changeset, boolean hidden)
      throws SQLException {
    return Sql.list(
        connection,
        row ->
            new Comment(
                row.getLong(1),
                changeset,
                Instant.ofEpochSecond(row.getLong(2)),
                row.getLong(3),
                String.valueOf(row.getString(4)),
                row.getString(5),
                row.getInt(6) != 0),
        "SELECT m.id, m.at, m.uid, p.name, m.text, m.visible FROM osm_comment m"
            + " LEFT JOIN osm_person p ON p.uid = m.uid WHERE m.changeset = ?"
            + (hidden ? "" : " AND m.visible = 1")
            + " ORDER BY m.id",
        changeset);
  }

  /** The same in a reading of its own. */
  public List<Comment> list(long changeset, boolean hidden) {
    return database.read(connection -> list(connection, changeset, hidden));
  }

  /** How many comments everybody sees. */
  public static long count(Connection connection, long changeset) throws SQLException {
    return Sql.number(
        connection,
        "SELECT COUNT(*) FROM osm_comment WHERE changeset = ? AND visible = 1",
        changeset);
  }

  /**
   * Says something about a changeset that is closed.
   *
   * @throws OsmRefused where it is open, not there, or nothing is said
   */
  public Changeset add(Changesets.Mapper mapper, long changeset, String text) {
    if (text.isBlank()) {
      throw OsmRefused.bad("No text was given");
    }
    if (text.length() > LONGEST) {
      throw OsmRefused.bad("A comment holds at most " + LONGEST + " characters");
    }
    long at = clock.instant().getEpochSecond();
    News news =
        database.write(
            connection -> {
              Changeset about = getChangeset(connection, changeset);
              if (about.isOpen(clock.instant())) {
                throw OsmRefused.conflict("The changeset " + changeset + " is not yet closed.");
              }
              Authors.Author author =
                  Authors.ensure(connection, mapper.account(), mapper.name(), at);
              long id = OsmTables.take(connection, "comment", 1);
              Sql.update(
                  connection,
                  "INSERT INTO osm_comment (id, changeset, uid, at, text, visible)"
                      + " VALUES (?, ?, ?, ?, ?, 1)",
                  id,
                  changeset,
                  author.uid(),
                  at,
                  text);
              follow(connection, changeset, author.uid());
              List<String> accounts =
                  Sql.list(
                      connection,
                      row -> row.getString(1),
                      "SELECT account FROM osm_person WHERE account IS NOT NULL AND uid <> ?"
                          + " AND (uid = ? OR uid IN"
                          + " (SELECT uid FROM osm_follower WHERE changeset = ?))",
                      author.uid(),
                      about.uid(),
                      changeset);
              return new News(
                  new Comment(
                      id,
                      changeset,
                      Instant.ofEpochSecond(at),
                      author.uid(),
                      author.name(),
                      text,
                      true),
                  accounts);
            });
    told.accept(news);
    return database.read(connection -> getChangeset(connection, changeset));
  }

  private static Changeset getChangeset(Connection connection, long id) throws SQLException {
    return ChangesetTables.find(connection, id)
        .orElseThrow(() -> OsmRefused.notFound("changeset", id));
  }

  private static void follow(Connection connection, long changeset, long uid) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO osm_follower (changeset, uid) VALUES (?, ?)"
            + " ON CONFLICT (changeset, uid) DO NOTHING",
        changeset,
        uid);
  }

  /**
   * Wants to hear of what is said, or no more.
   *
   * @throws OsmRefused where that is so already
   */
  public Changeset follow(Changesets.Mapper mapper, long changeset, boolean wanted) {
    return database.write(
        connection -> {
          Changeset about = getChangeset(connection, changeset);
          long uid =
              Authors.ensure(
                      connection, mapper.account(), mapper.name(), clock.instant().getEpochSecond())
                  .uid();
          boolean isFollower =
              Sql.number(
                      connection,
                      "SELECT COUNT(*) FROM osm_follower WHERE changeset = ? AND uid = ?",
                      changeset,
                      uid)
                  > 0;
          if (wanted && isFollower) {
            throw OsmRefused.conflict("You are already subscribed to changeset " + changeset + ".");
          }
          if (!wanted && !isFollower) {
            throw OsmRefused.notFound("You are not subscribed to changeset " + changeset + ".");
          }
          if (wanted) {
            follow(connection, changeset, uid);
          } else {
            Sql.update(
                connection,
                "DELETE FROM osm_follower WHERE changeset = ? AND uid = ?",
                changeset,
                uid);
          }
          return about;
        });
  }

  /**
   * Hides a comment from everybody but moderators, or shows it again.
   *
   * @throws OsmRefused where it is not there
   */
  public Changeset show(long comment, boolean visible) {
    return database.write(
        connection -> {
          long changeset =
              Sql.first(
                      connection,
                      row -> row.getLong(1),
                      "SELECT changeset FROM osm_comment WHERE id = ?",
                      comment)
                  .orElseThrow(() -> OsmRefused.notFound("changeset comment", comment));
          Sql.update(
              connection,
              "UPDATE osm_comment SET visible = ? WHERE id = ?",
              visible ? 1 : 0,
              comment);
          return getChangeset(connection, changeset);
        });
  }
}
