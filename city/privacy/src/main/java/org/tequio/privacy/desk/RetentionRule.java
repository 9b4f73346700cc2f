package org.tequio.privacy.desk;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * How long a layer keeps the personal data of each feature.
 *
 * @param period after which its time is over
 * @param from the field from whose day the clock runs; null for the day of the layer's last version
 * @param then what happens when it is over
 */
public record RetentionRule(Period period, @Nullable String from, Then then) {
  /** Refuses a clock that would run backwards. */
  public RetentionRule {
    if (period.isZero() || period.isNegative()) {
      throw new IllegalArgumentException("wanted a period such as P2Y");
    }
  }

  /** What happens when the time is over. */
  public enum Then {
    /** Nobody but the desk sees the values any more. */
    @JsonProperty("block")
    BLOCK,
    /** They are blocked, and erased {@value Retention#BLOCKED_DAYS} days later. */
    @JsonProperty("erase")
    ERASE
  }
}
