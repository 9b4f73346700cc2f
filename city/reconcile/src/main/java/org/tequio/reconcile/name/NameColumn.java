package org.tequio.reconcile.name;

import java.util.Arrays;

/** The names of a layer's features as numbers of a {@link WordBook}, row by row. */
public final class NameColumn {
  private final WordBook book;
  private final String field;
  private final int[] starts;
  private int[] words = new int[1024];
  private int rows;
  private long[] hashes;

  /** A column for so many rows. */
  public NameColumn(WordBook book, String field, int rows) {
    this.book = book;
    this.field = field;
    this.starts = new int[rows + 1];
    this.hashes = new long[rows];
  }

  /** The field that holds the names. */
  public String field() {
    return field;
  }

  /** Adds the name of the next row; null where it has none. */
  public void add(@org.jspecify.annotations.Nullable Object name) {
    int at = starts[rows];
    int[] entered = name instanceof String text ? book.enter(text) : new int[0];
    if (at + entered.length > words.length) {
      words = Arrays.copyOf(words, 2 * words.length + entered.length);
    }
    System.arraycopy(entered, 0, words, at, entered.length);
    hashes[rows] = hash(entered);
    starts[++rows] = at + entered.length;
  }

  /** Equal for names of the same telling words, whatever their order; 0 where there is no name. */
  public long hash(int row) {
    return hashes[row];
  }

  /** True where the row has a name. */
  public boolean has(int row) {
    return hashes[row] != 0;
  }

  private long hash(int[] entered) {
    long all = 0;
    long telling = 0;
    for (int word : entered) {
      long one = (word + 1) * 0x9E3779B97F4A7C15L;
      one = (one ^ one >>> 29) * 0xBF58476D1CE4E5B9L;
      one ^= one >>> 32;
      all += one;
      telling += book.isKind(word) ? 0 : one;
    }
    return telling != 0 ? telling : all;
  }

  /**
   * How alike two names are, from 0 to 1: words in common, and words that are nearly the same,
   * weighed by how much they tell. Names whose numbers differ are at most half alike.
   */
  public double similarity(int row, NameColumn other, int otherRow) {
    int from = starts[row];
    int to = starts[row + 1];
    int otherFrom = other.starts[otherRow];
    int otherTo = other.starts[otherRow + 1];
    if (from == to || otherFrom == otherTo) {
      return 0;
    }
    if (hashes[row] == other.hashes[otherRow]) {
      return 1;
    }
    double total = 0;
    double common = 0;
    long used = 0;
    boolean numbersDiffer = false;
    boolean numbersMissing = false;
    for (int j = otherFrom; j < otherTo; j++) {
      total += book.weight(other.words[j]);
    }
    for (int i = from; i < to; i++) {
      int word = words[i];
      double weight = book.weight(word);
      total += weight;
      double best = 0;
      int bestAt = -1;
      for (int j = otherFrom; j < otherTo && j - otherFrom < 64; j++) {
        if ((used >>> (j - otherFrom) & 1) == 0) {
          double alike = alike(word, other.words[j]);
          if (alike > best) {
            best = alike;
            bestAt = j;
          }
        }
      }
      if (bestAt >= 0) {
        used |= 1L << (bestAt - otherFrom);
        common += best * (weight + book.weight(other.words[bestAt]));
      } else if (book.isNumber(word)) {
        numbersMissing = true;
      }
    }
    for (int j = otherFrom; j < otherTo && j - otherFrom < 64; j++) {
      if ((used >>> (j - otherFrom) & 1) == 0 && book.isNumber(other.words[j])) {
        numbersDiffer |= numbersMissing;
        numbersMissing = true;
      }
    }
    double similarity = total == 0 ? 0 : common / total;
    if (joined(row).equals(other.joined(otherRow))) {
      similarity = Math.max(similarity, 0.97);
    }
    return numbersDiffer
        ? Math.min(similarity, 0.5)
        : numbersMissing ? Math.min(similarity, 0.85) : similarity;
  }

  private double alike(int word, int otherWord) {
    if (word == otherWord) {
      return 1;
    }
    if (book.isNumber(word) || book.isNumber(otherWord)) {
      return 0;
    }
    String a = book.word(word);
    String b = book.word(otherWord);
    if (a.length() == 1 || b.length() == 1) {
      // An initial stands for the word, less surely.
      return a.charAt(0) == b.charAt(0) ? 0.8 : 0;
    }
    double alike = JaroWinkler.similarity(a, b);
    return alike >= 0.88 ? alike : 0;
  }

  private String joined(int row) {
    StringBuilder joined = new StringBuilder();
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      joined.append(book.word(words[i]));
    }
    return joined.toString();
  }
}
