package org.tequio.storage;

import org.tequio.feature.Crs;

/**
 * What a city folder is made with.
 *
 * @param name of the city
 * @param crs the system its layers are kept in where nothing else is said
 */
public record CitySettings(String name, Crs crs) {
  /** Refuses a blank name. */
  public CitySettings {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a city's name must not be blank");
    }
  }
}
