package org.tequio.osm;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;

/**
 * What one side of a mapping owes the other.
 *
 * @param mapping which
 * @param layer the city's layer
 * @param counts how many; written beside the rest in JSON
 * @param findings what contradicts or does not fit, with examples
 * @param submission under which the layer's reviewers have it; null where nothing was handed in
 * @param state of the submission, as it is written in JSON; empty where there is none
 * @param changesets in which elements were made
 */
public record LayerReport(
    String mapping,
    String layer,
    @JsonUnwrapped Counts counts,
    List<Finding> findings,
    @Nullable Long submission,
    String state,
    List<Long> changesets) {
  /** Copies the lists. */
  public LayerReport {
    findings = List.copyOf(findings);
    changesets = List.copyOf(changesets);
  }

  /**
   * How many elements, or features, there are of what.
   *
   * @param seen those that were looked at
   * @param created those that are new to the other side
   * @param changed those that the other side has, and that become others
   * @param gone features whose elements were deleted
   * @param same those on which both sides agree
   * @param found of all these, those that were found standing in one place and are linked from now
   *     on
   * @param waiting those that another submission proposes already
   * @param conflicts those in which both sides contradict each other; neither was changed
   * @param unfit those that do not fit into the layer, or cannot be told apart
   */
  public record Counts(
      long seen,
      long created,
      long changed,
      long gone,
      long same,
      long found,
      long waiting,
      long conflicts,
      long unfit) {}

  /** The same, handed in. */
  public LayerReport handedIn(long submission, String state) {
    return new LayerReport(mapping, layer, counts, findings, submission, state, changesets);
  }

  /** The same, uploaded. */
  public LayerReport uploaded(List<Long> changesets) {
    return new LayerReport(mapping, layer, counts, findings, submission, state, changesets);
  }

  /** True where nothing is to be handed to the other side. */
  public boolean isNothing() {
    return counts.created + counts.changed + counts.gone == 0;
  }
}
