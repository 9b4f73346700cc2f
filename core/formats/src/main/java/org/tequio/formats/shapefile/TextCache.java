package org.tequio.formats.shapefile;

import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the cells of one column, and remembers what it decoded: departments repeat names of uses,
 * streets and boroughs a million times. A column whose cells hardly repeat stops looking.
 */
final class TextCache {
  private static final int SLOTS = 512;
  private static final int TRIAL = 4_096;

  private final Charset charset;
  private final byte[][] keys = new byte[SLOTS][0];
  private final @Nullable String[] texts = new @Nullable String[SLOTS];
  private int asked;
  private int hits;
  private boolean worthIt = true;

  TextCache(Charset charset) {
    this.charset = charset;
  }

  String text(byte[] bytes, int from, int to) {
    if (!worthIt) {
      return new String(bytes, from, to - from, charset);
    }
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
    byte[] key = keys[slot];
    String known = texts[slot];
    if (++asked == TRIAL) {
      worthIt = hits > TRIAL / 8;
    }
    if (known != null && Arrays.equals(key, 0, key.length, bytes, from, to)) {
      hits++;
      return known;
    }
    String text = new String(bytes, from, to - from, charset);
    keys[slot] = Arrays.copyOfRange(bytes, from, to);
    texts[slot] = text;
    return text;
  }
}
