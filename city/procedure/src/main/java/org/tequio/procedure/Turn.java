package org.tequio.procedure;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question that would be answered otherwise.
 *
 * @param procedure which was asked
 * @param source the parcel's key, or the folio of a file
 * @param isFile true where it was filed; else it is a parcel of the sample
 * @param example whose answers were given beside the parcel; null for a file
 * @param lon of a position in it (CRS84); NaN where the question has no place
 * @param lat of that position
 * @param before what the rules say now
 * @param after what they would say
 * @param rules those that answer otherwise
 * @param feeBefore what it costs now; null where that is not known
 * @param feeAfter what it would cost; null where that is not known
 */
public record Turn(
    ProcedureId procedure,
    String source,
    boolean isFile,
    @Nullable String example,
    double lon,
    double lat,
    Outcome before,
    Outcome after,
    List<RuleTurn> rules,
    @Nullable BigDecimal feeBefore,
    @Nullable BigDecimal feeAfter) {
  /** Copies the rules. */
  public Turn {
    rules = List.copyOf(rules);
  }

  /**
   * A rule that answers otherwise.
   *
   * @param rule its id
   * @param before null where the rule is new
   * @param after null where the rule is gone
   */
  public record RuleTurn(String rule, @Nullable Answer before, @Nullable Answer after) {}

  /** True where the outcome itself turned. */
  public boolean isFlip() {
    return before != after;
  }
}
