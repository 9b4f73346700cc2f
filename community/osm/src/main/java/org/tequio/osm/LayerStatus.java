package org.tequio.osm;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/**
 * How the community map and a layer stand to each other.
 *
 * @param mapping its identifier
 * @param title what people call it
 * @param layer the city's; null where it has none, or several, of the kind
 * @param fields what is said on both sides: {@code niveles <-> building:levels}
 * @param linked features that have an element
 * @param conflicts of these, those in which both contradict each other
 */
public record LayerStatus(
    String mapping,
    LocalText title,
    @Nullable LayerId layer,
    List<String> fields,
    long linked,
    long conflicts) {
  /** Copies the fields. */
  public LayerStatus {
    fields = List.copyOf(fields);
  }

  /**
   * A feature and the element that is the same thing.
   *
   * @param element {@code way/17}
   * @param version of the element when both agreed last; null where they never did
   * @param changeset in which that version was made; null where it is not kept
   * @param mapper who made it, as others read it; null where that is not known
   * @param validator who looked at it, as others read it; null where nobody did
   * @param revision of the city when both agreed last; null where they never did
   * @param submission by which the layer got it; null where it had it already
   * @param conflicts fields in which both contradict each other, or {@code geometry}
   * @param since when that version was made; null where that is not known
   */
  public record Link(
      LayerId layer,
      long feature,
      String element,
      @Nullable Integer version,
      @Nullable Long changeset,
      @Nullable String mapper,
      @Nullable String validator,
      @Nullable Long revision,
      @Nullable Long submission,
      List<String> conflicts,
      @Nullable Instant since) {
    /** Copies the conflicts. */
    public Link {
      conflicts = List.copyOf(conflicts);
    }
  }
}
