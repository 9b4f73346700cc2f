package org.tequio.feature;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * One thing on the map, as OGC API – Features means the word. A feature is a value; editing one
 * makes another. Hot paths do not build features: they work on the bytes of {@link FeatureRow}.
 *
 * @param id stable for the life of the feature
 * @param geometry in the CRS of its layer, x before y; null where the place is not known
 * @param properties by field name, in schema order; values as {@link FieldType} says, null where
 *     not known
 */
public record Feature(
    FeatureId id, @Nullable Geometry geometry, Map<String, @Nullable Object> properties) {

  /** Copies the properties, keeping their order and their nulls. */
  public Feature {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }
}
