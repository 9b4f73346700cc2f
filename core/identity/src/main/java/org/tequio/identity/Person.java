package org.tequio.identity;

import java.util.List;
import org.tequio.feature.Language;
import org.tequio.http.Caller;

/**
 * Somebody with an account.
 *
 * @param id stable for the life of the account; says nothing about the person
 * @param name as others read it
 * @param email in lower case; personal data
 * @param language in which notices and mails are written
 * @param holdings the roles held, besides {@code resident}, which everyone has
 * @param blocked true where the person can no longer sign in
 */
public record Person(
    String id,
    String name,
    String email,
    Language language,
    List<Caller.Holding> holdings,
    boolean blocked) {
  /** Copies the holdings. */
  public Person {
    holdings = List.copyOf(holdings);
  }
}
