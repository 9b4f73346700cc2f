package org.tequio.feature;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one tile layer, each once (Mapbox Vector Tile 2.1, section 4.4). Not thread-safe.
 */
final class MvtValues {
  private static final double MAX_LOAD = 0.5;

  private final ProtoBytes encoded = new ProtoBytes(4096);
  private int[] ends = new int[1024];
  private final ProtoBytes one = new ProtoBytes(64);
  private @Nullable Object[] slots = new @Nullable Object[1024];
  private int[] numbers = new int[1024];
  private int size;

  void reset() {
    Arrays.fill(slots, null);
    encoded.size = 0;
    size = 0;
  }

  /** The number of a value, given to it when it is first seen. */
  int numberOf(Object value) {
    int mask = slots.length - 1;
    int at = spread(value.hashCode()) & mask;
    for (Object held = slots[at]; held != null; held = slots[at]) {
      if (held.equals(value)) {
        return numbers[at];
      }
      at = (at + 1) & mask;
    }
    slots[at] = value;
    numbers[at] = size;
    encode(value);
    size++;
    if (size > slots.length * MAX_LOAD) {
      grow();
    }
    return size - 1;
  }

  private void encode(Object value) {
    one.size = 0;
    switch (value) {
      case Long number when number >= 0 -> one.field(5, number);
      case Long number -> one.field(6, (number << 1) ^ (number >> 63));
      case Double number -> {
        one.varint(3 << 3 | 1);
        one.doubleBits(number);
      }
      case Boolean truth -> one.field(7, truth ? 1 : 0);
      // Text; dates and instants as ISO 8601 writes them.
      default -> one.field(1, value.toString());
    }
    encoded.field(4, one);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
    }
    ends[size] = encoded.size;
  }

  /** How many values there are. */
  int size() {
    return size;
  }

  /** Writes one value as a field of the layer. */
  void writeTo(ProtoBytes layer, int number) {
    int start = number == 0 ? 0 : ends[number - 1];
    layer.append(encoded, start, ends[number] - start);
  }

  private void grow() {
    @Nullable Object[] old = slots;
    int[] oldNumbers = numbers;
    slots = new @Nullable Object[old.length * 2];
    numbers = new int[old.length * 2];
    int mask = slots.length - 1;
    for (int i = 0; i < old.length; i++) {
      Object value = old[i];
      if (value != null) {
        int at = spread(value.hashCode()) & mask;
        while (slots[at] != null) {
          at = (at + 1) & mask;
        }
        slots[at] = value;
        numbers[at] = oldNumbers[i];
      }
    }
  }

  private static int spread(int hash) {
    int h = hash * 0x9e3779b9;
    return h ^ (h >>> 15);
  }
}
