package org.tequio.feature;

import org.jspecify.annotations.Nullable;

/**
 * A feature as bytes and values, for paths that pass millions of them: no geometry object, no map.
 *
 * <p>A row that a store hands out may be reused for the next feature: take what is needed before
 * returning. Not thread-safe.
 */
public interface FeatureRow {
  /** The feature's identifier. */
  long id();

  /** The array that holds the geometry as ISO WKB; null where the place is not known. */
  byte @Nullable [] wkb();

  /** Where the WKB begins in {@link #wkb()}: at its first byte, unless many share the array. */
  default int wkbOffset() {
    return 0;
  }

  /** How many bytes of {@link #wkb()} from {@link #wkbOffset()} on are the geometry. */
  default int wkbLength() {
    byte[] wkb = wkb();
    return wkb == null ? 0 : wkb.length - wkbOffset();
  }

  /** The value of the field at this position of the schema, typed as {@link FieldType} says. */
  @Nullable Object value(int field);
}
