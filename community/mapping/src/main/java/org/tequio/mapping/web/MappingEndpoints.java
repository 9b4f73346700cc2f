package org.tequio.mapping.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.mapping.desk.ProjectDesk;
import org.tequio.mapping.desk.TaskDesk;
import org.tequio.mapping.live.LiveTasks;
import org.tequio.mapping.live.Tidings;
import org.tequio.storage.Database;

/** All operations of mapping. */
public final class MappingEndpoints {
  private final List<Endpoint> endpoints = new ArrayList<>();

  /**
   * Makes them.
   *
   * @param names how accounts are called
   * @param organisations how organisations are called
   */
  public MappingEndpoints(
      Database database,
      TaskDesk tasks,
      ProjectDesk projects,
      LiveTasks live,
      Tidings tidings,
      Permissions permissions,
      Function<String, String> names,
      Function<String, String> organisations,
      Clock clock) {
    Answering answering = new Answering(permissions);
    TaskReader taskReader = new TaskReader(database, names, clock);
    ProjectReader projectReader = new ProjectReader(taskReader, names, organisations);
    endpoints.addAll(
        new ProjectsEndpoint(
                projects, taskReader, projectReader, answering, permissions, tidings::changed)
            .endpoints());
    endpoints.addAll(new SearchEndpoint(database, projectReader, answering).endpoints());
    endpoints.addAll(
        new WorkEndpoint(database, taskReader, answering, permissions, names, clock).endpoints());
    endpoints.addAll(new GapsEndpoint(database, answering).endpoints());
    endpoints.addAll(new ExportsEndpoint(taskReader, answering).endpoints());
    endpoints.addAll(
        new OwnEndpoint(database, taskReader, answering, permissions, clock).endpoints());
    endpoints.addAll(
        new TeamsEndpoint(
                database,
                answering,
                permissions,
                account -> Optional.of(names.apply(account)).filter(name -> !name.isEmpty()))
            .endpoints());
    endpoints.addAll(new LiveEndpoint(live, taskReader, answering).endpoints());
    endpoints.addAll(new TaskActionsEndpoint(tasks, taskReader, answering, tidings).endpoints());
  }

  /** The operations. */
  public List<Endpoint> list() {
    return endpoints.stream().map(Answering::shaped).toList();
  }
}
