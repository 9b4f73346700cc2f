package org.tequio.mapping.project;

/** How much experience a project takes. */
public enum Difficulty {
  /** None. */
  EASY,
  /** Some. */
  MODERATE,
  /** Much. */
  CHALLENGING
}
