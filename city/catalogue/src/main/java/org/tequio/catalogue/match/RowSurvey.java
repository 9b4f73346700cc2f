package org.tequio.catalogue.match;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.RowHash;

/**
 * A first look at every row of a state: hashes in flat arrays, and for each column how many
 * different values it has, nearly. 32 bytes a row. Not thread-safe while it is filled.
 */
final class RowSurvey {
  /** Columns beyond are taken for no keys. */
  private static final int MOST_COUNTED = 64;

  private static final int MOST_COUNTER_BITS = 22;

  /** From this share of different values on, a column may be a key. */
  private static final double NEARLY_ALL = 0.98;

  private final long[] ids;
  private final long[] contents;
  private final long[] attributes;
  private final long[] keys;
  private final long[][] counters;
  private final int counterBits;
  private final int keyColumn;
  private final RowHash hash = new RowHash();
  private int size;

  private RowSurvey(int rows, int columns, int keyColumn) {
    this.ids = new long[rows];
    this.contents = new long[rows];
    this.attributes = new long[rows];
    this.keys = keyColumn < 0 ? new long[0] : new long[rows];
    this.counterBits =
        Math.clamp(34L - Integer.numberOfLeadingZeros(Math.max(1, rows)), 10, MOST_COUNTER_BITS);
    this.counters = new long[Math.min(columns, MOST_COUNTED)][1 << (counterBits - 6)];
    this.keyColumn = keyColumn;
  }

  /** Goes through a state. */
  static RowSurvey of(RowSource source, int columns, int keyColumn) {
    RowSurvey survey = new RowSurvey(source.size(), columns, keyColumn);
    source.forEach(null, survey::add);
    return survey;
  }

  private void add(
      long id, byte @Nullable [] wkb, int offset, int length, @Nullable Object[] values) {
    hash.reset();
    boolean anything = false;
    for (int i = 0; i < values.length; i++) {
      long value = RowHash.of(values[i]);
      hash.add(value);
      if (values[i] != null) {
        anything = true;
        if (i < counters.length) {
          int bit = (int) (value >>> (64 - counterBits));
          counters[i][bit >> 6] |= 1L << bit;
        }
      }
      if (i == keyColumn) {
        keys[size] = RowFacts.hash(values[i]);
      }
    }
    ids[size] = id;
    attributes[size] = anything ? hash.high() : 0;
    if (wkb != null) {
      hash.addGeometry(wkb, offset, length);
    }
    contents[size] = hash.high();
    size++;
  }

  int size() {
    return size;
  }

  long id(int row) {
    return ids[row];
  }

  /** Equal for rows whose geometry and values are equal. */
  long[] contents() {
    return contents;
  }

  /** Equal for rows whose values are equal; 0 where all are unknown. */
  long[] attributes() {
    return attributes;
  }

  /** Equal for rows of one key; 0 where it is not known. */
  long[] keys() {
    return keys;
  }

  /** About how many different values a column has (linear counting). */
  double distinct(int column) {
    if (column >= counters.length) {
      return 1;
    }
    long set = 0;
    for (long word : counters[column]) {
      set += Long.bitCount(word);
    }
    double bits = 1 << counterBits;
    return set >= bits ? size : -bits * Math.log(1 - set / bits);
  }

  /** True where nearly every row has its own value. */
  boolean mayBeKey(int column) {
    return size > 1 && distinct(column) >= NEARLY_ALL * size;
  }
}
