package org.tequio.reconcile.match;

import java.util.ArrayList;
import java.util.List;

/** Geometries one after the other in a few large arrays. Filled by one thread, read by many. */
final class ByteStore {
  private static final int CHUNK = 1 << 23;

  private final List<byte[]> chunks = new ArrayList<>();
  private int used = CHUNK;

  /** Keeps bytes; returns where. */
  long add(byte[] bytes, int offset, int length) {
    if (used + length > CHUNK || chunks.isEmpty()) {
      chunks.add(new byte[Math.max(CHUNK, length)]);
      used = 0;
    }
    int at = used;
    System.arraycopy(bytes, offset, chunks.getLast(), at, length);
    used += length;
    return (long) (chunks.size() - 1) << 32 | at;
  }

  byte[] array(long place) {
    return chunks.get((int) (place >>> 32));
  }

  int offset(long place) {
    return (int) place;
  }
}
