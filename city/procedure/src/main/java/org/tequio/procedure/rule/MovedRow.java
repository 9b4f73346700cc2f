package org.tequio.procedure.rule;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;

/**
 * A row with another geometry.
 *
 * @param wkb its geometry
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one visit
record MovedRow(FeatureRow row, byte[] wkb) implements FeatureRow {
  @Override
  public long id() {
    return row.id();
  }

  @Override
  public @Nullable Object value(int field) {
    return row.value(field);
  }
}
