package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;
import org.tequio.feature.LocalText;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.area.TaskShape;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.ProjectPatch;
import org.tequio.mapping.project.ProjectSettings;
import org.tequio.mapping.project.ProjectStatus;
import org.tequio.mapping.project.ProjectTeam;
import org.tequio.mapping.project.ProjectText;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.ProjectTable;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.mapping.tables.TeamTable;
import org.tequio.mapping.task.Part;
import org.tequio.mapping.task.Refusal;
import org.tequio.mapping.task.TaskRefused;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** Making projects and running them. Each method is one transaction. Thread-safe. */
public final class ProjectDesk {
  private final Database database;
  private final Clock clock;

  /** Works on these tables. */
  public ProjectDesk(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Makes a draft.
   *
   * @param settings of the draft
   * @param area its ground
   * @param tasks into which it is cut
   * @param isGrid true where they are tiles
   */
  public Project create(
      String author,
      ProjectSettings settings,
      MultiPolygon area,
      List<TaskShape> tasks,
      boolean isGrid) {
    return database.write(
        connection -> {
          Instant now = Instant.ofEpochMilli(clock.millis());
          long id = ProjectTable.next(connection);
          String comment = settings.changesetComment() + "-" + id;
          Project project =
              new Project(
                  id,
                  author,
                  now,
                  now,
                  Polygons.write(area),
                  isGrid,
                  null,
                  settings.with(ProjectPatch.of(null, comment)));
          ProjectTable.insert(connection, project);
          TaskTable.insert(
              connection, id, 0, tasks, TaskState.READY, null, null, now.toEpochMilli());
          return project;
        });
  }

  /** A project as it was and as it is. */
  public record Change(Project before, Project after) {}

  /**
   * Changes what coordinators decide.
   *
   * @param priorityAreas a GeoJSON MultiPolygon, an empty text for none, null to leave them
   * @throws TaskRefused for whoever does not run the project, and where it would be published
   *     without a name or instructions in its own language
   */
  public Change change(Actor actor, long id, ProjectPatch patch, @Nullable String priorityAreas) {
    return database.write(
        connection -> {
          Project before = getManaged(connection, actor, id);
          ProjectSettings settings = before.settings().with(patch);
          String organisation = patch.organisation();
          if (organisation != null
              && !organisation.equals(before.settings().organisation())
              && !actor.coordinates().test(organisation)) {
            throw new TaskRefused(Refusal.NOT_A_MANAGER);
          }
          require(connection, settings);
          Project after =
              new Project(
                  id,
                  before.author(),
                  before.created(),
                  Instant.ofEpochMilli(clock.millis()),
                  before.area(),
                  before.isGrid(),
                  priorityAreas == null
                      ? before.priorityAreas()
                      : priorityAreas.isEmpty() ? null : priorityAreas,
                  settings);
          ProjectTable.update(connection, after);
          return new Change(before, after);
        });
  }

  private static void require(Connection connection, ProjectSettings settings) throws SQLException {
    for (ProjectTeam team : settings.teams()) {
      if (TeamTable.find(connection, team.teamId()).isEmpty()) {
        throw new NotThere("TEAM_NOT_FOUND");
      }
    }
    Long licence = settings.licenseId();
    if (licence != null
        && Sql.number(connection, "SELECT COUNT(*) FROM mapping_licence WHERE id = ?", licence)
            == 0) {
      throw new NotThere("LICENSE_NOT_FOUND");
    }
    ProjectText text = settings.text(settings.defaultLocale());
    if (settings.status() == ProjectStatus.PUBLISHED
        && (isBlank(text.name()) || isBlank(text.instructions()))) {
      throw new ProjectRefused(
          "InfoForLocaleRequired",
          new LocalText(
              "para publicarlo, el proyecto necesita nombre e instrucciones en su idioma",
              "para publicá-lo, o projeto precisa de nome e instruções em seu idioma",
              "a project needs a name and instructions in its own language to be published"));
    }
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /**
   * Removes a project on which nobody has worked.
   *
   * @throws ProjectRefused where a task is not READY or somebody holds one
   */
  public void delete(Actor actor, long id) {
    database.write(
        connection -> {
          getManaged(connection, actor, id);
          long worked =
              Sql.number(
                  connection,
                  "SELECT COUNT(*) FROM mapping_task WHERE project = ? AND state <> ?",
                  id,
                  TaskState.READY.code());
          if (worked > 0 || !LeaseTable.byTask(connection, id, clock.millis()).isEmpty()) {
            throw new ProjectRefused(
                "HasMappedTasks",
                new LocalText(
                    "el proyecto tiene tareas en las que se trabajó; archívelo",
                    "o projeto tem tarefas em que se trabalhou; arquive-o",
                    "the project has tasks on which somebody worked; archive it instead"));
          }
          ProjectTable.delete(connection, id);
          return true;
        });
  }

  private static Project getManaged(Connection connection, Actor actor, long id)
      throws SQLException {
    Project project =
        ProjectTable.find(connection, id).orElseThrow(() -> new NotThere("PROJECT_NOT_FOUND"));
    ProjectAccess access = ProjectAccess.of(connection, project, actor);
    if (access.part() != Part.COORDINATOR) {
      throw access.isAdmitted()
          ? new TaskRefused(Refusal.NOT_A_MANAGER)
          : new NotThere("PROJECT_NOT_FOUND");
    }
    return project;
  }
}
