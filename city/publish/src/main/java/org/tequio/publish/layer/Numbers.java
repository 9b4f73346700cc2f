package org.tequio.publish.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every number of a field, to tell how they spread: at most {@link #MOST} of them stand for all, as
 * many features before one as before the next, so that classes cut from them are those of the whole
 * field. Eight bytes a feature while it counts. Not thread-safe.
 */
final class Numbers {
  /** So many points tell a distribution; more would not move a class. */
  static final int MOST = 400;

  private double[] values = new double[1024];
  private int size;

  /** Adds a number; what is no number counts for nothing. */
  void add(double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  /** The least first; the least and the greatest are among them, and the counts add up to all. */
  List<ValuesEndpoint.NumberJson> distribution() {
    Arrays.sort(values, 0, size);
    List<ValuesEndpoint.NumberJson> points = new ArrayList<>();
    int begin = 0;
    while (begin < size) {
      double value = values[begin];
      long wanted = points.size() + 1L;
      int end = (int) Math.min(size, Math.max(begin + 1L, wanted * size / MOST));
      // equal numbers stay together, and the greatest is a point of its own
      while (end < size && values[end] == values[end - 1]) {
        end++;
      }
      if (end == size && value < values[size - 1]) {
        end = firstOf(values[size - 1], begin);
      }
      points.add(new ValuesEndpoint.NumberJson(value, end - begin));
      begin = end;
    }
    return points;
  }

  private int firstOf(double value, int from) {
    int at = size - 1;
    while (at > from && values[at - 1] == value) {
      at--;
    }
    return at;
  }
}
