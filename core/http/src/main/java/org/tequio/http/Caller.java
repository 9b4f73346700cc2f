package org.tequio.http;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param account the identifier of the account; null where nobody has signed in
 * @param name as others read it; empty for nobody
 * @param holdings the roles held, besides those that everyone has
 * @param scopes the actions that a program acting for the person was granted; null where the person
 *     acts without one and nothing narrows the roles
 */
public record Caller(
    @Nullable String account, String name, List<Holding> holdings, @Nullable Set<String> scopes) {
  /** Nobody has signed in. */
  public static final Caller ANYONE = new Caller(null, "", List.of(), null);

  /** Copies the collections. */
  public Caller {
    holdings = List.copyOf(holdings);
    scopes = scopes == null ? null : Set.copyOf(scopes);
  }

  /** True where somebody has signed in. */
  public boolean isSignedIn() {
    return account != null;
  }

  /**
   * A role that somebody holds.
   *
   * @param role the role's identifier, such as {@code steward}
   * @param organisation for which; null where the role is the whole city's
   */
  public record Holding(String role, @Nullable String organisation) {}
}
