package org.tequio.mapping.web;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.desk.ProjectDesk;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.tables.Annotation;
import org.tequio.mapping.tables.AnnotationTable;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.mapping.task.TaskState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

/** What programs say of tasks, such as how many buildings they counted in each. */
final class AnnotationsEndpoint {
  private static final String JSON = "application/json";
  private static final String ANNOTATIONS = "/api/v2/projects/{project}/annotations/";
  private static final Parameter<String> TYPE =
      Parameter.pathId(
          "type",
          "Of what sort annotations are.",
          new LocalText("letras, cifras y guiones", "letras, algarismos e hifens", "a word"));

  private final ProjectDesk desk;
  private final TaskReader tasks;
  private final Answering answering;
  private final Clock clock;

  AnnotationsEndpoint(ProjectDesk desk, TaskReader tasks, Answering answering, Clock clock) {
    this.desk = desk;
    this.tasks = tasks;
    this.answering = answering;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                ANNOTATIONS,
                "taskAnnotations",
                MappingAction.READ,
                Answering.shaped(call -> list(call, null)))
            .with(Answering.PROJECT)
            .answers(JSON, ProjectAnnotations.class)
            .summary("What is said of a project's tasks."),
        Endpoint.get(
                ANNOTATIONS + "{type}/",
                "taskAnnotationsOfType",
                MappingAction.READ,
                Answering.shaped(call -> list(call, call.path(TYPE))))
            .with(Answering.PROJECT, TYPE)
            .answers(JSON, ProjectAnnotations.class)
            .summary("What is said of a project's tasks, of one sort."),
        Endpoint.post(
                ANNOTATIONS + "{type}/",
                "annotateTasks",
                MappingAction.COORDINATE,
                Answering.shaped(this::annotate))
            .with(Answering.PROJECT, TYPE)
            .takes(JSON, NewAnnotations.class)
            .answers(JSON, ProjectAnnotations.class)
            .summary("Says something of tasks, in the place of what was said of the same sort."));
  }

  /**
   * What is said of a task.
   *
   * @param annotationSource who or what says so
   * @param annotationMarkdown a sentence for people
   * @param properties the figures
   */
  record TaskAnnotation(
      int taskId,
      String annotationType,
      String annotationSource,
      String annotationMarkdown,
      Object properties) {
    static TaskAnnotation of(Annotation one) {
      return new TaskAnnotation(
          one.task(), one.type(), one.source(), one.note(), new RawValue(one.properties()));
    }
  }

  /** What is said of a project's tasks. */
  record ProjectAnnotations(long projectId, List<TaskAnnotation> tasks) {}

  /** What is to be said of tasks. */
  record NewAnnotations(List<NewAnnotation> tasks) {
    NewAnnotations {
      if (tasks.isEmpty() || tasks.size() > 5000) {
        throw new IllegalArgumentException("from 1 to 5000 tasks");
      }
    }
  }

  /** What is to be said of one task. */
  record NewAnnotation(
      int taskId,
      @Nullable String annotationSource,
      @Nullable String annotationMarkdown,
      JsonNode properties) {
    NewAnnotation {
      Answering.requireShort(annotationSource);
      Answering.requireShort(annotationMarkdown);
      if (!properties.isObject() || properties.toString().length() > 5000) {
        throw new IllegalArgumentException("properties are an object of at most 5000 characters");
      }
    }
  }

  private Reply list(Call call, @Nullable String type) {
    return annotations(call, answering.reader(call), type);
  }

  private Reply annotations(Call call, @Nullable Actor reader, @Nullable String type) {
    long id = call.path(Answering.PROJECT);
    List<Annotation> all =
        tasks.read(
            reader, id, (connection, project, access) -> AnnotationTable.list(connection, id));
    return Reply.json(
        new ProjectAnnotations(
            id,
            all.stream()
                .filter(one -> type == null || one.type().equals(type))
                .map(TaskAnnotation::of)
                .toList()));
  }

  private Reply annotate(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    NewAnnotations wanted = call.json(NewAnnotations.class);
    long project = call.path(Answering.PROJECT);
    String type = call.path(TYPE);
    desk.run(
        actor,
        project,
        (connection, found) -> {
          for (NewAnnotation one : wanted.tasks()) {
            if (TaskTable.find(connection, project, one.taskId())
                .filter(row -> row.state() != TaskState.SPLIT)
                .isEmpty()) {
              throw new NotThere("TASK_NOT_FOUND");
            }
            AnnotationTable.put(
                connection,
                new Annotation(
                    project,
                    one.taskId(),
                    type,
                    one.annotationSource() == null ? "" : one.annotationSource(),
                    one.annotationMarkdown() == null ? "" : one.annotationMarkdown(),
                    one.properties().toString()),
                clock.millis());
          }
          return true;
        });
    return annotations(call, actor, type);
  }
}
