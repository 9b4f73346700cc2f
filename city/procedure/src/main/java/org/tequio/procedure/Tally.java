package org.tequio.procedure;

import java.math.BigDecimal;
import java.util.Map;
import org.tequio.feature.LocalText;

/**
 * What a change does to one procedure.
 *
 * @param procedure which
 * @param name what people read
 * @param isNew true where the city has no such procedure yet
 * @param isGone true where it would have it no more
 * @param parcels in the sample that were asked
 * @param parcelsFlipped of which some question would end otherwise
 * @param files that were asked
 * @param filesFlipped that would end otherwise
 * @param notAsked questions whose answers fit the procedure no longer, or not yet
 * @param flips how many questions turned, by "before → after" in names of the wire
 * @param rules how many questions each rule answers otherwise
 * @param feesChanged questions that would cost another amount
 * @param feeBefore the sum over the questions whose fee is known both times
 * @param feeAfter the same, after
 */
public record Tally(
    ProcedureId procedure,
    LocalText name,
    boolean isNew,
    boolean isGone,
    long parcels,
    long parcelsFlipped,
    long files,
    long filesFlipped,
    long notAsked,
    Map<String, Long> flips,
    Map<String, Long> rules,
    long feesChanged,
    BigDecimal feeBefore,
    BigDecimal feeAfter) {
  /** Copies the counts. */
  public Tally {
    flips = Map.copyOf(flips);
    rules = Map.copyOf(rules);
  }

  /** The share of parcels that flip, from 0 to 1; NaN where none was asked. */
  public double share() {
    return parcels == 0 ? Double.NaN : (double) parcelsFlipped / parcels;
  }

  /** The least share that 95 of 100 samples like this one would allow (Wilson 1927). */
  public double leastShare() {
    return wilson(-1);
  }

  /** The greatest share that 95 of 100 samples like this one would allow (Wilson 1927). */
  public double greatestShare() {
    return wilson(1);
  }

  private double wilson(int sign) {
    if (parcels == 0) {
      return Double.NaN;
    }
    double z = 1.959964;
    double n = parcels;
    double p = share();
    double middle = p + z * z / (2 * n);
    double reach = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return Math.clamp((middle + sign * reach) / (1 + z * z / n), 0, 1);
  }
}
