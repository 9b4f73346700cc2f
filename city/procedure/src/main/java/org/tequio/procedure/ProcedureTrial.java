package org.tequio.procedure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tequio.feature.LocalText;

/**
 * How one procedure fared when it was asked at places of a real city.
 *
 * @param possible how often the map found nothing against it
 * @param notPossible how often a rule spoke against it
 * @param undecided how often a rule that decides had no answer
 * @param gaps what the city could not answer, and how often
 */
public record ProcedureTrial(
    ProcedureId procedure,
    int possible,
    int notPossible,
    int undecided,
    Map<GapKind, Integer> gaps) {
  /** Copies the gaps, keeping their order. */
  public ProcedureTrial {
    gaps = Collections.unmodifiableMap(new LinkedHashMap<>(gaps));
  }

  /**
   * One thing that the city could not answer.
   *
   * @param rule that asked
   * @param answer no data here, or could not ask
   */
  public record GapKind(String rule, Answer answer, LocalText reason) {}

  /** How often it was asked. */
  public int asked() {
    return possible + notPossible + undecided;
  }

  /** True where a rule could not be asked at all, whatever the place. */
  public boolean lacksSomething() {
    return asked() == 0
        || gaps.entrySet().stream()
            .anyMatch(
                gap -> gap.getKey().answer() == Answer.COULD_NOT_ASK && gap.getValue() == asked());
  }
}
