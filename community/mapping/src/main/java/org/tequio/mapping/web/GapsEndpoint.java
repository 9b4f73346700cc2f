package org.tequio.mapping.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.desk.ProjectAccess;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.tables.ProjectTable;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Database;
import tools.jackson.databind.util.RawValue;

/**
 * What projects still owe to a layer of the city: the ground of tasks that nobody has found good
 * yet. Reckoned from the tasks as they stand, so that closing one changes it at once, and taking
 * that back, too.
 */
final class GapsEndpoint {
  private final Database database;
  private final Answering answering;

  GapsEndpoint(Database database, Answering answering) {
    this.database = database;
    this.answering = answering;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/v2/gaps/{layer}/",
                "mappingGap",
                MappingAction.READ,
                Answering.shaped(this::gap))
            .with(Parameter.LAYER)
            .answers("application/json", MappingGap.class)
            .summary("What mapping projects still owe to a layer, and what they have closed."));
  }

  /**
   * What is owed to a layer by the projects that the reader may see.
   *
   * @param openTasks whose ground is still a gap
   * @param closedTasks that were found good
   * @param openSquareMeters of ground
   * @param open the ground that is still a gap, as a GeoJSON feature collection
   */
  record MappingGap(
      String layer,
      List<Long> projects,
      int openTasks,
      int closedTasks,
      long openSquareMeters,
      long closedSquareMeters,
      Object open) {}

  private Reply gap(Call call) {
    Actor reader = answering.reader(call);
    LayerId layer = call.path(Parameter.LAYER);
    return Reply.json(database.read(connection -> new Sum(connection, reader, layer).gap()));
  }

  /** One reckoning; belongs to the thread that reads. */
  private static final class Sum {
    private final Connection connection;
    private final @Nullable Actor reader;
    private final LayerId layer;
    private final StringBuilder features = new StringBuilder();
    private int openTasks;
    private int closedTasks;
    private double openSquareMeters;
    private double closedSquareMeters;

    Sum(Connection connection, @Nullable Actor reader, LayerId layer) {
      this.connection = connection;
      this.reader = reader;
      this.layer = layer;
    }

    MappingGap gap() throws SQLException {
      List<Long> projects = new ArrayList<>();
      for (Project project : ProjectTable.list(connection)) {
        if (layer.value().equals(project.settings().gapLayer()) && isSeen(project)) {
          projects.add(project.id());
          for (TaskRow row : TaskTable.list(connection, project.id())) {
            add(row);
          }
        }
      }
      // The same for a layer that is not there: whoever may not see a layer learns nothing of it.
      if (projects.isEmpty()) {
        throw new NotThere("GAP_NOT_FOUND");
      }
      return new MappingGap(
          layer.value(),
          projects,
          openTasks,
          closedTasks,
          Math.round(openSquareMeters),
          Math.round(closedSquareMeters),
          new RawValue("{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}"));
    }

    private boolean isSeen(Project project) throws SQLException {
      return ProjectAccess.isSeen(connection, project, reader);
    }

    private void add(TaskRow row) {
      double ground = Polygons.squareMeters(Polygons.parse(row.geometry()));
      if (row.state() == TaskState.VALIDATED) {
        closedTasks++;
        closedSquareMeters += ground;
        return;
      }
      openTasks++;
      openSquareMeters += ground;
      features
          .append(features.isEmpty() ? "" : ",")
          .append("{\"type\":\"Feature\",\"geometry\":")
          .append(row.geometry())
          .append(",\"properties\":{\"projectId\":")
          .append(row.project())
          .append(",\"taskId\":")
          .append(row.id())
          .append("}}");
    }
  }
}
