package org.tequio.reconcile.match;

/**
 * The rules of the score, all in one place. Each kind of evidence supports that two features are
 * one with a strength from 0 to 1; supports add up like chances ({@code 1 - (1-a)(1-b)}), so that
 * one strong reason is enough and several weaker ones make a strong one. What speaks against it
 * multiplies the score by a factor below 1.
 *
 * <table>
 * <caption>The weights</caption>
 * <tr><td>keys are equal</td><td>0.95 times how reliable this key proved</td></tr>
 * <tr><td>polygons overlap</td><td>0.90 times shared area over common area</td></tr>
 * <tr><td>points or lines are near</td><td>0.85 times nearness</td></tr>
 * <tr><td>names are alike, and only these two have them</td><td>0.85 times likeness squared</td></tr>
 * <tr><td>names are alike, and others have them too</td><td>0.50 times likeness squared</td></tr>
 * <tr><td>keys differ, and one is found elsewhere</td><td>times 0.50</td></tr>
 * <tr><td>keys differ, and neither is found elsewhere</td><td>times 0.97</td></tr>
 * <tr><td>names are unlike (below 0.55)</td><td>times 0.75</td></tr>
 * <tr><td>places are apart</td><td>times 0.55</td></tr>
 * </table>
 */
final class Evidence {
  /** From here on two features are one. */
  static final double MATCHED = 0.75;

  /** From here on someone should look. */
  static final double DOUBTFUL = 0.40;

  /** Two candidates nearer than this cannot be told apart. */
  static final double MARGIN = 0.05;

  /** The keys of a pair. */
  static final byte KEY_UNKNOWN = 0;

  static final byte KEY_EQUAL = 1;
  static final byte KEY_NEW = 2;
  static final byte KEY_ELSEWHERE = 3;

  private static final double UNLIKE_NAMES = 0.55;
  private static final double LIKE_NAMES = 0.7;

  private Evidence() {}

  /**
   * The score of a pair.
   *
   * @param key one of the constants above
   * @param reliability how often equal keys were one thing, where that could be checked
   * @param name likeness of the names; NaN where one is not known
   * @param alone true where no other feature has either name
   * @param shape likeness of the places; NaN where one is not known
   * @param areas true where the places are polygons
   */
  static double score(
      byte key, double reliability, double name, boolean alone, double shape, boolean areas) {
    double against = 1;
    double doubt = 1;
    if (key == KEY_EQUAL) {
      doubt *= 1 - 0.95 * reliability;
    } else if (key != KEY_UNKNOWN) {
      against *= key == KEY_ELSEWHERE ? 1 - 0.5 * reliability : 0.97;
    }
    if (shape > 0) {
      doubt *= 1 - (areas ? 0.9 : 0.85) * shape;
    } else if (shape == 0) {
      against *= 0.55;
    }
    if (name >= LIKE_NAMES) {
      doubt *= 1 - (alone ? 0.85 : 0.5) * name * name;
    } else if (name < UNLIKE_NAMES) {
      against *= 0.75;
    }
    return (1 - doubt) * against;
  }
}
