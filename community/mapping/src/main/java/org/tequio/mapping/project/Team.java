package org.tequio.mapping.project;

/**
 * People who map together.
 *
 * @param id its number
 * @param organisation whose team it is
 * @param name as people call it
 * @param description what it is for
 * @param joinMethod how one becomes a member
 * @param visibility who sees it
 */
public record Team(
    long id,
    String organisation,
    String name,
    String description,
    JoinMethod joinMethod,
    Visibility visibility) {

  /** How one becomes a member. */
  public enum JoinMethod {
    /** By wishing to. */
    ANY,
    /** By asking, and a manager of the team agreeing. */
    BY_REQUEST,
    /** By a manager of the team alone. */
    BY_INVITE
  }

  /** Who sees a team. */
  public enum Visibility {
    /** Everybody. */
    PUBLIC,
    /** Its members, and who runs the organisation. */
    PRIVATE
  }

  /**
   * Somebody who is in a team.
   *
   * @param account who
   * @param isManager true where they decide who else is
   * @param isActive false while they have only asked
   */
  public record Member(String account, boolean isManager, boolean isActive) {}
}
