package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.index.strtree.STRtree;
import org.tequio.catalogue.LayerGaps;
import org.tequio.feature.LayerId;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.tables.ProjectTable;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/**
 * What the projects that everybody may see still owe to layers: the ground of tasks that nobody has
 * found good. Reckoned from the tasks as they stand and kept until one of them changes, so that
 * closing a task closes its part of the gap at once wherever it is shown. Thread-safe.
 */
public final class ProjectGaps implements LayerGaps {
  private static final int MOST_GROUNDS = 20_000;

  private final Database database;
  private final Map<Key, Ground> grounds = new ConcurrentHashMap<>();
  private volatile @Nullable Reckoning last;

  /** Reads these tables. */
  public ProjectGaps(Database database) {
    this.database = database;
  }

  private record Key(long project, int task) {}

  /** A task's ground, which never changes. */
  private record Ground(Envelope box, IndexedPointInAreaLocator inside, double squareMeters) {
    static Ground of(TaskRow row) {
      MultiPolygon geometry = Polygons.parse(row.geometry());
      return new Ground(
          geometry.getEnvelopeInternal(),
          new IndexedPointInAreaLocator(geometry),
          Polygons.squareMeters(geometry));
    }

    boolean holds(Coordinate place) {
      return box.contains(place) && inside.locate(place) != Location.EXTERIOR;
    }
  }

  /** Open ground in the index. */
  private record Open(OpenTask task, Ground ground) {}

  /** Everything as of one state of the tables. */
  private record Reckoning(String version, Map<LayerId, Gap> gaps, STRtree open) {}

  @Override
  public String version() {
    return database.read(ProjectGaps::version);
  }

  private static String version(Connection connection) throws SQLException {
    return Sql.first(
            connection,
            row -> row.getLong(1) + "-" + row.getLong(2) + "-" + row.getLong(3),
            "SELECT COUNT(*), MAX(updated), (SELECT MAX(number) FROM mapping_event)"
                + " FROM mapping_project")
        .orElse("0");
  }

  @Override
  public Optional<Gap> find(LayerId layer) {
    return Optional.ofNullable(now().gaps.get(layer));
  }

  @Override
  public List<OpenTask> at(double lon, double lat) {
    Coordinate place = new Coordinate(lon, lat);
    List<OpenTask> tasks = new ArrayList<>();
    for (Object found : now().open.query(new Envelope(place))) {
      Open open = (Open) found;
      if (open.ground.holds(place)) {
        tasks.add(open.task);
      }
    }
    return tasks;
  }

  private Reckoning now() {
    return database.read(
        connection -> {
          Reckoning known = last;
          String version = version(connection);
          if (known == null || !known.version.equals(version)) {
            known = reckon(connection, version);
            last = known;
          }
          return known;
        });
  }

  private Reckoning reckon(Connection connection, String version) throws SQLException {
    Map<LayerId, Gap> gaps = new HashMap<>();
    STRtree open = new STRtree();
    for (Project project : ProjectTable.list(connection)) {
      String layer = project.settings().gapLayer();
      if (layer != null && ProjectAccess.isSeen(connection, project, null)) {
        LayerId id = LayerId.ofName(layer);
        for (TaskRow row : TaskTable.list(connection, project.id())) {
          Ground ground = ground(row);
          boolean isOpen = row.state() != TaskState.VALIDATED;
          gaps.merge(id, gap(ground, isOpen), ProjectGaps::sum);
          if (isOpen) {
            open.insert(ground.box, new Open(new OpenTask(id, project.id(), row.id()), ground));
          }
        }
      }
    }
    open.build();
    return new Reckoning(version, Map.copyOf(gaps), open);
  }

  private Ground ground(TaskRow row) {
    if (grounds.size() > MOST_GROUNDS) {
      grounds.clear();
    }
    return grounds.computeIfAbsent(new Key(row.project(), row.id()), key -> Ground.of(row));
  }

  private static Gap gap(Ground ground, boolean isOpen) {
    return isOpen ? new Gap(1, 0, ground.squareMeters, 0) : new Gap(0, 1, 0, ground.squareMeters);
  }

  private static Gap sum(Gap one, Gap other) {
    return new Gap(
        one.openTasks() + other.openTasks(),
        one.closedTasks() + other.closedTasks(),
        one.openSquareMeters() + other.openSquareMeters(),
        one.closedSquareMeters() + other.closedSquareMeters());
  }
}
