package org.tequio.catalogue.match;

import org.jspecify.annotations.Nullable;

/** One state of a layer, to be gone through as often as needed, in the same order each time. */
public interface RowSource {
  /** How many rows there are. */
  int size();

  /**
   * Goes through the rows.
   *
   * @param wanted the rows to show, by their place in the order; null for all
   */
  void forEach(java.util.@Nullable BitSet wanted, Sink sink);

  /** Sees rows. */
  @FunctionalInterface
  interface Sink {
    /**
     * One row.
     *
     * @param id the feature's; 0 where it has none yet
     * @param wkb the array that holds its geometry; null where the place is not known
     * @param offset where the geometry begins
     * @param length how many bytes it has
     * @param values of the columns that both states have, in the same order
     */
    void row(long id, byte @Nullable [] wkb, int offset, int length, @Nullable Object[] values);
  }
}
