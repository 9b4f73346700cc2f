package org.tequio.mapping.project;

import org.tequio.mapping.task.Part;

/** What the members of a team may do in a project. */
public enum TeamRole {
  /** See it, also where it is private. */
  READ_ONLY(Part.READER),
  /** Map. */
  MAPPER(Part.MAPPER),
  /** Map and validate. */
  VALIDATOR(Part.VALIDATOR),
  /** Run it. */
  PROJECT_MANAGER(Part.COORDINATOR);

  private final Part part;

  TeamRole(Part part) {
    this.part = part;
  }

  /** What that makes of a member. */
  public Part part() {
    return part;
  }
}
