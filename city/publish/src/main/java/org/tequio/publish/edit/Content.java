package org.tequio.publish.edit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;

/**
 * What is said of a feature.
 *
 * @param values by the names of fields: typed as the field is, or as XML Schema writes such a
 *     value; null for what is not known
 * @param place where it is; null where nothing is said of that
 */
public record Content(Map<String, @Nullable Object> values, @Nullable Place place) {
  /** Copies the values, keeping their order and their nulls. */
  public Content {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The place of a feature.
   *
   * @param wkb little-endian ISO WKB, x before y; null where the place is not known
   * @param crs in which
   */
  public record Place(byte @Nullable [] wkb, Crs crs) {}
}
