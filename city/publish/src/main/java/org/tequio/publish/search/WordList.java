package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Words in byte order, one after the other in one array, so that those with one beginning stand
 * together. Immutable.
 */
final class WordList {
  private static final int LONGEST = 64;
  private static final int MOST_NEAR = 200;

  private final byte[] text;
  private final int[] starts;

  /** Takes words that are sorted as unsigned bytes, each once. */
  WordList(byte[][] sorted) {
    starts = new int[sorted.length + 1];
    for (int i = 0; i < sorted.length; i++) {
      starts[i + 1] = starts[i] + sorted[i].length;
    }
    text = new byte[starts[sorted.length]];
    for (int i = 0; i < sorted.length; i++) {
      System.arraycopy(sorted[i], 0, text, starts[i], sorted[i].length);
    }
  }

  /** A word near another. */
  record Near(int word, int errors, boolean whole) {}

  int size() {
    return starts.length - 1;
  }

  long bytes() {
    return text.length + 4L * starts.length;
  }

  /** Which word this is, or -1. */
  int find(byte[] word) {
    int at = firstWith(word);
    return at < size() && length(at) == word.length && startsWith(at, word) ? at : -1;
  }

  /** The first word that is not smaller. */
  int firstWith(byte[] prefix) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order =
          Arrays.compareUnsigned(
              text, starts[middle], starts[middle + 1], prefix, 0, prefix.length);
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first word from {@code from} on that does not begin so. */
  int afterWith(byte[] prefix, int from) {
    int low = from;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (startsWith(middle, prefix)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int length(int word) {
    return starts[word + 1] - starts[word];
  }

  private boolean startsWith(int word, byte[] prefix) {
    return length(word) >= prefix.length
        && Arrays.equals(
            text, starts[word], starts[word] + prefix.length, prefix, 0, prefix.length);
  }

  /**
   * Words that become this one by at most so many errors: a letter too many, too few, another, or
   * two exchanged. Fewest errors first. Goes down the sorted list with the table of edit distances
   * that neighbours share, and leaps over a beginning that has too many errors already.
   *
   * @param open true where the letters after those of {@code word} do not count
   */
  List<Near> near(byte[] word, int most, boolean open) {
    List<Near> found = new ArrayList<>();
    if (most == 0 || word.length > LONGEST) {
      return found;
    }
    Distances table = new Distances(word, most);
    int depth = 0;
    int at = 0;
    while (at < size()) {
      int start = starts[at];
      int length = Math.min(length(at), LONGEST);
      depth = Math.min(depth, shared(at));
      boolean hopeless = false;
      int best = Integer.MAX_VALUE;
      while (depth < length && !hopeless) {
        depth++;
        hopeless =
            !table.row(depth, text[start + depth - 1], depth > 1 ? text[start + depth - 2] : 0);
      }
      if (!hopeless) {
        best = table.errors(length);
      }
      int opened = open ? table.errorsOfBeginning(Math.min(depth, length)) : Integer.MAX_VALUE;
      int errors = Math.min(best, opened);
      if (errors > 0 && errors <= most) {
        found.add(new Near(at, errors, best == errors));
      }
      at = hopeless && opened > most ? afterBeginning(at, depth) : at + 1;
      if (hopeless) {
        depth = Math.max(0, depth - 1);
      }
    }
    found.sort((a, b) -> Integer.compare(a.errors, b.errors));
    return found.size() > MOST_NEAR ? found.subList(0, MOST_NEAR) : found;
  }

  // How many letters this word shares with the one before.
  private int shared(int at) {
    if (at == 0) {
      return 0;
    }
    int mismatch =
        Arrays.mismatch(text, starts[at - 1], starts[at], text, starts[at], starts[at + 1]);
    return mismatch < 0 ? length(at) : mismatch;
  }

  private int afterBeginning(int at, int letters) {
    byte[] beginning = Arrays.copyOfRange(text, starts[at], starts[at] + letters);
    return afterWith(beginning, at);
  }

  /** The rows of the edit distance for each letter of the words that are gone through. */
  private static final class Distances {
    private final byte[] word;
    private final int most;
    private final int[][] rows;

    Distances(byte[] word, int most) {
      this.word = word;
      this.most = most;
      this.rows = new int[LONGEST + 1][word.length + 1];
      for (int j = 0; j <= word.length; j++) {
        rows[0][j] = j;
      }
    }

    /** Computes one row; false where every further letter would be in vain. */
    boolean row(int depth, byte letter, byte before) {
      int[] row = rows[depth];
      int[] above = rows[depth - 1];
      row[0] = depth;
      int least = depth;
      for (int j = 1; j <= word.length; j++) {
        int change = above[j - 1] + (word[j - 1] == letter ? 0 : 1);
        int value = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
        boolean exchanged = depth > 1 && j > 1 && word[j - 1] == before && word[j - 2] == letter;
        if (exchanged) {
          value = Math.min(value, rows[depth - 2][j - 2] + 1);
        }
        row[j] = value;
        least = Math.min(least, value);
      }
      return least <= most;
    }

    int errors(int length) {
      return rows[length][word.length];
    }

    /** The fewest errors of any beginning of the letters gone through. */
    int errorsOfBeginning(int depth) {
      int least = Integer.MAX_VALUE;
      for (int d = 1; d <= depth; d++) {
        least = Math.min(least, rows[d][word.length]);
      }
      return least;
    }
  }
}
