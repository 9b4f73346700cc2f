package org.tequio.osm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file brought into the community map.
 *
 * @param nodes new ones, as its fellows
 * @param known those that were there already in the same version
 * @param gone those that the file tells to be deleted; they were left out
 * @param unversioned those of which the file knows no version; they begin with the first
 * @param missingNodes references of ways to nodes that are neither in the file nor on the map
 * @param missingMembers references of relations to what is in neither
 * @param examples of both, a few
 */
public record ImportReport(
    long nodes,
    long ways,
    long relations,
    long known,
    long gone,
    long unversioned,
    long missingNodes,
    long missingMembers,
    List<Missing> examples) {
  /** Copies the examples. */
  public ImportReport {
    examples = List.copyOf(examples);
  }

  /**
   * A reference that leads nowhere.
   *
   * @param element that has it: {@code way/17}
   * @param missing to what: {@code node/5}
   * @param lon of a place of the element, in degrees; null where none is known
   * @param lat its latitude
   */
  public record Missing(
      String element, String missing, @Nullable Double lon, @Nullable Double lat) {}
}
