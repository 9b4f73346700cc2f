package org.tequio.publish.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tequio.publish.search.SearchWords.Role;
import org.tequio.publish.search.SearchWords.Word;

/**
 * Finds names by their words: whole, cut short, or with a typing error. A name may have words of
 * its surroundings too, such as its neighbourhood, which count less. Everything is in a few
 * primitive arrays. Immutable, thread-safe.
 */
final class NameIndex {
  private static final int MOST_WORDS = 12;
  private static final int NAMED = 1 << 30;
  private static final int PREFIX_LAST = 1;
  private static final int PREFIX = 3;
  private static final int ELSEWHERE = 3;
  private static final int AROUND_MISSING = 5;
  private static final int TYPE_MISSING = 2;
  private static final int PER_TYPO = 4;

  private final WordList words;
  // Where the postings of each word begin; a posting is name << 1, odd where the word is around it.
  private final int[] starts;
  private final int[] postings;
  private final byte[] telling;
  private final ConcurrentLinkedQueue<Sheet> sheets = new ConcurrentLinkedQueue<>();

  private NameIndex(WordList words, int[] starts, int[] postings, byte[] telling) {
    this.words = words;
    this.starts = starts;
    this.postings = postings;
    this.telling = telling;
  }

  /** Sees the names that fit. */
  @FunctionalInterface
  interface Hits {
    /**
     * One name.
     *
     * @param cost 0 for exactly these words; more the worse it fits
     */
    void hit(int name, int cost);
  }

  /** How many names there are. */
  int size() {
    return telling.length;
  }

  /** Bytes of memory. */
  long bytes() {
    return words.bytes() + 4L * (starts.length + postings.length) + telling.length;
  }

  /**
   * What is looked for.
   *
   * @param words at least one
   * @param needed so many of them, from the first on, must be found where they tell something
   * @param open true where the last needed word may be unfinished
   * @param typos true to forgive typing errors
   */
  record Question(List<Word> words, int needed, boolean open, boolean typos) {
    /** Keeps the first words of a long text. */
    Question {
      words = List.copyOf(words.size() > MOST_WORDS ? words.subList(0, MOST_WORDS) : words);
      needed = Math.min(needed, words.size());
    }

    Question forgiving() {
      return new Question(words, needed, open, true);
    }

    Question needing(int fewer) {
      return new Question(words, fewer, open, typos);
    }

    /** True where something besides kinds of streets and articles is looked for. */
    boolean telling() {
      return words.subList(0, needed).stream().anyMatch(Word::telling);
    }
  }

  /** The names that have every needed word that tells something. */
  void find(Question question, Hits hits) {
    boolean anyTelling = question.telling();
    List<Asked> required = new ArrayList<>();
    List<Asked> optional = new ArrayList<>();
    for (int i = 0; i < question.words.size(); i++) {
      Word word = question.words.get(i);
      boolean last = question.open && i == question.needed - 1;
      boolean needed = i < question.needed && (word.telling() || !anyTelling);
      Asked one = ask(word, 1 << i, last, question.typos && needed);
      if (needed) {
        if (one.count == 0) {
          return;
        }
        required.add(one);
      } else {
        optional.add(one);
      }
    }
    if (required.isEmpty()) {
      return;
    }
    required.sort((a, b) -> Integer.compare(a.count, b.count));
    Sheet sheet = sheets.poll();
    if (sheet == null) {
      sheet = new Sheet(size());
    }
    int all = 0;
    for (Asked one : required) {
      mark(sheet, one, all, all == 0);
      all |= one.bit;
    }
    for (Asked one : optional) {
      mark(sheet, one, all, false);
    }
    report(sheet, all, required.size(), optional, hits);
    sheets.offer(sheet);
  }

  private void report(Sheet sheet, int all, int asked, List<Asked> optional, Hits hits) {
    for (int i = 0; i < sheet.touched; i++) {
      int name = sheet.list[i];
      int mask = sheet.masks[name];
      if ((mask & all) == all && (mask & NAMED) != 0) {
        int cost = sheet.costs[name] + Math.clamp(telling[name] - asked, 0, 5);
        for (Asked one : optional) {
          cost += (mask & one.bit) == 0 ? one.missing : 0;
        }
        hits.hit(name, cost);
      }
      sheet.masks[name] = 0;
      sheet.costs[name] = 0;
    }
    sheet.touched = 0;
  }

  /** What one typed word may stand for, cheapest first: runs of the word list. */
  private static final class Asked {
    private final int bit;
    private final int missing;
    private final List<int[]> runs = new ArrayList<>();
    private int count;

    Asked(int bit, int missing) {
      this.bit = bit;
      this.missing = missing;
    }
  }

  private Asked ask(Word word, int bit, boolean last, boolean typos) {
    int missing =
        switch (word.role()) {
          case TELLING -> AROUND_MISSING;
          case TYPE -> TYPE_MISSING;
          case PLAIN -> 1;
          case SMALL -> word.number() ? TYPE_MISSING : 0;
        };
    Asked one = new Asked(bit, missing);
    byte[] text = word.text().getBytes(StandardCharsets.UTF_8);
    int exact = words.find(text);
    if (exact >= 0) {
      run(one, exact, exact + 1, 0);
    }
    if (!word.number() && (word.role() != Role.SMALL || last)) {
      prefix(one, text, exact, last);
    }
    // An unfinished word may look like a short form: "par" is not only what it stands for.
    if (last && !word.typed().equals(word.text()) && !word.number()) {
      prefix(one, word.typed().getBytes(StandardCharsets.UTF_8), exact, true);
    }
    if (typos && !word.number()) {
      int most = text.length < 4 ? 0 : text.length < 8 ? 1 : 2;
      for (WordList.Near near : words.near(text, most, last)) {
        run(one, near.word(), near.word() + 1, PER_TYPO * near.errors() + (near.whole() ? 0 : 1));
      }
    }
    return one;
  }

  private void prefix(Asked one, byte[] text, int exact, boolean last) {
    int from = words.firstWith(text);
    int to = words.afterWith(text, from);
    run(one, from == exact ? from + 1 : from, to, last ? PREFIX_LAST : PREFIX);
  }

  private void run(Asked one, int from, int to, int cost) {
    if (from < to) {
      one.runs.add(new int[] {from, to, cost});
      one.count += starts[to] - starts[from];
    }
  }

  private void mark(Sheet sheet, Asked one, int before, boolean first) {
    for (int[] run : one.runs) {
      for (int p = starts[run[0]]; p < starts[run[1]]; p++) {
        int name = postings[p] >> 1;
        int mask = sheet.masks[name];
        boolean fits = first || mask != 0 && (mask & before) == before;
        if (fits && (mask & one.bit) == 0) {
          boolean around = (postings[p] & 1) == 1;
          if (mask == 0) {
            sheet.list[sheet.touched++] = name;
          }
          sheet.masks[name] = mask | one.bit | (around ? 0 : NAMED);
          sheet.costs[name] += run[2] + (around ? ELSEWHERE : 0);
        }
      }
    }
  }

  /** What one search writes on; kept for the next. */
  private static final class Sheet {
    private final int[] masks;
    private final int[] costs;
    private final int[] list;
    private int touched;

    Sheet(int names) {
      masks = new int[names];
      costs = new int[names];
      list = new int[names];
    }
  }

  /** Takes names in; they are numbered from 0 on. Not thread-safe. */
  static final class Builder {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private int[] pairs = new int[1024];
    private byte[] telling = new byte[256];
    private int used;
    private int names;

    /** A name and the words around it. */
    void add(List<Word> name, List<Word> around) {
      if (names == telling.length) {
        telling = Arrays.copyOf(telling, names * 2);
      }
      int count = 0;
      for (Word word : name) {
        count += word.telling() ? 1 : 0;
        pair(word.text(), names << 1);
      }
      for (Word word : around) {
        if (word.telling()) {
          pair(word.text(), names << 1 | 1);
        }
      }
      telling[names++] = (byte) Math.min(count, 127);
    }

    private void pair(String word, int posting) {
      if (used + 2 > pairs.length) {
        pairs = Arrays.copyOf(pairs, pairs.length * 2);
      }
      Integer number = numbers.get(word);
      if (number == null) {
        number = texts.size();
        numbers.put(word, number);
        texts.add(word);
      }
      pairs[used++] = number;
      pairs[used++] = posting;
    }

    NameIndex build() {
      byte[][] sorted = new byte[texts.size()][];
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = texts.get(i).getBytes(StandardCharsets.UTF_8);
      }
      Arrays.sort(sorted, Arrays::compareUnsigned);
      WordList list = new WordList(sorted);
      int[] place = new int[sorted.length];
      for (int i = 0; i < sorted.length; i++) {
        String word = new String(sorted[i], StandardCharsets.UTF_8);
        place[Objects.requireNonNull(numbers.get(word))] = i;
      }
      int[] starts = new int[sorted.length + 1];
      for (int i = 0; i < used; i += 2) {
        starts[place[pairs[i]] + 1]++;
      }
      for (int i = 0; i < sorted.length; i++) {
        starts[i + 1] += starts[i];
      }
      int[] next = starts.clone();
      int[] postings = new int[used / 2];
      for (int i = 0; i < used; i += 2) {
        postings[next[place[pairs[i]]]++] = pairs[i + 1];
      }
      return new NameIndex(list, starts, postings, Arrays.copyOf(telling, names));
    }
  }
}
