package org.tequio.storage.geopackage;

import java.sql.SQLException;

/**
 * The city's folder could not be read or written: the disk is full or broken, the file is damaged,
 * or another program holds it. Nothing that this happened to was acknowledged.
 */
public class StoreFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreFault(String message, Throwable cause) {
    super(message, cause);
  }

  StoreFault(String message) {
    super(message);
  }

  static StoreFault of(SQLException e) {
    return Sqlite.isBusy(e)
        ? new StoreFault(
            "city.gpkg is being written by another program; close its edit session and try again",
            e)
        : new StoreFault("city.gpkg: " + e.getMessage(), e);
  }
}
