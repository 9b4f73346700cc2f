package org.tequio.storage.geopackage;

/** Another Tequio process has the city open. */
public final class CityLocked extends StoreFault {
  private static final long serialVersionUID = 1L;

  CityLocked(String message) {
    super(message);
  }
}
