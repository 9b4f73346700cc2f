package org.tequio.procedure;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A position in WGS 84, longitude first.
 *
 * @param longitude in degrees
 * @param latitude in degrees
 */
public record LonLat(double longitude, double latitude) {
  private static final double EARTH_RADIUS_METERS = 6_371_008.8;

  /** Refuses what is not on Earth. */
  public LonLat {
    if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
      throw new IllegalArgumentException("not on Earth: " + longitude + " " + latitude);
    }
  }

  /** How far another is, on a sphere. */
  public double metersTo(LonLat other) {
    double lat1 = Math.toRadians(latitude);
    double lat2 = Math.toRadians(other.latitude);
    double sinLat = Math.sin((lat2 - lat1) / 2);
    double sinLon = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
    double chord = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
    return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(Math.min(1, chord)));
  }

  /** So many degrees of latitude are this far. */
  public static double degreesOf(double meters) {
    return Math.toDegrees(meters / EARTH_RADIUS_METERS);
  }

  /** So many degrees of longitude are this far, at its latitude; all of them next to a pole. */
  public double longitudesOf(double meters) {
    double shrink = Math.cos(Math.toRadians(latitude));
    return shrink < 1e-6 ? 360 : degreesOf(meters) / shrink;
  }

  /**
   * The first place among somebody's answers: a GeoJSON point, or the middle of what was drawn;
   * null where there is none.
   */
  public static @Nullable LonLat of(Map<String, Object> inputs) {
    for (Object answer : inputs.values()) {
      if (answer instanceof Map<?, ?> geometry && geometry.get("coordinates") != null) {
        double[] box = {
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NEGATIVE_INFINITY
        };
        widen(box, geometry.get("coordinates"));
        double x = (box[0] + box[2]) / 2;
        double y = (box[1] + box[3]) / 2;
        return Math.abs(x) <= 180 && Math.abs(y) <= 90 ? new LonLat(x, y) : null;
      }
    }
    return null;
  }

  private static void widen(double[] box, @Nullable Object coordinates) {
    if (!(coordinates instanceof List<?> list)) {
      return;
    }
    if (list.size() >= 2 && list.get(0) instanceof Number x && list.get(1) instanceof Number y) {
      box[0] = Math.min(box[0], x.doubleValue());
      box[1] = Math.min(box[1], y.doubleValue());
      box[2] = Math.max(box[2], x.doubleValue());
      box[3] = Math.max(box[3], y.doubleValue());
      return;
    }
    list.forEach(part -> widen(box, part));
  }
}
