package org.tequio.reconcile.match;

/** Finds the rows of a hash: an open-addressed table over flat arrays. Thread-safe once built. */
final class RowsByHash {
  private final long[] hashes;
  private final int[] table;
  private final int[] next;
  private final int mask;
  private final int distinct;
  private final int present;

  /**
   * A table.
   *
   * @param hashes by row; 0 for none
   */
  RowsByHash(long[] hashes) {
    this.hashes = hashes;
    int size = Integer.highestOneBit(Math.max(4, hashes.length)) * 4;
    this.mask = size - 1;
    this.table = new int[size];
    this.next = new int[hashes.length];
    int keys = 0;
    int rows = 0;
    // From the end, so that the rows of one hash come in ascending order.
    for (int row = hashes.length - 1; row >= 0; row--) {
      if (hashes[row] == 0) {
        continue;
      }
      rows++;
      int slot = slot(hashes[row]);
      keys += table[slot] == 0 ? 1 : 0;
      next[row] = table[slot];
      table[slot] = row + 1;
    }
    this.distinct = keys;
    this.present = rows;
  }

  private int slot(long hash) {
    int slot = (int) (hash ^ hash >>> 32) & mask;
    while (table[slot] != 0 && hashes[table[slot] - 1] != hash) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** The first row of a hash, -1 where there is none. */
  int first(long hash) {
    return hash == 0 ? -1 : table[slot(hash)] - 1;
  }

  /** The row after this one that has the same hash, -1 where there is none. */
  int next(int row) {
    return next[row] - 1;
  }

  /** True where exactly one row has the hash. */
  boolean isUnique(long hash) {
    int row = first(hash);
    return row >= 0 && next[row] == 0;
  }

  /** True where more than so many rows have the hash. */
  boolean isCrowded(long hash, int limit) {
    int row = first(hash);
    for (int i = 0; row >= 0 && i < limit; i++) {
      row = next(row);
    }
    return row >= 0;
  }

  /** How many different hashes there are. */
  int distinct() {
    return distinct;
  }

  /** How many rows have a hash. */
  int present() {
    return present;
  }

  long hash(int row) {
    return hashes[row];
  }
}
