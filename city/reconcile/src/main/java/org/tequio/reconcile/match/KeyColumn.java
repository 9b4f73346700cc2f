package org.tequio.reconcile.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of one field that may be a key, cleaned, row by row in one array of bytes. */
final class KeyColumn {
  /** Stands for whatever a key ends in. */
  static final int ANY_ENDING = -1;

  private final String field;
  private final int[] starts;
  private byte[] bytes = new byte[4096];
  private int rows;

  KeyColumn(String field, int rows) {
    this.field = field;
    this.starts = new int[rows + 1];
  }

  String field() {
    return field;
  }

  void add(@Nullable Object value) {
    String clean = KeyForm.clean(value);
    int at = starts[rows];
    int end = at + (clean == null ? 0 : clean.length());
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length + (bytes.length >> 1)));
    }
    if (clean != null) {
      System.arraycopy(clean.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, end - at);
    }
    starts[++rows] = end;
  }

  boolean has(int row) {
    return starts[row + 1] > starts[row];
  }

  int length(int row) {
    return starts[row + 1] - starts[row];
  }

  long hash(int row, KeyForm form) {
    return has(row) ? form.hash(bytes, starts[row], starts[row + 1]) : 0;
  }

  /** True where a key ends in a character. */
  boolean ends(int row, int ending) {
    return has(row) && (ending == ANY_ENDING || bytes[starts[row + 1] - 1] == ending);
  }

  /**
   * The hashes of all rows; 0 where a row has no key.
   *
   * @param ending only of keys that end in this character, or {@link #ANY_ENDING}
   */
  long[] hashes(KeyForm form, int ending) {
    long[] all = new long[rows];
    Arrays.parallelSetAll(all, row -> ends(row, ending) ? hash(row, form) : 0);
    return all;
  }

  /** The character that most keys end in. */
  int usualEnding() {
    int[] counts = new int[128];
    for (int row = 0; row < rows; row++) {
      if (has(row)) {
        counts[bytes[starts[row + 1] - 1]]++;
      }
    }
    int best = 0;
    for (int ending = 1; ending < counts.length; ending++) {
      best = counts[ending] > counts[best] ? ending : best;
    }
    return best;
  }

  /** The length that most keys have; 0 where there are none. */
  int usualLength() {
    int[] counts = new int[64];
    for (int row = 0; row < rows; row++) {
      if (has(row)) {
        counts[Math.min(63, length(row))]++;
      }
    }
    int best = 0;
    for (int length = 1; length < counts.length; length++) {
      best = counts[length] > counts[best] ? length : best;
    }
    return best;
  }
}
