package org.tequio.procedure.rule;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.feature.FeatureRow;

/**
 * In which rows of one state of a layer a value of an attribute stands, as the department writes it
 * and as the dictionary says it. It goes by hashes, so that a row more may come along and none is
 * missing. Some sixteen bytes a row. Immutable.
 */
final class ValueIndex {
  /** The hash of a value in the upper half and the place in {@link #ids} in the lower, sorted. */
  private final long[] hashes;

  private final long[] ids;

  private ValueIndex(long[] hashes, long[] ids) {
    this.hashes = hashes;
    this.ids = ids;
  }

  /** True where a row has all these values, in the words of either. */
  static boolean hasAll(FeatureRow row, AskedLayer layer, Map<Attribute, String> values) {
    return values.entrySet().stream()
        .allMatch(
            one -> {
              Object value = row.value(layer.position(one.getKey().name()));
              return value != null
                  && (value.toString().equals(one.getValue())
                      || meant(one.getKey(), value).filter(one.getValue()::equals).isPresent());
            });
  }

  private static Optional<String> meant(Attribute attribute, Object value) {
    return Meaning.of(attribute, value).map(Object::toString);
  }

  /** The rows that may have a value, in the order of their ids. */
  long[] find(String value) {
    long from = (long) value.hashCode() << 32;
    int at = Arrays.binarySearch(hashes, from);
    int first = at < 0 ? -at - 1 : at;
    int end = first;
    while (end < hashes.length && hashes[end] >>> 32 == from >>> 32) {
      end++;
    }
    return Arrays.stream(hashes, first, end)
        .map(one -> ids[(int) one])
        .sorted()
        .distinct()
        .toArray();
  }

  /** Takes rows in. Belongs to one thread. */
  static final class Builder {
    private final int position;
    private final Attribute attribute;
    private long[] hashes = new long[1024];
    private long[] ids = new long[1024];
    private int entries;
    private int rows;

    Builder(int position, Attribute attribute) {
      this.position = position;
      this.attribute = attribute;
    }

    void add(FeatureRow row) {
      Object value = row.value(position);
      if (value == null) {
        return;
      }
      String written = value.toString();
      if (rows == ids.length) {
        ids = Arrays.copyOf(ids, 2 * rows);
      }
      ids[rows] = row.id();
      add(written);
      meant(attribute, value).filter(word -> !word.equals(written)).ifPresent(this::add);
      rows++;
    }

    private void add(String value) {
      if (entries == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * entries);
      }
      hashes[entries++] = (long) value.hashCode() << 32 | rows;
    }

    ValueIndex build() {
      long[] sorted = Arrays.copyOf(hashes, entries);
      Arrays.sort(sorted);
      return new ValueIndex(sorted, Arrays.copyOf(ids, rows));
    }
  }
}
