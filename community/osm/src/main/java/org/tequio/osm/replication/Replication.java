package org.tequio.osm.replication;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.formats.osm.ElementForm;
import org.tequio.formats.osm.ElementForm.Content;
import org.tequio.formats.osm.ElementWriter;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Database;
import org.tequio.storage.PrivateFile;
import org.tequio.storage.Sql;

/**
 * Writes what was committed since the last time as the next change of the series: every version, in
 * the order of commits, an upload never in two files. The state of a change says to which edit it
 * goes; it is written after the change, and from then on the change is what it is. So whoever is
 * killed in between begins where the last state ends, without a gap and without anything twice.
 * Thread-safe.
 */
public final class Replication {
  private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
  private static final int MOST_VERSIONS = 50_000;

  private final Database database;
  private final Path folder;
  private final Clock clock;

  /**
   * A series of changes.
   *
   * @param folder of the series, such as {@code …/replication/minute}; made when it is first needed
   */
  public Replication(Database database, Path folder, Clock clock) {
    this.database = database;
    this.folder = folder;
    this.clock = clock;
  }

  /** The newest state. */
  public Path stateFile() {
    return folder.resolve("state.txt");
  }

  /** The state of a change. */
  public Path stateFile(long sequence) {
    return folder.resolve(ReplicationState.path(sequence) + ".state.txt");
  }

  /** A change. */
  public Path changeFile(long sequence) {
    return folder.resolve(ReplicationState.path(sequence) + ".osc.gz");
  }

  /**
   * Writes all that is new; without anything new, nothing.
   *
   * @return the newest state
   */
  public synchronized ReplicationState publish() throws IOException {
    ReplicationState state = last();
    for (Optional<Change> change = next(state); change.isPresent(); change = next(state)) {
      state = write(state, change.get());
    }
    return state;
  }

  /** Begins the series where there is none yet. */
  public synchronized void begin() throws IOException {
    if (!Files.exists(stateFile())) {
      last();
    }
  }

  /** Where the series stands; begins it where there is none. */
  private ReplicationState last() throws IOException {
    if (!Files.exists(stateFile())) {
      ReplicationState first = new ReplicationState(0, now(), 0);
      writeChange(0, List.of());
      PrivateFile.write(stateFile(0), first.toBytes());
      PrivateFile.write(stateFile(), first.toBytes());
      return first;
    }
    ReplicationState state = ReplicationState.parse(Files.readAllBytes(stateFile()));
    Path later = stateFile(state.sequence() + 1);
    if (Files.exists(later)) {
      state = ReplicationState.parse(Files.readAllBytes(later));
      PrivateFile.write(stateFile(), state.toBytes());
    }
    long newest = database.read(connection -> OsmTables.last(connection, "edit"));
    if (state.edit() > newest) {
      LOG.warn(
          "the community map was restored to before edit {}: whoever follows its changes should"
              + " take an export",
          state.edit());
      return new ReplicationState(state.sequence(), state.timestamp(), newest);
    }
    return state;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private record Change(Instant at, long edit, List<OsmElement> versions) {}

  private Optional<Change> next(ReplicationState state) {
    Instant at = now();
    return database.read(connection -> next(connection, state.edit(), at));
  }

  private static Optional<Change> next(Connection connection, long from, Instant at)
      throws SQLException {
    long last = OsmTables.last(connection, "edit");
    if (last <= from) {
      return Optional.empty();
    }
    Optional<Long> tooMany =
        Sql.first(
            connection,
            row -> row.getLong(1),
            "SELECT number FROM osm_edit WHERE number > ? ORDER BY number, place LIMIT 1 OFFSET ?",
            from,
            MOST_VERSIONS);
    long to = tooMany.map(number -> Math.max(from + 1, number - 1)).orElse(last);
    List<OsmElement> versions = new ArrayList<>();
    AuthorNames names = Authors.names(connection);
    Sql.each(
        connection,
        row -> {
          int version = row.getInt(2);
          OsmElement present = ElementBytes.read(row.getLong(1), row.getBytes(3), names);
          byte[] past = row.getBytes(4);
          if (present.meta().version() == version) {
            versions.add(present);
          } else if (past != null) {
            versions.add(ElementBytes.read(row.getLong(1), past, names));
          }
        },
        // A version that was redacted is told to nobody any more.
        "SELECT e.key, e.version, c.data, p.data FROM osm_edit AS e"
            + " JOIN osm_element AS c ON c.key = e.key LEFT JOIN osm_past AS p ON p.key = e.key"
            + " AND p.version = e.version AND p.redaction IS NULL"
            + " WHERE e.number > ? AND e.number <= ? ORDER BY e.number, e.place",
        from,
        to);
    return Optional.of(new Change(at, to, versions));
  }

  private ReplicationState write(ReplicationState before, Change change) throws IOException {
    // Programs that follow take two states of one time for the same.
    Instant earliest = before.timestamp().plusSeconds(1);
    ReplicationState state =
        new ReplicationState(
            before.sequence() + 1,
            change.at.isBefore(earliest) ? earliest : change.at,
            change.edit);
    writeChange(state.sequence(), change.versions);
    PrivateFile.write(stateFile(state.sequence()), state.toBytes());
    PrivateFile.write(stateFile(), state.toBytes());
    return state;
  }

  private void writeChange(long sequence, List<OsmElement> versions) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ElementWriter writer = ElementForm.CHANGE_PACKED.open(bytes, Content.HISTORY)) {
      for (OsmElement version : versions) {
        writer.write(version);
      }
    }
    Files.createDirectories(changeFile(sequence).resolveSibling("."));
    PrivateFile.write(changeFile(sequence), bytes.toByteArray());
  }
}
