package org.tequio.storage;

/** Another Tequio process has the city open. */
public final class CityLocked extends StoreFault {
  private static final long serialVersionUID = 1L;

  /** Says where. */
  public CityLocked(String message) {
    super(message);
  }
}
