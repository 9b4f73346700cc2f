package org.tequio.osm.changeset;

import java.util.Locale;
import org.tequio.formats.osm.OsmElement;

/**
 * One thing that somebody wants done to an element.
 *
 * @param ifUnused of a deletion: leave the element as it is where something uses it
 * @param element as it shall be; its version is the one that it is based on, its changeset the one
 *     that was named (0 for none), its id a negative placeholder where it is to be made
 */
public record Change(Verb verb, boolean ifUnused, OsmElement element) {

  /** What is done. */
  public enum Verb {
    /** It is new. */
    CREATE,
    /** It becomes another; what was deleted comes back. */
    MODIFY,
    /** It is gone. */
    DELETE;

    /** As the protocol writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What came of it.
   *
   * @param oldId as it was sent
   * @param newId 0 where it is gone
   * @param newVersion 0 where it is gone
   */
  public record Result(OsmElement.Type type, long oldId, long newId, int newVersion) {}
}
