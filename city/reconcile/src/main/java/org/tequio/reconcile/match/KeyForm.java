package org.tequio.reconcile.match;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a key is read before it is compared: "09-002", "002" and 2 are one borough when the last
 * three characters are read without their leading zeros.
 *
 * @param tail how many characters are read, from the end; 0 for all
 * @param withoutZeros true where leading zeros do not count
 */
public record KeyForm(int tail, boolean withoutZeros) {
  /** As it stands. */
  public static final KeyForm WHOLE = new KeyForm(0, false);

  /**
   * A key in upper-case letters and digits, without separators and accents; null where there is
   * none.
   */
  public static @Nullable String clean(@Nullable Object value) {
    String text =
        switch (value) {
          case null -> "";
          case Long number -> Long.toString(number);
          case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
              Long.toString(number.longValue());
          case String string -> string;
          default -> "";
        };
    StringBuilder clean = new StringBuilder(text.length());
    boolean ascii = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      ascii &= c < 128;
      if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') {
        clean.append(c);
      } else if (c >= 'a' && c <= 'z') {
        clean.append((char) (c - 'a' + 'A'));
      }
    }
    if (!ascii) {
      String folded = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
      return clean(folded.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", ""));
    }
    return clean.isEmpty() ? null : clean.toString();
  }

  /** A hash of the characters that this form reads, never 0; 0 where they are fewer than wanted. */
  long hash(byte[] bytes, int from, int to) {
    int at = from;
    if (tail > 0) {
      if (to - from < tail && !withoutZeros) {
        return 0;
      }
      at = Math.max(from, to - tail);
    }
    if (withoutZeros) {
      while (at < to - 1 && bytes[at] == '0') {
        at++;
      }
    }
    long hash = 0xcbf29ce484222325L;
    for (int i = at; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }

  /** The characters that this form reads of a cleaned key. */
  public String of(String clean) {
    String read =
        tail > 0 && clean.length() > tail ? clean.substring(clean.length() - tail) : clean;
    return withoutZeros ? read.replaceFirst("^0+(?=.)", "") : read;
  }
}
