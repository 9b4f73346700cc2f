package org.tequio.mapping.task;

import org.jspecify.annotations.Nullable;

/** What comes of an action. */
public sealed interface Outcome {
  /**
   * The task is taken, or stays with who has it: its state is what it was.
   *
   * @param kind for what
   */
  record Taken(LeaseKind kind) implements Outcome {}

  /** The task is given back as it was. */
  record GivenBack() implements Outcome {}

  /**
   * The task changes its state, and nobody holds it any more.
   *
   * @param state the new one; null where the history says it
   */
  record Becomes(@Nullable TaskState state) implements Outcome {}

  /** The task is cut into others. */
  record Cut() implements Outcome {}

  /** Nothing about the task changes. */
  record Noted() implements Outcome {}

  /** It is not done. */
  record Refused(Refusal refusal) implements Outcome {}
}
