package org.tequio.catalogue.intake;

import java.util.Arrays;

/** A growing list of numbers without boxes. Not thread-safe. */
final class LongList {
  private long[] values = new long[64];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  long get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }

  /** A copy in ascending order. */
  long[] sorted() {
    long[] copy = Arrays.copyOf(values, size);
    Arrays.parallelSort(copy);
    return copy;
  }
}
