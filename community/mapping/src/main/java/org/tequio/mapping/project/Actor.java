package org.tequio.mapping.project;

import java.util.function.Predicate;

/**
 * Somebody who wants something of a project.
 *
 * @param account whose
 * @param coordinates true for the organisations whose projects they run by a role
 * @param validates true for the organisations whose projects they validate by a role
 */
public record Actor(String account, Predicate<String> coordinates, Predicate<String> validates) {

  /** Somebody without such roles. */
  public static Actor plain(String account) {
    return new Actor(account, organisation -> false, organisation -> false);
  }
}
