package org.tequio.catalogue;

/**
 * How many findings (not cases) there are.
 *
 * @param errors something is missing or unusable
 * @param warnings someone who knows the data should look
 * @param notes good to know
 */
public record FindingCounts(long errors, long warnings, long notes) {
  /** No findings. */
  public static final FindingCounts NONE = new FindingCounts(0, 0, 0);

  /** All together. */
  public long total() {
    return errors + warnings + notes;
  }
}
