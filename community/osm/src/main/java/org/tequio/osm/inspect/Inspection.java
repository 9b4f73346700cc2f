package org.tequio.osm.inspect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.Box;
import org.tequio.osm.CheckReport;
import org.tequio.osm.MapChecks;
import org.tequio.osm.MapFinding;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.check.Checks;
import org.tequio.osm.element.Authors;
import org.tequio.storage.Database;

/** Reads parts of the map and has them checked. Thread-safe. */
public final class Inspection {
  /** What lies so near belongs to the picture: 0.0003 degrees, some thirty metres. */
  private static final int AROUND = 3_000;

  private final Database database;
  private final Checks checks;

  /** Of one map. */
  public Inspection(Database database, Checks checks) {
    this.database = database;
    this.checks = checks;
  }

  /** What is to be compared; the past is null where nobody asks about it. */
  private record Pictures(Surroundings now, @Nullable Surroundings past) {}

  /** Looks at a box; nothing where it has too many nodes. */
  public Optional<CheckReport> in(Box box) {
    Box wide = DryRun.wider(box, AROUND);
    return database
        .read(connection -> Surroundings.read(connection, List.of(wide), MapChecks.MOST_NODES))
        .map(now -> inside(box, checks.run(now.elements())));
  }

  /** The same, marking what the edits of an account since a moment brought. */
  public Optional<CheckReport> in(Box box, String account, Instant since) {
    Box wide = DryRun.wider(box, AROUND);
    Optional<Pictures> pictures =
        database.read(
            connection -> {
              Surroundings now =
                  Surroundings.read(connection, List.of(wide), MapChecks.MOST_NODES).orElse(null);
              if (now == null) {
                return Optional.empty();
              }
              Authors.Author author = Authors.ofAccount(connection, account).orElse(null);
              return Optional.of(
                  new Pictures(
                      now,
                      author == null
                          ? null
                          : now.before(connection, author.uid(), since.getEpochSecond())));
            });
    return pictures.map(
        both -> {
          CheckReport now = checks.run(both.now.elements());
          Surroundings past = both.past;
          return inside(box, past == null ? now : now.since(checks.run(past.elements())));
        });
  }

  private static CheckReport inside(Box box, CheckReport report) {
    return report.only(one -> box.has(one.lon(), one.lat()));
  }

  /** What would be wrong with what a change touches; marks what it brings. */
  Optional<CheckReport> of(List<Change> changes) {
    return database
        .read(connection -> DryRun.read(connection, changes, AROUND, MapChecks.MOST_NODES))
        .map(
            run -> {
              Set<MapFinding.Element> touched = run.touched();
              return checks
                  .run(run.after().elements())
                  .since(checks.run(run.before().elements()))
                  .only(one -> one.elements().stream().anyMatch(touched::contains));
            });
  }
}
