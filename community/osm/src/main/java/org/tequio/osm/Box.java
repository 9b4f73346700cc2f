package org.tequio.osm;

import org.jspecify.annotations.Nullable;

/**
 * A box of longitudes and latitudes (WGS 84), its borders included.
 *
 * @param west in 1e-7 degrees, as its fellows
 * @param south the least latitude
 * @param east not less than {@code west}
 * @param north not less than {@code south}
 */
public record Box(int west, int south, int east, int north) {
  /** Refuses a box that is turned inside out. */
  public Box {
    if (west > east || south > north) {
      throw new IllegalArgumentException(
          "no box: " + west + "," + south + "," + east + "," + north);
    }
  }

  /** The box around one place. */
  public static Box of(int lon, int lat) {
    return new Box(lon, lat, lon, lat);
  }

  /** The box around both; null where neither is anywhere. */
  public static @Nullable Box around(@Nullable Box one, @Nullable Box other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return new Box(
        Math.min(one.west, other.west),
        Math.min(one.south, other.south),
        Math.max(one.east, other.east),
        Math.max(one.north, other.north));
  }

  /** True where a place lies in it. */
  public boolean has(int lon, int lat) {
    return lon >= west && lon <= east && lat >= south && lat <= north;
  }

  /** True where they share a place. */
  public boolean touches(Box other) {
    return other.west <= east && other.east >= west && other.south <= north && other.north >= south;
  }

  /** Its area in square degrees. */
  public double area() {
    return ((double) east - west) * ((double) north - south) / 1e14;
  }
}
