package org.tequio.mapping.task;

/**
 * Everything about a task, and about whoever wants something of it, that decides whether they may.
 *
 * @param state how far the task is
 * @param hold who holds it
 * @param part what the one who asks is to the project
 * @param isMappers true where the one who asks is who mapped it
 * @param isLastActors true where the one who asks made the last change of state that stands
 */
public record Situation(
    TaskState state, Hold hold, Part part, boolean isMappers, boolean isLastActors) {

  /** Of somebody who has not touched the task before. */
  public Situation(TaskState state, Hold hold, Part part) {
    this(state, hold, part, false, false);
  }
}
