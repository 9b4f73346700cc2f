package org.tequio.server;

import java.nio.file.Path;

/** Another process has the city open; {@code ServedCity} may reach it. */
public final class CityInUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path folder;

  CityInUse(Path folder, Throwable cause) {
    super("in use: " + folder, cause);
    this.folder = folder;
  }

  /** The city's folder. */
  public Path folder() {
    return folder;
  }
}
