package org.tequio.http;

/**
 * What a request wants to do, and with whose thing.
 *
 * @param action the same as the endpoint declares
 * @param owner whose
 */
public record Permission(Action action, Owner owner) {
  /** Reading the city's public face. */
  public static final Permission READ_CITY = new Permission(Action.CITY_READ, Owner.CITY);

  /** Reading the public fields of a layer. */
  public static final Permission READ_LAYER = new Permission(Action.LAYER_READ, Owner.CITY);

  /** Doing it with what is the city's. */
  public static Permission of(Action action) {
    return new Permission(action, Owner.CITY);
  }

  /** Doing it with a department's thing. */
  public static Permission ofDepartment(Action action, String department) {
    return new Permission(action, Owner.department(department));
  }

  /** Doing it with a person's own thing. */
  public static Permission ofPerson(Action action, String account) {
    return new Permission(action, Owner.person(account));
  }
}
