package org.tequio.mapping.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.desk.ProjectAccess;
import org.tequio.mapping.project.Label;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.ProjectSettings;
import org.tequio.mapping.project.ProjectTeam;
import org.tequio.mapping.project.Team;
import org.tequio.mapping.tables.LabelTable;
import org.tequio.mapping.tables.StatisticsTable;
import org.tequio.mapping.tables.TeamTable;
import org.tequio.mapping.task.Part;
import org.tequio.mapping.task.Refusal;
import org.tequio.mapping.task.TaskState;
import tools.jackson.databind.util.RawValue;

/** Projects as they are shown. Thread-safe. */
final class ProjectReader {
  private final TaskReader tasks;
  private final Function<String, String> names;
  private final Function<String, String> organisations;

  /**
   * Reads.
   *
   * @param names how accounts are called
   * @param organisations how organisations are called
   */
  ProjectReader(
      TaskReader tasks, Function<String, String> names, Function<String, String> organisations) {
    this.tasks = tasks;
    this.names = names;
    this.organisations = organisations;
  }

  /** How much of a project is shown. */
  enum Detail {
    /** What stands in a list. */
    SUMMARY,
    /** The area too. */
    AREA,
    /** The tasks too. */
    TASKS
  }

  /** A project for a reader. */
  ProjectView view(
      Connection connection, Project project, ProjectAccess access, String locale, Detail detail)
      throws SQLException {
    ProjectSettings settings = project.settings();
    Map<TaskState, Integer> states = StatisticsTable.states(connection, project.id());
    int total = states.values().stream().mapToInt(Integer::intValue).sum();
    int bad = TaskReader.count(states, TaskState.BADIMAGERY);
    int validated = TaskReader.count(states, TaskState.VALIDATED);
    int mapped = TaskReader.count(states, TaskState.MAPPED) + validated;
    MultiPolygon area = Polygons.parse(project.area());
    Envelope box = area.getEnvelopeInternal();
    Point middle = area.getCentroid();
    boolean isWhole = detail != Detail.SUMMARY;
    return new ProjectView(
        project.id(),
        settings.status(),
        settings.projectPriority(),
        settings.difficulty(),
        settings.defaultLocale(),
        settings.text(locale),
        isWhole ? settings.projectInfoLocales() : List.of(),
        isWhole ? new RawValue(project.area()) : null,
        List.of(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()),
        Map.of("type", "Point", "coordinates", List.of(middle.getX(), middle.getY())),
        raw(project.priorityAreas()),
        detail == Detail.TASKS
            ? new RawValue(tasks.geoJson(connection, project.id(), List.of()))
            : null,
        settings.mappingTypes(),
        settings.mappingPermission(),
        settings.mappingPermissionLevelId(),
        settings.validationPermission(),
        settings.validationPermissionLevelId(),
        settings.isPrivate(),
        access.part() == Part.COORDINATOR ? settings.allowedUsers() : List.of(),
        settings.enforceRandomTaskSelection(),
        settings.featured(),
        teams(connection, settings),
        settings.dueDate(),
        settings.changesetComment(),
        settings.imagery(),
        settings.josmPreset(),
        settings.idPresets(),
        settings.extraIdParams(),
        settings.mappingEditors(),
        settings.validationEditors(),
        settings.licenseId(),
        labels(connection, Label.Kind.CAMPAIGN, settings.campaigns()),
        labels(connection, Label.Kind.INTEREST, settings.interests()),
        settings.leaseSeconds(),
        settings.gapLayer(),
        settings.organisation(),
        organisations.apply(settings.organisation()),
        names.apply(project.author()),
        project.author(),
        project.created().toString(),
        project.updated().toString(),
        project.isGrid() ? "GRID" : "ARBITRARY",
        total,
        TaskReader.percent(mapped, total - bad),
        TaskReader.percent(validated, total - bad),
        TaskReader.percent(bad, total),
        access.mapping() == null,
        code(access.mapping()),
        access.validation() == null,
        code(access.validation()),
        access.part() == Part.COORDINATOR);
  }

  /** Longitude and latitude of the middle of a project. */
  static double[] middle(Project project) {
    Point middle = Polygons.parse(project.area()).getCentroid();
    return new double[] {middle.getX(), middle.getY()};
  }

  private static @Nullable Object raw(@Nullable String json) {
    return json == null ? null : new RawValue(json);
  }

  private static @Nullable String code(@Nullable Refusal refusal) {
    return refusal == null ? null : refusal.code();
  }

  static List<ProjectView.LabelName> labels(Connection connection, Label.Kind kind, List<Long> ids)
      throws SQLException {
    List<ProjectView.LabelName> names = new ArrayList<>();
    for (long id : ids) {
      String name = LabelTable.find(connection, kind, id).map(Label::name).orElse("");
      names.add(new ProjectView.LabelName(id, name));
    }
    return names;
  }

  private static List<ProjectView.ProjectTeamView> teams(
      Connection connection, ProjectSettings settings) throws SQLException {
    List<ProjectView.ProjectTeamView> views = new ArrayList<>();
    for (ProjectTeam team : settings.teams()) {
      String name = TeamTable.find(connection, team.teamId()).map(Team::name).orElse("");
      views.add(new ProjectView.ProjectTeamView(team.teamId(), name, team.role()));
    }
    return views;
  }
}
