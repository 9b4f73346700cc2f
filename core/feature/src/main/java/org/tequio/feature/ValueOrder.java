package org.tequio.feature;

import java.util.Arrays;

/**
 * Gives the values of one tile their numbers there, in the order in which they are first written.
 * Its arrays are used again for the next tile. Not thread-safe.
 */
final class ValueOrder {
  private static final int LEAST_SLOTS = 1024;
  private static final int MOST_SLOTS_KEPT = 1 << 18;

  /** The number in the table plus one in the upper half, the one in the tile in the lower. */
  private long[] slots = new long[LEAST_SLOTS];

  private int found;
  private int[] order = new int[LEAST_SLOTS];
  private int size;

  /** Begins a tile. */
  void reset() {
    if (slots.length > MOST_SLOTS_KEPT) {
      slots = new long[LEAST_SLOTS];
    } else if (found > 0) {
      Arrays.fill(slots, 0);
    }
    found = 0;
    size = 0;
  }

  /** How many values there are. */
  int size() {
    return size;
  }

  /** The number in the table of the value that has this number in the tile. */
  int at(int place) {
    return order[place];
  }

  /** The number in the tile of a value, given to it when it is first asked for. */
  int of(int number) {
    int mask = slots.length - 1;
    int at = spread(number) & mask;
    for (long held = slots[at]; held != 0; held = slots[at]) {
      if ((int) (held >>> 32) == number + 1) {
        return (int) held;
      }
      at = (at + 1) & mask;
    }
    int given = next(number);
    slots[at] = (number + 1L) << 32 | given;
    if (2 * ++found > slots.length) {
      grow();
    }
    return given;
  }

  /** The same for a value that is asked for once only. */
  int next(int number) {
    if (size == order.length) {
      order = Arrays.copyOf(order, 2 * size);
    }
    order[size] = number;
    return size++;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    int mask = slots.length - 1;
    for (long held : old) {
      if (held != 0) {
        int at = spread((int) (held >>> 32) - 1) & mask;
        while (slots[at] != 0) {
          at = (at + 1) & mask;
        }
        slots[at] = held;
      }
    }
  }

  private static int spread(int number) {
    int h = number * 0x9e3779b9;
    return h ^ (h >>> 15);
  }
}
