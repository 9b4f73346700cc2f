package org.tequio.formats.osm;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes elements into one file, in the order in which they come; closing it completes the file.
 * Used by one thread.
 */
public interface ElementWriter extends Closeable {
  /** Adds one element. */
  void write(OsmElement element) throws IOException;
}
