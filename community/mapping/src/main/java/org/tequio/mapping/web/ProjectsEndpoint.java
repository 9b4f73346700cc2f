package org.tequio.mapping.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.mapping.area.AreaOfInterest;
import org.tequio.mapping.area.GivenTasks;
import org.tequio.mapping.area.Ground;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.desk.ProjectDesk;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.ProjectPatch;
import org.tequio.mapping.project.ProjectSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

/** Projects: making, reading, changing. */
final class ProjectsEndpoint {
  private static final String JSON = "application/json";
  private static final String GEO_JSON = "application/geo+json";
  private static final String PROJECT = "/api/v2/projects/{project}/";

  private static final Parameter<String> TASKS =
      Parameter.text("tasks", "Numbers of tasks, by commas; all where it is not given.", 2000);

  private final ProjectDesk desk;
  private final TaskReader tasks;
  private final ProjectReader projects;
  private final Answering answering;
  private final Permissions permissions;
  private final Listener listener;

  /** Hears of changes of projects. */
  interface Listener {
    /** A project was changed by somebody. */
    void changed(ProjectDesk.Change change, String by);
  }

  ProjectsEndpoint(
      ProjectDesk desk,
      TaskReader tasks,
      ProjectReader projects,
      Answering answering,
      Permissions permissions,
      Listener listener) {
    this.desk = desk;
    this.tasks = tasks;
    this.projects = projects;
    this.answering = answering;
    this.permissions = permissions;
    this.listener = listener;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                "/api/v2/projects/",
                "createMappingProject",
                MappingAction.CREATE,
                Answering.shaped(this::create))
            .takes(JSON, NewProject.class)
            .answers(JSON, Created.class)
            .summary("Makes a draft of a project from an area."),
        read(PROJECT, "mappingProject", this::whole)
            .answers(JSON, ProjectView.class)
            .summary("A project with its area and tasks."),
        read(PROJECT + "queries/notasks/", "mappingProjectWithoutTasks", this::noTasks)
            .answers(JSON, ProjectView.class)
            .summary("A project with its area."),
        read(PROJECT + "queries/summary/", "mappingProjectSummary", this::summary)
            .answers(JSON, ProjectView.class)
            .summary("A project in short."),
        read(PROJECT + "queries/nogeometries/", "mappingProjectWithoutGround", this::summary)
            .answers(JSON, ProjectView.class)
            .summary("A project without area and tasks."),
        read(PROJECT + "queries/priority-areas/", "priorityAreas", this::priorityAreas)
            .answers(GEO_JSON, null)
            .summary("Which parts of a project come first."),
        read(PROJECT + "queries/aoi/", "mappingProjectArea", this::area)
            .answers(GEO_JSON, null)
            .summary("The area of a project."),
        Endpoint.patch(
                PROJECT,
                "changeMappingProject",
                MappingAction.COORDINATE,
                Answering.shaped(this::change))
            .with(Answering.PROJECT)
            .takes(JSON, ProjectPatch.class)
            .answers(JSON, ProjectView.class)
            .summary("Changes a project."),
        Endpoint.put(
                PROJECT + "queries/priority-areas/",
                "setPriorityAreas",
                MappingAction.COORDINATE,
                Answering.shaped(this::prioritise))
            .with(Answering.PROJECT)
            .takes(JSON, Areas.class)
            .answers(JSON, ProjectView.class)
            .summary("Says which parts of a project come first."),
        Endpoint.delete(
                PROJECT,
                "deleteMappingProject",
                MappingAction.COORDINATE,
                Answering.shaped(this::delete))
            .with(Answering.PROJECT)
            .summary("Removes a project on which nobody has worked."),
        read(PROJECT + "tasks/", "mappingTasks", this::tasks)
            .with(TASKS)
            .answers(GEO_JSON, null)
            .summary("The tasks of a project with their states."),
        read(PROJECT + "tasks/{task}/", "mappingTask", this::task)
            .with(Answering.TASK)
            .answers(JSON, TaskView.class)
            .summary("A task with its history."));
  }

  private static Endpoint read(String path, String id, Endpoint.Handler handler) {
    return Endpoint.get(path, id, MappingAction.READ, Answering.shaped(handler))
        .with(Answering.PROJECT);
  }

  // ---- making

  /**
   * A project to be made.
   *
   * @param organisation whose
   * @param areaOfInterest GeoJSON polygons; null only where another project is copied, for the same
   * @param cloneFromProjectId the project whose settings are copied; null for none
   * @param tasks GeoJSON polygons, one a task; null to have a grid made
   * @param arbitraryTasks true to make one task of each polygon of the area
   * @param zoom of the grid; null for one that fits the area
   * @param clipToAoi true to cut the grid at the edge of the area
   * @param dissolveOverlaps true to join tasks that overlap instead of refusing them
   */
  record NewProject(
      String projectName,
      String organisation,
      @Nullable JsonNode areaOfInterest,
      @Nullable Long cloneFromProjectId,
      @Nullable JsonNode tasks,
      @Nullable Boolean arbitraryTasks,
      @Nullable Integer zoom,
      @Nullable Boolean clipToAoi,
      @Nullable Boolean dissolveOverlaps,
      @Nullable String defaultLocale) {
    NewProject {
      if (projectName.isBlank() || projectName.length() > 200) {
        throw new IllegalArgumentException("projectName has from 1 to 200 characters");
      }
      if (isAbsent(areaOfInterest) && cloneFromProjectId == null) {
        throw new IllegalArgumentException("areaOfInterest is missing");
      }
      GroundEndpoint.requireZoom(zoom);
    }

    private static boolean isAbsent(@Nullable JsonNode json) {
      return json == null || json.isNull();
    }

    /** Where it is; null for where the project is that is copied. */
    @Nullable Ground ground() {
      JsonNode area = areaOfInterest;
      if (area == null || area.isNull()) {
        return null;
      }
      AreaOfInterest read = AreaOfInterest.read(area);
      boolean isDissolving = Boolean.TRUE.equals(dissolveOverlaps);
      JsonNode given = tasks;
      if (given != null && !given.isNull()) {
        return new Ground(read.area(), GivenTasks.read(given, isDissolving), !isArbitrary());
      }
      return new Ground(
          read.area(),
          isArbitrary()
              ? GivenTasks.disjoint(read.parts(), isDissolving)
              : GroundEndpoint.grid(read.area(), zoom, Boolean.TRUE.equals(clipToAoi)),
          !isArbitrary());
    }

    private boolean isArbitrary() {
      return Boolean.TRUE.equals(arbitraryTasks);
    }
  }

  /** The number of what was made. */
  record Created(long projectId, int totalTasks) {}

  private Reply create(Call call) {
    permissions.requireSome(call, MappingAction.CREATE);
    NewProject wanted = call.json(NewProject.class);
    permissions.requireFurther(
        call, Permission.ofDepartment(MappingAction.CREATE, wanted.organisation()));
    Ground ground = wanted.ground();
    Long source = wanted.cloneFromProjectId();
    if (source != null) {
      ProjectDesk.Copy copy =
          desk.copy(
              answering.plain(call),
              source,
              wanted.projectName().strip(),
              wanted.organisation(),
              ground);
      return created(copy.project(), copy.tasks());
    }
    String locale = wanted.defaultLocale() == null ? call.language().tag() : wanted.defaultLocale();
    Ground there = Objects.requireNonNull(ground, "areaOfInterest");
    Project made =
        desk.create(
            call.account(),
            ProjectSettings.draft(wanted.organisation(), locale, wanted.projectName().strip()),
            there);
    return created(made, there.tasks().size());
  }

  private static Reply created(Project made, int tasks) {
    return Reply.created("/api/v2/projects/" + made.id() + "/", new Created(made.id(), tasks));
  }

  // ---- reading

  private Reply whole(Call call) {
    return view(call, ProjectReader.Detail.TASKS);
  }

  private Reply noTasks(Call call) {
    return view(call, ProjectReader.Detail.AREA);
  }

  private Reply summary(Call call) {
    return view(call, ProjectReader.Detail.SUMMARY);
  }

  private Reply view(Call call, ProjectReader.Detail detail) {
    return view(call, answering.reader(call), detail);
  }

  private Reply view(Call call, @Nullable Actor reader, ProjectReader.Detail detail) {
    return Reply.json(
        tasks.read(
            reader,
            call.path(Answering.PROJECT),
            (connection, project, access) ->
                projects.view(connection, project, access, call.language().tag(), detail)));
  }

  private Reply area(Call call) {
    String area =
        tasks.read(
            answering.reader(call),
            call.path(Answering.PROJECT),
            (connection, project, access) -> project.area());
    return Reply.json(GEO_JSON, new RawValue(area));
  }

  private Reply priorityAreas(Call call) {
    String none = "{\"type\":\"MultiPolygon\",\"coordinates\":[]}";
    String areas =
        tasks.read(
            answering.reader(call),
            call.path(Answering.PROJECT),
            (connection, project, access) ->
                project.priorityAreas() == null ? none : project.priorityAreas());
    return Reply.json(GEO_JSON, new RawValue(areas));
  }

  private Reply tasks(Call call) {
    Actor reader = answering.reader(call);
    List<Integer> wanted =
        call.query(TASKS).map(text -> numbers(TASKS.name(), text)).orElse(List.of());
    String json = tasks.geoJson(reader, call.path(Answering.PROJECT), wanted);
    return Reply.text(GEO_JSON, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static List<Integer> numbers(String parameter, String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String one : text.split(",")) {
      if (!one.strip().matches("[0-9]{1,9}")) {
        throw new ProblemException(
            Problem.invalidParameter(
                parameter,
                new LocalText("números con comas", "números com vírgulas", "numbers by commas"),
                text));
      }
      numbers.add(Integer.parseInt(one.strip()));
    }
    return numbers;
  }

  private Reply task(Call call) {
    Actor reader = answering.reader(call);
    return Reply.json(
        tasks
            .tasks(
                reader,
                call.path(Answering.PROJECT),
                List.of(Answering.task(call)),
                call.language().tag())
            .getFirst());
  }

  // ---- running

  private Reply change(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    ProjectPatch patch = call.json(ProjectPatch.class);
    listener.changed(
        desk.change(actor, call.path(Answering.PROJECT), patch, null), actor.account());
    return view(call, actor, ProjectReader.Detail.AREA);
  }

  /** Parts of an area; null for none. */
  record Areas(@Nullable JsonNode areas) {}

  private Reply prioritise(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    JsonNode areas = call.json(Areas.class).areas();
    String wanted =
        areas == null || areas.isNull() ? "" : Polygons.write(AreaOfInterest.read(areas).area());
    desk.change(actor, call.path(Answering.PROJECT), ProjectPatch.NOTHING, wanted);
    return view(call, actor, ProjectReader.Detail.AREA);
  }

  private Reply delete(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    desk.delete(actor, call.path(Answering.PROJECT));
    return Reply.empty();
  }
}
