package org.tequio.osm.trace;

import java.util.Arrays;

/**
 * Points in the order in which somebody was there. Grows as it is read; not thread-safe.
 *
 * <p>Places are in 1e-7 degrees, times in seconds since 1970.
 */
final class TrackPoints {
  /** For points that do not say when. */
  static final long NO_TIME = Long.MIN_VALUE;

  private int[] lons = new int[1024];
  private int[] lats = new int[1024];
  private long[] times = new long[1024];
  private int[] segments = new int[1024];
  private int size;

  /** Adds a point to the segment of this number. */
  void add(int segment, int lon, int lat, long time) {
    if (size == lons.length) {
      lons = Arrays.copyOf(lons, 2 * size);
      lats = Arrays.copyOf(lats, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
      segments = Arrays.copyOf(segments, 2 * size);
    }
    lons[size] = lon;
    lats[size] = lat;
    times[size] = time;
    segments[size++] = segment;
  }

  int size() {
    return size;
  }

  int lon(int index) {
    return lons[index];
  }

  int lat(int index) {
    return lats[index];
  }

  long time(int index) {
    return times[index];
  }

  int segment(int index) {
    return segments[index];
  }
}
