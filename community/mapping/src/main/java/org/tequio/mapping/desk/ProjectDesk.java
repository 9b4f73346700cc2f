package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.mapping.area.Ground;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Label;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.ProjectPatch;
import org.tequio.mapping.project.ProjectSettings;
import org.tequio.mapping.project.ProjectStatus;
import org.tequio.mapping.project.ProjectTeam;
import org.tequio.mapping.project.ProjectText;
import org.tequio.mapping.tables.LabelTable;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.ProjectTable;
import org.tequio.mapping.tables.StatisticsTable;
import org.tequio.mapping.tables.TaskRow;
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
  /** With which what is uploaded from a project's tasks begins, before its number. */
  private static final String COMMENT = "#tequio-";

  private final Database database;
  private final Clock clock;

  /** Works on these tables. */
  public ProjectDesk(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Makes a draft. */
  public Project create(String author, ProjectSettings settings, Ground ground) {
    return database.write(connection -> create(connection, author, settings, ground));
  }

  private Project create(
      Connection connection, String author, ProjectSettings settings, Ground ground)
      throws SQLException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    long id = ProjectTable.next(connection);
    String comment = COMMENT + id;
    Project project =
        new Project(
            id,
            author,
            now,
            now,
            Polygons.write(ground.area()),
            ground.isGrid(),
            null,
            settings.with(ProjectPatch.of(Map.of("changesetComment", comment))));
    ProjectTable.insert(connection, project);
    TaskTable.insert(
        connection, id, 0, ground.tasks(), TaskState.READY, null, null, now.toEpochMilli());
    return project;
  }

  /** What is made, and of how many tasks. */
  public record Copy(Project project, int tasks) {}

  /**
   * Makes a draft with the settings of another project, which the actor must run.
   *
   * @param organisation whose the copy is
   * @param ground null for the same ground and tasks, all of them to be done again
   */
  public Copy copy(
      Actor actor, long source, String name, String organisation, @Nullable Ground ground) {
    return database.write(
        connection -> {
          Project original = getManaged(connection, actor, source);
          ProjectSettings settings = original.settings();
          ProjectText text = settings.text(settings.defaultLocale());
          ProjectText named =
              new ProjectText(
                  settings.defaultLocale(),
                  name,
                  text.shortDescription(),
                  text.description(),
                  text.instructions(),
                  text.perTaskInstructions());
          // When it is due and whether it stands out was said of the other one.
          Map<String, Object> own =
              Map.of(
                  "status",
                  ProjectStatus.DRAFT,
                  "organisation",
                  organisation,
                  "projectInfoLocales",
                  List.of(named),
                  "featured",
                  false,
                  "dueDate",
                  "");
          Ground there = ground == null ? ground(connection, original) : ground;
          Project copy =
              create(connection, actor.account(), settings.with(ProjectPatch.of(own)), there);
          return new Copy(copy, there.tasks().size());
        });
  }

  private static Ground ground(Connection connection, Project project) throws SQLException {
    return new Ground(
        Polygons.parse(project.area()),
        TaskTable.list(connection, project.id()).stream().map(TaskRow::shape).toList(),
        project.isGrid());
  }

  /**
   * Makes a project somebody else's.
   *
   * @param mayRun whether somebody runs the projects of an organisation by a role
   * @throws TaskRefused where the new owner could not run the project but for being its owner
   */
  public Project transfer(Actor actor, long id, String to, Predicate<String> mayRun) {
    return database.write(
        connection -> {
          Project before = getManaged(connection, actor, id);
          Actor owner = new Actor(to, mayRun, none -> false);
          if (!before.author().equals(to)
              && ProjectAccess.of(connection, before, owner, clock.millis()).part()
                  != Part.COORDINATOR) {
            throw new TaskRefused(Refusal.NOT_A_MANAGER_TO_BE);
          }
          Project after =
              new Project(
                  id,
                  to,
                  before.created(),
                  Instant.ofEpochMilli(clock.millis()),
                  before.area(),
                  before.isGrid(),
                  before.priorityAreas(),
                  before.settings());
          ProjectTable.update(connection, after);
          return after;
        });
  }

  /** What is done with a project in one transaction. */
  @FunctionalInterface
  public interface Deed<T> {
    /** Does it. */
    T on(Connection connection, Project project) throws SQLException;
  }

  /** Does something with a project that the actor runs, all of it or nothing. */
  public <T> T run(Actor actor, long id, Deed<T> deed) {
    return database.write(connection -> deed.on(connection, getManaged(connection, actor, id)));
  }

  /** Everyone who did anything in a project that the actor runs. */
  public List<String> workers(Actor actor, long id) {
    return database.read(
        connection -> {
          getManaged(connection, actor, id);
          return StatisticsTable.workers(connection, id);
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
    require(connection, Label.Kind.CAMPAIGN, settings.campaigns());
    require(connection, Label.Kind.INTEREST, settings.interests());
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

  private static void require(Connection connection, Label.Kind kind, List<Long> ids)
      throws SQLException {
    for (long id : ids) {
      if (LabelTable.find(connection, kind, id).isEmpty()) {
        throw new NotThere(kind.absence());
      }
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

  private Project getManaged(Connection connection, Actor actor, long id) throws SQLException {
    Project project =
        ProjectTable.find(connection, id).orElseThrow(() -> new NotThere("PROJECT_NOT_FOUND"));
    ProjectAccess access = ProjectAccess.of(connection, project, actor, clock.millis());
    if (access.part() != Part.COORDINATOR) {
      throw access.isAdmitted()
          ? new TaskRefused(Refusal.NOT_A_MANAGER)
          : new NotThere("PROJECT_NOT_FOUND");
    }
    return project;
  }
}
