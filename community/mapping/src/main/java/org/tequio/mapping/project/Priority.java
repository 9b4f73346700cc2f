package org.tequio.mapping.project;

/** How urgent a project is, the most urgent first. */
public enum Priority {
  /** Lives depend on it. */
  URGENT,
  /** Before others. */
  HIGH,
  /** As any. */
  MEDIUM,
  /** After others. */
  LOW
}
