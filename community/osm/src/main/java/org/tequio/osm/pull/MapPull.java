package org.tequio.osm.pull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Findings;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmSource;
import org.tequio.http.Egress;
import org.tequio.osm.Box;
import org.tequio.osm.MapConflict;
import org.tequio.osm.MapRefused;
import org.tequio.osm.PullReport;
import org.tequio.osm.changeset.ElementWrites;
import org.tequio.osm.changeset.KnownElements;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.OsmTables;
import org.tequio.osm.replication.ReplicationState;
import org.tequio.storage.Database;

/**
 * Follows the changes of another map, such as OpenStreetMap itself. Each change is one transaction
 * with the number that it goes to, so that whoever is stopped goes on there. Thread-safe, one at a
 * time.
 */
public final class MapPull {
  private static final int MOST_STATE_BYTES = 1 << 16;
  // What was uploaded before a state may have been committed after it.
  private static final Duration OVERLAP = Duration.ofHours(1);

  private final Database database;
  private final Egress egress;
  private final Clock clock;
  private final ReentrantLock one = new ReentrantLock();

  /** Creates its tables. */
  public MapPull(Database database, Egress egress, Clock clock) {
    this.database = database;
    this.egress = egress;
    this.clock = clock;
    PullTables.migrate(database);
  }

  /**
   * Brings all changes that are new.
   *
   * @param series address of a series of changes, such as {@code …/replication/minute}
   * @param box of the city; null to take all that they have
   * @param since the change before the first that is wanted; null to go on where the last pull
   *     ended, or from the age of what was imported
   * @throws MapRefused where nothing says where to begin, or their changes do not go back so far
   * @throws IOException where they cannot be reached; what was brought until then stays
   */
  public PullReport run(String series, @Nullable Box box, @Nullable Long since, Progress progress)
      throws IOException, FormatException {
    if (!one.tryLock()) {
      throw new MapRefused(
          "pull-running",
          new LocalText(
              "Ya se están trayendo cambios; espere a que termine.",
              "As mudanças já estão sendo trazidas; espere que termine.",
              "Changes are being brought already; wait until that is done."));
    }
    try {
      String url = series.replaceFirst("/+$", "");
      ReplicationState newest =
          state(url + "/state.txt").orElseThrow(() -> new IOException("no state.txt at " + url));
      long at = start(url, newest, since);
      long[] counts = new long[4];
      while (at < newest.sequence()) {
        progress.step("change", at, newest.sequence());
        progress.check();
        bring(url, ++at, box, progress, counts);
      }
      long conflicts = database.read(PullTables::countConflicts);
      return new PullReport(
          at, newest.sequence(), counts[0], counts[1], counts[2], conflicts, counts[3]);
    } finally {
      one.unlock();
    }
  }

  private void bring(String url, long sequence, @Nullable Box box, Progress progress, long[] counts)
      throws IOException, FormatException {
    List<OsmElement> change = new ArrayList<>();
    Path file = Files.createTempFile("change", ".osc.gz");
    try {
      String address = url + "/" + ReplicationState.path(sequence) + ".osc.gz";
      try (Egress.Answer answer = egress.get(URI.create(address), Map.of())) {
        if (answer.status() != 200) {
          throw new IOException(address + ": " + answer.status());
        }
        answer.saveTo(file);
      }
      OsmSource.of(file, new ReadContext(new Findings(), Limits.STANDARD, progress))
          .forEach(change::add);
    } finally {
      Files.delete(file);
    }
    Instant now = clock.instant();
    Merge done =
        database.write(
            connection -> {
              Merge merge = new Merge(connection, box, now);
              merge.run(change);
              PullTables.setSequence(connection, url, sequence);
              return merge;
            });
    counts[0] += done.taken();
    counts[1] += done.merged();
    counts[2] += done.same();
    counts[3] += done.elsewhere();
  }

  private long start(String url, ReplicationState newest, @Nullable Long since) throws IOException {
    if (since != null) {
      return since;
    }
    Optional<Long> known = database.read(connection -> PullTables.sequence(connection, url));
    if (known.isPresent()) {
      return known.get();
    }
    long age = database.read(connection -> OsmTables.last(connection, "newest"));
    if (age == 0) {
      throw new MapRefused(
          "no-start",
          new LocalText(
              "Nada dice desde qué cambio traer: importe primero un archivo, o dígalo.",
              "Nada diz desde qual mudança trazer: importe primeiro um arquivo, ou diga.",
              "Nothing says from which change on to bring: import a file first, or say it."));
    }
    return before(url, newest, Instant.ofEpochSecond(age).minus(OVERLAP));
  }

  /** The last change whose state is older than an instant, found by halves. */
  private long before(String url, ReplicationState newest, Instant wanted) throws IOException {
    if (!newest.timestamp().isAfter(wanted)) {
      return newest.sequence();
    }
    long low = -1;
    long high = newest.sequence();
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      Optional<ReplicationState> state =
          state(url + "/" + ReplicationState.path(middle) + ".state.txt");
      if (state.isEmpty() || !state.get().timestamp().isAfter(wanted)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    if (low < 0 || state(url + "/" + ReplicationState.path(low) + ".state.txt").isEmpty()) {
      throw new MapRefused(
          "too-old",
          new LocalText(
              "Sus cambios no llegan hasta " + wanted + "; importe un archivo más nuevo.",
              "As mudanças deles não vão até " + wanted + "; importe um arquivo mais novo.",
              "Their changes do not go back to " + wanted + "; import a newer file."));
    }
    return low;
  }

  private Optional<ReplicationState> state(String address) throws IOException {
    try (Egress.Answer answer = egress.get(URI.create(address), Map.of())) {
      return switch (answer.status()) {
        case 200 -> Optional.of(ReplicationState.parse(answer.body().readNBytes(MOST_STATE_BYTES)));
        case 404, 410 -> Optional.empty();
        default -> throw new IOException(address + ": " + answer.status());
      };
    }
  }

  /** What waits for a person. */
  public List<MapConflict> listConflicts() {
    return database.read(PullTables::listConflicts);
  }

  /**
   * Ends a conflict.
   *
   * @param theirs true to make ours as theirs is, false to leave ours as it is
   * @return false where there is none
   */
  public boolean settle(OsmElement.Type type, long id, boolean theirs) {
    long key = ElementKey.of(type, id);
    return database.write(
        connection -> {
          Optional<OsmElement> conflict = PullTables.findConflict(connection, key);
          if (conflict.isEmpty()) {
            return false;
          }
          OsmElement wanted = conflict.get();
          KnownElements known = new KnownElements(connection);
          OsmElement ours = known.find(key);
          if (theirs && ours != null) {
            known.loadUsers(List.of(key));
            OsmElement next = wanted.with(Merge.next(ours, wanted, wanted.meta().visible()));
            known.put(next);
            new ElementWrites(connection, known).write(List.of(next), List.of(ours));
          }
          PullTables.setTheirs(connection, wanted);
          PullTables.endConflict(connection, key);
          return true;
        });
  }
}
