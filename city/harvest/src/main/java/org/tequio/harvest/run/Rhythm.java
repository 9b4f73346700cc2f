package org.tequio.harvest.run;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a source is pulled next. A tenth of the time earlier or later, so that not all cities ask
 * the same server at the same second; sooner after a failure, then ever later.
 */
final class Rhythm {
  private static final Duration FIRST_RETRY = Duration.ofMinutes(10);

  private Rhythm() {}

  /**
   * The next time.
   *
   * @param every null where only on demand: then there is none
   * @param failures how many pulls failed one after the other; 0 after one that went well
   */
  static @Nullable Instant next(
      Instant now, @Nullable Duration every, int failures, RandomGenerator random) {
    if (every == null) {
      return null;
    }
    Duration wait = every;
    if (failures > 0) {
      Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 20));
      wait = retry.compareTo(every) < 0 ? retry : every;
    }
    double factor = 0.9 + 0.2 * random.nextDouble();
    return now.plusMillis((long) (wait.toMillis() * factor));
  }
}
