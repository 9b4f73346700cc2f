package org.tequio.osm.trace;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.tequio.osm.Box;
import org.tequio.osm.OsmConfig;
import org.tequio.osm.changeset.Changesets.Mapper;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** The traces of one map. Each operation is one durable transaction. Thread-safe. */
public final class Traces {
  private static final int LONGEST = 255;

  private final Database database;
  private final OsmConfig config;
  private final Clock clock;

  /** Creates or upgrades the tables. */
  public Traces(Database database, OsmConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
    database.migrate("osm_trace", TraceTables.MIGRATIONS);
  }

  /**
   * The file of a trace.
   *
   * @param bytes as they came
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on once
  public record Content(String name, String mediaType, byte[] bytes) {}

  /** The largest file that is taken, in bytes. */
  public int mostBytes() {
    return config.traceBytes();
  }

  /**
   * Keeps a trace; its points are read before it is answered.
   *
   * @param name of the file, as it was sent
   * @return its number
   * @throws OsmRefused where it cannot be read, says nothing, or is too much
   */
  public long create(Mapper mapper, String name, byte[] file, Trace.Saying saying) {
    require(saying);
    if (file.length > config.traceBytes()) {
      throw OsmRefused.tooLarge("A trace has at most " + config.traceBytes() + " bytes");
    }
    TrackPoints points = TraceFile.read(file);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return database.write(
        connection -> {
          Authors.Author author =
              Authors.ensure(connection, mapper.account(), mapper.name(), now.getEpochSecond());
          long kept =
              Sql.number(connection, "SELECT SUM(size) FROM osm_trace WHERE uid = ?", author.uid());
          if (kept + file.length > config.tracesBytes()) {
            throw OsmRefused.tooLarge(
                "Your traces have at most " + config.tracesBytes() + " bytes together");
          }
          long id = OsmTables.take(connection, "trace", 1);
          TraceTables.insert(
              connection,
              new Trace(
                  id,
                  author.uid(),
                  author.name(),
                  fileName(name),
                  saying.description(),
                  saying.tags(),
                  saying.visibility(),
                  now,
                  points.lon(0),
                  points.lat(0),
                  points.size()),
              file,
              points);
          return id;
        });
  }

  // A name only, whatever folders a browser says, and nothing that a header could not hold.
  private static String fileName(String sent) {
    String bare =
        sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1)
            .replaceAll("[\\p{Cntrl}\"]", "_")
            .strip();
    String name = bare.isEmpty() ? "trace" : bare;
    return name.length() > LONGEST ? name.substring(name.length() - LONGEST) : name;
  }

  private static void require(Trace.Saying saying) {
    if (saying.description().isBlank() || isLong(saying.description())) {
      throw OsmRefused.bad("A trace has a description of at most " + LONGEST + " characters");
    }
    for (String tag : saying.tags()) {
      if (isLong(tag)) {
        throw OsmRefused.bad("A tag of a trace has at most " + LONGEST + " characters");
      }
    }
    if (saying.tags().size() > LONGEST) {
      throw OsmRefused.bad("A trace has at most " + LONGEST + " tags");
    }
  }

  private static boolean isLong(String text) {
    return text.codePointCount(0, text.length()) > LONGEST || text.indexOf('\0') >= 0;
  }

  /**
   * A trace that somebody may see.
   *
   * @param account who asks
   * @throws OsmRefused where it is not there, or not theirs and not open to others
   */
  public Trace get(String account, long id) {
    return database.read(connection -> get(connection, account, id, false));
  }

  private static Trace get(Connection connection, String account, long id, boolean own)
      throws SQLException {
    Trace trace =
        Sql.first(connection, TraceTables::read, TraceTables.SELECT + "WHERE t.id = ?", id)
            .orElseThrow(() -> OsmRefused.notFound("trace", id));
    boolean isOwn =
        Authors.ofAccount(connection, account).map(Authors.Author::uid).orElse(-1L) == trace.uid();
    if (!isOwn && (own || !trace.visibility().isListed())) {
      throw OsmRefused.forbidden("The trace is somebody else's");
    }
    return trace;
  }

  /**
   * The file of a trace that somebody may see.
   *
   * @throws OsmRefused as {@link #get}
   */
  public Content content(String account, long id) {
    return database.read(
        connection -> {
          Trace trace = get(connection, account, id, false);
          byte[] bytes =
              Sql.first(
                      connection,
                      row -> row.getBytes(1),
                      "SELECT data FROM osm_trace_file WHERE trace = ?",
                      id)
                  .orElseThrow(() -> OsmRefused.notFound("trace", id));
          TraceFile.Packing packing = TraceFile.Packing.of(bytes);
          return new Content(trace.id() + packing.suffix(), packing.mediaType(), bytes);
        });
  }

  /** Somebody's own, the newest first. */
  public List<Trace> list(String account) {
    return database.read(
        connection -> {
          Optional<Authors.Author> author = Authors.ofAccount(connection, account);
          return author.isEmpty()
              ? List.of()
              : Sql.list(
                  connection,
                  TraceTables::read,
                  TraceTables.SELECT + "WHERE t.uid = ? ORDER BY t.id DESC",
                  author.get().uid());
        });
  }

  /** How many somebody has. */
  public static long count(Connection connection, long uid) throws SQLException {
    return Sql.number(connection, "SELECT COUNT(*) FROM osm_trace WHERE uid = ?", uid);
  }

  /**
   * Says something else of one's own trace.
   *
   * @throws OsmRefused where it is not there, or not one's own
   */
  public void update(String account, long id, Trace.Saying saying) {
    require(saying);
    database.write(
        connection -> {
          get(connection, account, id, true);
          return Sql.update(
              connection,
              "UPDATE osm_trace SET description = ?, tags = ?, visibility = ? WHERE id = ?",
              saying.description(),
              TraceTables.text(saying.tags()),
              saying.visibility().word(),
              id);
        });
  }

  /**
   * Removes one's own trace.
   *
   * @throws OsmRefused where it is not there, or not one's own
   */
  public void delete(String account, long id) {
    database.write(
        connection -> {
          get(connection, account, id, true);
          TraceTables.delete(connection, List.of(id));
          return true;
        });
  }

  /** A page of the points in a box. */
  public List<NearPoints.Track> near(Box box, int page) {
    return database.read(connection -> NearPoints.read(connection, box, page));
  }

  /** Removes all of somebody's. */
  public static void erase(Connection connection, long uid) throws SQLException {
    TraceTables.delete(
        connection,
        Sql.list(connection, row -> row.getLong(1), "SELECT id FROM osm_trace WHERE uid = ?", uid));
  }
}
