package org.tequio.procedure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a procedure says of one change of the map, for one case.
 *
 * @param key of the feature that is changed; null where the procedure does not name one, or could
 *     not
 * @param drawn true where the feature takes the outline that the applicant drew
 * @param values by attribute of the dictionary; what could not be known is not there
 */
public record WriteValues(@Nullable String key, boolean drawn, Map<String, Object> values) {
  /** Nothing. */
  public static final WriteValues NONE = new WriteValues(null, false, Map.of());

  /** Copies the values. */
  public WriteValues {
    values = Map.copyOf(values);
  }
}
