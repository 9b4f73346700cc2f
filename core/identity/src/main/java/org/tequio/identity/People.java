package org.tequio.identity;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory of people and organisations. Thread-safe. */
public interface People {
  /** Whose account it is. */
  Optional<Person> findPerson(String account);

  /**
   * Everyone who holds a role and is not blocked.
   *
   * @param organisation for which; null for everyone who holds it, for whichever organisation
   */
  List<Person> listHolders(String role, @Nullable String organisation);

  /** Everyone with an account, the blocked too, by name. */
  List<Person> listPeople();

  /** One organisation: registered by somebody, a department that owns a layer, or an office. */
  Optional<Organisation> findOrganisation(String id);

  /** Those that somebody registered, departments that own layers, and offices, by name. */
  List<Organisation> listOrganisations();

  /** The department of a name; registered if it was not. */
  Organisation ensureDepartment(String name);
}
