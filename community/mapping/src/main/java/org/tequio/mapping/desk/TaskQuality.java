package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.MultiPolygon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.feature.Severity;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.tables.EventKind;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.QualityTable;
import org.tequio.mapping.tables.TaskEvent;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.osm.Box;
import org.tequio.osm.CheckReport;
import org.tequio.osm.MapChecks;
import org.tequio.storage.Database;

/**
 * Looks at the ground of tasks with the checks of the map. What was open when a task was called
 * mapped or judged is kept with its history; it never keeps anybody from doing so. Thread-safe.
 */
public final class TaskQuality {
  private static final Logger LOG = LoggerFactory.getLogger(TaskQuality.class);

  private final Database database;
  private final MapChecks checks;

  /** Looks with these checks. */
  public TaskQuality(Database database, MapChecks checks) {
    this.database = database;
    this.checks = checks;
  }

  /** Whose edits are asked about, and since when. */
  private record Work(String account, Instant since) {}

  /** A task as it is looked at: its ground, and the last time that somebody took it to map it. */
  private record Sight(TaskRow row, @Nullable Work work, @Nullable TaskEvent last) {}

  /**
   * What is probably wrong on a task's ground now.
   *
   * @param sinceLock true to mark what whoever took it last to map it has brought since then
   * @return nothing where there is too much on it to be looked at in one go
   */
  public Optional<CheckReport> look(long project, int task, boolean sinceLock) {
    return look(sight(project, task), sinceLock);
  }

  private Sight sight(long project, int task) {
    return database.read(
        connection -> {
          TaskRow row =
              TaskTable.find(connection, project, task)
                  .orElseThrow(() -> new NotThere("TASK_NOT_FOUND"));
          return new Sight(
              row,
              lastWork(connection, row),
              EventTable.lastChange(connection, project, task).orElse(null));
        });
  }

  private static @Nullable Work lastWork(Connection connection, TaskRow row) throws SQLException {
    for (TaskEvent event : EventTable.history(connection, row.project(), row.id()).reversed()) {
      if (event.kind() == EventKind.LOCKED_FOR_MAPPING) {
        return new Work(event.account(), Instant.ofEpochMilli(event.at()));
      }
    }
    return null;
  }

  private Optional<CheckReport> look(Sight sight, boolean sinceLock) {
    MultiPolygon ground = Polygons.parse(sight.row.geometry());
    Envelope edges = ground.getEnvelopeInternal();
    Box box =
        new Box(
            (int) Math.floor(edges.getMinX() * 1e7),
            (int) Math.floor(edges.getMinY() * 1e7),
            (int) Math.ceil(edges.getMaxX() * 1e7),
            (int) Math.ceil(edges.getMaxY() * 1e7));
    Work work = sight.work;
    IndexedPointInAreaLocator inside = new IndexedPointInAreaLocator(ground);
    return (sinceLock && work != null ? checks.in(box, work.account, work.since) : checks.in(box))
        .map(
            report ->
                report.only(
                    one ->
                        inside.locate(new Coordinate(one.lon() / 1e7, one.lat() / 1e7))
                            != Location.EXTERIOR));
  }

  /**
   * Keeps with the history of tasks what is open in them, for those of which somebody has just said
   * that they are mapped, good or not good. What has happened stands whether or not this goes well.
   */
  public void note(String account, long project, List<Integer> tasks) {
    for (int task : tasks) {
      try {
        Sight sight = sight(project, task);
        TaskEvent last = sight.last;
        if (last != null && last.account().equals(account)) {
          look(sight, true).ifPresent(report -> keep(last.number(), report));
        }
      } catch (RuntimeException e) {
        LOG.error("task {}/{} could not be looked at", project, task, e);
      }
    }
  }

  private void keep(long event, CheckReport report) {
    Map<Severity, Integer> counts = report.counts();
    QualityTable.Quality quality =
        new QualityTable.Quality(
            counts.getOrDefault(Severity.ERROR, 0),
            counts.getOrDefault(Severity.WARNING, 0),
            counts.getOrDefault(Severity.NOTE, 0),
            report.fresh().size());
    database.write(
        connection -> {
          QualityTable.insert(connection, event, quality);
          return true;
        });
  }
}
