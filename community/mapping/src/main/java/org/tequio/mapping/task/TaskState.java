package org.tequio.mapping.task;

/**
 * How far a task is, whoever holds it. A lock is no state: it is a {@link LeaseKind lease} beside
 * the state, so that a lock that ends, in whatever way, leaves the task as it was.
 */
public enum TaskState {
  /** Waits to be mapped. */
  READY(0),
  /** Mapped, and waits to be validated. */
  MAPPED(2),
  /** Somebody else said that it is good. */
  VALIDATED(4),
  /** Somebody else said that there is more to do. */
  INVALIDATED(5),
  /** The imagery does not show enough. */
  BADIMAGERY(6),
  /** Was cut into others, which took its place; it stays for its history alone. */
  SPLIT(7);

  private final int code;

  TaskState(int code) {
    this.code = code;
  }

  /** The number by which Tasking Manager knows the state. */
  public int code() {
    return code;
  }

  /** True where it may be taken to map. */
  public boolean isMappable() {
    return this == READY || this == INVALIDATED;
  }

  /** True where it may be taken to validate. */
  public boolean isValidatable() {
    return this == MAPPED || this == INVALIDATED || this == BADIMAGERY;
  }

  /**
   * The state of a number.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static TaskState of(int code) {
    for (TaskState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state of a task: " + code);
  }
}
