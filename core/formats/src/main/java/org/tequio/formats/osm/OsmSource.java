package org.tequio.formats.osm;

import java.io.IOException;
import java.nio.file.Path;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;

/**
 * A file of OSM elements that can be read again and again, in the file's own order: a state of the
 * map ({@code .osm}, {@code .osm.pbf}), its history, or what changed ({@code .osc}), packed with
 * gzip or not. An element that is gone comes with {@link OsmElement.Meta#visible} false; of the
 * others in a change, the first version is new.
 */
public interface OsmSource {
  /** A file, known by its first bytes and not by its name. Nothing is read yet. */
  static OsmSource of(Path file, ReadContext context) throws IOException {
    return OsmPbf.isPbf(file) ? new OsmPbf(file, context) : new OsmXml(file, context);
  }

  /**
   * Passes on all elements, on the thread that asks.
   *
   * @throws FormatException {@code FILE_TRUNCATED}, {@code FILE_UNREADABLE} or {@code FILE_REFUSED}
   *     with the byte or line; what was passed on until then counts for nothing
   * @throws java.util.concurrent.CancellationException when the progress says so
   */
  void forEach(Visitor visitor) throws IOException, FormatException;

  /** Sees each element. */
  @FunctionalInterface
  interface Visitor {
    /** One element. */
    void element(OsmElement element) throws IOException, FormatException;
  }
}
