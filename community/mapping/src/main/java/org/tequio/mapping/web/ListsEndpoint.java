package org.tequio.mapping.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.ProjectStatus;
import org.tequio.mapping.tables.Json;
import org.tequio.mapping.task.Part;
import org.tequio.storage.Database;

/**
 * The lists of projects that scripts ask for by name: those that stand out, in a box, one's own.
 */
final class ListsEndpoint {
  private static final String JSON = "application/json";
  private static final String GEO_JSON = "application/geo+json";
  private static final String QUERIES = "/api/v2/projects/queries/";
  private static final GeometryFactory SHAPES = new GeometryFactory();

  private static final Parameter<Envelope> BBOX =
      new Parameter<>(
          Parameter.Place.QUERY,
          "bbox",
          "West, south, east, north in degrees; needed.",
          new LocalText("oeste,sur,este,norte", "oeste,sul,leste,norte", "west,south,east,north"),
          Parameter.schema(
              "array", "minItems", 4, "maxItems", 4, "items", Parameter.schema("number")),
          ListsEndpoint::box);
  private static final Parameter<String> SRID =
      Parameter.choice("srid", "The system of the box: degrees.", "4326");
  private static final Parameter<String> CREATED_BY =
      Parameter.choice("createdByMe", "Only those that one made.", "true", "false");

  private final Database database;
  private final ProjectReader projects;
  private final Answering answering;
  private final Permissions permissions;
  private final Clock clock;

  ListsEndpoint(
      Database database,
      ProjectReader projects,
      Answering answering,
      Permissions permissions,
      Clock clock) {
    this.database = database;
    this.projects = projects;
    this.answering = answering;
    this.permissions = permissions;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                QUERIES + "featured/",
                "featuredMappingProjects",
                MappingAction.READ,
                Answering.shaped(this::featured))
            .answers(JSON, Featured.class)
            .summary("Published projects that stand out."),
        Endpoint.get(
                QUERIES + "bbox/",
                "mappingProjectsInBox",
                MappingAction.READ,
                Answering.shaped(this::inBox))
            .with(BBOX, SRID, CREATED_BY)
            .answers(GEO_JSON, null)
            .summary("The areas of projects that touch a box."),
        Endpoint.get(
                QUERIES + "myself/owner/",
                "ownMappingProjects",
                MappingAction.OWN,
                Answering.shaped(this::own))
            .answers(JSON, Owned.class)
            .summary("The projects that one runs, by their state."));
  }

  private static Optional<Envelope> box(String text) {
    String[] parts = text.split(",", 5);
    double[] sides = new double[4];
    for (int i = 0; i < sides.length; i++) {
      Optional<Double> side =
          parts.length == sides.length ? Parameter.finite(parts[i].strip()) : Optional.empty();
      if (side.isEmpty()) {
        return Optional.empty();
      }
      sides[i] = side.get();
    }
    boolean isBox =
        sides[0] < sides[2]
            && sides[1] < sides[3]
            && sides[0] >= -180
            && sides[2] <= 180
            && sides[1] >= -90
            && sides[3] <= 90;
    return isBox
        ? Optional.of(new Envelope(sides[0], sides[2], sides[1], sides[3]))
        : Optional.empty();
  }

  /** Some projects. */
  record Featured(List<ProjectView> results) {}

  private Reply featured(Call call) {
    Predicate<Project> stands =
        one -> one.settings().featured() && one.settings().status() == ProjectStatus.PUBLISHED;
    return Reply.json(new Featured(views(call, answering.reader(call), stands, any -> true)));
  }

  private List<ProjectView> views(
      Call call, @Nullable Actor reader, Predicate<Project> wanted, Predicate<SeenProject> kept) {
    String locale = call.language().tag();
    return database.read(
        connection -> {
          List<ProjectView> views = new ArrayList<>();
          for (SeenProject one : SeenProject.list(connection, reader, wanted, clock.millis())) {
            if (kept.test(one)) {
              views.add(
                  projects.view(
                      connection,
                      one.project(),
                      one.access(),
                      locale,
                      ProjectReader.Detail.SUMMARY));
            }
          }
          return views;
        });
  }

  private Reply inBox(Call call) {
    Actor reader = answering.reader(call);
    String locale = call.language().tag();
    Polygon box =
        (Polygon)
            SHAPES.toGeometry(
                call.query(BBOX)
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                Problem.invalidParameter(BBOX.name(), BBOX.wanted(), ""))));
    boolean mine = call.query(CREATED_BY).filter("true"::equals).isPresent();
    String account = reader == null ? "" : reader.account();
    Predicate<Project> wanted =
        project ->
            (!mine || project.author().equals(account))
                && Polygons.parse(project.area()).intersects(box);
    StringBuilder text = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
    String between = "";
    for (SeenProject one :
        database.read(connection -> SeenProject.list(connection, reader, wanted, clock.millis()))) {
      Project project = one.project();
      String name = project.settings().text(locale).name();
      text.append(between)
          .append("{\"type\":\"Feature\",\"geometry\":")
          .append(project.area())
          .append(",\"properties\":{\"projectId\":")
          .append(project.id())
          .append(",\"projectStatus\":\"")
          .append(project.settings().status())
          .append("\",\"projectName\":")
          .append(name == null ? "null" : Json.write(name))
          .append("}}");
      between = ",";
    }
    return Reply.text(GEO_JSON, text.append("]}").toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The projects that one runs. */
  record Owned(
      List<ProjectView> activeProjects,
      List<ProjectView> draftProjects,
      List<ProjectView> archivedProjects) {}

  private Reply own(Call call) {
    permissions.require(call, Permission.ofPerson(MappingAction.OWN, call.account()));
    Map<ProjectStatus, List<ProjectView>> found = new EnumMap<>(ProjectStatus.class);
    for (ProjectView one :
        views(
            call,
            answering.plain(call),
            any -> true,
            seen -> seen.access().part() == Part.COORDINATOR)) {
      found.computeIfAbsent(one.status(), any -> new ArrayList<>()).add(one);
    }
    return Reply.json(
        new Owned(
            found.getOrDefault(ProjectStatus.PUBLISHED, List.of()),
            found.getOrDefault(ProjectStatus.DRAFT, List.of()),
            found.getOrDefault(ProjectStatus.ARCHIVED, List.of())));
  }
}
