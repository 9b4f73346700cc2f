package org.tequio.catalogue.geometry;

import java.time.Duration;
import org.tequio.feature.Progress;

/**
 * How much work one geometry may cost before it is called too complex.
 *
 * @param vertices the most vertices that the exact test of rings against rings is given
 * @param pairs the most pairs of edges that are compared
 * @param time the longest that one geometry may take
 * @param progress where a cancellation shows
 */
public record GeometryBudget(int vertices, long pairs, Duration time, Progress progress) {
  /** What one geometry of an import may cost. */
  public static GeometryBudget standard(Progress progress) {
    return new GeometryBudget(200_000, 40_000_000, Duration.ofMillis(700), progress);
  }
}
