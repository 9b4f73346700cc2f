package org.tequio.procedure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * How a procedure changes the map. Several changes of one layer exclude each other: whoever decides
 * says which of them was made.
 *
 * @param back what is done, and to which layer
 * @param name what the officer reads who chooses between several; null where there is one
 * @param key an expression that gives the key of the feature that is changed; null for what lies at
 *     the place of the case
 * @param drawn true where a changed feature takes the outline that the applicant drew
 * @param sets expressions that give the values, by attribute of the dictionary
 */
public record WriteTerms(
    WriteBack back,
    @Nullable LocalText name,
    @Nullable String key,
    boolean drawn,
    Map<String, String> sets) {
  /** Copies the expressions, keeping their order. */
  public WriteTerms {
    sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
  }
}
