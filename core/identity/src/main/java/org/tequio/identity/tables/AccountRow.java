package org.tequio.identity.tables;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import org.tequio.identity.Person;

/**
 * An account as it is kept.
 *
 * @param id says nothing about the person
 * @param name as others read it
 * @param email in lower case, unique
 * @param language for notices and mails
 * @param mail true where notices are mailed, too
 * @param password how the password was hashed; null where the account has none
 * @param blocked true where nobody can sign in with it
 * @param created when it began
 * @param seen the day when it was last used; null for never
 */
public record AccountRow(
    String id,
    String name,
    String email,
    Language language,
    boolean mail,
    @Nullable String password,
    boolean blocked,
    Instant created,
    @Nullable Instant seen) {

  /** The name as one looks for it: without accents, in lower case. */
  String folded() {
    return folded(name);
  }

  static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT);
  }

  /** The person, with these holdings. */
  public Person person(List<Caller.Holding> holdings) {
    return new Person(id, name, email, language, holdings, blocked);
  }

  /** The same with what the person may change. */
  public AccountRow with(String newName, Language newLanguage, boolean newMail) {
    return new AccountRow(
        id, newName, email, newLanguage, newMail, password, blocked, created, seen);
  }
}
