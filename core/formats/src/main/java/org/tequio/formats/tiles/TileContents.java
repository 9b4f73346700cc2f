package org.tequio.formats.tiles;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which tiles have been seen: each content by 128 bits of its SHA-256, in arrays of 24 bytes an
 * entry that are never more than two thirds full. Not thread-safe.
 */
final class TileContents {
  private final MessageDigest digest;
  private long[] high = new long[1024];
  private long[] low = new long[1024];

  /** The number of each content, from 1; 0 where a place is free. */
  private int[] numbers = new int[1024];

  private int size;

  TileContents() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** How many contents differ. */
  int size() {
    return size;
  }

  /**
   * The number of a content: below {@link #size()} as it was before where it has been seen, else
   * the next one.
   */
  int number(byte[] bytes) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(bytes));
    if (3L * size >= 2L * numbers.length) {
      grow();
    }
    int at = place(hash.getLong(0), hash.getLong(8));
    if (numbers[at] == 0) {
      put(at, hash.getLong(0), hash.getLong(8), ++size);
    }
    return numbers[at] - 1;
  }

  private int place(long upper, long lower) {
    int mask = numbers.length - 1;
    int at = (int) upper & mask;
    while (numbers[at] != 0 && (high[at] != upper || low[at] != lower)) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void put(int at, long upper, long lower, int number) {
    high[at] = upper;
    low[at] = lower;
    numbers[at] = number;
  }

  private void grow() {
    long[] upper = high;
    long[] lower = low;
    int[] known = numbers;
    high = new long[2 * upper.length];
    low = new long[high.length];
    numbers = new int[high.length];
    for (int i = 0; i < known.length; i++) {
      if (known[i] != 0) {
        put(place(upper[i], lower[i]), upper[i], lower[i], known[i]);
      }
    }
  }
}
