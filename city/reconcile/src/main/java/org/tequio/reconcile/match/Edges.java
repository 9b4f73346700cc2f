package org.tequio.reconcile.match;

import java.util.Arrays;

/** Pairs that may be one thing, with their evidence, in flat arrays. One thread at a time. */
final class Edges {
  int[] a = new int[256];
  int[] b = new int[256];
  float[] score = new float[256];
  float[] name = new float[256];
  float[] shape = new float[256];
  byte[] key = new byte[256];
  boolean[] split = new boolean[256];
  boolean[] ambiguous = new boolean[256];
  private int size;

  int size() {
    return size;
  }

  void add(
      int row, int otherRow, double total, byte keys, double names, double shapes, boolean parts) {
    reserve(size + 1);
    a[size] = row;
    b[size] = otherRow;
    score[size] = (float) total;
    key[size] = keys;
    name[size] = (float) names;
    shape[size] = (float) shapes;
    split[size] = parts;
    size++;
  }

  void addAll(Edges other, int offset, int otherOffset) {
    reserve(size + other.size);
    for (int i = 0; i < other.size; i++) {
      a[size + i] = other.a[i] + offset;
      b[size + i] = other.b[i] + otherOffset;
    }
    System.arraycopy(other.score, 0, score, size, other.size);
    System.arraycopy(other.key, 0, key, size, other.size);
    System.arraycopy(other.name, 0, name, size, other.size);
    System.arraycopy(other.shape, 0, shape, size, other.size);
    System.arraycopy(other.split, 0, split, size, other.size);
    System.arraycopy(other.ambiguous, 0, ambiguous, size, other.size);
    size += other.size;
  }

  private void reserve(int wanted) {
    if (wanted > a.length) {
      int grown = Math.max(wanted, a.length + (a.length >> 1));
      a = Arrays.copyOf(a, grown);
      b = Arrays.copyOf(b, grown);
      score = Arrays.copyOf(score, grown);
      key = Arrays.copyOf(key, grown);
      name = Arrays.copyOf(name, grown);
      shape = Arrays.copyOf(shape, grown);
      split = Arrays.copyOf(split, grown);
      ambiguous = Arrays.copyOf(ambiguous, grown);
    }
  }

  /** Marks every pair of which one side has another candidate that is as good. */
  void markAmbiguous(int rows, int otherRows) {
    float[] best = new float[rows];
    float[] second = new float[rows];
    float[] otherBest = new float[otherRows];
    float[] otherSecond = new float[otherRows];
    for (int i = 0; i < size; i++) {
      rank(best, second, a[i], score[i]);
      rank(otherBest, otherSecond, b[i], score[i]);
    }
    for (int i = 0; i < size; i++) {
      ambiguous[i] =
          hasRival(best, second, a[i], score[i])
              || hasRival(otherBest, otherSecond, b[i], score[i]);
    }
  }

  private static void rank(float[] best, float[] second, int row, float score) {
    if (score > best[row]) {
      second[row] = best[row];
      best[row] = score;
    } else if (score > second[row]) {
      second[row] = score;
    }
  }

  private static boolean hasRival(float[] best, float[] second, int row, float score) {
    float rival = score == best[row] ? second[row] : best[row];
    return rival >= Evidence.MATCHED && Math.abs(rival - score) < Evidence.MARGIN;
  }
}
