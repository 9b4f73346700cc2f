package org.tequio.osm;

import java.time.Instant;
import org.tequio.formats.osm.OsmElement;

/**
 * An element that this city and the map that it follows have changed in ways that contradict each
 * other. Ours stays until a person decides.
 *
 * @param theirs their newest version
 * @param since when it was found
 */
public record MapConflict(OsmElement theirs, Reason reason, Instant since) {

  /** In what they contradict each other. */
  public enum Reason {
    /** One key has two new values. */
    TAGS,
    /** Place, nodes or members were changed on both sides. */
    SHAPE,
    /** One side deleted what the other changed. */
    DELETED_AND_CHANGED,
    /** They deleted what something of ours uses. */
    STILL_USED
  }
}
