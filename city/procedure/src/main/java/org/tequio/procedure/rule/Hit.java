package org.tequio.procedure.rule;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.FeatureRow;

/** A feature that a question found, taken out of its row. */
final class Hit {
  private final AskedLayer layer;
  private final long id;
  private final @Nullable Geometry geometry;
  private final double distance;
  private final @Nullable Object[] values;

  /**
   * Takes one out.
   *
   * @param geometry null in a table
   * @param distance metres from the place
   */
  Hit(AskedLayer layer, FeatureRow row, @Nullable Geometry geometry, double distance) {
    this.layer = layer;
    this.id = row.id();
    this.geometry = geometry;
    this.distance = distance;
    this.values = new Object[layer.fieldCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.value(i);
    }
  }

  AskedLayer layer() {
    return layer;
  }

  long id() {
    return id;
  }

  @Nullable Geometry geometry() {
    return geometry;
  }

  double distance() {
    return distance;
  }

  /** A value, by its place in the row; null where it has none. */
  @Nullable Object value(int position) {
    return position < 0 ? null : values[position];
  }

  /** The department's own identifier. */
  @Nullable String key() {
    Object key = value(layer.keyPosition());
    return key == null ? null : key.toString();
  }
}
