package org.tequio.formats.osm;

import java.util.Arrays;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;

/**
 * Where all nodes of an extract are, sixteen bytes each, found by binary search. Not thread-safe.
 */
public final class NodePlaces {
  private static final int MAX_NODES = 100_000_000;

  private long[] ids = new long[1024];
  private int[] xs = new int[1024];
  private int[] ys = new int[1024];
  private int size;
  private boolean sorted = true;

  /** Holds nothing. */
  public NodePlaces() {}

  /**
   * Adds a node; cheapest by rising number.
   *
   * @param x longitude in 1e-7 degrees
   * @param y latitude in 1e-7 degrees
   * @throws FormatException {@code FILE_REFUSED} where there are too many
   */
  public void add(long id, int x, int y) throws FormatException {
    if (size >= MAX_NODES) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "node " + id + ": more than " + MAX_NODES + " nodes");
    }
    if (size == ids.length) {
      int capacity = Math.min(MAX_NODES, size + (size >> 1));
      ids = Arrays.copyOf(ids, capacity);
      xs = Arrays.copyOf(xs, capacity);
      ys = Arrays.copyOf(ys, capacity);
    }
    sorted &= size == 0 || ids[size - 1] < id;
    ids[size] = id;
    xs[size] = x;
    ys[size] = y;
    size++;
  }

  int size() {
    return size;
  }

  /** The index of a node; negative where it is not in the extract. */
  public int find(long id) {
    if (!sorted) {
      sort();
    }
    return Arrays.binarySearch(ids, 0, size, id);
  }

  /** The longitude of the node at an index, in 1e-7 degrees. */
  public int lon(int index) {
    return xs[index];
  }

  /** Its latitude. */
  public int lat(int index) {
    return ys[index];
  }

  double x(int index) {
    return xs[index] / 1e7;
  }

  double y(int index) {
    return ys[index] / 1e7;
  }

  // Heap sort: in place, and no worse for an order that someone chose on purpose.
  private void sort() {
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i, size);
    }
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      sink(0, end);
    }
    sorted = true;
  }

  private void sink(int root, int end) {
    for (int i = root; ; ) {
      int child = 2 * i + 1;
      if (child >= end) {
        return;
      }
      if (child + 1 < end && ids[child + 1] > ids[child]) {
        child++;
      }
      if (ids[i] >= ids[child]) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  private void swap(int a, int b) {
    long id = ids[a];
    ids[a] = ids[b];
    ids[b] = id;
    int x = xs[a];
    xs[a] = xs[b];
    xs[b] = x;
    int y = ys[a];
    ys[a] = ys[b];
    ys[b] = y;
  }
}
