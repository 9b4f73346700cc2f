package org.tequio.publish.wfs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.filter.Expression;

/**
 * What a filter of FES 2.0 or Filter Encoding 1.1 asks for: features by their identifiers, or by a
 * condition.
 *
 * @param condition null where features are named
 * @param ids the identifiers; empty where there is a condition
 */
record FesFilter(@Nullable Expression condition, List<String> ids) {
  /** Copies the list. */
  FesFilter {
    ids = List.copyOf(ids);
  }
}
