package org.tequio.procedure;

import java.util.Optional;

/** Knows where addresses are. Thread-safe. */
@FunctionalInterface
public interface AddressBook {
  /**
   * The place of an address.
   *
   * @param address in words, or its number in the city's own register
   * @return nothing where it is none, or could be several
   */
  Optional<LonLat> find(String address);
}
