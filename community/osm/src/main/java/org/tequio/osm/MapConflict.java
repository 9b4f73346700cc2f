package org.tequio.osm;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;

/**
 * An element that this city and the map that it follows have changed in ways that contradict each
 * other. Ours stays until a person decides.
 *
 * @param theirs their newest version
 * @param since when it was found
 * @param differences between ours, as it is now, and theirs
 */
public record MapConflict(
    OsmElement theirs, Reason reason, Instant since, List<Difference> differences) {
  /** Copies the differences. */
  public MapConflict {
    differences = List.copyOf(differences);
  }

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

  /**
   * One thing of which both say something else.
   *
   * @param what the key of a tag; or {@code @place} (latitude and longitude in degrees), {@code
   *     @nodes} and {@code @members} (how many), {@code @there} (false for what is deleted)
   * @param ours null where there is no such tag
   * @param theirs likewise
   */
  public record Difference(String what, @Nullable String ours, @Nullable String theirs) {}
}
