package org.tequio.mapping.task;

/** What a task is held for. */
public enum LeaseKind {
  /** To map it. */
  MAPPING,
  /** To validate it. */
  VALIDATION;

  /** The status of a task so held, on the wire. */
  public String status() {
    return "LOCKED_FOR_" + name();
  }
}
