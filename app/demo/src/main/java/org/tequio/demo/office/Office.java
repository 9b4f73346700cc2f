package org.tequio.demo.office;

import java.io.IOException;

/**
 * One department: writes its files about the town. A new department is one class and one line in
 * {@link Offices}.
 */
interface Office {
  /** The folder that it sends. */
  String folder();

  /** Writes its files. */
  void write(Desk desk) throws IOException;
}
