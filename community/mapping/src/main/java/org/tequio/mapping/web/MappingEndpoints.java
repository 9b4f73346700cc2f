package org.tequio.mapping.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.identity.People;
import org.tequio.mapping.desk.ProjectDesk;
import org.tequio.mapping.desk.TaskDesk;
import org.tequio.mapping.desk.TaskQuality;
import org.tequio.mapping.live.LiveTasks;
import org.tequio.mapping.live.Tidings;
import org.tequio.osm.MapChecks;
import org.tequio.storage.Database;

/** All operations of mapping. */
public final class MappingEndpoints {
  private final List<Endpoint> endpoints = new ArrayList<>();

  /**
   * Makes them.
   *
   * @param people the directory
   * @param names how accounts are called
   * @param organisations how organisations are called
   */
  public MappingEndpoints(
      Database database,
      TaskDesk tasks,
      ProjectDesk projects,
      LiveTasks live,
      Tidings tidings,
      MapChecks checks,
      TaskQuality quality,
      Permissions permissions,
      People people,
      Function<String, String> names,
      Function<String, String> organisations,
      Clock clock) {
    Answering answering = new Answering(permissions);
    TaskReader taskReader = new TaskReader(database, names, clock);
    ProjectReader projectReader = new ProjectReader(taskReader, names, organisations);
    endpoints.addAll(new GroundEndpoint(permissions).endpoints());
    endpoints.addAll(
        new ProjectsEndpoint(
                projects, taskReader, projectReader, answering, permissions, tidings::changed)
            .endpoints());
    endpoints.addAll(
        new RunningEndpoint(projects, taskReader, answering, permissions, people, tidings)
            .endpoints());
    endpoints.addAll(new SystemEndpoint(database, permissions).endpoints());
    endpoints.addAll(new LabelsEndpoint(database, permissions).endpoints());
    endpoints.addAll(new AnnotationsEndpoint(projects, taskReader, answering, clock).endpoints());
    endpoints.addAll(new SearchEndpoint(database, projectReader, answering, clock).endpoints());
    endpoints.addAll(
        new ListsEndpoint(database, projectReader, answering, permissions, clock).endpoints());
    endpoints.addAll(new WorkEndpoint(taskReader, answering, names, clock).endpoints());
    endpoints.addAll(
        new OwnWorkEndpoint(database, tasks, taskReader, answering, permissions, clock)
            .endpoints());
    endpoints.addAll(new GapsEndpoint(database, answering).endpoints());
    endpoints.addAll(new ExportsEndpoint(taskReader, new TaskSheet(names), answering).endpoints());
    endpoints.addAll(
        new OwnEndpoint(database, taskReader, answering, permissions, clock).endpoints());
    endpoints.addAll(
        new TeamsEndpoint(
                database,
                answering,
                permissions,
                account -> Optional.of(names.apply(account)).filter(name -> !name.isEmpty()),
                tidings)
            .endpoints());
    endpoints.addAll(new FindPeopleEndpoint(permissions, people).endpoints());
    // After those whose paths begin in the same way and name nobody.
    endpoints.addAll(new PeopleEndpoint(database, answering, permissions, people).endpoints());
    endpoints.addAll(new LiveEndpoint(live, taskReader, answering).endpoints());
    endpoints.addAll(
        new TaskActionsEndpoint(tasks, taskReader, answering, tidings, quality).endpoints());
    endpoints.addAll(new ChecksEndpoint(checks, quality, taskReader, answering, names).endpoints());
    endpoints.addAll(new HelpEndpoint(taskReader, answering, names, clock).endpoints());
  }

  /** The operations. */
  public List<Endpoint> list() {
    return endpoints.stream().map(Answering::shaped).toList();
  }
}
