package org.tequio.procedure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * What holds for a service request beside what holds for every procedure.
 *
 * @param joinsWithinMeters a second report of the same kind this near to an open one is counted
 *     with it; null where each stands alone
 * @param asset the city's thing that is reported; null where it is none of a layer
 * @param objectionHours how long whoever reported may say that it is not done after all; 0 where
 *     they may not
 * @param keywords other words that people use for it; null where there are none
 * @param basis on what this stands
 */
public record ServiceTerms(
    @Nullable Double joinsWithinMeters,
    @Nullable Asset asset,
    int objectionHours,
    @Nullable LocalText keywords,
    Basis basis) {

  /**
   * A thing of the city's.
   *
   * @param layer of the dictionary
   * @param withinMeters how far from the reported place it may lie
   */
  public record Asset(String layer, double withinMeters) {}

  /** How long whoever reported may say that it is not done after all. */
  public Duration objection() {
    return Duration.ofHours(objectionHours);
  }
}
