package org.tequio.osm.element;

import java.util.Arrays;

/** A set of positive numbers, such as keys, without boxes. Not thread-safe. */
final class LongSet {
  // Open addressing, never more than half full; 0 is a free place.
  private long[] places = new long[128];
  private int size;

  /** Adds a number; false where it is there already. */
  boolean add(long number) {
    if (2 * size == places.length) {
      grow();
    }
    int place = place(number);
    if (places[place] == number) {
      return false;
    }
    places[place] = number;
    size++;
    return true;
  }

  boolean has(long number) {
    return places[place(number)] == number;
  }

  /** Where a number is, or would be. */
  private int place(long number) {
    int last = places.length - 1;
    int place = (int) ((number * 0x9e3779b97f4a7c15L) >>> 32) & last;
    while (places[place] != 0 && places[place] != number) {
      place = (place + 1) & last;
    }
    return place;
  }

  private void grow() {
    long[] before = places;
    places = new long[2 * before.length];
    for (long number : before) {
      if (number != 0) {
        places[place(number)] = number;
      }
    }
  }

  int size() {
    return size;
  }

  /** All of them, ascending. */
  long[] sorted() {
    long[] all = new long[size];
    int count = 0;
    for (long number : places) {
      if (number != 0) {
        all[count++] = number;
      }
    }
    Arrays.sort(all);
    return all;
  }
}
