package org.tequio.mapping.task;

/** What somebody is to a project; each may what the ones before may. */
public enum Part {
  /** Has an account, and may neither map nor validate here. */
  READER,
  /** May map. */
  MAPPER,
  /** May validate, too. */
  VALIDATOR,
  /** Runs the project. */
  COORDINATOR;

  /** True for this part and those above it. */
  public boolean isAtLeast(Part other) {
    return compareTo(other) >= 0;
  }
}
