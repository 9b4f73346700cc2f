package org.tequio.mapping.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.MultiPolygon;
import org.tequio.formats.osm.OsmElement;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.desk.TaskDesk;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.osm.Upload;
import org.tequio.storage.Database;

/**
 * Sees what is uploaded to the community map against the tasks that are held: whoever works in
 * their task keeps it, and whose task somebody else edits is told. Thread-safe.
 */
public final class UploadWatch implements Upload.Listener {
  private static final int REMEMBERED = 4096;

  private final Database database;
  private final TaskDesk desk;
  private final Clock clock;
  private final Strangers strangers;
  private final Map<Key, Ground> grounds = new ConcurrentHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Hears of edits by people who do not hold the task. */
  @FunctionalInterface
  public interface Strangers {
    /** Somebody edited in a task that another holds; told once a changeset. */
    void edited(Lease lease, int task, Upload upload);
  }

  /** Watches the leases of these tables. */
  public UploadWatch(Database database, TaskDesk desk, Clock clock, Strangers strangers) {
    this.database = database;
    this.desk = desk;
    this.clock = clock;
    this.strangers = strangers;
  }

  private record Key(long project, int task) {}

  /** A task's ground, which never changes. */
  private record Ground(Envelope box, IndexedPointInAreaLocator inside) {
    Ground(MultiPolygon geometry) {
      this(geometry.getEnvelopeInternal(), new IndexedPointInAreaLocator(geometry));
    }
  }

  @Override
  public void uploaded(Upload upload) {
    Envelope box =
        new Envelope(
            upload.west() / 1e7, upload.east() / 1e7, upload.south() / 1e7, upload.north() / 1e7);
    List<Coordinate> places = places(upload, box);
    List<Runnable> deeds = new ArrayList<>();
    database.read(
        connection -> {
          for (Lease lease : LeaseTable.list(connection, clock.millis())) {
            Set<Integer> touched = touched(connection, lease, box, places);
            if (!touched.isEmpty()) {
              deeds.add(() -> touch(lease, touched.iterator().next(), upload));
            }
          }
          return true;
        });
    deeds.forEach(Runnable::run);
  }

  private void touch(Lease lease, int task, Upload upload) {
    if (lease.account().equals(upload.account())) {
      desk.keep(lease, task, "changeset " + upload.changeset());
      return;
    }
    if (told.size() > REMEMBERED) {
      told.clear();
    }
    if (told.add(upload.changeset() + " " + lease.account())) {
      strangers.edited(lease, task, upload);
    }
  }

  /** Where it changed nodes; the corners and the middle of it where it changed none. */
  private static List<Coordinate> places(Upload upload, Envelope box) {
    List<Coordinate> places = new ArrayList<>();
    for (OsmElement element : upload.elements()) {
      if (element.type() == OsmElement.Type.NODE) {
        places.add(new Coordinate(element.x() / 1e7, element.y() / 1e7));
      }
    }
    return places.isEmpty() ? List.of(box.centre()) : places;
  }

  private Set<Integer> touched(
      Connection connection, Lease lease, Envelope box, List<Coordinate> places)
      throws SQLException {
    Set<Integer> touched = new LinkedHashSet<>();
    for (int task : lease.tasks()) {
      Ground ground = ground(connection, new Key(lease.project(), task));
      if (ground != null
          && ground.box.intersects(box)
          && places.stream()
              .anyMatch(
                  place ->
                      ground.box.contains(place)
                          && ground.inside.locate(place) != Location.EXTERIOR)) {
        touched.add(task);
      }
    }
    return touched;
  }

  private @org.jspecify.annotations.Nullable Ground ground(Connection connection, Key key)
      throws SQLException {
    Ground known = grounds.get(key);
    if (known != null) {
      return known;
    }
    var row = TaskTable.find(connection, key.project, key.task);
    if (row.isEmpty()) {
      return null;
    }
    if (grounds.size() > REMEMBERED) {
      grounds.clear();
    }
    Ground ground = new Ground(Polygons.parse(row.get().geometry()));
    grounds.put(key, ground);
    return ground;
  }
}
