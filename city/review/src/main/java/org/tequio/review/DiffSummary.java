package org.tequio.review;

/**
 * How many features became what.
 *
 * @param unchanged features that are as they were
 */
public record DiffSummary(
    long added, long removed, long geometry, long attributes, long both, long unchanged) {

  /** Features of the earlier state. */
  public long before() {
    return removed + changed() + unchanged;
  }

  /** Features of the later state. */
  public long after() {
    return added + changed() + unchanged;
  }

  /** Features that are in both states and not the same. */
  public long changed() {
    return geometry + attributes + both;
  }

  /** True where nothing is different. */
  public boolean isNothing() {
    return added + removed + changed() == 0;
  }
}
