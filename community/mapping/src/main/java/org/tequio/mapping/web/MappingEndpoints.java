package org.tequio.mapping.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.mapping.desk.ProjectDesk;
import org.tequio.mapping.desk.TaskDesk;
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
      Permissions permissions,
      Function<String, String> names,
      Function<String, String> organisations,
      Clock clock) {
    Answering answering = new Answering(permissions);
    TaskReader taskReader = new TaskReader(database, names, clock);
    ProjectReader projectReader = new ProjectReader(taskReader, names, organisations);
    endpoints.addAll(
        new ProjectsEndpoint(
                projects, taskReader, projectReader, answering, permissions, (change, by) -> {})
            .endpoints());
    endpoints.addAll(
        new TaskActionsEndpoint(
                tasks,
                taskReader,
                answering,
                new TaskActionsEndpoint.Told() {
                  @Override
                  public void judged(long p, String v, List<TaskDesk.Judged> j) {}

                  @Override
                  public void commented(long p, int t, String by, String text) {}
                })
            .endpoints());
  }

  /** The operations. */
  public List<Endpoint> list() {
    return List.copyOf(endpoints);
  }
}
