package org.tequio.reconcile.name;

/**
 * How alike two words are, from 0 to 1, after Jaro (1989) and Winkler (1990): letters in common
 * near their places, with a bonus for a common beginning. A lost letter agrees with any.
 */
final class JaroWinkler {
  private static final double PREFIX_BONUS = 0.1;
  private static final int LONGEST_PREFIX = 4;

  private JaroWinkler() {}

  static double similarity(String a, String b) {
    if (a.equals(b)) {
      return 1;
    }
    int n = a.length();
    int m = b.length();
    if (n == 0 || m == 0) {
      return 0;
    }
    int window = Math.max(0, Math.max(n, m) / 2 - 1);
    boolean[] usedA = new boolean[n];
    boolean[] usedB = new boolean[m];
    int common = 0;
    for (int i = 0; i < n; i++) {
      int to = Math.min(m, i + window + 1);
      for (int j = Math.max(0, i - window); j < to; j++) {
        if (!usedB[j] && agree(a.charAt(i), b.charAt(j))) {
          usedA[i] = true;
          usedB[j] = true;
          common++;
          break;
        }
      }
    }
    if (common == 0) {
      return 0;
    }
    int swapped = 0;
    for (int i = 0, j = 0; i < n; i++) {
      if (usedA[i]) {
        while (!usedB[j]) {
          j++;
        }
        swapped += agree(a.charAt(i), b.charAt(j)) ? 0 : 1;
        j++;
      }
    }
    double c = common;
    double jaro = (c / n + c / m + (c - swapped / 2.0) / c) / 3;
    int prefix = 0;
    while (prefix < Math.min(LONGEST_PREFIX, Math.min(n, m))
        && agree(a.charAt(prefix), b.charAt(prefix))) {
      prefix++;
    }
    return jaro + prefix * PREFIX_BONUS * (1 - jaro);
  }

  private static boolean agree(char a, char b) {
    return a == b || a == NameWords.LOST || b == NameWords.LOST;
  }
}
