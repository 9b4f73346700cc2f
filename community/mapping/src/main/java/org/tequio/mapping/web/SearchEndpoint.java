package org.tequio.mapping.web;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.mapping.desk.ProjectAccess;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Difficulty;
import org.tequio.mapping.project.MappingType;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.ProjectSettings;
import org.tequio.mapping.project.ProjectStatus;
import org.tequio.mapping.project.ProjectText;
import org.tequio.mapping.tables.LabelTable;
import org.tequio.mapping.tables.StatisticsTable;
import org.tequio.mapping.task.Part;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;
import tools.jackson.databind.util.RawValue;

/** Finding projects. */
final class SearchEndpoint {
  private static final int PAGE = 14;

  private static final Parameter<String> TEXT =
      Parameter.text("textSearch", "Words of its name or description, or its number.", 200);
  private static final Parameter<String> DIFFICULTY =
      Parameter.choice("difficulty", "How hard.", "EASY", "MODERATE", "CHALLENGING");
  private static final Parameter<String> ACTION =
      Parameter.choice("action", "What there is to do.", "map", "validate", "any");
  private static final Parameter<String> TYPES =
      Parameter.text("mappingTypes", "What is mapped, by commas.", 200);
  private static final Parameter<String> STATUSES =
      Parameter.text("projectStatuses", "States, by commas; PUBLISHED where not given.", 100);
  private static final Parameter<String> ORGANISATION =
      Parameter.text("organisation", "Whose.", 80);
  private static final Parameter<String> CREATED_BY =
      Parameter.choice("createdByMe", "Only those that one made.", "true", "false");
  private static final Parameter<String> MAPPED_BY =
      Parameter.choice("mappedByMe", "Only those where one did something.", "true", "false");
  private static final Parameter<String> FAVOURITES =
      Parameter.choice("favoritedByMe", "Only one's favourites.", "true", "false");
  private static final Parameter<String> MANAGED =
      Parameter.choice("managedByMe", "Only those that one runs.", "true", "false");
  private static final Parameter<Long> CAMPAIGN =
      Answering.id(Parameter.Place.QUERY, "campaign", "Number of a campaign.");
  private static final Parameter<String> INTERESTS =
      Parameter.text("interests", "Numbers of interests, by commas; one of them is enough.", 200);
  private static final Parameter<String> MY_INTERESTS =
      Parameter.choice("basedOnMyInterests", "Only those of one's interests.", "true", "false");
  private static final Parameter<String> ORDER =
      Parameter.choice(
          "orderBy", "What comes first.", "id", "priority", "last_updated", "due_date");
  private static final Parameter<Integer> PAGE_NUMBER =
      Parameter.integer("page", "Which page, from 1.", 1, 100_000, 1);
  private static final Parameter<String> OMIT_MAP =
      Parameter.choice("omitMapResults", "Without the places of all results.", "true", "false");
  private static final Parameter<String> AS_CSV =
      Parameter.choice("downloadAsCSV", "All of them, as a table.", "true", "false");

  private final Database database;
  private final ProjectReader projects;
  private final Answering answering;
  private final Clock clock;

  SearchEndpoint(Database database, ProjectReader projects, Answering answering, Clock clock) {
    this.clock = clock;
    this.database = database;
    this.projects = projects;
    this.answering = answering;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/v2/projects/",
                "mappingProjects",
                MappingAction.READ,
                Answering.shaped(this::search))
            .with(
                TEXT,
                DIFFICULTY,
                ACTION,
                TYPES,
                STATUSES,
                ORGANISATION,
                CAMPAIGN,
                INTERESTS,
                MY_INTERESTS,
                CREATED_BY,
                MAPPED_BY,
                FAVOURITES,
                MANAGED,
                ORDER,
                PAGE_NUMBER,
                OMIT_MAP,
                AS_CSV)
            .answers("application/json", ProjectPage.class)
            .answers("text/csv", null)
            .summary("Projects that the reader may see."));
  }

  /**
   * One page of projects.
   *
   * @param mapResults where all of them are, as GeoJSON; null where that was not wanted
   */
  record ProjectPage(
      List<ProjectView> results, ProjectPagination pagination, @Nullable Object mapResults) {}

  /** Which page of how many. */
  record ProjectPagination(
      int page, int pages, int perPage, int total, boolean hasNext, boolean hasPrev) {}

  private Reply search(Call call) throws IOException {
    Actor reader = answering.reader(call);
    if (call.query(AS_CSV).filter("true"::equals).isPresent()) {
      return table(reader, call);
    }
    String locale = call.language().tag();
    int page = call.query(PAGE_NUMBER).orElse(1);
    boolean omitsMap = call.query(OMIT_MAP).filter("true"::equals).isPresent();
    return Reply.json(
        database.read(
            connection -> {
              List<SeenProject> found = find(connection, call, reader, locale);
              int from = Math.min(found.size(), (page - 1) * PAGE);
              int to = Math.min(found.size(), from + PAGE);
              List<ProjectView> views = views(connection, found.subList(from, to), locale);
              int pages = (found.size() + PAGE - 1) / PAGE;
              return new ProjectPage(
                  views,
                  new ProjectPagination(page, pages, PAGE, found.size(), page < pages, page > 1),
                  omitsMap ? null : new RawValue(places(found)));
            }));
  }

  private List<ProjectView> views(Connection connection, List<SeenProject> seen, String locale)
      throws SQLException {
    List<ProjectView> views = new ArrayList<>();
    for (SeenProject one : seen) {
      views.add(
          projects.view(
              connection, one.project(), one.access(), locale, ProjectReader.Detail.SUMMARY));
    }
    return views;
  }

  private Reply table(@Nullable Actor reader, Call call) throws IOException {
    String locale = call.language().tag();
    List<ProjectView> all =
        database.read(
            connection -> views(connection, find(connection, call, reader, locale), locale));
    return Reply.bytes("text/csv; charset=utf-8", ProjectSheet.csv(all))
        .with("Content-Disposition", "attachment; filename=\"projects.csv\"");
  }

  private List<SeenProject> find(
      Connection connection, Call call, @Nullable Actor reader, String locale) throws SQLException {
    Predicate<Project> wanted = wanted(connection, call, reader, locale);
    boolean isManaged = call.query(MANAGED).filter("true"::equals).isPresent();
    Optional<String> action = call.query(ACTION);
    List<SeenProject> found = new ArrayList<>();
    for (SeenProject one : SeenProject.list(connection, reader, wanted, clock.millis())) {
      ProjectAccess access = one.access();
      boolean fits =
          switch (action.orElse("any")) {
            case "map" -> access.mapping() == null;
            case "validate" -> access.validation() == null;
            default -> true;
          };
      boolean runs = access.part() == Part.COORDINATOR;
      if (fits && (!isManaged || runs)) {
        found.add(one);
      }
    }
    found.sort(Comparator.comparing(SeenProject::project, order(call.query(ORDER).orElse("id"))));
    return found;
  }

  private static Comparator<Project> order(String by) {
    Comparator<Project> newest = Comparator.comparing(Project::id).reversed();
    return switch (by) {
      case "priority" ->
          Comparator.comparing((Project one) -> one.settings().projectPriority())
              .thenComparing(newest);
      case "last_updated" -> Comparator.comparing(Project::updated).reversed();
      case "due_date" ->
          Comparator.comparing(
                  (Project one) ->
                      one.settings().dueDate() == null ? "~" : one.settings().dueDate())
              .thenComparing(newest);
      default -> newest;
    };
  }

  private static Predicate<Project> wanted(
      Connection connection, Call call, @Nullable Actor reader, String locale) throws SQLException {
    Set<String> statuses = words(call.query(STATUSES).orElse(ProjectStatus.PUBLISHED.name()));
    Set<String> types = words(call.query(TYPES).orElse(""));
    Optional<Difficulty> difficulty = call.query(DIFFICULTY).map(Difficulty::valueOf);
    Optional<String> organisation = call.query(ORGANISATION);
    Optional<Long> campaign = call.query(CAMPAIGN);
    Set<Long> interests = interests(connection, call, account(reader));
    String text = call.query(TEXT).orElse("").strip().toLowerCase(Locale.ROOT);
    String account = account(reader);
    Set<Long> only = only(connection, call, account);
    boolean mine = call.query(CREATED_BY).filter("true"::equals).isPresent();
    return project -> {
      ProjectSettings settings = project.settings();
      return statuses.contains(settings.status().name())
          && (types.isEmpty()
              || settings.mappingTypes().stream().map(MappingType::name).anyMatch(types::contains))
          && difficulty.filter(one -> one != settings.difficulty()).isEmpty()
          && organisation.filter(one -> !one.equals(settings.organisation())).isEmpty()
          && campaign.filter(one -> !settings.campaigns().contains(one)).isEmpty()
          && (interests == null || settings.interests().stream().anyMatch(interests::contains))
          && (!mine || project.author().equals(account))
          && (only == null || only.contains(project.id()))
          && (text.isEmpty() || says(project, locale, text));
    };
  }

  private static String account(@Nullable Actor reader) {
    return reader == null ? "" : reader.account();
  }

  private static @Nullable Set<Long> interests(Connection connection, Call call, String account)
      throws SQLException {
    if (call.query(MY_INTERESTS).filter("true"::equals).isPresent()) {
      return Set.copyOf(LabelTable.interestsOf(connection, account));
    }
    return call.query(INTERESTS)
        .map(text -> ProjectsEndpoint.numbers(INTERESTS.name(), text))
        .map(numbers -> numbers.stream().map(Integer::longValue).collect(Collectors.toSet()))
        .orElse(null);
  }

  private static @Nullable Set<Long> only(Connection connection, Call call, String account)
      throws SQLException {
    Set<Long> only = null;
    if (call.query(MAPPED_BY).filter("true"::equals).isPresent()) {
      only = new HashSet<>(StatisticsTable.projectsOf(connection, account));
    }
    if (call.query(FAVOURITES).filter("true"::equals).isPresent()) {
      Set<Long> favourites =
          new HashSet<>(
              Sql.list(
                  connection,
                  row -> row.getLong(1),
                  "SELECT project FROM mapping_favourite WHERE account = ?",
                  account));
      if (only == null) {
        only = favourites;
      } else {
        only.retainAll(favourites);
      }
    }
    return only;
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (String one : text.split(",")) {
      if (!one.isBlank()) {
        words.add(one.strip().toUpperCase(Locale.ROOT));
      }
    }
    return words;
  }

  private static boolean says(Project project, String locale, String text) {
    ProjectText words = project.settings().text(locale);
    String all =
        project.id()
            + " "
            + words.name()
            + " "
            + words.shortDescription()
            + " "
            + words.description();
    return all.toLowerCase(Locale.ROOT).contains(text);
  }

  private static String places(List<SeenProject> found) {
    StringBuilder text = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < found.size(); i++) {
      Project project = found.get(i).project();
      double[] middle = ProjectReader.middle(project);
      text.append(i == 0 ? "" : ",")
          .append("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[")
          .append(middle[0])
          .append(',')
          .append(middle[1])
          .append("]},\"properties\":{\"projectId\":")
          .append(project.id())
          .append(",\"priority\":\"")
          .append(project.settings().projectPriority())
          .append("\"}}");
    }
    return text.append("]}").toString();
  }
}
