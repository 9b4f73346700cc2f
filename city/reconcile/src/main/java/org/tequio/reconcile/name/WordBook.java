package org.tequio.reconcile.name;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All words of the names that are compared with each other, each with a number and how many names
 * use it. Filled by one thread, then read by many.
 */
public final class WordBook {
  /** Names that come again and again, such as streets, are taken apart once. */
  private static final int REMEMBERED = 1 << 16;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private final Map<String, int[]> remembered = new HashMap<>();
  private int[] uses = new int[1024];
  private long names;

  /** An empty book. */
  public WordBook() {}

  /** The numbers of the words of a name; counts their use. */
  public int[] enter(String name) {
    int[] known = remembered.get(name);
    if (known == null) {
      known = NameWords.of(name).stream().mapToInt(this::number).toArray();
      if (remembered.size() < REMEMBERED) {
        remembered.put(name, known);
      }
    }
    for (int word : known) {
      uses[word]++;
    }
    names++;
    return known;
  }

  private int number(String word) {
    Integer number = numbers.get(word);
    if (number == null) {
      number = words.size();
      numbers.put(word, number);
      words.add(word);
      if (number == uses.length) {
        uses = java.util.Arrays.copyOf(uses, 2 * number);
      }
    }
    return number;
  }

  String word(int number) {
    return words.get(number);
  }

  boolean isNumber(int number) {
    return Character.isDigit(words.get(number).charAt(0));
  }

  boolean isKind(int number) {
    return NameWords.isKind(words.get(number));
  }

  /**
   * How much a word tells: much where few names use it. Kinds of places tell little; "lomas" in a
   * city of hills tells less than "tezozomoc".
   */
  double weight(int number) {
    double rarity = Math.log((names + 1.0) / (uses[number] + 0.5));
    return Math.max(0.2, rarity) * (isKind(number) ? 0.3 : 1);
  }
}
