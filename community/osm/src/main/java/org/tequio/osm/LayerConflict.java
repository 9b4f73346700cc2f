package org.tequio.osm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In what a feature and its element contradict each other.
 *
 * @param link between both
 * @param differences one for each field, or {@code geometry}
 */
public record LayerConflict(LayerStatus.Link link, List<Difference> differences) {
  /** Copies the differences. */
  public LayerConflict {
    differences = List.copyOf(differences);
  }

  /**
   * One field of which both say something else.
   *
   * @param field of the layer; {@code geometry} for the place
   * @param inLayer what the layer says now; null where it says nothing, and for places
   * @param onMap what the element says now, as the layer would hold it; null likewise
   * @param settled what a person said of it
   */
  public record Difference(
      String field, @Nullable String inLayer, @Nullable String onMap, Settlement settled) {}
}
