package org.tequio.formats;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.geojson.JsonPages;
import org.tequio.formats.gml.GmlPages;

/**
 * One file made of the pages in which a server hands out a layer, readable like any other file of
 * its format. A feature that comes on two pages is written once: it is known by its id, or by its
 * content where ids are missing or made anew for each answer. Not thread-safe.
 */
public interface PagedFile extends Closeable {

  /**
   * Adds what a page holds and no page before it held.
   *
   * @throws FormatException when the page is damaged; the file is then of no use any more
   */
  Page add(Path page) throws IOException, FormatException;

  /** How many different features it has. */
  long features();

  /** Completes the file. */
  @Override
  void close() throws IOException;

  /** What a server answered where a page was asked for. */
  sealed interface Page {
    /**
     * Features.
     *
     * @param count on this page
     * @param fresh of them on no page before
     * @param matched how many there are in all, as the server says; -1 where it does not
     * @param next the address of the next page; null where the answer names none
     * @param more true where the answer itself says that it was cut at a limit
     */
    record Features(long count, long fresh, long matched, @Nullable String next, boolean more)
        implements Page {}

    /**
     * The server's own word that something went wrong, whatever its HTTP status.
     *
     * @param code as the server writes it; empty where it gives none
     * @param text for people
     */
    record Fault(String code, String text) implements Page {}
  }

  /** A file of GML, out of the answers of a WFS. */
  static PagedFile gml(Path file, Limits limits) throws IOException {
    return new GmlPages(file, limits);
  }

  /** A file of GeoJSON. */
  static PagedFile geoJson(Path file, Limits limits) throws IOException {
    return JsonPages.geoJson(file, limits);
  }

  /** A file of Esri JSON, out of the answers of an ArcGIS server. */
  static PagedFile esriJson(Path file, Limits limits) throws IOException {
    return JsonPages.esri(file, limits);
  }
}
