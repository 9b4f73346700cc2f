package org.tequio.mapping.web;

import java.util.List;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.EventStream;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.mapping.live.LiveTasks;

/** What happens to the tasks of a project, as server-sent events. */
final class LiveEndpoint {
  private final LiveTasks live;
  private final TaskReader tasks;
  private final Answering answering;

  LiveEndpoint(LiveTasks live, TaskReader tasks, Answering answering) {
    this.live = live;
    this.tasks = tasks;
    this.answering = answering;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/v2/projects/{project}/tasks/queries/live/",
                "mappingTasksLive",
                MappingAction.READ,
                Answering.shaped(this::follow))
            .with(Answering.PROJECT)
            .answers("text/event-stream", null)
            .summary("What happens to tasks, as it happens; Last-Event-ID goes on where it was."));
  }

  private Reply follow(Call call) {
    long project = call.path(Answering.PROJECT);
    tasks.read(answering.reader(call), project, (connection, found, access) -> true);
    long after =
        call.header("Last-Event-ID")
            .filter(text -> text.matches("[0-9]{1,18}"))
            .map(Long::parseLong)
            .orElseGet(live::last);
    EventStream stream =
        live.open(call.source(), project, after)
            .orElseThrow(() -> new ProblemException(Problem.busy()));
    return Reply.events(stream);
  }
}
