package org.tequio.mapping.project;

/** Who sees a project. */
public enum ProjectStatus {
  /** Is over, and stays to be read. */
  ARCHIVED,
  /** Is worked on. */
  PUBLISHED,
  /** Is being made, and seen by those who make it. */
  DRAFT
}
