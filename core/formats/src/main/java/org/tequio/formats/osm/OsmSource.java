package org.tequio.formats.osm;

import java.io.IOException;
import org.tequio.formats.FormatException;

/** A file of OSM elements that can be read again and again: nodes first, relations last. */
interface OsmSource {
  /** Passes on all elements. */
  void forEach(Visitor visitor) throws IOException, FormatException;

  /** Sees each element. */
  @FunctionalInterface
  interface Visitor {
    /** One element. */
    void element(OsmElement element) throws FormatException;
  }
}
