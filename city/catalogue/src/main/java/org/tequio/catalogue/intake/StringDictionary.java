package org.tequio.catalogue.intake;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts that repeat in one column. A text found here is neither classified nor copied again.
 * Columns where texts hardly repeat give up the search. Not thread-safe.
 */
final class StringDictionary {
  /** The most texts that are kept. */
  static final int CAPACITY = 4096;

  private static final int SLOTS = 2 * CAPACITY;
  private static final int TRIAL = 4 * CAPACITY;

  private final int[] slots = new int[SLOTS];
  private String[] texts = new String[64];
  private long[] hashes = new long[64];
  private byte[] kinds = new byte[64];
  private byte[] flags = new byte[64];
  private int size;
  private long lookups;
  private long hits;
  private boolean givenUp;

  /** The number of a text, or -1 where it is not kept. */
  int find(String text) {
    if (givenUp) {
      return -1;
    }
    lookups++;
    int slot = slot(text);
    if (slots[slot] != 0) {
      hits++;
      return slots[slot] - 1;
    }
    if (size == CAPACITY && lookups > TRIAL && hits * 4 < lookups) {
      givenUp = true;
    }
    return -1;
  }

  /** Keeps a text that was not found; -1 where there is no more room. */
  int add(String text, long hash, TextKind kind, byte flag) {
    if (givenUp || size == CAPACITY) {
      return -1;
    }
    if (size == texts.length) {
      texts = Arrays.copyOf(texts, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      kinds = Arrays.copyOf(kinds, 2 * size);
      flags = Arrays.copyOf(flags, 2 * size);
    }
    texts[size] = text;
    hashes[size] = hash;
    kinds[size] = (byte) kind.ordinal();
    flags[size] = flag;
    slots[slot(text)] = size + 1;
    return size++;
  }

  private int slot(String text) {
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
    while (slots[slot] != 0 && !text.equals(texts[slots[slot] - 1])) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  @Nullable String text(int number) {
    return texts[number];
  }

  long hash(int number) {
    return hashes[number];
  }

  byte kind(int number) {
    return kinds[number];
  }

  byte flag(int number) {
    return flags[number];
  }
}
