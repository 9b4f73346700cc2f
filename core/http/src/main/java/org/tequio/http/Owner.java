package org.tequio.http;

/** Whose a thing is: the permission matrix tells one's own from another's. */
public sealed interface Owner {
  /** What belongs to no one in particular. */
  Owner CITY = new City();

  /** A department's, a university's or a group's thing. */
  static Owner department(String id) {
    return new Department(id);
  }

  /** A person's own thing. */
  static Owner person(String account) {
    return new Person(account);
  }

  /** The city as a whole. */
  record City() implements Owner {}

  /**
   * An organisation of the city.
   *
   * @param id the organisation's identifier
   */
  record Department(String id) implements Owner {}

  /**
   * Somebody with an account.
   *
   * @param account the account's identifier
   */
  record Person(String account) implements Owner {}
}
