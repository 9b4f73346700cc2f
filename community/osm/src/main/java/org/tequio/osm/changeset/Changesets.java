package org.tequio.osm.changeset;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.Box;
import org.tequio.osm.Changeset;
import org.tequio.osm.OsmConfig;
import org.tequio.osm.Upload;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/**
 * Opens and closes changesets, and lets their owners edit in them. Each operation is one durable
 * transaction; they never overlap, since a city has one writer. Thread-safe.
 */
public final class Changesets {
  /** A changeset closes when nothing came for so long. */
  static final Duration IDLE = Duration.ofHours(1);

  /** And in any case after so long. */
  static final Duration OLD = Duration.ofHours(24);

  private final Database database;
  private final OsmConfig config;
  private final Clock clock;
  private final Consumer<Upload> told;

  /**
   * Creates or upgrades the tables.
   *
   * @param told of each upload, after it is durable
   */
  public Changesets(Database database, OsmConfig config, Clock clock, Consumer<Upload> told) {
    this.database = database;
    this.config = config;
    this.clock = clock;
    this.told = told;
    database.migrate("osm_changeset", ChangesetTables.MIGRATIONS);
    database.migrate("osm_upload_answer", UploadAnswers.MIGRATIONS);
  }

  /**
   * Who edits.
   *
   * @param account in this city
   * @param name as others read it
   */
  public record Mapper(String account, String name) {
    private static final String CITY = "city";

    /** The city itself, which brings whole layers. */
    public static Mapper ofCity(String name) {
      return new Mapper(CITY, name);
    }

    private boolean isCity() {
      return account.equals(CITY);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** One changeset. */
  public Optional<Changeset> find(long id) {
    return database.read(connection -> ChangesetTables.find(connection, id));
  }

  /** Opens a changeset; returns its number. */
  public long create(Mapper mapper, Map<String, String> tags) {
    Instant now = now();
    return database.write(
        connection -> {
          Authors.Author author =
              Authors.ensure(connection, mapper.account, mapper.name, now.getEpochSecond());
          long id = OsmTables.take(connection, "changeset", 1);
          ChangesetTables.insert(
              connection,
              new Changeset(id, author.uid(), author.name(), now, now.plus(IDLE), 0, null, tags));
          return id;
        });
  }

  /**
   * Says something else of a changeset that is open.
   *
   * @throws OsmRefused where it is not one's own, not open, or not there
   */
  public Changeset update(Mapper mapper, long id, Map<String, String> tags) {
    return database.write(
        connection -> {
          Changeset old = getOpen(connection, mapper, id, now());
          Changeset changeset = with(old, old.closes(), old.changes(), old.box(), tags);
          ChangesetTables.update(connection, changeset);
          return changeset;
        });
  }

  /**
   * Closes a changeset.
   *
   * @throws OsmRefused where it is not one's own, closed already, or not there
   */
  public void close(Mapper mapper, long id) {
    database.write(
        connection -> {
          Changeset old = getOpen(connection, mapper, id, now());
          ChangesetTables.update(
              connection, with(old, now(), old.changes(), old.box(), old.tags()));
          return true;
        });
  }

  /**
   * Makes all of these changes, in order, or none.
   *
   * @return what came of each
   * @throws OsmRefused at the first rule that is broken
   */
  public List<Change.Result> upload(Mapper mapper, long id, List<Change> changes) {
    return upload(mapper, id, changes, null);
  }

  /**
   * Makes all of these changes, in order, or none. Where the same was sent to the same changeset
   * before, its answer was lost: it is given again, and nothing is made.
   *
   * @param digest of what was sent; null where nothing is ever sent again
   * @return what came of each
   * @throws OsmRefused at the first rule that is broken
   */
  public List<Change.Result> upload(
      Mapper mapper, long id, List<Change> changes, @Nullable String digest) {
    Uploaded done = database.write(connection -> upload(connection, mapper, id, changes, digest));
    if (done.upload != null) {
      told.accept(done.upload);
    }
    return done.results;
  }

  private record Uploaded(List<Change.Result> results, @Nullable Upload upload) {}

  private Uploaded upload(
      Connection connection, Mapper mapper, long id, List<Change> changes, @Nullable String digest)
      throws SQLException {
    Instant now = now();
    Changeset changeset = getOwn(connection, mapper, id, now);
    if (digest != null) {
      Optional<List<Change.Result>> before = UploadAnswers.find(connection, id, digest);
      if (before.isPresent()) {
        return new Uploaded(before.get(), null);
      }
    }
    requireOpen(changeset, now);
    DiffUpload diff = new DiffUpload(connection, changeset, now.getEpochSecond());
    diff.run(changes);
    int count = diff.made().size();
    if (changeset.changes() + count > Changeset.MOST_CHANGES) {
      throw OsmRefused.changesetClosed(id, now);
    }
    Box all = Box.around(changeset.box(), diff.box());
    requireExtent(all);
    if (!mapper.isCity()) {
      requireRate(connection, changeset, count, now);
    }
    ChangesetTables.update(
        connection,
        with(
            changeset,
            closing(changeset.created(), now),
            changeset.changes() + count,
            all,
            changeset.tags()));
    List<Change.Result> results = List.copyOf(diff.results());
    if (digest != null) {
      UploadAnswers.keep(connection, id, digest, now, results);
    }
    Box box = diff.box();
    return new Uploaded(
        results,
        count == 0
            ? null
            : new Upload(
                id,
                mapper.account,
                now,
                box == null ? 0 : box.west(),
                box == null ? 0 : box.south(),
                box == null ? -1 : box.east(),
                box == null ? -1 : box.north(),
                diff.made()));
  }

  private void requireExtent(@Nullable Box box) {
    if (box != null
        && ((long) box.east() - box.west()) + ((long) box.north() - box.south())
            > config.changesetExtent()) {
      throw OsmRefused.tooWide();
    }
  }

  private void requireRate(Connection connection, Changeset changeset, int count, Instant now)
      throws SQLException {
    long lately =
        Sql.number(
            connection,
            "SELECT SUM(changes) FROM osm_changeset WHERE uid = ? AND created > ?",
            changeset.uid(),
            now.minus(Duration.ofHours(1)).getEpochSecond());
    if (lately + count > config.changesPerHour()) {
      throw OsmRefused.tooFast();
    }
  }

  /** One's own open changeset. */
  private static Changeset getOpen(Connection connection, Mapper mapper, long id, Instant now)
      throws SQLException {
    Changeset changeset = getOwn(connection, mapper, id, now);
    requireOpen(changeset, now);
    return changeset;
  }

  private static void requireOpen(Changeset changeset, Instant now) {
    if (!changeset.isOpen(now)) {
      throw OsmRefused.changesetClosed(changeset.id(), changeset.closes());
    }
  }

  private static Changeset getOwn(Connection connection, Mapper mapper, long id, Instant now)
      throws SQLException {
    Changeset changeset =
        ChangesetTables.find(connection, id)
            .orElseThrow(() -> OsmRefused.notFound("changeset", id));
    Authors.Author author =
        Authors.ensure(connection, mapper.account, mapper.name, now.getEpochSecond());
    if (author.uid() != changeset.uid()) {
      throw OsmRefused.changesetOfAnother();
    }
    return changeset;
  }

  private static Instant closing(Instant created, Instant now) {
    Instant idle = now.plus(IDLE);
    Instant old = created.plus(OLD);
    return idle.isBefore(old) ? idle : old;
  }

  private static Changeset with(
      Changeset old, Instant closes, int changes, @Nullable Box box, Map<String, String> tags) {
    return new Changeset(
        old.id(), old.uid(), old.user(), old.created(), closes, changes, box, tags);
  }
}
