package org.tequio.osm.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.Box;
import org.tequio.osm.element.StoredElement;

/** Writes a document of elements, one after the other. Not thread-safe. */
interface ElementsWriter {
  /**
   * Begins.
   *
   * @param bounds the box that was asked for; null where none was
   */
  void begin(@Nullable Box bounds) throws IOException;

  /** One element. */
  void element(StoredElement element) throws IOException;

  /** Ends, and hands the last bytes on. */
  void end() throws IOException;
}
