package org.tequio.feature;

import java.util.Arrays;

/**
 * Finds which of many boxes touch a box: an R-tree packed along the Hilbert curve into flat arrays,
 * built once, never changed. Items may have a rank; a search for high ranks passes over whole
 * branches of low ones. Thread-safe.
 */
public final class BoxIndex {
  private static final int NODE = 16;
  private static final int DEEPEST = 8;

  /** Boxes of the items in curve order, then of the nodes, level by level; four numbers each. */
  private final double[] boxes;

  /** The item at each place of the curve. */
  private final int[] items;

  /** Where each level begins in {@link #boxes}, in boxes; the last entry is the end. */
  private final int[] levels;

  /** The highest rank in each of {@link #boxes}; empty where items have none. */
  private final float[] ranks;

  private BoxIndex(double[] boxes, int[] items, int[] levels, float[] ranks) {
    this.boxes = boxes;
    this.items = items;
    this.levels = levels;
    this.ranks = ranks;
  }

  /** Sees the items that a search finds. */
  @FunctionalInterface
  public interface Visitor {
    /** One item, by its number; false ends the search. */
    boolean visit(int item);
  }

  /**
   * An index.
   *
   * @param envelopes minX, minY, maxX, maxY of each item; NaN where an item has no place, and is
   *     never found
   */
  public static BoxIndex of(double[] envelopes) {
    return of(envelopes, new float[0]);
  }

  /**
   * An index of items with ranks.
   *
   * @param envelopes as above
   * @param itemRanks one for each item, none of them NaN; empty where items have none
   */
  public static BoxIndex of(double[] envelopes, float[] itemRanks) {
    long[] order = curveOrder(envelopes);
    int count = order.length;
    int[] starts = new int[DEEPEST + 2];
    int depth = 0;
    int size = count;
    int total = count;
    while (size > 1) {
      starts[++depth] = total;
      size = (size + NODE - 1) / NODE;
      total += size;
    }
    starts[depth + 1] = total;
    double[] boxes = new double[4 * total];
    float[] ranks = new float[itemRanks.length == 0 ? 0 : total];
    int[] items = new int[count];
    for (int i = 0; i < count; i++) {
      items[i] = (int) order[i];
      System.arraycopy(envelopes, 4 * items[i], boxes, 4 * i, 4);
      if (ranks.length > 0) {
        ranks[i] = itemRanks[items[i]];
      }
    }
    for (int level = 1; level <= depth; level++) {
      for (int node = starts[level]; node < starts[level + 1]; node++) {
        int first = starts[level - 1] + (node - starts[level]) * NODE;
        int end = Math.min(first + NODE, starts[level]);
        enclose(boxes, node, first, end);
        if (ranks.length > 0) {
          ranks[node] = highest(ranks, first, end);
        }
      }
    }
    return new BoxIndex(boxes, items, Arrays.copyOf(starts, depth + 2), ranks);
  }

  private static float highest(float[] ranks, int from, int to) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      most = Math.max(most, ranks[i]);
    }
    return most;
  }

  private static void enclose(double[] boxes, int node, int from, int to) {
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (int i = 4 * from; i < 4 * to; i += 4) {
      minX = Math.min(minX, boxes[i]);
      minY = Math.min(minY, boxes[i + 1]);
      maxX = Math.max(maxX, boxes[i + 2]);
      maxY = Math.max(maxY, boxes[i + 3]);
    }
    boxes[4 * node] = minX;
    boxes[4 * node + 1] = minY;
    boxes[4 * node + 2] = maxX;
    boxes[4 * node + 3] = maxY;
  }

  /**
   * The items that have a place in the order of the Hilbert curve through their centres, each with
   * its position on the curve in the upper half and its number in the lower.
   *
   * @param envelopes as in {@link #of}
   */
  public static long[] curveOrder(double[] envelopes) {
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    int placed = 0;
    for (int i = 0; i < envelopes.length; i += 4) {
      if (isPlaced(envelopes, i)) {
        minX = Math.min(minX, envelopes[i]);
        minY = Math.min(minY, envelopes[i + 1]);
        maxX = Math.max(maxX, envelopes[i + 2]);
        maxY = Math.max(maxY, envelopes[i + 3]);
        placed++;
      }
    }
    double scaleX = (Hilbert.SIDE - 1) / Math.max(maxX - minX, Double.MIN_NORMAL);
    double scaleY = (Hilbert.SIDE - 1) / Math.max(maxY - minY, Double.MIN_NORMAL);
    long[] order = new long[placed];
    int at = 0;
    for (int i = 0; i < envelopes.length; i += 4) {
      if (isPlaced(envelopes, i)) {
        int x = cell(((envelopes[i] + envelopes[i + 2]) / 2 - minX) * scaleX);
        int y = cell(((envelopes[i + 1] + envelopes[i + 3]) / 2 - minY) * scaleY);
        order[at++] = Hilbert.index(x, y) << 32 | i / 4;
      }
    }
    parallelSortUnsigned(order);
    return order;
  }

  private static void parallelSortUnsigned(long[] order) {
    for (int i = 0; i < order.length; i++) {
      order[i] ^= Long.MIN_VALUE;
    }
    Arrays.parallelSort(order);
    for (int i = 0; i < order.length; i++) {
      order[i] ^= Long.MIN_VALUE;
    }
  }

  private static boolean isPlaced(double[] envelopes, int at) {
    return envelopes[at] <= envelopes[at + 2] && envelopes[at + 1] <= envelopes[at + 3];
  }

  private static int cell(double scaled) {
    return (int) Math.max(0, Math.min(Hilbert.SIDE - 1, scaled));
  }

  /** How many items have a place. */
  public int size() {
    return items.length;
  }

  /** Bytes of memory that it takes. */
  public long bytes() {
    return 8L * boxes.length + 4L * items.length + 4L * ranks.length;
  }

  /**
   * Shows every item whose box touches a box, in no particular order.
   *
   * @return false where the visitor ended the search
   */
  public boolean search(double minX, double minY, double maxX, double maxY, Visitor visitor) {
    return search(minX, minY, maxX, maxY, Float.NEGATIVE_INFINITY, visitor);
  }

  /**
   * Shows every item whose box touches a box and whose rank is not below another, in no particular
   * order.
   *
   * @return false where the visitor ended the search
   */
  public boolean search(
      double minX, double minY, double maxX, double maxY, float minRank, Visitor visitor) {
    if (items.length == 0) {
      return true;
    }
    return search(levels.length - 2, 0, new Wanted(minX, minY, maxX, maxY, minRank), visitor);
  }

  /**
   * How many boxes touch a box; branches that lie in it whole are counted without a look inside.
   */
  public int count(double minX, double minY, double maxX, double maxY) {
    if (items.length == 0) {
      return 0;
    }
    return count(levels.length - 2, 0, new Wanted(minX, minY, maxX, maxY, Float.NEGATIVE_INFINITY));
  }

  private record Wanted(double minX, double minY, double maxX, double maxY, float minRank) {}

  private boolean touches(int at, Wanted wanted) {
    return boxes[at] <= wanted.maxX
        && boxes[at + 2] >= wanted.minX
        && boxes[at + 1] <= wanted.maxY
        && boxes[at + 3] >= wanted.minY;
  }

  private boolean search(int level, int place, Wanted wanted, Visitor visitor) {
    int node = levels[level] + place;
    if (!touches(4 * node, wanted) || ranks.length > 0 && ranks[node] < wanted.minRank) {
      return true;
    }
    if (level == 0) {
      return visitor.visit(items[place]);
    }
    int end = Math.min((place + 1) * NODE, levels[level] - levels[level - 1]);
    for (int child = place * NODE; child < end; child++) {
      if (!search(level - 1, child, wanted, visitor)) {
        return false;
      }
    }
    return true;
  }

  private int count(int level, int place, Wanted wanted) {
    int at = 4 * (levels[level] + place);
    if (!touches(at, wanted)) {
      return 0;
    }
    boolean whole =
        boxes[at] >= wanted.minX
            && boxes[at + 2] <= wanted.maxX
            && boxes[at + 1] >= wanted.minY
            && boxes[at + 3] <= wanted.maxY;
    if (level == 0 || whole) {
      long width = 1L << 4 * level;
      return (int) (Math.min((place + 1) * width, items.length) - place * width);
    }
    int sum = 0;
    int end = Math.min((place + 1) * NODE, levels[level] - levels[level - 1]);
    for (int child = place * NODE; child < end; child++) {
      sum += count(level - 1, child, wanted);
    }
    return sum;
  }
}
