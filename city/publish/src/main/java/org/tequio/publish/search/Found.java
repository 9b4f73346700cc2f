package org.tequio.publish.search;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;

/**
 * Something that was found.
 *
 * @param area the neighbourhood; empty where it is not known
 * @param layer where it is recorded; null for coordinates and codes
 * @param feature 0 where it is no feature
 * @param box west, south, east, north; of no size for a point
 * @param meters how far off the place may be; NaN where that is not known or makes no sense
 * @param score smaller is better
 */
record Found(
    SearchKind kind,
    String title,
    String area,
    @Nullable LayerId layer,
    long feature,
    double[] box,
    Precision precision,
    double meters,
    double score) {

  static double[] point(double lon, double lat) {
    return new double[] {lon, lat, lon, lat};
  }

  double lon() {
    return (box[0] + box[2]) / 2;
  }

  double lat() {
    return (box[1] + box[3]) / 2;
  }

  Found withScore(double other) {
    return new Found(kind, title, area, layer, feature, box, precision, meters, other);
  }
}
