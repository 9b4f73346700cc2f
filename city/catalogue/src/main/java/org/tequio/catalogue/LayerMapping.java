package org.tequio.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/**
 * Which attribute of the dictionary each column of a department's layer holds: what a steward
 * confirmed, and for the other columns what their names, types and values suggest.
 *
 * @param layer which
 * @param version of the settings that this was made of; {@link Mappings#confirm} wants it back
 * @param standard what kind of layer it is; null where that is not known
 * @param candidates what kind it may be, the likeliest first
 * @param items one for each column, in the order of the layer
 * @param unmapped the attributes of the kind that no column holds
 */
public record LayerMapping(
    LayerId layer,
    long version,
    @Nullable Kind standard,
    List<Candidate> candidates,
    List<Item> items,
    List<Target> unmapped) {

  /** Copies the lists. */
  public LayerMapping {
    candidates = List.copyOf(candidates);
    items = List.copyOf(items);
    unmapped = List.copyOf(unmapped);
  }

  /**
   * A kind that the layer may be of.
   *
   * @param score 0 to 1
   */
  public record Candidate(Kind kind, double score) {}

  /**
   * An attribute of the kind.
   *
   * @param name such as {@code cvegeo}
   * @param label what people read
   */
  public record Target(String name, LocalText label) {}

  /**
   * One column.
   *
   * @param field its name
   * @param attribute what it holds; null where nothing of the kind is likely, or where a steward
   *     decided so
   * @param score how sure that is, 0 to 1; 1 where it was confirmed
   * @param reason why
   * @param isConfirmed true where a steward decided it
   */
  public record Item(
      String field,
      @Nullable Target attribute,
      double score,
      LocalText reason,
      boolean isConfirmed) {}
}
