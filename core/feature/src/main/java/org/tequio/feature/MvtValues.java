package org.tequio.feature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Values as a tile layer lists them, each once and numbered (Mapbox Vector Tile 2.1, section 4.4).
 * Not thread-safe while values are added.
 */
final class MvtValues {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final double MAX_LOAD = 0.5;
  private static final int LEAST_SLOTS = 2048;

  private static final int DOUBLE = 3 << 3 | 1;
  private static final int UNSIGNED = 5 << 3;
  private static final int SIGNED = 6 << 3;
  private static final int TRUTH = 7 << 3;

  /** Each value with its field number and length, as it stands in a tile. */
  private final ProtoBytes encoded = new ProtoBytes(4096);

  private int[] ends = new int[1024];
  private int size;
  private final ProtoBytes content = new ProtoBytes(64);
  private final ProtoBytes one = new ProtoBytes(64);

  /** Numbers plus one by what the bytes hash to; 0 where there is none. */
  private int[] slots = new int[LEAST_SLOTS];

  /** Forgets all values, and the room that a large tile took: small tables are quicker. */
  void reset() {
    if (slots.length > LEAST_SLOTS) {
      slots = new int[LEAST_SLOTS];
    } else if (size > 0) {
      Arrays.fill(slots, 0);
    }
    encoded.size = 0;
    size = 0;
  }

  /** How many values there are. */
  int size() {
    return size;
  }

  /** Bytes of memory that it takes. */
  long bytes() {
    return encoded.bytes.length + 4L * (ends.length + slots.length);
  }

  /** Gives up what only adding needs. */
  void trim() {
    encoded.bytes = Arrays.copyOf(encoded.bytes, encoded.size);
    ends = Arrays.copyOf(ends, size);
    slots = new int[0];
  }

  /** The number of a value, given to it when it is first seen. */
  int numberOf(Object value) {
    content.size = 0;
    switch (value) {
      case Long number when number >= 0 -> {
        content.varint(UNSIGNED);
        content.varint((long) number);
      }
      case Long number -> {
        content.varint(SIGNED);
        content.varint((number << 1) ^ (number >> 63));
      }
      case Double number -> {
        content.varint(DOUBLE);
        content.doubleBits(number);
      }
      case Boolean truth -> content.field(7, truth ? 1 : 0);
      // Text; dates and instants as ISO 8601 writes them.
      default -> content.field(1, value.toString());
    }
    one.size = 0;
    one.field(4, content);
    return numberOf(one.bytes, 0, one.size);
  }

  /** The number here of a value that another table has. */
  int numberOf(MvtValues table, int number) {
    return numberOf(table.encoded.bytes, table.start(number), table.ends[number]);
  }

  private int numberOf(byte[] bytes, int from, int to) {
    int mask = slots.length - 1;
    int at = hash(bytes, from, to) & mask;
    while (slots[at] != 0) {
      int held = slots[at] - 1;
      if (Arrays.equals(bytes, from, to, encoded.bytes, start(held), ends[held])) {
        return held;
      }
      at = (at + 1) & mask;
    }
    int given = append(bytes, from, to);
    slots[at] = size;
    if (size > slots.length * MAX_LOAD) {
      grow(slots.length * 2);
    }
    return given;
  }

  private int append(byte[] bytes, int from, int to) {
    encoded.append(bytes, from, to - from);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
    }
    ends[size] = encoded.size;
    return size++;
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  /** Writes one value as a field of the layer. */
  void writeTo(ProtoBytes layer, int number) {
    int start = start(number);
    layer.append(encoded, start, ends[number] - start);
  }

  /** A value as its field's type has it. */
  Object value(int number, FieldType type) {
    byte[] bytes = encoded.bytes;
    int at = start(number) + 1;
    while (bytes[at++] < 0) {
      // The length: the end is known.
    }
    int kind = bytes[at++];
    return switch (kind) {
      case UNSIGNED -> varint(at);
      case SIGNED -> {
        long zigzag = varint(at);
        yield (zigzag >>> 1) ^ -(zigzag & 1);
      }
      case DOUBLE -> Double.longBitsToDouble((long) LONG.get(bytes, at));
      case TRUTH -> bytes[at] != 0;
      default -> {
        while (bytes[at++] < 0) {
          // The length again.
        }
        yield text(new String(bytes, at, ends[number] - at, StandardCharsets.UTF_8), type);
      }
    };
  }

  private static Object text(String text, FieldType type) {
    return switch (type) {
      case DATE -> LocalDate.parse(text);
      case INSTANT -> Instant.parse(text);
      case TEXT, INTEGER, DECIMAL, BOOLEAN -> text;
    };
  }

  private long varint(int from) {
    long value = 0;
    int at = from;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = encoded.bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        break;
      }
    }
    return value;
  }

  private void grow(int length) {
    slots = new int[length];
    int mask = length - 1;
    for (int number = 0; number < size; number++) {
      int at = hash(encoded.bytes, start(number), ends[number]) & mask;
      while (slots[at] != 0) {
        at = (at + 1) & mask;
      }
      slots[at] = number + 1;
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    long h = to - from;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      h = (h ^ (long) LONG.get(bytes, i)) * 0x9e3779b97f4a7c15L;
      h ^= h >>> 32;
    }
    for (; i < to; i++) {
      h = (h ^ bytes[i]) * 0xbf58476d1ce4e5b9L;
      h ^= h >>> 32;
    }
    return spread((int) (h ^ (h >>> 29)));
  }

  private static int spread(int hash) {
    int h = hash * 0x9e3779b9;
    return h ^ (h >>> 15);
  }
}
