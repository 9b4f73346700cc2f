package org.tequio.osm.note;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.changeset.Changesets.Mapper;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.Authors;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/**
 * Notes of one map. Whoever said something of one hears of what others say. Each operation is one
 * durable transaction. Thread-safe.
 */
public final class Notes {
  private static final int LONGEST = 2000;

  private final Database database;
  private final Clock clock;
  private final Consumer<News> told;

  /**
   * Creates or upgrades the tables.
   *
   * @param told of what was said, after it is durable
   */
  public Notes(Database database, Clock clock, Consumer<News> told) {
    this.database = database;
    this.clock = clock;
    this.told = told;
    database.migrate("osm_note", NoteTables.MIGRATIONS);
  }

  /**
   * What was said of a note, and whom it concerns.
   *
   * @param note as it is now; the last of its comments is the news
   * @param accounts in this city, without whoever said it
   */
  public record News(Note note, List<String> accounts) {
    /** Copies the accounts. */
    public News {
      accounts = List.copyOf(accounts);
    }
  }

  /** One note, a hidden one, too. */
  public Optional<Note> find(long id) {
    return database.read(connection -> NoteTables.find(connection, id));
  }

  /** Those that are asked for. */
  public List<Note> list(Database.Reading<NoteQuery> asked) {
    return database.read(connection -> asked.with(connection).list(connection, clock.instant()));
  }

  /**
   * Leaves a note.
   *
   * @param mapper null for nobody in particular
   * @param lon in 1e-7 degrees, as {@code lat}
   * @throws OsmRefused where nothing is said, or too much
   */
  public Note open(@Nullable Mapper mapper, int lon, int lat, String text) {
    requireText(text);
    long at = clock.instant().getEpochSecond();
    return database.write(
        connection -> {
          long id = NoteTables.insert(connection, lon, lat, at);
          say(connection, id, mapper, at, Note.Verb.OPENED, text);
          return get(connection, id);
        });
  }

  /**
   * Says something of a note that is open.
   *
   * @throws OsmRefused where it is not there, not seen, closed, or nothing is said
   */
  public Note comment(Mapper mapper, long id, String text) {
    requireText(text);
    return change(
        id,
        (connection, note, at) -> {
          requireVisible(note);
          requireOpen(note);
          say(connection, id, mapper, at, Note.Verb.COMMENTED, text);
          NoteTables.update(connection, id, at, null, true);
        });
  }

  /**
   * Says that a note is settled.
   *
   * @throws OsmRefused where it is not there, not seen, or closed already
   */
  public Note close(Mapper mapper, long id, String text) {
    requireShort(text);
    return change(
        id,
        (connection, note, at) -> {
          requireVisible(note);
          requireOpen(note);
          say(connection, id, mapper, at, Note.Verb.CLOSED, text);
          NoteTables.update(connection, id, at, at, true);
        });
  }

  /**
   * Says that a note is not settled after all.
   *
   * @param moderator who may show what was hidden
   * @throws OsmRefused where it is not there, not seen, or open already
   */
  public Note reopen(Mapper mapper, long id, String text, boolean moderator) {
    requireShort(text);
    return change(
        id,
        (connection, note, at) -> {
          if (!moderator) {
            requireVisible(note);
          }
          if (note.visible() && note.closed() == null) {
            throw OsmRefused.conflict("The note " + id + " is already open");
          }
          say(connection, id, mapper, at, Note.Verb.REOPENED, text);
          NoteTables.update(connection, id, at, null, true);
        });
  }

  /**
   * Takes a note from everybody's eyes.
   *
   * @throws OsmRefused where it is not there, or hidden already
   */
  public Note hide(Mapper mapper, long id, String text) {
    requireShort(text);
    return change(
        id,
        (connection, note, at) -> {
          requireVisible(note);
          say(connection, id, mapper, at, Note.Verb.HIDDEN, text);
          Instant closed = note.closed();
          NoteTables.update(
              connection, id, at, closed == null ? null : closed.getEpochSecond(), false);
        });
  }

  /**
   * Wants to hear of what is said, or no more.
   *
   * @throws OsmRefused where that is so already
   */
  public void follow(Mapper mapper, long id, boolean wanted) {
    database.write(
        connection -> {
          requireVisible(get(connection, id));
          long uid =
              Authors.ensure(
                      connection, mapper.account(), mapper.name(), clock.instant().getEpochSecond())
                  .uid();
          if (wanted && follow(connection, id, uid) == 0) {
            throw OsmRefused.conflict("You are already subscribed to note " + id + ".");
          }
          if (!wanted
              && Sql.update(
                      connection,
                      "DELETE FROM osm_note_follower WHERE note = ? AND uid = ?",
                      id,
                      uid)
                  == 0) {
            throw OsmRefused.notFound("You are not subscribed to note " + id + ".");
          }
          return true;
        });
  }

  /** What somebody does to a note that is there. */
  @FunctionalInterface
  private interface Step {
    void take(Connection connection, Note note, long at) throws SQLException;
  }

  private Note change(long id, Step step) {
    long at = clock.instant().getEpochSecond();
    News news =
        database.write(
            connection -> {
              step.take(connection, get(connection, id), at);
              Note note = get(connection, id);
              return new News(note, concerned(connection, note));
            });
    // Whoever is rebuked need not hear it from a machine, too.
    if (news.note.visible()) {
      told.accept(news);
    }
    return news.note;
  }

  private static List<String> concerned(Connection connection, Note note) throws SQLException {
    Long last = note.comments().getLast().uid();
    return Sql.list(
        connection,
        row -> row.getString(1),
        "SELECT p.account FROM osm_note_follower f JOIN osm_person p ON p.uid = f.uid"
            + " WHERE f.note = ? AND p.account IS NOT NULL AND p.uid <> ?",
        note.id(),
        last == null ? 0 : last);
  }

  private static void say(
      Connection connection, long id, @Nullable Mapper mapper, long at, Note.Verb verb, String text)
      throws SQLException {
    Long uid = null;
    if (mapper != null) {
      uid = Authors.ensure(connection, mapper.account(), mapper.name(), at).uid();
      if (verb != Note.Verb.HIDDEN) {
        follow(connection, id, uid);
      }
    }
    NoteTables.say(connection, id, uid, at, verb, text);
  }

  private static int follow(Connection connection, long id, long uid) throws SQLException {
    return Sql.update(
        connection,
        "INSERT INTO osm_note_follower (note, uid) VALUES (?, ?)"
            + " ON CONFLICT (note, uid) DO NOTHING",
        id,
        uid);
  }

  private static Note get(Connection connection, long id) throws SQLException {
    return NoteTables.find(connection, id).orElseThrow(Notes::notFound);
  }

  /** What is told where there is no such note. */
  public static OsmRefused notFound() {
    return OsmRefused.notFound("Object not found");
  }

  /** Refuses what everybody but moderators takes for gone. */
  public static void requireVisible(Note note) {
    if (!note.visible()) {
      throw OsmRefused.deleted("note", note.id());
    }
  }

  private static void requireOpen(Note note) {
    Instant closed = note.closed();
    if (closed != null) {
      throw OsmRefused.conflict(
          "The note " + note.id() + " was closed at " + OsmRefused.time(closed));
    }
  }

  private static void requireText(String text) {
    if (text.isBlank()) {
      throw OsmRefused.bad("No text was given");
    }
    requireShort(text);
  }

  private static void requireShort(String text) {
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw OsmRefused.bad("What is said of a note has at most " + LONGEST + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      throw OsmRefused.bad("What is said of a note holds no null characters");
    }
  }
}
