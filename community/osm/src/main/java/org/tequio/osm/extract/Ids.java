package org.tequio.osm.extract;

import java.util.Arrays;

/** Numbers, found by binary search: rising ones, or any once they were sorted. Not thread-safe. */
final class Ids {
  private long[] ids = new long[1024];
  private int size;

  void add(long id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  void addAll(long[] more) {
    for (long id : more) {
      add(id);
    }
  }

  void sort() {
    Arrays.sort(ids, 0, size);
  }

  boolean has(long id) {
    return Arrays.binarySearch(ids, 0, size, id) >= 0;
  }

  boolean hasAny(long[] wanted) {
    for (long id : wanted) {
      if (has(id)) {
        return true;
      }
    }
    return false;
  }
}
