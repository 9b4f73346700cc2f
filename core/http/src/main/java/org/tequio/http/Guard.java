package org.tequio.http;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Tells who makes a request. {@code core/identity} has the one that knows accounts. Thread-safe.
 */
public interface Guard {
  /** Nobody has an account. */
  Guard NOBODY = request -> Caller.ANYONE;

  /**
   * Who it is. A request that would change something and could have been forged by another site is
   * refused here.
   *
   * @throws ProblemException 401 for a credential that is not valid, 403 for a forged request
   */
  Caller identify(HttpServletRequest request);

  /**
   * Counts a request that would change something.
   *
   * @throws ProblemException 429 for too many
   */
  default void admit(Caller caller, HttpServletRequest request) {}

  /** What must see requests before the endpoints do, such as an OAuth2 server's own paths. */
  default List<Filter> filters() {
    return List.of();
  }
}
