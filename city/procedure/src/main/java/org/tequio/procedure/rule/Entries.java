package org.tequio.procedure.rule;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/** What somebody answered to the questions of a procedure, read and checked. Immutable. */
public final class Entries {
  private final Map<String, Object> values;

  /**
   * Holds these.
   *
   * @param values a geometry in the metres of the layers, a Double, Long, String, LocalDate or
   *     Boolean, by the id of the input
   */
  Entries(Map<String, Object> values) {
    this.values = new HashMap<>(values);
  }

  /** The answer to one question; null where there is none. */
  public @Nullable Object value(String input) {
    return values.get(input);
  }

  /** Answers that cannot be used, each with the reason, by the id of the input. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, LocalText> reasons;

    Refused(Map<String, LocalText> reasons) {
      super(reasons.keySet().toString());
      this.reasons = reasons;
    }

    /** Why, by the id of the input. */
    public Map<String, LocalText> reasons() {
      return reasons;
    }
  }
}
