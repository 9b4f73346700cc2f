package org.tequio.publish.layer;

/**
 * The rule for counts of a layer that says something of people: no count below {@value #K} is
 * published, nor one that could be reckoned from those that are.
 *
 * <ol>
 *   <li>A count below {@value #K} is withheld.
 *   <li>The number of all features is public. So where any count is withheld, at least two are, and
 *       together they are at least {@value #K}: the smallest others are withheld with them until
 *       that holds.
 *   <li>Nothing is counted under a filter: subtracting the counts of two filters would single
 *       people out, whatever is withheld of each.
 * </ol>
 */
final class SmallCounts {
  /** The smallest group in which a person is not singled out. */
  static final int K = 5;

  private SmallCounts() {}

  /**
   * How many counts, from the last on, are withheld.
   *
   * @param descending all counts, the largest first
   */
  static int withheld(long[] descending) {
    int withheld = 0;
    long together = 0;
    for (int i = descending.length - 1; i >= 0; i--) {
      boolean small = descending[i] < K;
      boolean givesAway = withheld > 0 && (withheld < 2 || together < K);
      if (!small && !givesAway) {
        return withheld;
      }
      withheld++;
      together += descending[i];
    }
    return withheld;
  }
}
