package org.tequio.formats.table;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;

/** A feature to be written in a test. */
public record Row(long id, byte @Nullable [] wkb, @Nullable Object... values)
    implements FeatureRow {
  @Override
  public @Nullable Object value(int field) {
    return values[field];
  }
}
