package org.tequio.mapping.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.desk.ProjectAccess;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Badge;
import org.tequio.mapping.project.Label;
import org.tequio.mapping.project.Level;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.ProjectStatus;
import org.tequio.mapping.tables.LabelTable;
import org.tequio.mapping.tables.ProjectTable;
import org.tequio.mapping.tables.RecordTable;
import org.tequio.mapping.tables.StatisticsTable;
import org.tequio.storage.Database;

/**
 * People who map, as others may see them: the name, and what they did in projects that the reader
 * may see. Paths name accounts; {@code me} is whoever asks.
 */
final class PeopleEndpoint {
  private static final String JSON = "application/json";
  private static final String USER = "/api/v2/users/{username}/";
  private static final int PAGE = 20;
  static final Parameter<String> USERNAME =
      Parameter.pathId(
          "username", "An account.", new LocalText("una cuenta", "uma conta", "an account"));
  private static final Parameter<Integer> PAGE_NUMBER =
      Parameter.integer("page", "Which page, from 1.", 1, 100_000, 1);
  private static final Parameter<String> STATUS =
      Parameter.choice(
          "status", "Which of them.", "MAPPED", "VALIDATED", "INVALIDATED", "BADIMAGERY");

  private final Database database;
  private final Answering answering;
  private final Permissions permissions;
  private final People people;

  PeopleEndpoint(Database database, Answering answering, Permissions permissions, People people) {
    this.database = database;
    this.answering = answering;
    this.permissions = permissions;
    this.people = people;
  }

  List<Endpoint> endpoints() {
    String interests = "/api/v2/users/me/";
    return List.of(
        Endpoint.post(
                interests + "actions/set-interests/",
                "setOwnInterests",
                MappingAction.OWN,
                Answering.shaped(this::setInterests))
            .takes(JSON, RunningEndpoint.InterestIds.class)
            .answers(JSON, LabelsEndpoint.Interests.class)
            .summary("Says what one is interested in."),
        Endpoint.get(
                interests + "queries/interests/",
                "ownInterests",
                MappingAction.OWN,
                Answering.shaped(this::interests))
            .answers(JSON, LabelsEndpoint.Interests.class)
            .summary("What one is interested in."),
        Endpoint.get(USER, "mapper", MappingAction.READ, Answering.shaped(this::user))
            .with(USERNAME)
            .answers(JSON, Mapper.class)
            .summary("Somebody who maps."),
        Endpoint.get(
                USER + "statistics/",
                "mapperStatistics",
                MappingAction.READ,
                Answering.shaped(this::statistics))
            .with(USERNAME)
            .answers(JSON, MapperStatistics.class)
            .summary("What somebody did, counted from the history."),
        Endpoint.get(
                USER + "tasks/", "mapperTasks", MappingAction.READ, Answering.shaped(this::tasks))
            .with(USERNAME, STATUS, PAGE_NUMBER)
            .answers(JSON, MapperTasks.class)
            .summary("The tasks that somebody changed, the last first."),
        Endpoint.get(
                "/api/v2/projects/queries/{username}/touched/",
                "projectsOfMapper",
                MappingAction.READ,
                Answering.shaped(this::touched))
            .with(USERNAME)
            .answers(JSON, MappedProjects.class)
            .summary("The projects in which somebody did anything, the newest first."));
  }

  // ---- somebody

  /**
   * Somebody who maps.
   *
   * @param id the account
   * @param mappingLevel by name
   * @param badges those that they have
   */
  record Mapper(
      String id,
      String username,
      int mappingLevelId,
      String mappingLevel,
      List<MapperBadge> badges,
      int tasksMapped,
      int tasksValidated,
      int tasksInvalidated,
      int projectsMapped) {}

  /** A badge. */
  record MapperBadge(String id, String name, String description) {
    static MapperBadge of(Badge badge, Call call) {
      return new MapperBadge(
          badge.id(), badge.name().in(call.language()), badge.description().in(call.language()));
    }
  }

  private Reply user(Call call) {
    answering.reader(call);
    Person person = person(call);
    RecordTable.Record record =
        database.read(connection -> RecordTable.of(connection, person.id()));
    Level level = Level.of(record.work(), record.good());
    return Reply.json(
        new Mapper(
            person.id(),
            person.name(),
            level.id(),
            level.name().in(call.language()),
            Badge.of(record).stream().map(badge -> MapperBadge.of(badge, call)).toList(),
            record.work().mapped(),
            record.work().validated(),
            record.work().invalidated(),
            record.projects()));
  }

  private Person person(Call call) {
    String named = call.path(USERNAME);
    String account = named.equals("me") ? call.account() : named;
    return people
        .findPerson(account)
        .filter(person -> !person.blocked())
        .orElseThrow(() -> new NotThere("USER_NOT_FOUND"));
  }

  // ---- what they did

  /**
   * What somebody did.
   *
   * @param timeSpentMapping seconds between taking tasks to map them and giving them back
   * @param tasksValidatedByOthers those of their tasks that somebody found good
   * @param contributionsByDay changes of tasks that stand, in UTC
   */
  record MapperStatistics(
      String userId,
      long totalTimeSpent,
      long timeSpentMapping,
      long timeSpentValidating,
      int projectsMapped,
      int tasksMapped,
      int tasksValidated,
      int tasksInvalidated,
      int tasksBadImagery,
      int tasksValidatedByOthers,
      int tasksInvalidatedByOthers,
      List<Contribution> contributionsByDay) {}

  /** How much on a day. */
  record Contribution(String date, int count) {}

  private Reply statistics(Call call) {
    answering.reader(call);
    String account = person(call).id();
    return Reply.json(
        database.read(
            connection -> {
              RecordTable.Record record = RecordTable.of(connection, account);
              RecordTable.Time time = RecordTable.time(connection, account);
              TreeMap<String, Integer> days = new TreeMap<>();
              for (long at : RecordTable.changes(connection, account)) {
                days.merge(Instant.ofEpochMilli(at).toString().substring(0, 10), 1, Integer::sum);
              }
              List<Contribution> byDay = new ArrayList<>();
              days.forEach((day, count) -> byDay.add(new Contribution(day, count)));
              return new MapperStatistics(
                  account,
                  time.mappingSeconds() + time.validationSeconds(),
                  time.mappingSeconds(),
                  time.validationSeconds(),
                  record.projects(),
                  record.work().mapped(),
                  record.work().validated(),
                  record.work().invalidated(),
                  record.work().badImagery(),
                  record.good(),
                  record.wanting(),
                  byDay);
            }));
  }

  /** A page of tasks. */
  record MapperTasks(List<MapperTask> tasks, SearchEndpoint.ProjectPagination pagination) {}

  /**
   * A task that somebody changed.
   *
   * @param taskStatus what they made of it, last
   * @param currentStatus what it is now
   */
  record MapperTask(
      long projectId,
      @Nullable String projectName,
      int taskId,
      String taskStatus,
      String currentStatus,
      String actionDate) {}

  private Reply tasks(Call call) {
    Actor reader = answering.reader(call);
    String account = person(call).id();
    String locale = call.language().tag();
    String status = call.query(STATUS).orElse("");
    int page = call.query(PAGE_NUMBER).orElse(1);
    return Reply.json(
        database.read(
            connection -> {
              List<MapperTask> all = new ArrayList<>();
              for (RecordTable.Change change : RecordTable.tasks(connection, account)) {
                if (status.isEmpty() || change.made().name().equals(status)) {
                  Project project = ProjectTable.find(connection, change.project()).orElse(null);
                  if (project != null && ProjectAccess.isSeen(connection, project, reader)) {
                    all.add(task(project, change, locale));
                  }
                }
              }
              int pages = (all.size() + PAGE - 1) / PAGE;
              int from = Math.min(all.size(), (page - 1) * PAGE);
              return new MapperTasks(
                  List.copyOf(all.subList(from, Math.min(all.size(), from + PAGE))),
                  new SearchEndpoint.ProjectPagination(
                      page, pages, PAGE, all.size(), page < pages, page > 1));
            }));
  }

  private static MapperTask task(Project project, RecordTable.Change change, String locale) {
    return new MapperTask(
        project.id(),
        project.settings().text(locale).name(),
        change.task(),
        change.made().name(),
        change.now().name(),
        Instant.ofEpochMilli(change.at()).toString());
  }

  /** Projects in which somebody did anything. */
  record MappedProjects(List<MappedProject> mappedProjects) {}

  /**
   * What somebody did in a project, those changes that stand.
   *
   * @param centroid its middle, a GeoJSON point
   */
  record MappedProject(
      long projectId,
      @Nullable String name,
      ProjectStatus status,
      int tasksMapped,
      int tasksValidated,
      Object centroid) {}

  private Reply touched(Call call) {
    Actor reader = answering.reader(call);
    String account = person(call).id();
    String locale = call.language().tag();
    return Reply.json(
        database.read(
            connection -> {
              List<MappedProject> all = new ArrayList<>();
              for (long id : StatisticsTable.projectsOf(connection, account)) {
                Project project = ProjectTable.find(connection, id).orElse(null);
                if (project != null && ProjectAccess.isSeen(connection, project, reader)) {
                  StatisticsTable.Work there =
                      StatisticsTable.work(connection, id)
                          .getOrDefault(account, StatisticsTable.Work.NONE);
                  all.add(
                      new MappedProject(
                          id,
                          project.settings().text(locale).name(),
                          project.settings().status(),
                          there.mapped(),
                          there.validated(),
                          Map.of("type", "Point", "coordinates", ProjectReader.middle(project))));
                }
              }
              return new MappedProjects(all);
            }));
  }

  // ---- interests

  private String own(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(MappingAction.OWN, account));
    return account;
  }

  private Reply interests(Call call) {
    return interestsOf(own(call));
  }

  private Reply setInterests(Call call) {
    String account = own(call);
    List<Long> wanted = call.json(RunningEndpoint.InterestIds.class).interests();
    database.write(
        connection -> {
          for (long id : wanted) {
            if (LabelTable.find(connection, Label.Kind.INTEREST, id).isEmpty()) {
              throw new NotThere(Label.Kind.INTEREST.absence());
            }
          }
          LabelTable.setInterests(connection, account, wanted);
          return true;
        });
    return interestsOf(account);
  }

  private Reply interestsOf(String account) {
    return Reply.json(
        database.read(
            connection -> {
              List<LabelsEndpoint.Interest> all = new ArrayList<>();
              for (long id : LabelTable.interestsOf(connection, account)) {
                LabelTable.find(connection, Label.Kind.INTEREST, id)
                    .ifPresent(one -> all.add(new LabelsEndpoint.Interest(one.id(), one.name())));
              }
              return new LabelsEndpoint.Interests(all);
            }));
  }
}
