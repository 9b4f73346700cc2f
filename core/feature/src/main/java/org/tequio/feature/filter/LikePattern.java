package org.tequio.feature.filter;

import java.util.HashMap;
import java.util.Map;
import org.tequio.feature.LocalText;

/**
 * A pattern of LIKE: {@code %} stands for any characters, {@code _} for one, a backslash before
 * them for themselves. All places of the pattern that the text may have reached are kept as bits
 * and move on together, so that the time grows with the text's length whatever the pattern is.
 * Thread-safe.
 */
final class LikePattern {
  /** The longest pattern, in characters. */
  static final int MAX_LENGTH = 1000;

  private final int words;
  private final int length;

  /** Places that stay reached whatever comes: before them stands a %. */
  private final long[] loops;

  /** Places that any character leaves. */
  private final long[] any;

  /** Places that a character leaves, beside those of {@link #any}. */
  private final Map<Integer, long[]> exact = new HashMap<>();

  private LikePattern(int[] pattern) {
    words = pattern.length / 64 + 1;
    loops = new long[words];
    any = new long[words];
    int place = 0;
    for (int i = 0; i < pattern.length; i++) {
      int c = pattern[i];
      if (c == '%') {
        set(loops, place);
        continue;
      }
      if (c == '_') {
        set(any, place++);
        continue;
      }
      if (c == '\\' && i + 1 < pattern.length) {
        c = pattern[++i];
      }
      set(exact.computeIfAbsent(c, key -> new long[words]), place++);
    }
    length = place;
  }

  /**
   * Reads a pattern.
   *
   * @throws FilterRefused where it is too long
   */
  static LikePattern of(String pattern) {
    if (pattern.length() > MAX_LENGTH) {
      throw new FilterRefused(
          new LocalText(
              "el patrón de LIKE tiene más de " + MAX_LENGTH + " caracteres",
              "o padrão de LIKE tem mais de " + MAX_LENGTH + " caracteres",
              "the pattern of LIKE has more than " + MAX_LENGTH + " characters"));
    }
    return new LikePattern(pattern.codePoints().toArray());
  }

  private static void set(long[] bits, int place) {
    bits[place >> 6] |= 1L << place;
  }

  boolean matches(String text) {
    long[] reached = new long[words];
    long[] none = new long[words];
    reached[0] = 1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (!step(reached, exact.getOrDefault(c, none))) {
        return false;
      }
    }
    return (reached[length >> 6] >>> length & 1) != 0;
  }

  /** One character on; false where no place can be reached any more. */
  private boolean step(long[] reached, long[] here) {
    long carry = 0;
    long alive = 0;
    for (int w = 0; w < words; w++) {
      long left = reached[w] & (here[w] | any[w]);
      reached[w] = reached[w] & loops[w] | left << 1 | carry;
      carry = left >>> 63;
      alive |= reached[w];
    }
    return alive != 0;
  }
}
