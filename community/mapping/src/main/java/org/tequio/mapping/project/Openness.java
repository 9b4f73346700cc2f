package org.tequio.mapping.project;

/** To whom a project is open, to map or to validate. */
public enum Openness {
  /** To everybody with an account. */
  ANY,
  /** To those of a level. */
  LEVEL,
  /** To members of its teams. */
  TEAMS,
  /** To members of its teams who are of a level. */
  TEAMS_LEVEL;

  /** True where being in a team is asked for. */
  public boolean asksForTeam() {
    return this == TEAMS || this == TEAMS_LEVEL;
  }

  /** True where a level is asked for. */
  public boolean asksForLevel() {
    return this == LEVEL || this == TEAMS_LEVEL;
  }
}
